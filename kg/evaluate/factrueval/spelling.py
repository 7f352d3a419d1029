"""When two spellings are one: the comparison of strings that FactRuEval-2016 prescribes."""

from __future__ import annotations

import re
from functools import cache

DOUBLE = re.compile("[«»“”„]")
SINGLE = re.compile("[’`]")
DASH = re.compile("[‐−‒–—―]")
BEFORE = re.compile(r" ([,.\-)])")
AFTER = re.compile(r"([-(]) ")
TINY, SHORT = 1, 8
"""Up to so many characters no letter, or just one, may differ; two in a longer string."""


def plain(text: str) -> str:
    """Return ``text`` with case, ``ё``, and the kinds of quotes and dashes levelled.

    Spaces that tokens joined by spaces have around punctuation are closed.

    >>> plain(" ООО «Ёлка» — Юг ")
    'ооо "елка"-юг'
    """
    text = DOUBLE.sub('"', text.lower().strip()).replace("ё", "е")
    text = DASH.sub("-", SINGLE.sub("'", text))
    return AFTER.sub(r"\1", BEFORE.sub(r"\1", text))


@cache
def alike(one: str, other: str) -> bool:
    """Tell whether two plain strings differ by no more edits than their length allows.

    Edits are insertions, deletions and replacements of a letter (Levenshtein 1966).

    >>> alike("петров", "петрова"), alike("мид", "мвд"), alike("я", "ю")
    (True, True, False)
    """
    longest = max(len(one), len(other))
    allowed = (longest > TINY) + (longest > SHORT)
    return abs(len(one) - len(other)) <= allowed and _edits(one, other) <= allowed


def _edits(one: str, other: str) -> int:
    before = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, against in enumerate(other, 1):
            row.append(min(row[-1] + 1, before[j] + 1, before[j - 1] + (letter != against)))
        before = row
    return before[-1]
