"""From a word of the tree to the things it stands for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType

from spacy.tokens import Token

from kg.extract.fold import Folded, Unit
from kg.lang.phrase import Found
from kg.model import Mention
from kg.ontology import load

DEPTH = 6
COUPLE = 2
QUALIFIERS = {"amod", "nmod", "acl", "acl:relcl", "nummod", "nummod:gov", "det"}
NOUNS = {"NOUN", "PROPN", "X"}
LET_THROUGH = {"nmod", "obl", "amod", "appos", "det", "nummod", "nummod:gov"}


class Reader:
    """Reads what stands at a token of a folded sentence, by the word lists of a language.

    ``transparent`` nouns let through what they are said of (представители регионов: the
    regions); ``relative`` pronouns stand for the noun that their clause describes; before an
    ``adversative`` word a list has ended (входят в союз, Узбекистан же не входит). A plural of
    ``couple`` (они, стороны, города) means the ``pair`` that the text has last brought together.
    A plural of ``kinds`` (вузы, компании) can mean the only two of its class in ``near``, what was
    named here and shortly before. ``negators`` before one of two things set
    against each other deny that one: не Чита, а Харбин. ``last`` is the event that a sentence
    without one goes on to tell of.
    """

    def __init__(
        self, folded: Folded, words: Mapping[str, Collection[str]], pair: Sequence[Found] = (),
        last: Sequence[Found] = (), near: Sequence[Found] = (),
        kinds: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:  # fmt: skip
        self.folded = folded
        self.words = words
        self.pair = pair
        self.last = last
        self.near = near
        self.kinds = kinds

    def things(self, token: Token, depth: int = DEPTH) -> list[Found]:
        """Return the mentions that a token stands for: its own, or those coordinated with it,
        in apposition to it, or let through by it; in order of text, each once."""
        found = {id(f): f for f in self._things(token, depth)}
        return sorted(found.values(), key=lambda f: (f.item.start, f.item.end))

    def _things(self, token: Token, depth: int) -> Iterator[Found]:
        if depth == 0:
            return
        unit = self.folded.units[token.i]
        own = unit.found if self.folded.mention(token) is not None else None
        if own is not None and own.adjective and token.dep_ != "amod":
            return  # the parser is lost: an adjective is said of a noun
        if own is not None:
            yield own
        elif token.lemma_ in self.words["relative"]:
            noun = self._described(token)
            yield from self._things(noun, depth - 1) if noun is not None else ()
            return
        elif self._is_couple(token):
            yield from self._couple(token)
            return
        elif unit.title is None or unit.title.person is None:
            yield from self._let_through(token, unit, depth)
        for child in token.children:
            listed = child.dep_ == "conj" and not self._turns(child)
            named = child.dep_ == "appos" and (own is None or own.plural)
            if listed or named:
                yield from self._things(child, depth - 1)
        for other in self._instead(token):
            yield from self._things(other, depth - 1)

    def _let_through(self, token: Token, unit: Unit, depth: int) -> Iterator[Found]:
        """Yield whom представители компании or 49 % порта are said of."""
        if token.lemma_ not in self.words["transparent"] and token.pos_ != "NUM":
            return
        if unit.title is not None:
            yield from [unit.title.party] if unit.title.party is not None else []
            return
        whose = token.lemma_ in self.words.get("shares", ())
        for child in token.children:
            if whose and child.dep_ == "det":
                continue
            if child.dep_ in LET_THROUGH and not any(c.dep_ == "case" for c in child.children):
                yield from self._things(child, depth - 1)

    def _is_couple(self, token: Token) -> bool:
        """Tell whether a bare plural points back: стороны, but not приграничные регионы."""
        told = (child.dep_ in QUALIFIERS or self.folded.mention(child) for child in token.children)
        bare = not any(told)
        known = token.lemma_ in self.words["couple"] or token.lemma_ in self.kinds
        return bare and known and "Number=Plur" in str(token.morph)

    def _couple(self, token: Token) -> Sequence[Found]:
        """Return the two that a plural means: those last brought together, if it fits them; those
        that a pronoun finds listed before it; else the only two of its kind."""
        kinds = self.kinds.get(token.lemma_)
        if kinds is None:
            return self._listed(token) if token.pos_ == "PRON" else self.pair
        if self.pair and all(_of(f, kinds) for f in self.pair):
            return self.pair
        here = self.folded.units[token.i].start
        fitting = {_name(f): f for f in self.near if f.end <= here and _of(f, kinds)}
        return list(fitting.values()) if len(fitting) == COUPLE else ()

    def _listed(self, pronoun: Token) -> Sequence[Found]:
        for token in reversed(pronoun.doc[: pronoun.i]):
            other = self.folded.units[token.i].found
            one = self.folded.units[token.head.i].found
            if token.dep_ == "conj" and self.folded.mention(token) and one is not None:
                return [one, other] if other is not None and isinstance(one.item, Mention) else ()
        return self.pair

    def _turns(self, token: Token) -> bool:
        """Tell whether a list ends here: not where one thing is put in another's place."""
        turned = any(child.lemma_ in self.words["adversative"] for child in token.children)
        return turned and not self._denied(token) and not self._denied(token.head)

    def _denied(self, token: Token) -> bool:
        return any(child.lemma_ in self.words["contrary"] for child in token.children)

    def _instead(self, token: Token) -> list[Token]:
        """Return what is said instead of a denied thing, where the parser hangs it on the verb."""
        if not _negated(token, self.words["negators"]) or token.head is token:
            return []
        after = [c for c in token.head.children if c.i > token.i and c.dep_ == "conj"]
        return [c for c in after[:1] if c.pos_ in NOUNS and self._turns(c)]

    def set_right(self, token: Token) -> bool:
        """Tell whether of two things one is denied and the other said: не Чита, а Харбин."""
        negators = self.words["negators"]
        return _negated(token.head, negators) != _negated(token, negators)

    def _described(self, pronoun: Token) -> Token | None:
        """Return the noun that a relative clause is about: the one it hangs on, if that agrees,
        else the last noun before that does."""
        hung = next((a.head for a in pronoun.ancestors if a.dep_ in {"acl:relcl", "acl"}), None)
        # The gender of a quoted name or an abbreviation says nothing; that it is a name does.
        if hung is not None and (self.folded.mention(hung) or _agree(hung, pronoun)):
            return hung
        before = reversed(pronoun.doc[: pronoun.i])
        return next((t for t in before if t.pos_ in NOUNS and _agree(t, pronoun)), hung)


def _of(found: Found, kinds: Sequence[str]) -> bool:
    return isinstance(found.item, Mention) and load().is_a(found.item.cls, kinds)


def _name(found: Found) -> str:
    return found.item.normal


def _agree(noun: Token, pronoun: Token) -> bool:
    number, gender = pronoun.morph.get("Number", []), pronoun.morph.get("Gender", [])
    same = not number or number == noun.morph.get("Number", [])
    return same and (not gender or "Plur" in number or gender == noun.morph.get("Gender", []))


def _negated(token: Token, negators: Collection[str]) -> bool:
    return any(c.lemma_ in negators and c.dep_ != "conj" for c in token.children)
