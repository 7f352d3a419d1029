"""When two names are one, and two literals: the rules of the project's gold scorer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from kg.evaluate.conventions import Conventions

_SIGNS = re.compile(r"[«»\"“”„'()]")
_DASHES = re.compile(r"\s*[-–—]\s*")
_SPACE = re.compile(r"\s+")


def norm(text: str) -> str:
    """Return what two spellings of a name share (``norm`` of ../shared/score_gold.py).

    >>> norm("Порт  «Ольга» — Пусан.")
    'порт ольга-пусан'
    """
    text = _SIGNS.sub("", text.casefold().replace("ё", "е"))
    return _SPACE.sub(" ", _DASHES.sub("-", text)).strip(" .,;:")


def overlap(one: str, other: str) -> float:
    """Return the Jaccard overlap of two normed names as multisets of words, 0 to 1."""
    left, right = Counter(one.split()), Counter(other.split())
    return (left & right).total() / max(1, (left | right).total())


def same_name(one: Iterable[str], gold: Iterable[str], cls: str, rules: Conventions) -> bool:
    """Tell whether any of the normed names of a thing is one of a gold thing of class ``cls``."""
    return any(_same(name, wanted, cls, rules) for name in one for wanted in gold)


def _same(name: str, wanted: str, cls: str, rules: Conventions) -> bool:
    if name == wanted:
        return True
    if cls in rules.contained:
        return wanted in name or name in wanted
    return overlap(name, wanted) >= rules.same


def same_literal(
    said: Iterable[str], wanted: str, relation: str, rules: Conventions, *, exact: bool = False
) -> bool:
    """Tell whether any text of a literal says what gold's says; ``exact``: in the same words.

    A date may be given more precisely than gold has it, unless it must be exact; of a range
    the day counts that the relation is about.
    """
    if rules.dated(relation):
        day = day_of(wanted, relation, rules)
        days = {day_of(text, relation, rules) for text in said}
        return day in days or (not exact and any(d.startswith(day) for d in days))
    gold, texts = norm(wanted), {norm(text) for text in said}
    if exact or gold in texts:
        return gold in texts
    return any(
        t.startswith(gold + " ") or gold.startswith(t + " ") or overlap(t, gold) >= rules.alike
        for t in texts
    )


def day_of(value: str, relation: str, rules: Conventions) -> str:
    """Return the day of an ISO value, or of a range of two, that a relation is about.

    >>> from kg.evaluate.conventions import conventions
    >>> day_of("2024-05-15/2024-05-17", "endsOn", conventions())
    '2024-05-17'
    """
    first, _, last = re.sub(r"\s", "", value).casefold().partition("/")
    return last if last and relation in rules.last_day else first
