"""Facts that are nodes in themselves: who holds which post, where, and as of which date.

The ontology says which relation makes such nodes (``kg:reifiedRelation``), and which other
relations qualify them: a qualifying fact has the same subject and stands in the same sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.graph.terms import MEMBERSHIPS, Terms, minted, typed
from kg.model import Article, Span
from kg.ontology import Nary, Ontology
from kg.store import Node

Triple = tuple[NamedNode, NamedNode, Node]


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim as a statement of the graph holds it: ``words`` are those of its object."""

    statement: NamedNode
    subject: NamedNode
    relation: str
    object: Node
    asserted: bool
    sentence: Span
    words: Span


def event_dates(stated: Iterable[Stated], ontology: Ontology) -> dict[Node, Literal]:
    """Return when each event takes place that the article gives one date for."""
    found: dict[Node, set[Literal]] = {}
    for claim in stated:
        if claim.relation in ontology.begin and isinstance(claim.object, Literal):
            found.setdefault(claim.subject, set()).add(claim.object)
    return {event: dates.pop() for event, dates in found.items() if len(dates) == 1}


def memberships(
    article: Article, graph: NamedNode, stated: Iterable[Stated], ontology: Ontology
) -> Iterator[Triple]:
    """Yield the nodes for the facts that an article asserts."""
    claims = tuple(claim for claim in stated if claim.asserted)
    dates = event_dates(claims, ontology)
    for nary in ontology.nary:
        for claim in claims:
            if claim.relation == nary.relation:
                yield from _node(article, graph, claim, claims, nary, dates)


def _node(
    article: Article,
    graph: NamedNode,
    claim: Stated,
    claims: tuple[Stated, ...],
    nary: Nary,
    dates: dict[Node, Literal],
) -> Iterator[Triple]:
    beside = [c for c in claims if c.sentence == claim.sentence and c.subject == claim.subject]
    qualifiers = {
        prop: min((c for c in beside if c.relation == relation), key=lambda c: _gap(claim, c))
        for relation, prop in nary.qualifiers.items()
        if any(c.relation == relation for c in beside)
    }
    values = [claim.object, *(c.object for c in qualifiers.values())]
    node = minted(MEMBERSHIPS, article.id, claim.subject, *values)
    yield (node, Terms.TYPE, NamedNode(nary.cls))
    yield (node, NamedNode(nary.subject), claim.subject)
    yield (node, NamedNode(nary.object), claim.object)
    for prop, qualifier in qualifiers.items():
        yield (node, NamedNode(prop), qualifier.object)
        yield (node, Terms.STATED_BY, qualifier.statement)
    yield (node, Terms.STATED_BY, claim.statement)
    yield (node, Terms.DERIVED_FROM, graph)
    if when := _when(article, beside, dates):
        yield (node, Terms.AS_OF, when)


def _gap(post: Stated, body: Stated) -> tuple[int, bool]:
    """Return how far apart the words stand; of two as far, those that follow are meant."""
    before = post.words[0] - body.words[1]
    after = body.words[0] - post.words[1]
    return max(before, after, 0), before > after


def _when(article: Article, beside: list[Stated], dates: dict[Node, Literal]) -> Literal | None:
    """Return the date of the one event that the sentence names the person at, or the article's."""
    events = {dates[c.object] for c in beside if c.object in dates}
    if len(events) == 1:
        return events.pop()
    return typed(article.published.isoformat(), "date") if article.published else None
