"""Sentences with every name folded to one word, parsed again.

A parser reads «министр и начальник подписали соглашение» well and gets lost in the names of two
ministries, a province and two people. So the names, found before, are folded to their head
word, what stands in brackets after them is left out, and the sentence is parsed once more:
its tree then joins things, not words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.extract.mend import mend
from kg.lang.phrase import Found
from kg.model import Mention

PARSER = "slovnet_syntax"
BRACKETS = 12
BEFORE_NOUN = {"ADJ", "DET", "NUM", "ADV", "PUNCT"}
NOUNS = {"NOUN", "PROPN", "PRON", "X"}


@dataclass(frozen=True, slots=True)
class Title:
    """A post, where it is held, and by whom: секретарь Горкома Хуан Шивэй."""

    post: Found
    party: Found | None
    person: Found | None


@dataclass(frozen=True, slots=True)
class Unit:
    """What one token of a folded sentence stands for.

    ``found`` is the mention or value that takes part in the sentence, ``title`` the post it
    came with, ``more`` its other posts, ``start`` and ``end`` its tokens in the full Doc.
    """

    start: int
    end: int
    head: int
    found: Found | None = None
    title: Title | None = None
    more: tuple[Title, ...] = ()


@dataclass(frozen=True, slots=True)
class Folded:
    """One sentence folded: a parsed Doc and the unit behind each of its tokens."""

    doc: Doc
    units: tuple[Unit, ...]
    start: int
    end: int

    def mention(self, token: Token) -> Mention | None:
        """Return the mention that a token stands for, if it does."""
        found = self.units[token.i].found
        return found.item if found and isinstance(found.item, Mention) else None

    def at(self, found: Found) -> Iterator[Token]:
        """Yield the token that a thing found in the sentence was folded to, if it was."""
        return (t for t in self.doc if self.units[t.i].found is found)


def fold(doc: Doc, units: Sequence[Unit], start: int, end: int, nlp: Language) -> Folded:
    """Return sentence ``start`` to ``end`` of ``doc`` with ``units`` folded, and parsed."""
    kept = _kept(doc, units, start, end)
    heads = [doc[unit.head] for unit in kept]
    folded = Doc(
        nlp.vocab,
        words=[token.text for token in heads],
        spaces=[True] * len(heads),
        pos=[token.pos_ for token in heads],
        morphs=[str(token.morph) for token in heads],
        lemmas=[token.lemma_ for token in heads],
        sent_starts=[i == 0 for i in range(len(heads))],
    )
    nlp.get_pipe(PARSER)(folded)
    _mend(folded, {i for i, unit in enumerate(kept) if unit.found and heads[i].pos_ != "DET"})
    _rehang(folded)
    mend(folded, [unit.found for unit in kept])
    return Folded(folded, tuple(kept), start, end)


def _mend(doc: Doc, names: set[int]) -> None:
    """Hang every preposition on the next noun: there it belongs, wherever the parser put it."""
    for token in doc:
        if token.pos_ != "ADP" or token.dep_ != "case":
            continue
        after = doc[token.i + 1 :]
        noun = next((t for t in after if t.i in names or t.pos_ not in BEFORE_NOUN), None)
        if (
            noun is not None
            and (noun.i in names or noun.pos_ in NOUNS)
            and noun != token.head
            and not token.is_ancestor(noun)
        ):
            token.head = noun


def _rehang(doc: Doc) -> None:
    """Hang adjuncts on the nearer of two coordinated verbs.

    «В апреле откроется выставка, министерство представит стенд»: what stands before the first
    verb is the first's. «Фирма открыла завод, область поставляет в Казахстан сою»: what stands
    after the second is the second's.
    """
    for token in doc:
        if token.dep_ not in {"obl", "nmod", "advmod"}:
            continue
        verb = token.head
        first = verb.head if verb.dep_ in {"conj", "parataxis"} else verb
        later = [v for v in verb.children if v.dep_ == "conj" and v.pos_ == "VERB"]
        nearer = next((v for v in later if verb.i < v.i < token.i), None)
        if token.i < first.i < verb.i and first.pos_ == "VERB":
            nearer = first
        if nearer is not None and nearer != verb and not token.is_ancestor(nearer):
            token.head = nearer


def _kept(doc: Doc, units: Sequence[Unit], start: int, end: int) -> list[Unit]:
    by_start = {unit.start: unit for unit in units}
    kept: list[Unit] = []
    i = start
    while i < end:
        unit = by_start.get(i)
        if unit is not None:
            kept.append(unit)
            i = unit.end
        elif doc[i].text == "(" and (skip := _bracket(doc, i, end)):
            i = skip
        else:
            if not doc[i].is_space:
                kept.append(Unit(i, i + 1, i))
            i += 1
    return kept


def _bracket(doc: Doc, i: int, end: int) -> int:
    """Return the end of a short bracket that opens at ``i``; 0 if there is none."""
    for j in range(i + 1, min(end, i + BRACKETS)):
        if doc[j].text == ")":
            return j + 1
    return 0
