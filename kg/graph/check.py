"""Check a store against the SHACL shapes, an article at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyshacl
import rdflib
from pyoxigraph import NamedNode
from rdflib import OWL, RDF, RDFS, SH, URIRef
from rdflib.term import Node

from kg.graph.copies import to_rdflib
from kg.graph.terms import VIEW, Terms
from kg.graph.view import NAMING, affirmed
from kg.ontology import NAMESPACE, Ontology
from kg.resources import ontology_dir
from kg.store import Quad, Store

NAMES = (Terms.PREF_LABEL, Terms.TITLE, Terms.EXACT)


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A node that breaks a shape; ``path`` is the property at fault, if it is one.

    ``label`` is what people call the node: the name of an entity, the words of a mention, the
    title of an article, both ends of a statement.
    """

    article: str
    node: str
    path: str
    message: str
    label: str = ""


def violations(store: Store, ontology: Ontology, limit: int | None = None) -> Iterator[Violation]:
    """Yield every violation, sorted, article by article; one is in memory at a time.

    With a ``limit`` only the first articles are checked, by their IRIs.
    """
    shapes = rdflib.Graph()
    for path in sorted((ontology_dir() / "shapes").glob("*.ttl")):
        shapes.parse(path, format="turtle")
    declared = _declared(ontology)
    for graph in sorted(store.graphs(), key=str)[:limit]:
        data = to_rdflib(_part(store, graph)) + declared
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
        yield from sorted(set(_read(graph, report, data)))


def _part(store: Store, graph: NamedNode) -> Iterator[Quad]:
    """Yield an article's quads, the names of the entities it mentions, and what it says of them."""
    entities = set()
    quads = tuple(store.match(None, None, None, graph))
    yield from affirmed(quads)
    for quad in quads:
        yield quad
        if quad.predicate == Terms.REFERS_TO and isinstance(quad.object, NamedNode):
            entities.add(quad.object)
    for entity in entities:
        for predicate in NAMING:
            yield from store.match(entity, predicate, None, VIEW)


def _declared(ontology: Ontology) -> rdflib.Graph:
    """Return what the shapes need to know of the ontology: its relations, its classes."""
    graph = rdflib.Graph()
    for relation in ontology.relations.values():
        kind = OWL.ObjectProperty if relation.range else OWL.DatatypeProperty
        graph.add((URIRef(relation.iri), RDF.type, kind))
    for cls in ontology.classes.values():
        graph.add((URIRef(cls.iri), RDF.type, OWL.Class))
        for parent in cls.parents:
            graph.add((URIRef(cls.iri), RDFS.subClassOf, URIRef(NAMESPACE + parent)))
    return graph


def _read(article: NamedNode, report: rdflib.Graph, data: rdflib.Graph) -> Iterator[Violation]:
    for result in report.subjects(RDF.type, SH.ValidationResult):
        node = report.value(result, SH.focusNode)
        yield Violation(
            article.value,
            str(node),
            str(report.value(result, SH.resultPath) or ""),
            " ".join(str(report.value(result, SH.resultMessage) or "").split()),
            _label(data, node),
        )


def _label(data: rdflib.Graph, node: Node | None) -> str:
    if not isinstance(node, URIRef):
        return "" if node is None else str(node)
    for predicate in NAMES:
        # A damaged node may have several; the first by spelling, so that each run says the same.
        if found := sorted(map(str, data.objects(node, URIRef(predicate.value)))):
            return found[0]
    selector = data.value(node, URIRef(Terms.HAS_SELECTOR.value))
    if selector is not None:
        return _label(data, selector)
    ends = (data.value(node, RDF.subject), data.value(node, RDF.object))
    return " – ".join(filter(None, (_label(data, end) for end in ends)))
