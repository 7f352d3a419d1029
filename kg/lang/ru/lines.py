"""Ways that are named by their two ends: рейс Казань – Сиань, переход Забайкальск – Маньчжурия."""

from __future__ import annotations

from spacy.tokens import Token

from kg.lang.phrase import Phrase
from kg.lang.ru.extent import DASHES, Extent
from kg.lang.ru.lexicon import Descriptor
from kg.lang.ru.nominative import nominative
from kg.model import Name

LONGEST = 3
"""How many words the name of an end may have that no list knows."""


def line(extent: Extent, head: Token, descriptor: Descriptor | None) -> Phrase | None:
    """Read a way with both its ends at ``head``; None if no two ends follow.

    A noun that names no way by itself (рейс) does with two ends.
    """
    single = descriptor is None  # no way by itself
    if descriptor is None:
        if head.lemma_ not in extent.words["lines"]:
            return None
        descriptor = Descriptor(head.lemma_, extent.groups["ways"][-1], plain=False)
    elif not extent.belongs(descriptor, "way"):
        return None
    doc, after = extent.doc, head.i + 1 + descriptor.after
    middle = _end(extent, after, head.sent.end)
    if middle == after or middle >= head.sent.end or doc[middle].text not in DASHES:
        return None
    stop = _end(extent, middle + 1, head.sent.end)
    if stop == middle + 1:
        return None
    start, _ = extent.left(head, descriptor)
    ends = doc[after:stop].text.strip()
    normal = f"{nominative(doc, start, after, head.i)} {ends}"
    # A bridge is known by its ends as well; flights and roads between the same two are many.
    aliases = () if single else (Name(ends, "ru"),)
    return Phrase(start, stop, head.i, descriptor.cls, normal, aliases=aliases)


def _end(extent: Extent, i: int, stop: int) -> int:
    """Return where the place that begins at ``i`` ends; ``i`` if none does."""
    known, j = extent.known.get(i), i
    if known is not None:
        return known.end
    while j < stop and j - i < LONGEST and j not in extent.quotes:
        token = extent.doc[j]
        if not token.text[:1].isupper() or token.is_sent_start:
            break
        j += 1
    return j
