"""Who took part in an event, by the list that follows a colon, over lines if need be.

A parser sees no sentence in «от российской стороны – министр …; мэр …;», but minutes and press
releases name those present so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from spacy.tokens import Doc, Token

from kg.extract.nested import Pair
from kg.extract.rules import Rule, RuleBook
from kg.lang.phrase import Found
from kg.model import Mention
from kg.ontology import Ontology

OPENS, PARTS = ":", {";", "\n"}
BULLETS = {"-", "–", "—", "•", "·", "*"}
LONG = 12
"""Words that may stand between the verb and the colon."""


def pairs(
    doc: Doc, found: Sequence[Found], book: RuleBook, ontology: Ontology, negators: Collection[str]
) -> Iterator[Pair]:
    """Yield rule, member and event for every list of those who take part in one."""
    things = [f for f in found if isinstance(f.item, Mention) and not f.adjective]
    outer = [f for f in things if not any(o.holds(f) for o in things)]
    for rule in (r for r in book.rules if r.kind == "roll"):
        for colon in (t for t in doc if t.text == OPENS):
            event = _event(rule, doc, colon, things, ontology, negators)
            for item in _items(doc, colon) if event is not None else ():
                inside = [f for f in outer if item[0] <= f.start and f.end <= item[1]]
                for member in _members(rule, inside, ontology):
                    if event is not None:
                        yield rule, member, event


def _event(
    rule: Rule, doc: Doc, colon: Token, things: Sequence[Found], ontology: Ontology,
    negators: Collection[str],
) -> Found | None:  # fmt: skip
    """Return what a list after ``colon`` takes part in: named before it, or the last event."""
    before = doc[max(colon.sent.start, colon.i - LONG) : colon.i]
    if not any(t.lemma_ in rule.triggers for t in before) or any(
        t.lemma_ in negators for t in before
    ):
        return None
    events = [
        f for f in things
        if f.end <= colon.i and isinstance(f.item, Mention)
        and ontology.is_a(f.item.cls, rule.object_class)
    ]  # fmt: skip
    return events[-1] if events else None


def _items(doc: Doc, colon: Token) -> Iterator[tuple[int, int]]:
    """Yield the parts of a list as token ranges: to the end of the sentence, or over all lines
    that go on with it."""
    start = i = colon.i + 1
    while i < len(doc):
        token = doc[i]
        if "\n" in token.text or token.text in PARTS:
            yield start, i
            start = i + 1
            if "\n" in token.text and not _goes_on(doc, i):
                return
        elif token.is_sent_end and token.text in {".", "!", "?"}:
            break
        i += 1
    yield start, i


def _goes_on(doc: Doc, newline: int) -> bool:
    """Tell whether a list goes on after a line's end: it was left open, or a bullet follows."""
    last = next((t for t in reversed(doc[:newline]) if not t.is_space), None)
    after = next((t for t in doc[newline:] if not t.is_space), None)
    if last is None or after is None:
        return False
    small = after.text[:1].islower() or after.text in BULLETS
    return last.text == OPENS or (last.text in {";", ","} and small) or after.text in BULLETS


def _members(rule: Rule, inside: Sequence[Found], ontology: Ontology) -> list[Found]:
    """Return who an item of the list names: its people, else the first body."""
    for cls in rule.subject_class:
        fitting = [
            f for f in inside
            if isinstance(f.item, Mention) and f.item.named and ontology.is_a(f.item.cls, (cls,))
        ]  # fmt: skip
        if fitting:
            return fitting if cls == rule.subject_class[0] else fitting[:1]
    return []
