"""Every string that may stand for an object in an answer: its names and its mentions."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kg.evaluate.factrueval.gold import Spoken
from kg.evaluate.factrueval.spelling import plain

FIRST, LAST, SECOND, NICK = "firstname", "lastname", "patronymic", "nickname"
ORDERS = (
    (LAST, FIRST, SECOND),
    (FIRST, SECOND, LAST),
    (FIRST, SECOND),
    (FIRST, LAST),
    (LAST, FIRST),
    (FIRST, NICK),
    (NICK,),
    (FIRST,),
    (SECOND,),
    (LAST,),
)
"""The orders in which the parts of a person's name may be given."""
NAME, DESCRIPTOR = "name", "descriptor"


def names(attributes: Mapping[str, Collection[str]], spoken: Collection[Spoken]) -> set[str]:
    """Return the names that an entity's attributes make, plainly spelt.

    A name may be said with a descriptor of the entity before or after it (партия «Яблоко»),
    and in quotes where a mention quotes it.
    """
    quoted = {part.text for s in spoken for part in s.parts if part.quoted and NAME in part.tag}
    descriptors = attributes.get(DESCRIPTOR, ())
    found = set()
    for name in attributes.get(NAME, ()):
        found |= _described(name, descriptors)
        if name in quoted:
            found |= _described(f'"{name}"', descriptors)
    for order in ORDERS:
        found |= _joined([attributes.get(part, ()) for part in order])
    return found


def _described(name: str, descriptors: Collection[str]) -> set[str]:
    further = [d for d in descriptors if f" {d} " not in f" {name} "]
    return {name, *(f"{d} {name}" for d in further), *(f"{name} {d}" for d in further)}


def _joined(parts: list[Collection[str]]) -> set[str]:
    """Return all ways to take one of each; none where a part is not known."""
    joined = {""}
    for values in parts:
        joined = {f"{before} {value}".strip() for before in joined for value in values if value}
    return joined


def surface(spoken: Collection[Spoken], text: str) -> set[str]:
    """Return how a text names an entity: its spans' tokens, and all from first to last."""
    found = set()
    for tokens in (s.tokens for s in spoken):
        found.add(plain(" ".join(token.text for token in tokens)))
        found.add(plain(text[tokens[0].start : tokens[-1].end]))
    return found
