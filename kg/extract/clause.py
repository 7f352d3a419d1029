"""How a clause puts what it says: done, planned, discussed, denied; and who says so."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Token

from kg import lang
from kg.extract.arguments import Reader
from kg.lang.phrase import Found
from kg.model import Mention
from kg.ontology import load

UPWARD = {
    "obj",
    "obl",
    "nmod",
    "xcomp",
    "ccomp",
    "iobj",
    "nsubj",
    "nsubj:pass",
    "csubj",
    "amod",
    "conj",
    "aux",
}
CLAUSES = {"ccomp", "csubj", "acl", "advcl"}
FUTURE = "Tense=Fut"


@dataclass(frozen=True, slots=True)
class Stance:
    """Modality and polarity, as local names of concepts."""

    modality: str
    polarity: str


@dataclass(frozen=True, slots=True)
class _Words:
    governors: dict[str, str]
    default: str
    denied: str
    future: str
    positive: str
    negative: str
    negators: frozenset[str]
    additive: frozenset[str]
    adverse: frozenset[str]
    conditional: frozenset[str]
    auxiliary: frozenset[str]
    possible: str
    speech: frozenset[str]
    rumour: frozenset[str]
    occasion: tuple[str, ...]


@cache
def _words(code: str) -> _Words:
    data = lang.table(code, "modality")
    governors = {word: name for name, words in data["governors"].items() for word in words}
    sets: dict[str, Any] = {
        k: frozenset(data["words"][k])
        for k in ("negators", "additive", "adverse", "auxiliary", "conditional", "speech", "rumour")
    }
    sets["occasion"] = tuple(lang.table(code, "grammar")["groups"]["occasion"])
    return _Words(governors, **data["concepts"], **sets)


def chain(trigger: Token, eventful: Callable[[Token], bool]) -> Iterator[Token]:
    """Yield the trigger and what governs it up to its clause's predicate.

    ``eventful`` tells of a noun whether it is an event, whose relative clause shares its time.
    """
    yield trigger
    token = trigger
    while token.head is not token:
        # «готова развивать и расширять»: the second infinitive is governed as the first is. What
        # was done stands beside it: «планирует посетить Харбин и подписал соглашение».
        while token.dep_ == "conj" and (token.pos_ == "NOUN" or _apart(token)):
            token = token.head
        # What a relative clause says in the present of a thing to come is to come as well.
        timeless = token.dep_ == "acl:relcl" and eventful(token.head)
        timeless = timeless and "Tense=Past" not in str(token.morph)
        if (token.dep_ not in UPWARD and not timeless) or token.head is token:
            return
        token = token.head
        yield token


def _apart(verb: Token) -> bool:
    return any(form in str(verb.morph) for form in ("VerbForm=Inf", "Tense=Past"))


def stance(trigger: Token, sides: Collection[Found], reader: Reader, code: str) -> Stance:
    """Return the modality and polarity that a trigger's clause gives to what it says of its sides.

    A side can be denied alone: «посетил не Харбин, а Далянь».
    """
    words = _words(code)

    def eventful(noun: Token) -> bool:
        mention = reader.folded.mention(noun)
        return mention is not None and load().is_a(mention.cls, words.occasion)

    modality, denials, crossed, below, own = "", 0, False, trigger, True
    governing = list(chain(trigger, eventful))
    for token in governing:
        crossed = crossed or below.dep_ in CLAUSES
        own = own and (token is trigger or below.dep_ not in {"acl:relcl", "conj"})
        below = token
        if token is not trigger and token.lemma_ in words.speech:
            break
        if own:  # the clause that a relative or second one hangs on lends its time, not its denial
            denials += _negations(token, words)
            denials += token is not trigger and token.lemma_ in words.adverse
        if not modality and token is not trigger:
            modality = words.governors.get(token.lemma_, "")
        if not modality and (_future(token, words) and not crossed):
            modality = words.future
        if not modality and _conditional(token, words):
            modality = words.possible
    rumoured = [t for t in trigger.ancestors if t.lemma_ in words.rumour]
    if rumoured:
        modality = words.possible
        denials += any(t.lemma_ in words.adverse for r in rumoured for t in r.ancestors)
    apart = (t for side in sides for t in reader.folded.at(side) if t not in governing)
    if not denials:  # «ни Харбин, ни Далянь не посетил» denies once
        denials += any(_negations(token, words) for token in apart)
    if denials % 2:
        return Stance(words.denied, words.negative)
    return Stance(modality or words.default, words.positive)


def _negations(token: Token, words: _Words) -> int:
    return sum(
        child.lemma_ in words.negators
        and child.dep_ in {"advmod", "aux", "case", "det", "cc", "discourse"}
        and child.doc[child.i + 1 : child.i + 2].text.lower() not in words.additive
        for child in token.children
    )


def _future(token: Token, words: _Words) -> bool:
    if FUTURE in str(token.morph) and "Aspect=Imp" not in str(token.morph):
        return True
    return any(
        child.dep_.startswith(("aux", "cop"))
        and child.lemma_ in words.auxiliary
        and _not_past(child)
        for child in token.children
    )


def _not_past(auxiliary: Token) -> bool:
    return "Tense=Past" not in str(auxiliary.morph) and "VerbForm=Fin" in str(auxiliary.morph)


def _conditional(token: Token, words: _Words) -> bool:
    return any(child.lemma_ in words.conditional for child in token.children)


def speaker(trigger: Token, reader: Reader, code: str) -> Mention | None:
    """Return who is said to say it: «как сообщает X», «X заявил, что», «по словам X»."""
    words = _words(code)
    for token in (trigger, *trigger.ancestors):
        for verb in (token, *token.children):
            if verb.lemma_ in words.speech and verb is not trigger:
                said = _subjects(verb, reader)
                if said is not None:
                    return said
    return None


def _subjects(verb: Token, reader: Reader) -> Mention | None:
    for child in verb.children:
        owner = verb.pos_ == "NOUN" and child.dep_ in {"nmod", "obl"}
        if child.dep_.startswith("nsubj") or owner:
            for found in reader.things(child):
                if isinstance(found.item, Mention):
                    return found.item
    return None
