"""Names that only the trained model sees."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources

from spacy.tokens import Doc, Span, Token

from kg.lang import Grammar, table
from kg.lang.phrase import Phrase
from kg.neural.labels import NAMED, NOMINAL, OWN, PRONOUN, parts
from kg.neural.model import Entity, Reading
from kg.ontology import load

LEAST = 0.6
"""The probability from which on a span is taken for a name, if general news agrees."""

SURE = 0.9
"""The probability from which on the model's class counts for more than a recognizer's label."""

SURER = 0.97
"""The same where general news does not agree."""

GENERAL = "nerel"
"""The scheme of general news."""

PARTIES = {"nsubj", "nsubj:pass", "obj", "obl", "nmod"}
NAMES = {"NOUN", "PROPN", "X"}


def phrases(doc: Doc, reading: Reading, known: Sequence[Phrase], grammar: Grammar) -> list[Phrase]:
    """Return what the model takes for a name, or describes, and no known phrase stands for."""
    agreed = {(span.start, span.end) for span, _ in _agreed(doc, reading)}
    found: list[Phrase] = []
    for span, entity in _marked(doc, reading):
        cls, form = parts(entity.cls)
        sure = (span.start, span.end) in agreed or entity.score >= SURER
        if form == PRONOUN or any(clash(phrase, span) for phrase in known):
            continue
        if form == NOMINAL:
            # Of a person it is a post, which is read with its holder.
            if cls not in grammar.people() and _has_noun(span):
                found.append(_phrase(doc, span, cls, grammar, named=False))
            continue
        if _adjective(span):
            place = grammar.placed(span[0], cls)
            if sure and entity.score >= SURE and place is not None:
                found.append(place)
            continue
        if not sure or not _has_noun(span):
            continue
        if any(_joins(doc, phrase, grammar) for phrase in known if _holds(phrase, span)):
            continue  # дорога Суйфэньхэ-Гродеково: two places, and no third
        found.append(_phrase(doc, span, cls, grammar, named=True))
    return found


def _phrase(doc: Doc, span: Span, cls: str, grammar: Grammar, *, named: bool) -> Phrase:
    head = _head(span)
    normal = grammar.nominative(doc, span.start, span.end, head)
    return Phrase(span.start, span.end, head, cls, normal, named, guessed=True)


def _marked(doc: Doc, reading: Reading) -> Iterator[tuple[Span, Entity]]:
    """Yield what the model marks of the ontology's classes, with its place in the text."""
    for entity in reading.entities(OWN):
        span = doc.char_span(entity.start, entity.end)
        if span is not None and entity.score >= LEAST and parts(entity.cls)[0] in load().classes:
            yield span, entity


def _agreed(doc: Doc, reading: Reading) -> Iterator[tuple[Span, Entity]]:
    """Yield the names that the model marks, and marks alike by the scheme of general news."""
    general = reading.entities(GENERAL)
    for span, entity in _marked(doc, reading):
        cls, form = parts(entity.cls)
        if form == NAMED and any(_same(entity, cls, other) for other in general):
            yield span, entity


def settled(
    doc: Doc, reading: Reading, known: Sequence[Phrase], grammar: Grammar
) -> list[Phrase]:  # fmt: skip
    """Return phrases with the class and the extent that the model is sure of, where the grammar
    but guesses: nobody has listed the name, or an adjective is of both a region and its seat."""
    marked = [(span, e, *parts(e.cls)) for span, e in _marked(doc, reading)]
    described = [(span, cls) for span, _, cls, form in marked if form == NOMINAL]
    agreed = {(span.start, span.end) for span, _ in _agreed(doc, reading)}
    sure = {
        (span.start, span.end): cls
        for span, entity, cls, form in marked
        if form == NAMED
        and entity.score >= (SURE if (span.start, span.end) in agreed else SURER)
    }  # fmt: skip
    found = []
    for phrase in known:
        inner = phrase.start + phrase.opaque, phrase.end - phrase.opaque
        cls = sure.get((phrase.start, phrase.end), sure.get(inner, ""))
        known_as = _classed(cls, doc, phrase, grammar) if cls else phrase
        name = _whole(doc, known_as, sure, grammar)
        found.append(name if name.named else _extent(doc, name, described, grammar))
    return found


