"""What the trained model finds between the things mentioned."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from spacy.tokens import Doc, Token

from kg import lang
from kg.extract import clause, speech
from kg.extract.arguments import Reader
from kg.extract.claim import as_cue, make_claim
from kg.extract.fold import Folded
from kg.extract.rules import rule_book
from kg.lang.phrase import Found
from kg.model import Article, Claim, Mention, Span, Value
from kg.neural.labels import NAMED, NOMINAL, OWN, labelled, parts
from kg.neural.model import Entity, Reading
from kg.ontology import load

LEAST = 0.2
"""The probability below which what the model alone sees is not looked at."""

ALIKE, EXACT = 0.35, 0.8
"""Which part of a name and of what the model marks must be the same, and of another class."""

BEFORE = 3
"""How many words before a thing its post may stand: президент США Пётр Лисицын."""

QUOTED = re.compile(r"[«\"„“]([^«»\"„“”]+)[»\"“”]$")

Sight = tuple[Span, str, Span]
"""Where a subject stands, a relation, and where its object stands."""


@dataclass(frozen=True, slots=True)
class Learned:
    """A relation that the model sees between two things; ``chance`` is its probability."""

    subject: Found
    relation: str
    other: Found
    chance: float
    id: str
    object: str


@dataclass(frozen=True, slots=True)
class Look:
    """What the model sees between the things of an article.

    ``known`` are the places and coarse classes of things that it marks itself, more or less: only
    of these does it mean something that the model sees no relation.
    """

    seen: tuple[Learned, ...] = ()
    known: frozenset[tuple[Span, str]] = frozenset()

    def chances(self) -> dict[Sight, float]:
        """Return how probable each relation is to the model, by where its sides stand."""
        found: dict[Sight, float] = {}
        for said in self.seen:
            sides = _place(said.subject), _place(said.other)
            both = load().relations[said.relation].symmetric
            for here, there in (sides, sides[::-1]) if both else (sides,):
                key = here, said.relation, there
                found[key] = max(found.get(key, 0.0), said.chance)
        return found


@cache
def _labels() -> dict[str, Any]:
    text = (resources.files("kg.extract") / "learned.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def extractor() -> str:
    """Return the name by which evidence tells of the model."""
    return str(_labels()["extractor"])


def look(reading: Reading, found: Sequence[Found]) -> Look:
    """Return what relations that the ontology knows the model holds for possible."""
    labels, ontology = _labels(), load()
    own = reading.entities(OWN)
    alike = [_alike(f, own) for f in found]
    spans = [
        (_place(f), _label(f)) if e is None else ((e.start, e.end), e.cls)
        for f, e in zip(found, alike, strict=True)
    ]
    seen = []
    for said in reading.relations(OWN, spans):
        relation = ontology.relations.get(said.relation)
        one, other = found[said.subject], found[said.object]
        if relation is None or not isinstance(one.item, Mention):
            continue
        # The ontology asks of a value no more than to be one.
        if isinstance(other.item, Value) and bool(relation.datatype) != other.post:
            continue
        until = "until" if said.relation in labels["last_day"] else ""
        seen.append(Learned(one, said.relation, other, said.score, extractor(), until))
    known = (
        (_place(f), coarse(f.item)) for f, e in zip(found, alike, strict=True) if e is not None
    )
    return Look(tuple(seen), frozenset(known))


def coarse(item: Mention | Value) -> str:
    """Return the coarse class of a thing, none of a value: a post is not who holds it."""
    return load().kind(item.cls) if isinstance(item, Mention) else ""


def _place(found: Found) -> Span:
    return found.item.start, found.item.end


def _alike(found: Found, own: Sequence[Entity]) -> Entity | None:
    """Return what the model marks of a thing.

    A name is longer for the grammar than for the model (компания «Заря», «Заря»): what the
    model itself marks, and under which label, is what its relations know best. What it takes for
    another class (a region for a city) must be the same stretch.
    """
    here, cls = _place(found), _cls(found)
    near = [
        (same, share, e.start, e)
        for e in own
        if (share := max(_share(w, (e.start, e.end)) for w in (here, _name(found)))) >= ALIKE
        and ((same := parts(e.cls)[0] == cls) or share >= EXACT)
    ]
    best = max(near, key=lambda one: one[:3], default=None)
    return best[3] if best is not None else None


def _name(found: Found) -> Span:
    """Return where the name stands that is quoted at the end of a thing: завод «Заря»."""
    start, end = _place(found)
    quoted = QUOTED.search(found.item.text)
    return (start + quoted.start(1), start + quoted.end(1)) if quoted else (start, end)


def _label(found: Found) -> str:
    """Return the label that a thing would have that the model does not mark."""
    if isinstance(found.item, Mention):
        return labelled(_cls(found), NAMED if found.item.named else NOMINAL)
    return _cls(found)


def _cls(found: Found) -> str:
    if isinstance(found.item, Mention):
        return load().kind(found.item.cls)
    return str(_labels()["classes"]["post" if found.post else "date"])


def _share(one: Span, other: Span) -> float:
    """Return which part of both together two spans share (Jaccard)."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))


