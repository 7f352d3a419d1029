"""Write a graph to a file, in the format that its suffix names, or to a folder of tables.

The same graph gives the same bytes, in whatever order it was built.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from kg.errors import InputError
from kg.export import jsonld, neo4j, network, rdf, tables
from kg.graph import KnowledgeGraph
from kg.registry import exporters, folder_exporters

__all__ = ["export"]

RDF12 = {".ttl": rdf.turtle, ".trig": rdf.trig, ".nq": rdf.nquads, ".nt": rdf.ntriples}
BUILT_IN = {
    **RDF12,
    ".rdf": rdf.xml,
    ".jsonld": jsonld.compact,
    ".graphml": network.graphml,
    ".gexf": network.gexf,
    ".csv": tables.claims,
}
FOLDERS = {"network": tables.network, "neo4j": neo4j.neo4j}
for _suffix, _exporter in BUILT_IN.items():
    exporters.register(_suffix, func=_exporter)
for _form, _tables in FOLDERS.items():
    folder_exporters.register(_form, func=_tables)


def export(graph: KnowledgeGraph, path: str | Path, *, form: str = "", rdf12: bool = False) -> None:
    """Write ``graph`` to ``path``, whole or not at all.

    ``form`` names what to write into a folder: ``network`` (nodes.csv and edges.csv) or
    ``neo4j``. ``rdf12`` adds to Turtle, TriG, N-Triples and N-Quads what each statement states
    as a triple term of RDF 1.2. Raises InputError for a suffix or form that nothing is
    registered for, for a folder with other files in it, and for a path that cannot be written.
    """
    path = Path(path)
    require(path, form, rdf12=rdf12)
    suffix = path.suffix.lower()
    if form:
        _write_folder(path, folder_exporters.get(form)(graph))
    elif rdf12:
        _write(path, RDF12[suffix](graph, rdf12=True))
    else:
        _write(path, exporters.get(suffix)(graph))


def require(path: Path, form: str = "", *, rdf12: bool = False) -> None:
    """Raise InputError if there is no such format."""
    if form and rdf12:
        raise InputError(f"a folder of tables has no RDF 1.2; use {' '.join(RDF12)}")
    if form and form not in folder_exporters.get_all():
        raise InputError(f"no format {form!r}; known are {' '.join(folder_exporters.get_all())}")
    if form:
        return
    known = exporters.get_all()
    if path.suffix.lower() not in known:
        raise InputError(f"{path} has no known suffix; known are {' '.join(sorted(known))}")
    if rdf12 and path.suffix.lower() not in RDF12:
        raise InputError(f"{path}: RDF 1.2 is written as {' '.join(RDF12)}; choose one of these")


def _write(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise InputError(f"{path} cannot be written: {error.strerror}") from error


def _write_folder(path: Path, files: dict[str, bytes]) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        other = sorted({p.name for p in path.iterdir()} - set(files)) if path.is_dir() else []
        if other:
            raise InputError(f"{path} holds other files ({other[0]}); give a new or empty folder")
        temporary.mkdir()
        for name, data in files.items():
            (temporary / name).write_bytes(data)
        if path.is_dir():
            shutil.rmtree(path)
        temporary.replace(path)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
