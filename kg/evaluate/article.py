"""Measure one article: the counts that add up, and what was right, missed and wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kg.errors import InputError
from kg.evaluate.agreement import Lenient, Strict
from kg.evaluate.alignment import align
from kg.evaluate.annotation import Annotated, Form, Marking
from kg.evaluate.chains import Chained, b_cubed
from kg.evaluate.conventions import Conventions, conventions
from kg.evaluate.facts import Fact, held
from kg.evaluate.matching import Matched, match
from kg.evaluate.mentions import Paired, pair
from kg.evaluate.scores import Score, Scores, Share
from kg.evaluate.sentences import Sentences
from kg.evaluate.spans import size
from kg.evaluate.statuses import Modality, attribution, modality
from kg.evaluate.values import dated, labelled
from kg.model import Span


class Outcome(StrEnum):
    """What became of a fact or a marking."""

    RIGHT = "right"
    MISSED = "missed"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class FactOutcome:
    """A fact and what became of it, in names; the gold's names where gold has it.

    ``gold`` and ``system`` are the modalities that each gives it, in order of name; ``quote`` is
    the first sentence that states it. ``confidence`` and ``extractors`` are the system's.
    """

    outcome: Outcome
    subject: str
    relation: str
    object: str
    denied: bool
    gold: tuple[str, ...]
    system: tuple[str, ...]
    quote: str
    confidence: float = 0.0
    extractors: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.subject} — {self.relation} → {self.object}"


@dataclass(frozen=True, slots=True)
class MentionOutcome:
    """A marking and what became of it; ``spans`` are gold's where gold has it.

    ``extent`` are the words that the system marks instead, ``found`` their spans; both are empty
    where it marks the same or nothing.
    """

    outcome: Outcome
    cls: str
    words: str
    spans: tuple[Span, ...]
    quote: str
    named: bool
    extent: str = ""
    found: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """All counts of one article; those of strict and of lenient matching apart.

    ``judged`` has the confidence of each system fact that counts, and whether it is right.
    """

    name: str
    text: str
    mentions_strict: Scores
    mentions_lenient: Scores
    described_strict: Scores
    described_lenient: Scores
    relations_strict: Scores
    relations_lenient: Scores
    modality: Modality
    denied: Score
    attribution: Score
    dates: Share
    names: Share
    chains_named: Chained
    chains_described: Chained
    judged: tuple[tuple[float, bool], ...]
    facts: tuple[FactOutcome, ...]
    mentions: tuple[MentionOutcome, ...]


def measure(gold: Annotated, system: Annotated) -> Measured:
    """Return how a system's reading of an article compares with gold.

    Raises InputError if both mark places, but of different texts.
    """
    if gold.offsets and gold.text != system.text:
        raise InputError(f"{gold.name}: the gold and the system have different texts; compare them")
    rules = conventions()
    strict = pair(gold, system, rules, strict=True)
    lenient = pair(gold, system, rules, strict=False)
    aligned = align(gold, system, lenient, rules)
    agree, exactly = Lenient(gold, system, aligned, rules), Strict(gold, system, aligned, rules)
    ours, theirs = held(gold, gold, rules), held(system, gold, rules)
    facts = match(ours, theirs, agree, rules)
    denials = match(
        held(gold, gold, rules, denied=True), held(system, gold, rules, denied=True), agree, rules
    )
    entities = [p for p in lenient.pairs if p[0].cls not in rules.literal]
    names = [p for p in entities if p[0].form is Form.NAMED]
    others = [p for p in entities if p[0].form is not Form.NAMED]
    told = _Telling(gold, system, rules)
    return Measured(
        gold.name,
        gold.text or system.text,
        strict.scores(rules, named=True),
        lenient.scores(rules, named=True),
        strict.scores(rules, named=False),
        lenient.scores(rules, named=False),
        match(ours, theirs, exactly, rules).scores(),
        facts.scores(),
        modality(facts, denials, rules) if gold.modalities else Modality(),
        denials.scores().micro if gold.modalities else Score(),
        attribution(facts, denials, agree) if gold.speakers else Score(),
        dated(gold, system, lenient, rules),
        labelled(gold, system, aligned),
        b_cubed(names),
        b_cubed(entities, others),
        tuple(_judged(facts)),
        tuple(told.facts(facts, denied=False)) + tuple(told.facts(denials, denied=True)),
        tuple(told.mentions(lenient)),
    )


def _judged(facts: Matched) -> Iterator[tuple[float, bool]]:
    yield from ((system.confidence, True) for _, system in facts.pairs)
    yield from ((fact.confidence, False) for fact in facts.wrong)


class _Telling:
    """Puts facts and markings of one article into words."""

    def __init__(self, gold: Annotated, system: Annotated, rules: Conventions) -> None:
        self._gold, self._system, self._rules = gold, system, rules
        self._text = gold.text or system.text
        self._sentences = Sentences(self._text)

    def facts(self, matched: Matched, *, denied: bool) -> Iterator[FactOutcome]:
        """Yield the right facts, the missed and the wrong ones."""
        for gold, system in matched.pairs:
            yield self._fact(Outcome.RIGHT, gold, system, denied)
        for gold in matched.missed:
            yield self._fact(Outcome.MISSED, gold, None, denied)
        for system in matched.wrong:
            yield self._fact(Outcome.WRONG, None, system, denied)

    def _fact(
        self, outcome: Outcome, gold: Fact | None, system: Fact | None, denied: bool
    ) -> FactOutcome:
        fact, of = (gold, self._gold) if gold else (system, self._system)
        if fact is None:
            raise TypeError("an outcome is of a fact")
        spans = [s.sentence for f in (gold, system) if f for s in f.said if any(s.sentence)]
        start, end = spans[0] if spans else (0, 0)
        return FactOutcome(
            outcome,
            _called(of, fact.subject),
            fact.relation,
            fact.object if fact.literal else _called(of, fact.object),
            denied,
            tuple(sorted(gold.modalities)) if gold else (),
            tuple(sorted(system.modalities)) if system else (),
            self._text[start:end],
            system.confidence if system else 0.0,
            _extractors(system) if system else (),
        )

    def mentions(self, paired: Paired) -> Iterator[MentionOutcome]:
        """Yield what became of each marking that is scored, in order of text."""
        found = [(ours, Outcome.RIGHT, theirs) for ours, theirs in paired.pairs]
        found += [(ours, Outcome.MISSED, ours) for ours in paired.missed]
        found += [(theirs, Outcome.WRONG, theirs) for theirs in paired.wrong]
        for marking, outcome, other in sorted(found, key=lambda f: (f[0].spans, f[0].cls, f[1])):
            start, end = self._sentences.around(marking.spans)
            differs = other.spans != marking.spans
            yield MentionOutcome(
                outcome,
                self._rules.coarse(marking.cls),
                self._words(marking),
                marking.spans,
                self._text[start:end],
                marking.form is Form.NAMED,
                self._words(other) if differs else "",
                other.spans if differs else (),
            )

    def _words(self, marking: Marking) -> str:
        return " … ".join(self._text[s:e] for s, e in marking.spans if size([(s, e)]))


def _called(annotated: Annotated, key: str) -> str:
    """Return the canonical name of a thing, its longest marking where it has none, else its id."""
    thing = annotated.things[key]
    if thing.names:
        return thing.names[0]
    marked = (m for m in annotated.markings if m.thing == key)
    words = [" ".join(annotated.text[s:e] for s, e in m.spans) for m in marked]
    return max(words, key=len, default=key)


def _extractors(fact: Fact) -> tuple[str, ...]:
    return tuple(sorted({e for s in fact.said for e in s.extractor.split(", ") if e}))
