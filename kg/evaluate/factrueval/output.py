"""What kg answers: the names and facts of a Resolution in the terms of FactRuEval-2016."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.evaluate.factrueval.mapping import Mapping, Pattern
from kg.evaluate.system import is_name
from kg.model import Claim, Entity, Fact, Mention, Resolution, Value

WORD_BEFORE = re.compile(r"([\w-]+|\()\s*$")
REACH = 20
"""How far back the word before a name is looked for, in characters."""
QUOTED = re.compile(r"[«\"“„]([^«»\"“”„]*)[»\"”“]")
BREAKS = re.compile(r"[\s:]+")
"""What a value may not hold, for a line of ``.task3`` is a role, a colon and a value."""
Key = frozenset[tuple[str, str]]
"""What an answer says: its roles, each with the thing's IRI or the literal."""


@dataclass(frozen=True, slots=True, order=True)
class Marked:
    """A stretch of text that the system takes for a name of the class ``cls``."""

    start: int
    end: int
    cls: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A fact of the system's: roles and values, the sentence it is from and what found it."""

    kind: str
    arguments: tuple[tuple[str, str], ...]
    sentence: str
    extractor: str

    def __str__(self) -> str:
        return "; ".join(f"{role}: {value}" for role, value in self.arguments)


@dataclass(frozen=True, slots=True)
class _End:
    """One argument to be: what it says and the words that it is given in."""

    role: str
    thing: str
    value: str


def write(folder: Path, name: str, names: Sequence[Marked], facts: Sequence[Answer]) -> None:
    """Write ``name.task1`` and ``name.task3`` into ``folder``, which must exist.

    A line of ``.task1`` is class, first character and length; a block of ``.task3`` is a kind
    of fact and its arguments (scripts/Readme.txt of the organizers).
    """
    lines = [f"{m.cls} {m.start} {m.end - m.start}\n" for m in names]
    blocks = [
        f"{a.kind}\n" + "".join(f"{role} : {BREAKS.sub(' ', v)}\n" for role, v in a.arguments)
        for a in facts
    ]
    (folder / f"{name}.task1").write_text("".join(lines), encoding="utf-8")
    (folder / f"{name}.task3").write_text("\n".join(blocks), encoding="utf-8")


def marked(resolution: Resolution, mapping: Mapping) -> list[Marked]:
    """Return the names in a text, in order of text; descriptions and pronouns are none.

    Nor is what another answer of its class ends with: of names in names the comparator asks for
    the whole (агентство Рейтер, Рейтер).
    """
    found, text = set(), resolution.article.text
    for mention, entity in resolution.referents:
        cls = mapping.cls(mention.cls)
        if cls and _is_name(mention, entity, text):
            word = WORD_BEFORE.search(text, max(0, mention.start - REACH), mention.start)
            if word and word.group(1).lower() in mapping.before:
                cls = mapping.whereabouts.get(cls, cls)
            found.add(Marked(mention.start, mention.end, cls))
    first = {(m.end, m.cls): m.start for m in sorted(found, reverse=True)}
    return sorted(m for m in found if m.start == first[m.end, m.cls])


def _is_name(mention: Mention, entity: Entity, text: str) -> bool:
    """Tell whether a mention is written as a name, with a capital: российский is none here."""
    return mention.text != mention.text.lower() and is_name(mention, entity, text)


def answers(resolution: Resolution, mapping: Mapping) -> list[Answer]:
    """Return what a text states, in the order of the mapping's patterns.

    What another answer of its kind says in full, and more, is left out.
    """
    spelling = _spelling(resolution)
    said: dict[str, list[tuple[Claim, Fact]]] = defaultdict(list)
    for fact in resolution.facts:
        stated = [(c, fact) for c in fact.claims if c.polarity in mapping.stated]
        said[fact.relation] += stated
    found: dict[tuple[str, Key], Answer] = {}
    for pattern in mapping.patterns:
        for claim, ends in _ends(pattern, said, spelling):
            key = frozenset({(end.role, end.thing) for end in ends} | set(pattern.also))
            arguments = (*((end.role, end.value) for end in ends), *pattern.also)
            quote = claim.evidence
            answer = Answer(pattern.kind, arguments, quote.quote, quote.extractor)
            found.setdefault((pattern.kind, key), answer)
    fuller = list(found)
    return [
        answer
        for (kind, key), answer in found.items()
        if not any(kind == other and key < more for other, more in fuller)
    ]


def _ends(
    pattern: Pattern, said: dict[str, list[tuple[Claim, Fact]]], spelling: dict[str, list[str]]
) -> Iterator[tuple[Claim, list[_End]]]:
    """Yield each claim of a pattern with its ends, once for each thing said beside it."""
    for claim, fact in said[pattern.relation]:
        if pattern.by and not pattern.by & {*claim.evidence.extractors}:
            continue
        ends = [
            _end(pattern.subject, fact.subject, claim.subject, spelling),
            _end(pattern.object, fact.object, claim.object, spelling),
        ]
        rivals = [c for c, f in said[pattern.relation] if _together(c, f, claim, fact)]
        beside = [
            _end(pattern.where, f.object, c.object, spelling)
            for c, f in said.get(pattern.beside, ())
            if _together(c, f, claim, fact) and _nearest(c, rivals) is claim
        ]
        for end in beside:
            yield claim, [*ends, end]
        if not beside:
            yield claim, ends


def _together(claim: Claim, fact: Fact, other: Claim, beside: Fact) -> bool:
    """Tell whether one sentence says two things of one subject."""
    return fact.subject == beside.subject and claim.evidence.start == other.evidence.start


def _nearest(claim: Claim, rivals: Sequence[Claim]) -> Claim:
    """Return the claim whose object the object of ``claim`` goes with: the last one before it.

    «депутат собрания, сопредседатель движения Иван Петров»: a post comes before its body, but
    for «российский министр».
    """
    ordered = sorted(rivals, key=lambda c: c.object.start)
    return next((c for c in reversed(ordered) if c.object.start <= claim.object.start), ordered[0])


def _end(
    role: str, thing: Entity | Value, spoken: Mention | Value, spelling: dict[str, list[str]]
) -> _End:
    """Return an argument in the words of the text.

    Gold knows every mention of a thing as the text has it, but not what a description or a
    pronoun stands for: then the first name that the text has for the thing is given.
    """
    if isinstance(thing, Value) or isinstance(spoken, Value):
        normal = thing.normal if isinstance(thing, Value) else thing.label
        return _End(role, normal, spoken.text)
    known = spelling.get(thing.iri, [spoken.text])
    text = spoken.text if spoken.text in known else known[0]
    quoted = QUOTED.fullmatch(text)
    return _End(role, thing.iri, quoted.group(1) if quoted else text)


def _spelling(resolution: Resolution) -> dict[str, list[str]]:
    """Return the names that a text has for each thing, by IRI, in order of text."""
    spelling: dict[str, list[str]] = defaultdict(list)
    for mention, entity in resolution.referents:
        if _is_name(mention, entity, resolution.article.text):
            spelling[entity.iri].append(mention.text)
    return spelling
