"""The IRIs of what articles say, for those who hold records and no graph."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from kg.graph.terms import evidence_iri, statement_iri, typed
from kg.model import Article, Claim, Fact, Value
from kg.ontology import Ontology
from kg.store import Node


def of_claim(fact: Fact, claim: Claim, article: Article, ontology: Ontology) -> tuple[str, str]:
    """Return the IRIs of the statement and of the evidence that a graph has for a claim.

    Raises ValueError for what no graph can hold.
    """
    if fact.relation not in ontology.relations:
        raise ValueError(f"the ontology has no relation {fact.relation!r}")
    relation = ontology.relations[fact.relation]
    ends: list[Node] = [NamedNode(fact.subject.iri), _object(fact, article.lang)]
    if relation.symmetric:
        ends.sort(key=str)
    where = claim.evidence
    statement = statement_iri(article.id, ends[0], NamedNode(relation.iri), ends[1], claim.polarity)
    return statement.value, evidence_iri(article.id, where.start, where.end, statement).value


def _object(fact: Fact, lang: str) -> Node:
    if not isinstance(fact.object, Value):
        return NamedNode(fact.object.iri)
    value = fact.object
    if value.datatype == "langString":
        return Literal(value.normal, language=lang)
    return typed(value.normal, value.datatype)
