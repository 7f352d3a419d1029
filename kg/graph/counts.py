"""How much a store holds."""

from __future__ import annotations

from dataclasses import dataclass

from kg.graph.results import Results
from kg.graph.terms import PREFIXES
from kg.store import Store

FACTS = """* { SELECT DISTINCT ?s ?p ?o
  { ?x a kg:Statement ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o } }"""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is of each; a statement is a fact in one article."""

    articles: int
    entities: int
    mentions: int
    statements: int
    facts: int


def counted(store: Store) -> Counts:
    """Count what there is."""
    return Counts(
        articles=_number(store, "?x { ?x a kg:Article }"),
        entities=_number(store, "?x { ?x a kg:Entity }"),
        mentions=_number(store, "?x { ?x a kg:Mention }"),
        statements=_number(store, "?x { ?x a kg:Statement }"),
        facts=_number(store, FACTS),
    )


def _number(store: Store, of: str) -> int:
    what, _, pattern = of.partition(" ")
    found = Results.of(store.query(f"SELECT (COUNT({what}) AS ?n) {pattern}", PREFIXES))
    return int(next(iter(found))[0] or 0)
