"""RDF, sorted: entities first, then articles, and what they say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat

from kg.graph import KnowledgeGraph
from kg.graph.terms import (
    ARTICLES,
    ENTITIES,
    EVIDENCE,
    MEMBERSHIPS,
    MENTIONS,
    NOT_XML,
    PREFIXES,
    STATEMENTS,
    VIEW,
    Terms,
)
from kg.store import Graph, Node

STATED = (Terms.SUBJECT, Terms.PREDICATE, Terms.OBJECT)
ORDER = (ENTITIES, ARTICLES, MEMBERSHIPS, STATEMENTS, EVIDENCE, MENTIONS)


def turtle(graph: KnowledgeGraph, *, rdf12: bool = False) -> bytes:
    """Return Turtle, without graphs: provenance ties each node to its article.

    With ``rdf12``, here and below, each statement says also in RDF 1.2 what it states.
    """
    return _spaced(_serialized(flat(graph, rdf12=rdf12), RdfFormat.TURTLE))


def trig(graph: KnowledgeGraph, *, rdf12: bool = False) -> bytes:
    """Return TriG: the view, then a named graph for each article."""
    return _spaced(_serialized(in_order(_quads(graph, rdf12=rdf12)), RdfFormat.TRIG))


def ntriples(graph: KnowledgeGraph, *, rdf12: bool = False) -> bytes:
    """Return N-Triples in order of spelling."""
    quads = _quads(graph, rdf12=rdf12)
    return _lines({f"{q.subject} {q.predicate} {_term(q.object)} .\n" for q in quads})


def nquads(graph: KnowledgeGraph, *, rdf12: bool = False) -> bytes:
    """Return N-Quads in order of spelling."""
    return _lines(
        f"{q.subject} {q.predicate} {_term(q.object)} .\n"
        if isinstance(q.graph_name, DefaultGraph)
        else f"{q.subject} {q.predicate} {_term(q.object)} {q.graph_name} .\n"
        for q in _quads(graph, rdf12=rdf12)
    )


def xml(graph: KnowledgeGraph) -> bytes:
    """Return RDF/XML; characters that XML has no way to write become U+FFFD."""
    text = _serialized(flat(graph), RdfFormat.RDF_XML).decode()
    # Oxigraph declares the prefixes in any order, and writes a carriage return as it is, which
    # every XML parser reads as a line feed.
    head = re.search(r"<rdf:RDF (.*?)>", text)
    if head:
        text = text.replace(head[1], " ".join(sorted(head[1].split())), 1)
    return NOT_XML.sub("\ufffd", text).replace("\r", "&#xD;").encode() + b"\n"


def flat(graph: KnowledgeGraph, *, rdf12: bool = False) -> list[pyoxigraph.Quad]:
    """Return the triples of all graphs in order, as quads of the default graph."""
    quads = _quads(graph, rdf12=rdf12)
    return in_order({pyoxigraph.Quad(q.subject, q.predicate, q.object, VIEW) for q in quads})


def _quads(graph: KnowledgeGraph, *, rdf12: bool) -> Iterator[pyoxigraph.Quad]:
    """Yield the quads, with ``rdf12`` also ``rdf:reifies`` for each statement.

    RDF 1.2 Concepts, section 1.5: a reifier stands for a triple whether it is asserted or not,
    as a statement of ours does.
    """
    parts: dict[tuple[NamedNode, Graph], dict[NamedNode, Node]] = {}
    for quad in graph.quads():
        yield quad
        if rdf12 and quad.predicate in STATED:
            parts.setdefault((quad.subject, quad.graph_name), {})[quad.predicate] = quad.object
    for (statement, home), said in parts.items():
        subject, predicate, obj = map(said.get, STATED)
        if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode) and obj:
            triple = pyoxigraph.Triple(subject, predicate, obj)
            yield pyoxigraph.Quad(statement, Terms.REIFIES, triple, home)


def _term(term: object) -> str:
    # Oxigraph shows a triple without the brackets that N-Triples 1.2 has around a triple term.
    return f"<<( {term} )>>" if isinstance(term, pyoxigraph.Triple) else str(term)


def in_order(quads: Iterable[pyoxigraph.Quad]) -> list[pyoxigraph.Quad]:
    """Return quads by graph, kind of subject, subject, predicate (type first), and object."""
    return sorted(quads, key=_place)


def _place(quad: pyoxigraph.Quad) -> tuple[str, int, str, str, str]:
    graph = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
    subject = getattr(quad.subject, "value", "")
    rank = next((i for i, base in enumerate(ORDER) if subject.startswith(base)), len(ORDER))
    predicate = "" if quad.predicate == Terms.TYPE else quad.predicate.value
    return (graph, rank, subject, predicate, str(quad.object))


def _serialized(quads: list[pyoxigraph.Quad], form: RdfFormat) -> bytes:
    rows = quads if form.supports_datasets else [q.triple for q in quads]
    return pyoxigraph.serialize(rows, format=form, prefixes=PREFIXES) or b""


def _spaced(data: bytes) -> bytes:
    """Return Turtle or TriG with its prefixes in order and an empty line before each subject.

    Line by line, for strings are written without line breaks.
    """
    lines = data.decode().split("\n")
    prefixes = sorted(line for line in lines if line.startswith("@prefix "))
    body = [line for line in lines if line and not line.startswith("@prefix ")]
    spaced = (line + "\n" if _ends(line) else line for line in body)
    return ("\n".join((*prefixes, "", *spaced)).rstrip("\n") + "\n").encode()


def _ends(line: str) -> bool:
    return line.endswith(" .") or line == "}"


def _lines(lines: Iterable[str]) -> bytes:
    return "".join(sorted(lines)).encode()
