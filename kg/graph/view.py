"""The default graph: plain triples and labels, derived from the claims of all articles.

An entity has every class it is mentioned under and all classes above, and as its label the
normal form that most of its mentions have, the smallest of several; all other names are
alternative labels. A plain triple stands while a statement that is not denied supports it.

What an entity is called is counted over all its mentions. They are counted in the store when
the entity is first touched, and the tally is kept from then on, so that adding an article costs
the same however many there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from pyoxigraph import Literal, NamedNode

from kg.graph.results import Results
from kg.graph.terms import VIEW, Terms, concept
from kg.ontology import ENTITY, Ontology, local
from kg.store import Graph, Node, Quad, Store

FORMS = frozenset((Terms.MENTION_CLASS, Terms.NORMAL_FORM, Terms.ALTERNATIVE_FORM, Terms.IDENTITY))
COUNTED = f"""SELECT ?e ?p ?o (COUNT(*) AS ?n) {{
  VALUES GRAPH ?g {{ ?m {Terms.REFERS_TO} ?e ; ?p ?o }}
  FILTER (?p IN ({", ".join(map(str, sorted(FORMS, key=str)))}))
}} GROUP BY ?e ?p ?o"""
AT_ONCE = 200
"""How many entities are counted in one query."""
NAMING = (Terms.TYPE, Terms.PREF_LABEL, Terms.LABEL, Terms.ALT_LABEL, Terms.SAME_AS)
Tally = Counter[tuple[NamedNode, Node]]


@dataclass(frozen=True, slots=True)
class Revision:
    """How the view changes, and the tallies that hold once it has been written."""

    delete: tuple[Quad, ...]
    insert: tuple[Quad, ...]
    tallies: dict[NamedNode, Tally]


class View:
    """The view over a store's articles; it writes nothing itself."""

    def __init__(self, store: Store, ontology: Ontology) -> None:
        self._store = store
        self._ontology = ontology
        self._tallies: dict[NamedNode, Tally] = {}
        self._symmetric = {NamedNode(r.iri) for r in ontology.relations.values() if r.symmetric}

    def revise(self, added: Iterable[Quad], removed: Iterable[Quad] = ()) -> Revision:
        """Return what changes in the view when ``added`` come into the store, ``removed`` go."""
        added, removed = tuple(added), tuple(removed)
        coming, going = _tallies(added), _tallies(removed)
        self._count((*coming, *going))
        self._store.ahead((*coming, *going))
        tallies: dict[NamedNode, Tally] = {}
        old: set[Quad] = set()
        new: set[Quad] = set()
        for entity in dict.fromkeys((*coming, *going)):
            tally = Counter(self._known(entity))
            tally.update(coming.get(entity, Counter()))
            tally.subtract(going.get(entity, Counter()))
            tallies[entity] = +tally
            old |= self._named(entity)
            new |= set(self.naming(entity, tallies[entity]))
        stands = set(self.plain(added))
        falls = {quad for quad in self._unsupported(removed) if quad not in stands}
        return Revision(
            delete=_sorted((old - new) | falls),
            insert=_sorted((new - old) | stands),
            tallies=tallies,
        )

    def repair(self) -> Revision:
        """Return what the view lacks of the store's articles, and what it contradicts itself in.

        Joined files may each have a label of their own for one entity.
        """
        delete: set[Quad] = set()
        insert: set[Quad] = set()
        entities = set(_referents(self._store.match(None, Terms.REFERS_TO)).values())
        self._store.ahead(entities)
        for entity in entities:
            if len(set(self._store.match(entity, Terms.PREF_LABEL, None, VIEW))) != 1:
                new = set(self.naming(entity, self._known(entity)))
                old = self._named(entity)
                delete |= old - new
                insert |= new - old
        for statement in self._store.match(None, Terms.TYPE, Terms.STATEMENT):
            parts = self._store.match(statement.subject, None, None, statement.graph_name)
            insert |= {q for q in self.plain(parts) if not any(self._store.match(*q))}
        return Revision(_sorted(delete), _sorted(insert), {})

    def keep(self, revision: Revision) -> None:
        """Remember the tallies of a revision that has been written."""
        self._tallies |= revision.tallies

    def naming(self, entity: NamedNode, tally: Tally) -> Iterator[Quad]:
        """Yield the types, labels and identities of an entity, given the tally of its mentions."""
        normal = {o: n for (p, o), n in tally.items() if p == Terms.NORMAL_FORM}
        if not normal:
            return
        best = min(normal, key=lambda form: (-normal[form], _spelling(form)))
        others = {o for p, o in tally if p in (Terms.NORMAL_FORM, Terms.ALTERNATIVE_FORM)} - {best}
        classes = {o for p, o in tally if p == Terms.MENTION_CLASS}
        for cls in {above for c in classes for above in self._above(local(c.value))}:
            yield Quad(entity, Terms.TYPE, concept(cls), VIEW)
        for predicate in (Terms.PREF_LABEL, Terms.LABEL):
            yield Quad(entity, predicate, best, VIEW)
        for name in others:
            yield Quad(entity, Terms.ALT_LABEL, name, VIEW)
        for p, o in tally:
            if p == Terms.IDENTITY:
                yield Quad(entity, Terms.SAME_AS, o, VIEW)

    def _count(self, entities: Iterable[NamedNode]) -> None:
        """Count the names and classes that the mentions in the store give entities, once."""
        unknown = [entity for entity in dict.fromkeys(entities) if entity not in self._tallies]
        self._tallies |= {entity: Counter() for entity in unknown}
        for start in range(0, len(unknown), AT_ONCE):
            values = " ".join(map(str, unknown[start : start + AT_ONCE]))
            counted = self._store.query(COUNTED.replace("VALUES", f"VALUES ?e {{ {values} }}"), {})
            for row in Results.of(counted).rows:
                entity, form, value, number = cast("tuple[NamedNode, NamedNode, Node, Node]", row)
                self._tallies[entity][form, value] = int(number.value)

    def plain(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Yield the plain triples that the statements among ``quads`` support."""
        for subject, predicate, obj in stated(quads):
            yield from self._both_ways(subject, predicate, obj)

    def _both_ways(self, subject: NamedNode, predicate: NamedNode, obj: Node) -> Iterator[Quad]:
        yield Quad(subject, predicate, obj, VIEW)
        if predicate in self._symmetric and isinstance(obj, NamedNode):
            yield Quad(obj, predicate, subject, VIEW)

    def _known(self, entity: NamedNode) -> Tally:
        self._count((entity,))
        return self._tallies[entity]

    def _named(self, entity: NamedNode) -> set[Quad]:
        return {q for predicate in NAMING for q in self._store.match(entity, predicate, None, VIEW)}

    def _above(self, cls: str) -> tuple[str, ...]:
        # A file may come from an ontology with classes that ours has not.
        if cls not in self._ontology.classes:
            return (cls, ENTITY)
        return tuple(c for c in self._ontology.ancestors(cls) if self._ontology.is_a(c, (ENTITY,)))

    def _unsupported(self, removed: tuple[Quad, ...]) -> Iterator[Quad]:
        gone = {quad.graph_name for quad in removed}
        for subject, predicate, obj in set(stated(removed)):
            if not self._supported(subject, predicate, obj, gone):
                yield from self._both_ways(subject, predicate, obj)

    def _supported(
        self, subject: NamedNode, predicate: NamedNode, obj: Node, gone: set[Graph]
    ) -> bool:
        said = f"{Terms.SUBJECT} {subject} ; {Terms.PREDICATE} {predicate} ; {Terms.OBJECT} {obj}"
        pattern = f"GRAPH ?g {{ ?s {said} ; {Terms.POLARITY} {Terms.POSITIVE} }}"
        without = ", ".join(sorted(map(str, gone)))
        asked = self._store.query(f"ASK {{ {pattern} FILTER (?g NOT IN ({without})) }}", {})
        return bool(Results.of(asked).bool)


def _tallies(quads: tuple[Quad, ...]) -> dict[NamedNode, Tally]:
    entities = _referents(quads)
    found: dict[NamedNode, Tally] = {entity: Counter() for entity in entities.values()}
    for quad in quads:
        if quad.predicate in FORMS and quad.subject in entities:
            found[entities[quad.subject]][quad.predicate, quad.object] += 1
    return found


def _referents(quads: Iterable[Quad]) -> dict[NamedNode, NamedNode]:
    """Return the entity of each mention among ``quads``."""
    return {
        quad.subject: quad.object
        for quad in quads
        if quad.predicate == Terms.REFERS_TO and isinstance(quad.object, NamedNode)
    }


def affirmed(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield the plain triple of every statement among ``quads`` that is not denied, one way."""
    for subject, predicate, obj in stated(quads):
        yield Quad(subject, predicate, obj, VIEW)


def stated(quads: Iterable[Quad]) -> Iterator[tuple[NamedNode, NamedNode, Node]]:
    """Yield subject, predicate and object of every statement among ``quads`` not denied."""
    parts: dict[NamedNode, dict[NamedNode, Node]] = {}
    wanted = (Terms.SUBJECT, Terms.PREDICATE, Terms.OBJECT, Terms.POLARITY)
    for quad in quads:
        if quad.predicate in wanted:
            parts.setdefault(quad.subject, {})[quad.predicate] = quad.object
    for part in parts.values():
        if len(part) == len(wanted) and part[Terms.POLARITY] == Terms.POSITIVE:
            subject, predicate = part[Terms.SUBJECT], part[Terms.PREDICATE]
            if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode):
                yield subject, predicate, part[Terms.OBJECT]


def _spelling(form: Node) -> tuple[str, str]:
    return (form.value, form.language or "") if isinstance(form, Literal) else (form.value, "")


def _sorted(quads: Iterable[Quad]) -> tuple[Quad, ...]:
    return tuple(sorted(quads, key=str))
