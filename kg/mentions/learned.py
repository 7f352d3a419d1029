"""Names that only the trained model sees."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

from spacy.tokens import Doc, Span

from kg.lang import Grammar
from kg.lang.phrase import Phrase
from kg.neural.labels import NAMED, NOMINAL, OWN, PRONOUN, SAME, parts
from kg.neural.model import Entity, Reading
from kg.ontology import load

LEAST = 0.6
"""The probability from which on a span is taken for a name, if general news agrees."""

REFERS = 0.5
"""The probability from which on a pronoun or a description is taken to mean a name."""

GENERAL = "nerel"
"""The scheme of general news."""

NAMES = {"NOUN", "PROPN", "X"}


def phrases(doc: Doc, reading: Reading, known: Sequence[Phrase], grammar: Grammar) -> list[Phrase]:
    """Return what the model takes for a name and no known phrase stands for already."""
    found = []
    general = reading.entities(GENERAL)
    for entity in reading.entities(OWN):
        span = doc.char_span(entity.start, entity.end)
        cls, form = parts(entity.cls)
        if span is None or entity.score < LEAST or form != NAMED or cls not in load().classes:
            continue
        if not _is_name(span) or any(_clash(phrase, span) for phrase in known):
            continue
        if not any(_same(entity, cls, other) for other in general):
            continue
        if any(_joins(doc, phrase, grammar) for phrase in known if _holds(phrase, span)):
            continue  # дорога Суйфэньхэ-Гродеково: two places, and no third
        head = _head(span)
        normal = grammar.nominative(doc, span.start, span.end, head)
        found.append(Phrase(span.start, span.end, head, cls, normal, guessed=True))
    return found


def references(
    doc: Doc, reading: Reading, meant: Sequence[tuple[Phrase, Phrase]], grammar: Grammar
) -> list[tuple[Phrase, Phrase]]:  # fmt: skip
    """Pair pronouns and descriptions that point nowhere yet with what the model says they mean."""
    seen = [e for e in reading.entities(OWN) if parts(e.cls)[0] in load().classes]
    free, targets = dict[int, Span](), dict[int, Phrase]()
    for number, entity in enumerate(seen):
        span = doc.char_span(entity.start, entity.end)
        if span is None:
            continue
        over = [(p, m) for p, m in meant if _clash(p, span)]
        exact = [m for p, m in over if p.head == span.root.i or _alike(p, span)]
        cls, form = parts(entity.cls)
        # A description that says more of a thing than was said is of another (зерновой порт);
        # of a person it is a post, which is read with its holder.
        further = any(token.pos_ == "ADJ" for token in span) or cls in grammar.people()
        unknown = all(p is m and not p.named for p, m in over)
        if unknown and (form == PRONOUN or (form == NOMINAL and not further)):
            free[number] = span
        elif exact and exact[0].named and not exact[0].plural:
            targets[number] = exact[0]
    spans = [((e.start, e.end), e.cls) for e in seen]
    best: dict[int, tuple[float, int]] = {}
    for said in reading.relations(OWN, spans):
        if said.relation == SAME and said.subject in free and said.object in targets:
            best[said.subject] = max(best.get(said.subject, (0.0, 0)), (said.score, said.object))
    found = []
    for number, (score, other) in best.items():
        span, target = free[number], targets[other]
        if score >= REFERS and load().kind(target.cls) == parts(seen[number].cls)[0]:
            head = span.root.i
            phrase = Phrase(span.start, span.end, head, target.cls, span.text, named=False)
            found.append((phrase, target))
    return found


def referred(
    meant: Sequence[tuple[Phrase, Phrase]], said: Sequence[tuple[Phrase, Phrase]]
) -> list[tuple[Phrase, Phrase]]:  # fmt: skip
    """Return all pairs in order of text, those said in place of what pointed nowhere."""
    heads = {phrase.head for phrase, _ in said}
    kept = [pair for pair in meant if pair[0].head not in heads or pair[0].named]
    return sorted([*kept, *said], key=lambda pair: (pair[0].start, -pair[0].end))


def _alike(phrase: Phrase, span: Span) -> bool:
    shared = min(phrase.end, span.end) - max(phrase.start, span.start)
    return 2 * shared > max(phrase.end, span.end) - min(phrase.start, span.start)


@cache
def _kinds() -> dict[str, str]:
    """Return what the classes of general news are in the ontology."""
    text = (resources.files("kg.neural") / f"{GENERAL}.toml").read_text(encoding="utf-8")
    kinds: dict[str, str] = tomllib.loads(text)["classes"]
    return kinds


def _same(entity: Entity, cls: str, other: Entity) -> bool:
    """Tell whether another is of the same class and shares more than half of the text."""
    shared = min(entity.end, other.end) - max(entity.start, other.start)
    together = max(entity.end, other.end) - min(entity.start, other.start)
    return _kinds().get(other.cls) == cls and 2 * shared > together


def _holds(phrase: Phrase, span: Span) -> bool:
    return phrase.start <= span.start and span.end <= phrase.end


def _joins(doc: Doc, phrase: Phrase, grammar: Grammar) -> bool:
    """Tell whether a name joins places by a dash."""
    return any(True for _ in grammar.pairs(doc[phrase.start : phrase.end].text, phrase.cls))


def _head(span: Span) -> int:
    return next((t.i for t in span if t.pos_ in NAMES), span.start)


def _is_name(span: Span) -> bool:
    """Tell whether a span can be a name of its own: not an adjective, nor a gloss in hanzi."""
    return span[0].text[:1].isupper() and any(t.pos_ in NAMES for t in span)


def _clash(phrase: Phrase, span: Span) -> bool:
    """Tell whether a phrase crosses a span, is about the same, or is a quoted name around it."""
    shared = min(phrase.end, span.end) - max(phrase.start, span.start)
    if shared <= 0:
        return False
    together = max(phrase.end, span.end) - min(phrase.start, span.start)
    if phrase.opaque or 2 * shared > together or phrase.head == _head(span):
        return True
    inside = phrase.start <= span.start and span.end <= phrase.end
    around = span.start <= phrase.start and phrase.end <= span.end
    return not (inside or around)
