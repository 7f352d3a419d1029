"""The straight line: articles in, a knowledge graph out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from kg import lang
from kg.errors import InputError
from kg.extract import extract
from kg.graph import KnowledgeGraph
from kg.mentions import find
from kg.model import Article, Extraction, Resolution
from kg.resolve import resolve
from kg.sources import Skipped


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one article: its counts, or that the store had it already."""

    article: Article
    new: bool
    mentions: int = 0
    claims: int = 0
    dropped: int = 0


def read_article(article: Article) -> Extraction:
    """Return the mentions and claims of one article.

    Raises InputError for a language that kg does not know and a text that is too long for it.
    """
    nlp = lang.load(article.lang)
    if len(article.text) > nlp.max_length:
        size = f"{len(article.text):,} characters, more than {nlp.max_length:,}"
        raise InputError(f"{size}; split it into articles")
    doc = nlp(article.text)
    return extract(article, doc, find(article, doc))


def build(
    articles: Iterable[Article],
    *,
    store: str | Path | None = None,
    on_step: Callable[[Step], None] | None = None,
    on_skip: Callable[[Skipped], None] | None = None,
) -> KnowledgeGraph:
    """Return the graph of ``articles``; with ``store`` it is kept there and grows: a folder, or
    a SPARQL server by the address of its queries.

    Each article says its language. One that the store holds is skipped; one whose origin (its
    file) held another text before replaces that. ``on_step`` is told of each. An article that
    cannot be used, its language being unknown, goes to ``on_skip``; without one that raises
    InputError. Raises StoreError for a store that cannot be written.
    """
    graph = KnowledgeGraph.open(store, writable=True) if store else KnowledgeGraph()
    for article in articles:
        try:
            step = _add(graph, article, origin=_origin(article) if store else "")
        except InputError as error:
            if on_skip is None:
                raise
            on_skip(Skipped(article.origin, str(error)))
            continue
        if on_step is not None:
            on_step(step)
    return graph


def _add(graph: KnowledgeGraph, article: Article, *, origin: str) -> Step:
    if graph.has(article.id):
        # Known text: only that it stands in this file too is new.
        graph.add(Resolution(article, (), ()), origin)
        return Step(article, new=False)
    extraction = read_article(article)
    graph.add(resolve(extraction), origin)
    return Step(article, True, len(extraction.mentions), len(extraction.claims), extraction.dropped)


def _origin(article: Article) -> str:
    """Return where an article was read from, whatever folder kg is run in."""
    path, mark, record = article.origin.partition("#")
    return str(Path(path).resolve()) + mark + record if path not in {"", "-"} else ""
