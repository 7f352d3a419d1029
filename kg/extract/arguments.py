"""From a word of the tree to the things it stands for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from spacy.tokens import Token

from kg.extract.fold import Folded, Unit
from kg.lang.phrase import Found

DEPTH = 6
QUALIFIERS = {"amod", "nmod", "acl", "acl:relcl", "nummod", "nummod:gov", "det"}
NOUNS = {"NOUN", "PROPN", "X"}
LET_THROUGH = {"nmod", "obl", "amod", "appos", "det", "nummod", "nummod:gov"}


class Reader:
    """Reads what stands at a token of a folded sentence, by the word lists of a language.

    ``transparent`` nouns let through what they are said of (представители регионов: the
    regions); ``relative`` pronouns stand for the noun that their clause describes; before an
    ``adversative`` word a list has ended (входят в союз, Узбекистан же не входит). A plural of
    ``couple`` (они, стороны, города) means the ``pair`` that the text has last brought together.
    ``last`` is the event that a sentence without one goes on to tell of.
    """

    def __init__(
        self, folded: Folded, words: Mapping[str, Collection[str]], pair: Sequence[Found] = (),
        last: Sequence[Found] = (),
    ) -> None:  # fmt: skip
        self.folded = folded
        self.words = words
        self.pair = pair
        self.last = last

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
            yield from self.pair
            return
        elif unit.title is None or unit.title.person is None:
            yield from self._let_through(token, unit, depth)
        for child in token.children:
            listed = child.dep_ == "conj" and not self._turns(child)
            named = child.dep_ == "appos" and (own is None or own.plural)
            if listed or named:
                yield from self._things(child, depth - 1)

    def _let_through(self, token: Token, unit: Unit, depth: int) -> Iterator[Found]:
        """Yield whom представители компании or 49 % порта are said of."""
        if token.lemma_ not in self.words["transparent"] and token.pos_ != "NUM":
            return
        if unit.title is not None:
            yield from [unit.title.party] if unit.title.party is not None else []
            return
        for child in token.children:
            if child.dep_ in LET_THROUGH and not any(c.dep_ == "case" for c in child.children):
                yield from self._things(child, depth - 1)

    def _is_couple(self, token: Token) -> bool:
        """Tell whether a bare plural points back: стороны, but not приграничные регионы."""
        bare = not any(child.dep_ in QUALIFIERS for child in token.children)
        return bare and token.lemma_ in self.words["couple"] and "Number=Plur" in str(token.morph)

    def _turns(self, token: Token) -> bool:
        return any(child.lemma_ in self.words["adversative"] for child in token.children)

    def _described(self, pronoun: Token) -> Token | None:
        """Return the noun that a relative clause is about: the one it hangs on, if that agrees,
        else the last noun before that does."""
        hung = next((a.head for a in pronoun.ancestors if a.dep_ in {"acl:relcl", "acl"}), None)
        # The gender of a quoted name or an abbreviation says nothing; that it is a name does.
        if hung is not None and (self.folded.mention(hung) or _agree(hung, pronoun)):
            return hung
        before = reversed(pronoun.doc[: pronoun.i])
        return next((t for t in before if t.pos_ in NOUNS and _agree(t, pronoun)), hung)


def _agree(noun: Token, pronoun: Token) -> bool:
    number, gender = pronoun.morph.get("Number", []), pronoun.morph.get("Gender", [])
    same = not number or number == noun.morph.get("Number", [])
    return same and (not gender or "Plur" in number or gender == noun.morph.get("Gender", []))
