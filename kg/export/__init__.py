"""Write a graph to a file, in the format that its suffix names.

The same graph gives the same bytes, in whatever order it was built.
"""

from __future__ import annotations

import os
from pathlib import Path

from kg.errors import InputError
from kg.export import jsonld, rdf, tables
from kg.graph import KnowledgeGraph
from kg.registry import exporters

__all__ = ["export"]

BUILT_IN = {
    ".ttl": rdf.turtle,
    ".trig": rdf.trig,
    ".nq": rdf.nquads,
    ".nt": rdf.ntriples,
    ".rdf": rdf.xml,
    ".jsonld": jsonld.compact,
    ".graphml": tables.graphml,
    ".gexf": tables.gexf,
    ".csv": tables.csv_of_claims,
}
for _suffix, _exporter in BUILT_IN.items():
    exporters.register(_suffix, func=_exporter)


def export(graph: KnowledgeGraph, path: str | Path) -> None:
    """Write ``graph`` to ``path``, whole or not at all.

    Raises InputError for a suffix that nothing is registered for, and for a path that cannot
    be written.
    """
    path = Path(path)
    known = exporters.get_all()
    if path.suffix.lower() not in known:
        listed = " ".join(sorted(known))
        raise InputError(f"{path} has no known suffix; known are {listed}")
    data = known[path.suffix.lower()](graph)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise InputError(f"{path} cannot be written: {error.strerror}") from error
