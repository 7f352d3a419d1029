"""Copies of the graph for other libraries; changing them changes nothing here."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx
import rdflib
from pyoxigraph import NamedNode

from kg.graph.terms import PREFIXES
from kg.model import Entity, Fact
from kg.ontology import Ontology
from kg.store import Node, Quad


def to_rdflib(quads: Iterable[Quad]) -> rdflib.Graph:
    """Return the triples of all graphs in one rdflib graph, as spelled."""
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for quad in quads:
        graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return graph


def _term(term: Node) -> rdflib.URIRef | rdflib.Literal:
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    plain = term.language is not None or term.datatype.value == str(rdflib.XSD.string)
    datatype = None if plain else rdflib.URIRef(term.datatype.value)
    # rdflib would rewrite the spelling of dates and numbers.
    return rdflib.Literal(term.value, lang=term.language, datatype=datatype, normalize=False)


def to_networkx(
    entities: Iterable[Entity], facts: Iterable[Fact], ontology: Ontology
) -> nx.MultiDiGraph:
    """Return entities as nodes (their IRIs) and facts as edges keyed by relation.

    A node has ``label`` and ``cls``, and for each relation to a literal its values; an edge
    has ``label``, ``claims``, ``modality`` (the strongest), ``quote`` (the first).
    """
    graph = nx.MultiDiGraph()
    for entity in entities:
        graph.add_node(entity.iri, label=entity.label, cls=entity.cls)
    order = ontology.scheme("Modality")
    for fact in facts:
        if isinstance(fact.object, Entity):
            modalities = [c.modality for c in fact.claims if c.modality in order]
            graph.add_edge(
                fact.subject.iri,
                fact.object.iri,
                key=fact.relation,
                relation=fact.relation,
                claims=len(fact.claims),
                modality=min(modalities, key=order.index, default=""),
                quote=fact.claims[0].evidence.quote,
            )
        else:
            node = graph.nodes[fact.subject.iri]
            known = node.get(fact.relation)
            node[fact.relation] = f"{known}; {fact.object.normal}" if known else fact.object.normal
    return graph
