"""Towns that the dictionary knows by the adjectives made of them: хайфонский, Хайфон."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kg.lang import table
from kg.lang.ru import lexicon
from kg.lang.ru.lexicon import Entry
from kg.lang.ru.morphology import analyzer

TOWN = "Geox"
"""What pymorphy's dictionary marks the names of places with."""


def meant(adjective: str) -> Entry | None:
    """Return the place that an adjective (its lemma) is made of: a listed one, else a town that
    the dictionary knows; None for any other adjective."""
    return lexicon.adjectives().get(adjective) or town(adjective)


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
