"""Towns that the dictionary knows by the adjectives made of them: хайфонский, Хайфон."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from kg.lang import table
from kg.lang.ru import lexicon
from kg.lang.ru.lexicon import Entry
from kg.lang.ru.morphology import analyzer

ADJECTIVE = "ADJF"
TOWN = "Geox"
"""What pymorphy's dictionary marks the names of places with."""


def meant(adjective: str) -> Entry | None:
    """Return the place that an adjective (its lemma) is made of: a listed one, else a town that
    the dictionary knows; None for any other adjective."""
    return lexicon.adjectives().get(adjective) or town(adjective)


def candidates(token: Token) -> Iterator[Entry]:
    """Yield the places that a word can be an adjective of, whatever the tagger takes it for: of
    a region and its seat with one adjective (омский) both."""
    read = (p.normal_form for p in analyzer().parse(token.lower_) if ADJECTIVE in p.tag)
    lemma = next(read, token.lemma_)
    yield from (entry for entry in (meant(lemma), lexicon.seat(lemma)) if entry is not None)


@cache
def town(adjective: str) -> Entry | None:
    """Return the town that an adjective is made of, as the dictionary has it."""
    grammar = table("ru", "grammar")
    if adjective in grammar["words"]["unplaced"]:
        return None
    for name in _names(adjective, grammar["towns"]):
        if any(TOWN in p.tag and "nomn" in p.tag and p.is_known for p in analyzer().parse(name)):
            written = "-".join(part.capitalize() for part in name.split("-"))
            return Entry(written, grammar["labels"]["LOC"], ())
    return None


def _names(adjective: str, endings: dict[str, list[str]]) -> Iterator[str]:
    for suffix, others in endings.items():
        stem = adjective.removesuffix(suffix)
        if stem != adjective and len(stem) > 1:
            yield from (stem + other for other in others)
