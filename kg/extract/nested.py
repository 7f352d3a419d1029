"""Relations that names show by lying in or beside each other, without a verb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kg.extract.rules import Rule, RuleBook
from kg.lang.phrase import Found
from kg.model import Mention
from kg.ontology import Ontology

Pair = tuple[Rule, Found, Found]


def pairs(doc: Doc, found: Sequence[Found], book: RuleBook, ontology: Ontology) -> Iterator[Pair]:
    """Yield rule, subject and object for names nested in, adjacent to or qualified by others."""
    mentions = [f for f in found if isinstance(f.item, Mention)]
    for rule in book.rules:
        if rule.kind == "nested":
            candidates = _nested(mentions, every=rule.every)
        elif rule.kind == "adjacent":
            candidates = _adjacent(doc, mentions)
        elif rule.kind == "adjective":
            candidates = _qualified(doc, mentions)
        else:
            continue
        for outer, inner in candidates:
            if _fits(rule, outer, inner, ontology):
                yield rule, outer, inner


def _fits(rule: Rule, subject: Found, obj: Found, ontology: Ontology) -> bool:
    one, other = subject.item, obj.item
    if not isinstance(one, Mention) or not isinstance(other, Mention):
        return False
    if not ontology.allows(rule.relation, one.cls, other.cls) or one.normal == other.normal:
        return False
    return (not rule.subject_class or ontology.is_a(one.cls, rule.subject_class)) and (
        not rule.object_class or ontology.is_a(other.cls, rule.object_class)
    )


def _direct(outer: Found, mentions: Sequence[Found]) -> list[Found]:
    """Return the mentions right inside ``outer``, in order of text."""
    inner = [m for m in mentions if _inside(outer, m) and not m.adjective]
    return [m for m in inner if not any(_inside(o, m) for o in inner)]


def _inside(outer: Found, inner: Found) -> bool:
    if outer is inner:
        return False
    a, b = outer.item, inner.item
    return a.start <= b.start and b.end <= a.end and (a.start, a.end) != (b.start, b.end)


def _nested(mentions: Sequence[Found], *, every: bool) -> Iterator[tuple[Found, Found]]:
    for outer in mentions:
        places = _direct(outer, mentions)
        # Of several places the first is the body's own; the others say where that lies.
        shown = places if every else places[:1]
        for inner in shown:
            yield outer, inner
        if not every and len(places) > 1:
            yield outer, places[1]


def _adjacent(doc: Doc, mentions: Sequence[Found]) -> Iterator[tuple[Found, Found]]:
    ends: dict[int, list[Found]] = {}
    for m in mentions:
        if not m.adjective:
            ends.setdefault(m.end, []).append(m)
    for m in mentions:
        before = doc[m.start - 1].text if m.start else ""
        for other in ends.get(m.start, ()):
            if not m.adjective and not other.plural:
                yield other, m
        closed = m.end < len(doc) and doc[m.end].text == ")"
        if before == "(" and closed:
            for other in ends.get(m.start - 1, ()):
                yield other, m


def _qualified(doc: Doc, mentions: Sequence[Found]) -> Iterator[tuple[Found, Found]]:
    for adjective in mentions:
        if not adjective.adjective:
            continue
        for m in mentions:
            first = m.start <= adjective.start < m.head if not m.adjective else False
            if m.start == adjective.end and not m.adjective or first and m.start == adjective.start:
                yield m, adjective