def _classed(cls: str, doc: Doc, phrase: Phrase, grammar: Grammar) -> Phrase:
    """Return a phrase as one of a class, itself where that cannot be."""
    alike = any({cls, phrase.cls} <= group for group in grammar.alike())
    if alike or load().kind(phrase.cls) == cls:
        return phrase
    if phrase.adjective:
        return grammar.placed(doc[phrase.start], cls) or phrase
    # A person of one name can be anything that the recognizer does not know.
    short = phrase.cls in grammar.people() and phrase.end == phrase.start + 1 and phrase.named
    if phrase.guessed or short or _composed(doc, phrase, grammar):
        kept = phrase.opaque or not phrase.named
        normal = phrase.normal if kept else _normal(doc, phrase, grammar)
        return replace(phrase, cls=cls, normal=normal, guessed=True)
    return phrase


def _composed(doc: Doc, phrase: Phrase, grammar: Grammar) -> bool:
    """Tell whether a phrase was read word by word, not looked up."""
    several = phrase.end > phrase.start + 1 and not (phrase.opaque or phrase.plural)
    return several and not phrase.aliases and _normal(doc, phrase, grammar) == phrase.normal


def _normal(doc: Doc, phrase: Phrase, grammar: Grammar) -> str:
    return grammar.nominative(doc, phrase.start, phrase.end, phrase.head)


def _whole(
    doc: Doc, phrase: Phrase, sure: Mapping[tuple[int, int], str], grammar: Grammar
) -> Phrase:  # fmt: skip
    """Return a phrase as the name that the model marks with the same noun: of «партия Британии»
    the Социалистическая рабочая партия Британии, of a bare Совет the name it is."""
    if not _simple(phrase):
        return phrase
    # What an event is about does not name it, nor who sent a delegation.
    passing = load().is_a(phrase.cls, table(doc.lang_, "grammar")["groups"]["passing"])
    listed = phrase.aliases or (phrase.named and _normal(doc, phrase, grammar) != phrase.normal)
    around = [
        (start, end) for (start, end), cls in sure.items()
        if cls == load().kind(phrase.cls) and _head(doc[start:end]) == phrase.head
        and (not passing or _capital(doc[start : phrase.head + 1]))
    ]  # fmt: skip
    if listed or not around:
        return phrase
    start, end = max(around, key=lambda place: place[1] - place[0])
    if (start, end) == (phrase.start, phrase.end):
        return replace(phrase, named=True)
    normal = grammar.nominative(doc, start, end, phrase.head)
    return replace(phrase, start=start, end=end, normal=normal, named=True)


def _capital(span: Span) -> bool:
    """Tell whether a stretch has a capital, and not one word alone that begins a sentence."""
    begins = len(span) == 1 and _opens(span[0])
    return not begins and any(token.text[:1].isupper() for token in span)


def _opens(token: Token) -> bool:
    """Tell whether a word is the first of its sentence."""
    return not any(before.is_alpha for before in token.doc[token.sent.start : token.i])


def _extent(
    doc: Doc, phrase: Phrase, described: Sequence[tuple[Span, str]], grammar: Grammar
) -> Phrase:  # fmt: skip
    """Return a description as far as the model takes it: делегация из Кралева, вуз."""
    if not _simple(phrase):
        return phrase
    around = [
        span for span, cls in described
        if cls == load().kind(phrase.cls) and span.root.i == phrase.head
    ]  # fmt: skip
    if not around:
        return phrase
    span = max(around, key=len)
    normal = grammar.nominative(doc, span.start, span.end, phrase.head)
    if _opens(span[0]) and not span[0].text.isupper():
        normal = normal[:1].lower() + normal[1:]
    return replace(phrase, start=span.start, end=span.end, normal=normal)


def _simple(phrase: Phrase) -> bool:
    """Tell whether a phrase is one thing, and all that is read of it."""
    several = phrase.adjective or phrase.plural or phrase.whole
    return not (several or phrase.opaque or phrase.owner)


def _adjective(span: Span) -> bool:
    return len(span) == 1 and span.text.islower()


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
    # The tagger takes «онлайн-презентация» for an adjective, the parser for a subject.
    if span.root.pos_ == "ADJ" and span.root.dep_ in PARTIES:
        return span.root.i
    return next((t.i for t in span if t.pos_ in NAMES), span.start)


def _has_noun(span: Span) -> bool:
    """Tell whether a noun governs a span: it is no adjective, nor a gloss in hanzi."""
    cased = any(c.lower() != c.upper() for c in span.text)
    return cased and any(t.pos_ in NAMES for t in span)


def clash(phrase: Phrase, span: Span) -> bool:
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
