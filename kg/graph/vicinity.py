"""What lies around an entity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from kg.graph.records import Place
from kg.graph.terms import VIEW, Terms
from kg.graph.view import NAMING, View
from kg.store import Node, Quad, Store

ENDS = (Terms.SUBJECT, Terms.OBJECT)
PARTS = (Terms.EVIDENCE, Terms.SUBJECT_MENTION, Terms.OBJECT_MENTION)


def statements(store: Store, entity: NamedNode) -> Iterator[Place]:
    """Yield the statements with an entity at either end."""
    for end in ENDS:
        yield from places(store.match(None, end, entity))


def places(quads: Iterable[Quad]) -> Iterator[Place]:
    """Yield the subjects of quads that stand in an article, which a statement always does."""
    for quad in quads:
        if isinstance(quad.graph_name, NamedNode):
            yield quad.subject, quad.graph_name


def around(store: Store, view: View, start: Iterable[NamedNode], hops: int) -> list[Quad]:
    """Return the quads of all that is said of ``start``, and of those up to ``hops`` - 1 away."""
    said: dict[Place, None] = {}
    reached = dict.fromkeys(start)
    frontier = list(reached)
    for _ in range(hops):
        found = [p for entity in frontier for p in statements(store, entity) if p not in said]
        said |= dict.fromkeys(found)
        ends = dict.fromkeys(entity for place in found for entity in _entities(store, place))
        frontier = [entity for entity in ends if entity not in reached]
        reached |= dict.fromkeys(frontier)
    quads = dict.fromkeys(quad for place in said for quad in _closure(store, place))
    speakers = (quad.object for quad in quads if quad.predicate == Terms.ATTRIBUTED_TO)
    spoken = (entity for entity in speakers if isinstance(entity, NamedNode))
    named = (
        quad
        for entity in reached | dict.fromkeys(spoken)
        for predicate in NAMING
        for quad in store.match(entity, predicate, None, VIEW)
    )
    return list(quads | dict.fromkeys((*named, *view.plain(quads))))


def _entities(store: Store, place: Place) -> Iterator[NamedNode]:
    statement, graph = place
    for end in ENDS:
        for quad in store.match(statement, end, None, graph):
            if isinstance(quad.object, NamedNode):
                yield quad.object


def _closure(store: Store, place: Place) -> Iterator[Quad]:
    """Yield a statement with its evidence, its mentions, its speakers' mentions, its article."""
    statement, graph = place
    yield from store.match(graph, None, None, graph)
    for held in store.match(None, Terms.STATED_BY, statement, graph):
        yield from store.match(held.subject, None, None, graph)
    for quad in store.match(statement, None, None, graph):
        yield quad
        if quad.predicate in PARTS:
            yield from _with_selector(store, quad.object, graph)
        elif quad.predicate == Terms.ATTRIBUTED_TO:
            for mention in store.match(None, Terms.REFERS_TO, quad.object, graph):
                yield from _with_selector(store, mention.subject, graph)


def _with_selector(store: Store, node: Node, graph: NamedNode) -> Iterator[Quad]:
    for quad in _properties(store, node, graph):
        yield quad
        if quad.predicate == Terms.HAS_SELECTOR:
            yield from _properties(store, quad.object, graph)


def _properties(store: Store, node: Node, graph: NamedNode) -> Iterator[Quad]:
    if isinstance(node, NamedNode):
        yield from store.match(node, None, None, graph)