def claims(
    article: Article, doc: Doc, seen: Iterable[Learned], readers: Sequence[Reader],
    quoting: Sequence[Mention | None],
) -> Iterator[Claim]:  # fmt: skip
    """Yield what the model finds, put as the clause puts it that holds both sides."""
    ends = [sent.end for sent in doc.sents]
    for said in seen:
        sides = sorted((said.subject, said.other), key=lambda f: f.start)
        if said.chance < LEAST or _former(doc, said.relation, sides, article.lang):
            continue
        where = bisect_right(ends, sides[1].start)
        reader, speaker = readers[where], quoting[where]
        tokens = [t for f in sides if (t := _token(f, reader.folded)) is not None]
        stance = clause.Stance("", "")
        if tokens:
            trigger = _anchor(*tokens) if len(tokens) == 2 else _predicate(tokens[0])
            if said.relation in _lasting(article.lang) and _over(trigger, article.lang):
                continue
            speaker = speech.speaker(trigger, reader, article.lang) or speaker
            # Where one side governs the other, nothing is said of them but taken as known
            # («представитель завода от ответа отказался»), if it is not what happens.
            if trigger not in tokens or _happens(trigger, reader, article.lang):
                put = clause.stance(trigger, (said.subject, said.other), reader, article.lang)
                # What is said of one side only may deny something else: он не поедет: заняты все.
                both = len(tokens) == 2 and not any(_aside(t, trigger) for t in tokens)
                if both or clause.affirms(put, article.lang):
                    stance = put
        yield make_claim(
            article, doc, said, said.subject, said.other, modality=stance.modality,
            polarity=stance.polarity, speaker=speaker, cue=as_cue(stance.cue, reader, doc),
        )  # fmt: skip


@cache
def _titled(code: str) -> frozenset[str]:
    """Return the relations that a post tells of."""
    return frozenset(rule.relation for rule in rule_book(code).rules if rule.kind == "title")


def _former(doc: Doc, relation: str, sides: Sequence[Found], code: str) -> bool:
    """Tell whether it is a former post that joins two: бывший президент США Пётр Лисицын."""
    if relation not in _titled(code):
        return False
    grammar = lang.grammar(code)
    first = max(doc[sides[0].start].sent.start, sides[0].start - BEFORE)
    return any(grammar.former(doc, i) for i in range(first, sides[1].start))


@cache
def _lasting(code: str) -> frozenset[str]:
    """Return the relations of states, of which rules ask that they hold still."""
    return frozenset(rule.relation for rule in rule_book(code).rules if rule.current)


def _over(trigger: Token, code: str) -> bool:
    former = lang.table(code, "rules")["words"]["former"]
    return any(child.lemma_ in former for child in trigger.children)


def _happens(token: Token, reader: Reader, code: str) -> bool:
    """Tell whether a word is an event that its clause is about."""
    occasion = lang.table(code, "grammar")["groups"]["occasion"]
    mention = reader.folded.mention(token)
    known = mention is not None and load().is_a(mention.cls, occasion)
    return known and token.dep_ in clause.PARTIES


def _token(found: Found, folded: Folded) -> Token | None:
    """Return the token of a folded sentence that a thing is, or is folded into."""
    for word in folded.doc:
        unit = folded.units[word.i]
        if unit.start <= found.head < unit.end:
            return word
    return None


def _anchor(one: Token, other: Token) -> Token:
    """Return the word that says what holds between two: the lowest that governs both, or what
    that governs in its turn on the way to the second (намерена посетить, планирует визит в). Of
    two in a row (край и область займутся) it is what governs the first."""
    above = [one, *one.ancestors]
    below = other
    row = True
    for word in (other, *other.ancestors):
        if word in above:
            if row and word == one != other:
                return _predicate(one)
            said = below not in {one, other} and below.dep_ in clause.UPWARD
            return below if said and word not in {one, other} else word
        row = row and word.dep_ == "conj"
        below = word
    return other


def _aside(token: Token, trigger: Token) -> bool:
    """Tell whether a word stands in a clause that is only set beside that of ``trigger``."""
    way = (token, *token.ancestors)
    return (
        any(t.dep_ == "parataxis" for t in way[: way.index(trigger)]) if trigger in way else False
    )


def _predicate(token: Token) -> Token:
    """Return what is said of what a word is a part of: планируют посетить is of a visit."""
    verb = token.head
    while deeper := next((c for c in verb.children if c.dep_ == "xcomp" and c != token), None):
        verb = deeper
    return verb
