"""Read a graph file into a store.

Turtle, N-Triples, RDF/XML and JSON-LD have no graphs here, so the quads are put back into the
graphs of their articles by what ties them: ``prov:wasDerivedFrom`` a statement, ``oa:hasSource``
a mention and an evidence, ``oa:hasSelector`` a selector.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat

from kg.errors import InputError
from kg.graph.terms import Terms
from kg.graph.view import View
from kg.store import Change, Node, Quad, Store

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".jsonld": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
}
STATED = (Terms.SUBJECT, Terms.PREDICATE, Terms.OBJECT)
TIES = frozenset((Terms.DERIVED_FROM, Terms.HAS_SOURCE))


def load(path: Path, store: Store, view: View) -> None:
    """Load a graph file into an empty store.

    The view in the file is kept as it stands; what joined files contradict each other in, or
    what a file lacks, is derived anew. Raises InputError, and adds nothing, if the file cannot
    be read.
    """
    store.extend(list(regrouped(tuple(parsed(path)))))
    repair = view.repair()
    store.commit(Change(delete=repair.delete, insert=repair.insert))


def parsed(path: Path) -> Iterator[Quad]:
    """Yield the quads of a graph file; InputError names the file and the line at fault."""
    if not path.exists():
        raise InputError(f"{path} does not exist; give a graph file or a store's folder")
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        known = " ".join(sorted(FORMATS))
        raise InputError(f"{path} is not a graph file; known are {known} and a store's folder")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    # Entities that multiply one another would fill the memory; no RDF of ours declares any.
    if form == RdfFormat.RDF_XML and b"<!ENTITY" in data:
        raise InputError(f"{path} declares XML entities; save it as Turtle")
    reified: list[pyoxigraph.Quad] = []
    parts: set[tuple[object, object, object]] = set()
    try:
        for quad in pyoxigraph.parse(data, format=form):
            if quad.predicate == Terms.REIFIES:
                reified.append(quad)
                continue
            if quad.predicate in STATED:
                parts.add((quad.subject, quad.predicate, quad.object))
            yield _named(path, quad)
    except (SyntaxError, ValueError, OSError) as error:
        reason = " ".join(str(error).split())
        raise InputError(f"{path} is not valid {form.name}: {reason}") from error
    for quad in reified:
        # What a statement reifies, in RDF 1.2, is said again by its parts.
        triple = quad.object
        said = tuple(triple) if isinstance(triple, pyoxigraph.Triple) else ()
        if {(quad.subject, p, o) for p, o in zip(STATED, said, strict=False)} - parts or not said:
            raise InputError(f"{path}: {quad.subject} reifies what its parts do not say; mend it")


def _named(path: Path, quad: pyoxigraph.Quad) -> Quad:
    """Return the quad if all that it speaks of has an IRI; so it is with all that kg writes."""
    if not (
        isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode | Literal)
        and isinstance(quad.graph_name, NamedNode | DefaultGraph)
    ):
        raise InputError(f"{path} has blank nodes or triple terms; give them IRIs")
    return cast("Quad", quad)


def regrouped(quads: tuple[Quad, ...]) -> Iterator[Quad]:
    """Yield each quad in the graph of its article; quads already in a graph stay there."""
    homes: dict[Node, NamedNode] = {}
    for quad in quads:
        if quad.predicate in TIES and isinstance(quad.object, NamedNode):
            homes[quad.subject] = quad.object
        elif quad.predicate == Terms.TYPE and quad.object == Terms.ARTICLE:
            homes[quad.subject] = quad.subject
    for quad in quads:
        if quad.predicate == Terms.HAS_SELECTOR and quad.subject in homes:
            homes[quad.object] = homes[quad.subject]
    for quad in quads:
        home = homes.get(quad.subject)
        if home and isinstance(quad.graph_name, DefaultGraph):
            yield Quad(quad.subject, quad.predicate, quad.object, home)
        else:
            yield quad
