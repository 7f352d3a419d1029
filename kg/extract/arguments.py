"""From a word of the tree to the things it stands for."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.fold import Folded
from kg.lang.phrase import Found

DEPTH = 6
NOUNS = {"NOUN", "PROPN", "X"}
LET_THROUGH = {"nmod", "obl", "amod", "appos", "det", "nummod", "nummod:gov"}


class Reader:
    """Reads what stands at a token of a folded sentence.

    ``transparent`` nouns let through what they are said of (представители регионов: the
    regions); ``relative`` pronouns stand for the noun that their clause describes.
    """

    def __init__(
        self, folded: Folded, transparent: frozenset[str], relative: frozenset[str]
    ) -> None:
        self.folded = folded
        self.transparent = transparent
        self.relative = relative

    def things(self, token: Token, depth: int = DEPTH) -> list[Found]:
        """Return the mentions that a token stands for: its own, or those coordinated with it,
        in apposition to it, or let through by it; in order of text, each once."""
        found = {id(f): f for f in self._things(token, depth)}
        return sorted(found.values(), key=lambda f: (f.item.start, f.item.end))

    def _things(self, token: Token, depth: int) -> Iterator[Found]:
        if depth == 0:
            return
        unit = self.folded.units[token.i]
        own = unit.found is not None and self.folded.mention(token) is not None
        if own and unit.found is not None:
            yield unit.found
        elif token.lemma_ in self.relative:
            if noun := self._described(token):
                yield from self._things(noun, depth - 1)
            return
        elif unit.title is not None and unit.title.party is not None:
            if unit.title.person is None and token.lemma_ in self.transparent:
                yield unit.title.party
        elif unit.title is None and (token.lemma_ in self.transparent or token.pos_ == "NUM"):
            for child in token.children:
                if child.dep_ in LET_THROUGH and not any(c.dep_ == "case" for c in child.children):
                    yield from self._things(child, depth - 1)
        for child in token.children:
            if (
                child.dep_ == "conj"
                or (child.dep_ == "appos" and not (own and unit.found and unit.found.item))
            ) or (own and child.dep_ == "appos" and unit.found is not None and unit.found.plural):
                yield from self._things(child, depth - 1)

    @staticmethod
    def _described(pronoun: Token) -> Token | None:
        """Return the noun that a relative clause is about: the one it hangs on, if that agrees,
        else the last noun before that does."""
        hung = next((a.head for a in pronoun.ancestors if a.dep_ in {"acl:relcl", "acl"}), None)
        if hung is not None and _agree(hung, pronoun):
            return hung
        before = reversed(pronoun.doc[: pronoun.i])
        return next((t for t in before if t.pos_ in NOUNS and _agree(t, pronoun)), hung)


def _agree(noun: Token, pronoun: Token) -> bool:
    number, gender = pronoun.morph.get("Number", []), pronoun.morph.get("Gender", [])
    same = not number or number == noun.morph.get("Number", [])
    return same and (not gender or "Plur" in number or gender == noun.morph.get("Gender", []))
