"""What can be added from outside: one function and one name each.

Another package adds its own under the entry points ``kg_readers``, ``kg_exporters``,
``kg_folder_exporters``, ``kg_languages`` and ``kg_extractors``.
"""

from __future__ import annotations

import catalogue

readers = catalogue.create("kg", "readers", entry_points=True)
"""``".txt"`` → ``(origin, file) -> Iterable[Article | Skipped | Note]`` (kg.sources.Reader)"""

exporters = catalogue.create("kg", "exporters", entry_points=True)
"""``".ttl"`` → ``(graph) -> bytes``"""

folder_exporters = catalogue.create("kg", "folder_exporters", entry_points=True)
"""``"neo4j"`` → ``(graph) -> dict[str, bytes]``, the files of a folder"""

languages = catalogue.create("kg", "languages", entry_points=True)
"""``"xx"`` → a module with ``build() -> spacy.Language`` and ``grammar`` (kg.lang.Grammar)"""

extractors = catalogue.create("kg", "extractors", entry_points=True)
"""``"rules"`` → a factory of ``(article, doc, mentions) -> Iterable[Claim]``"""
