"""Copies of the graph for other libraries; changing them changes nothing here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

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
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


def term(node: Node) -> rdflib.URIRef | rdflib.Literal:
    """Return a term of rdflib's."""
    if isinstance(node, NamedNode):
        return rdflib.URIRef(node.value)
    plain = node.language is not None or node.datatype.value == str(rdflib.XSD.string)
    datatype = None if plain else rdflib.URIRef(node.datatype.value)
    # rdflib would rewrite the spelling of dates and numbers.
    return rdflib.Literal(node.value, lang=node.language, datatype=datatype, normalize=False)


def to_networkx(
    entities: Iterable[Entity],
    facts: Iterable[Fact],
    dates: Mapping[str, date | None],
    ontology: Ontology,
) -> nx.MultiDiGraph:
    """Return entities as nodes (their IRIs) and facts as edges keyed by relation.

    A node has ``label`` and ``cls``, ``names`` where it has others, and for each relation to a
    literal its values. An edge has ``label``, ``relation``, ``weight`` (how many claims),
    ``articles`` (how many), ``modality`` (the strongest), ``confidence`` (the highest), ``quote``
    (the first), and ``first`` and ``last``, the dates of its articles, where they have any.
    ``dates`` gives them by the article's identifier.
    """
    graph = nx.MultiDiGraph()
    for entity in entities:
        names = {"names": "; ".join(n.text for n in entity.aliases)} if entity.aliases else {}
        graph.add_node(entity.iri, label=entity.label, cls=entity.cls, **names)
    for fact in facts:
        if isinstance(fact.object, Entity):
            edge = _edge(fact, dates, ontology)
            graph.add_edge(fact.subject.iri, fact.object.iri, key=fact.relation, **edge)
        else:
            node = graph.nodes[fact.subject.iri]
            known = node.get(fact.relation)
            node[fact.relation] = f"{known}; {fact.object.normal}" if known else fact.object.normal
    return graph


def _edge(
    fact: Fact, dates: Mapping[str, date | None], ontology: Ontology
) -> dict[str, str | int | float]:
    order = ontology.scheme("Modality")
    modalities = [c.modality for c in fact.claims if c.modality in order]
    articles = {c.evidence.article for c in fact.claims}
    days = sorted(day.isoformat() for day in map(dates.get, articles) if day)
    relation = ontology.relations.get(fact.relation)
    return {
        "label": relation.label("ru") if relation else fact.relation,
        "relation": fact.relation,
        "weight": len(fact.claims),
        "articles": len(articles),
        "modality": min(modalities, key=order.index, default=""),
        "confidence": max(c.evidence.score for c in fact.claims),
        "quote": fact.claims[0].evidence.quote,
        **({"first": days[0], "last": days[-1]} if days else {}),
    }
