"""How a clause puts what it says: done, planned, discussed, denied, asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Token

from kg import lang
from kg.extract.arguments import Reader
from kg.lang.phrase import Found
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
PARTIES = {"nsubj", "nsubj:pass", "obj"}
CLAUSES = {"ccomp", "csubj", "acl", "advcl"}
FUTURE = "Tense=Fut"


@dataclass(frozen=True, slots=True)
class Stance:
    """Modality and polarity, as local names of concepts; ``cue`` is the word that gives them."""

    modality: str
    polarity: str
    cue: Token | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    governors: dict[str, str]
    default: str
    denied: str
    future: str
    positive: str
    negative: str
    questioned: str
    underspecified: str
    negators: frozenset[str]
    additive: frozenset[str]
    adverse: frozenset[str]
    conditional: frozenset[str]
    purpose: frozenset[str]
    auxiliary: frozenset[str]
    possible: str
    speech: frozenset[str]
    rumour: frozenset[str]
    hedges: frozenset[str]
    interrogative: frozenset[str]
    occasion: tuple[str, ...]


SUBJECTS = {"nsubj", "nsubj:pass"}

SETS = (
    "negators", "additive", "adverse", "auxiliary", "conditional", "purpose", "speech", "rumour",
    "hedges", "interrogative",
)  # fmt: skip


@cache
def _words(code: str) -> _Words:
    data = lang.table(code, "modality")
    governors = {word: name for name, words in data["governors"].items() for word in words}
    sets: dict[str, Any] = {k: frozenset(data["words"][k]) for k in SETS}
    sets["occasion"] = tuple(lang.table(code, "grammar")["groups"]["occasion"])
    return _Words(governors, **data["concepts"], **sets)


def chain(
    trigger: Token, eventful: Callable[[Token], bool], aimed: Callable[[Token], bool]
) -> Iterator[Token]:
    """Yield the trigger and what governs it up to its clause's predicate.

    ``eventful`` tells of a noun whether it is an event, whose relative clause shares its time;
    ``aimed`` of a verb whether its clause is an aim, which is as far from done as it is wished.
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
        up = token.dep_ in UPWARD or timeless or aimed(token)
        if not up or token.head is token:
            return
        token = token.head
        yield token


def _apart(verb: Token) -> bool:
    return any(form in str(verb.morph) for form in ("VerbForm=Inf", "Tense=Past"))


def stance(trigger: Token, sides: Collection[Found], reader: Reader, code: str) -> Stance:
    """Return the modality and polarity that a trigger's clause gives to what it says of its sides.

    A side can be denied alone: «посетил не Харбин, а Далянь». What is only asked is neither
    affirmed nor denied (the third value of FactBank, Saurí & Pustejovsky 2009).
    """
    words = _words(code)

    def eventful(noun: Token) -> bool:
        mention = reader.folded.mention(noun)
        return mention is not None and load().is_a(mention.cls, words.occasion)

    def aimed(verb: Token) -> bool:
        return _aim(verb, words) is not None

    modality, cue, denials = "", None, list[Token]()
    crossed, below, own = False, trigger, True
    governing = list(chain(trigger, eventful, aimed))
    for token in governing:
        crossed = crossed or (token is not trigger and below.dep_ in CLAUSES)
        own = own and (token is trigger or below.dep_ not in {"acl:relcl", "conj"})
        below = token
        if token is not trigger and token.lemma_ in words.speech:
            break
        if own:  # the clause that a relative or second one hangs on lends its time, not its denial
            denials += _negations(token, words)
            if token is not trigger and token.lemma_ in words.adverse:
                denials.append(token)
        if not modality:
            modality, cue = _put(token, words, governs=token is not trigger, crossed=crossed)
    rumoured = [t for t in trigger.ancestors if t.lemma_ in words.rumour]
    hedges = rumoured + [c for t in governing for c in t.children if _hedges(c, words)]
    if hedges:
        modality, cue = words.possible, hedges[0]
        denials += [d for r in rumoured for t in r.ancestors for d in _undone(t, words)][:1]
    apart = [t for side in sides for t in reader.folded.at(side) if t not in governing]
    if not denials:  # «ни Харбин, ни Далянь не посетил» denies once
        denials += [n for token in apart for n in _negations(token, words)][:1]
    if not denials:  # «форум, намеченный на май, отменён»
        events = (t for t in apart if eventful(t) and t.dep_ in SUBJECTS)
        denials += [d for event in events for d in _undone(event.head, words)][:1]
    if len(denials) % 2:
        return Stance(words.denied, words.negative, denials[0])
    if asking := [c for t in governing for c in t.children if _asks(c, reader, words)]:
        return Stance(words.questioned, words.underspecified, asking[0])
    if not modality:
        aims = [aim for t in governing if (aim := _aim(t, words)) is not None]
        modality, cue = (words.future, aims[0]) if aims else (words.default, cue)
    return Stance(modality, words.positive, cue)


def _aim(verb: Token, words: _Words) -> Token | None:
    """Return the word that makes a clause an aim: прибыл, чтобы подписать."""
    return next((c for c in verb.children if c.lemma_ in words.purpose and c.dep_ == "mark"), None)


def affirms(stance: Stance, code: str) -> bool:
    """Tell whether a stance neither denies nor leaves open."""
    return stance.polarity == _words(code).positive


def open_stance(code: str) -> Stance:
    """Return the stance of what a question asks."""
    words = _words(code)
    return Stance(words.questioned, words.underspecified)


def _put(token: Token, words: _Words, *, governs: bool, crossed: bool) -> tuple[str, Token | None]:
    """Return the modality that one word of the chain gives, and the word it shows in."""
    if governs and token.lemma_ in words.governors:
        return words.governors[token.lemma_], token
    condition = next((c for c in token.children if c.lemma_ in words.conditional), None)
    if condition is not None:
        return words.possible, condition
    if not crossed and (sign := _future(token, words)) is not None:
        return words.future, sign
    return "", None


def _undone(token: Token, words: _Words) -> list[Token]:
    return [token] if token.lemma_ in words.adverse else _negations(token, words)


def _asks(token: Token, reader: Reader, words: _Words) -> bool:
    """Tell whether a word asks: построят ли мост, but not the Ли of a name."""
    return token.lemma_ in words.interrogative and reader.folded.mention(token) is None


def _hedges(token: Token, words: _Words) -> bool:
    """Tell whether a word says of its clause that it is unsure: возможно; по слухам."""
    if token.lemma_ in words.hedges:
        return True
    return token.lemma_ in words.rumour and any(c.dep_ == "case" for c in token.children)


def _negations(token: Token, words: _Words) -> list[Token]:
    return [
        child
        for child in token.children
        if child.lemma_ in words.negators
        and child.dep_ in {"advmod", "aux", "case", "det", "cc", "discourse"}
        and child.doc[child.i + 1 : child.i + 2].text.lower() not in words.additive
    ]


def _future(token: Token, words: _Words) -> Token | None:
    """Return the word in which a clause shows that it tells of the future."""
    if FUTURE in str(token.morph) and "Aspect=Imp" not in str(token.morph):
        return token
    for child in token.children:
        helps = child.dep_.startswith(("aux", "cop")) and child.lemma_ in words.auxiliary
        if helps and _not_past(child):
            return child
    return None


def _not_past(auxiliary: Token) -> bool:
    return "Tense=Past" not in str(auxiliary.morph) and "VerbForm=Fin" in str(auxiliary.morph)
