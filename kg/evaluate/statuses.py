"""Modality, denial and attribution of the facts that are right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.evaluate.conventions import Conventions
from kg.evaluate.facts import Fact
from kg.evaluate.matching import Agreement, Matched
from kg.evaluate.scores import Score, Share

Confusion = Mapping[tuple[str, str], int]
"""How often gold has the first modality and the system the second."""


@dataclass(frozen=True, slots=True)
class Modality:
    """How many right facts have the right modality: the exact one, and the right group of
    asserted, denied and other."""

    exact: Share = field(default_factory=Share)
    grouped: Share = field(default_factory=Share)
    confusion: Confusion = field(default_factory=dict)

    def __add__(self, other: Modality) -> Modality:
        return Modality(
            self.exact + other.exact,
            self.grouped + other.grouped,
            Counter(self.confusion) + Counter(other.confusion),
        )


def modality(facts: Matched, denials: Matched, rules: Conventions) -> Modality:
    """Return how right facts, and right denials, are put.

    A fact that is put in several ways is right if one of them is gold's. Where gold has no more
    than the group, the group decides.
    """
    total = Modality()
    for gold, system in (*facts.pairs, *denials.pairs):
        ours, theirs = _ranked(gold, rules), _ranked(system, rules)
        groups = {rules.group(m) for m in ours} & {rules.group(m) for m in theirs}
        common = [m for m in ours if m in theirs]
        if not common and rules.other in ours and rules.other in groups:
            common = [rules.other]
        cell = (common[0], common[0]) if common else (ours[0], theirs[0])
        total += Modality(Share(bool(common), 1), Share(bool(groups), 1), Counter([cell]))
    return total


def attribution(facts: Matched, denials: Matched, agreement: Agreement) -> Score:
    """Return the score of pairs of a right fact, or right denial, and who says it.

    Speakers agree if they would as things of facts.
    """
    total = Score()
    for gold, system in (*facts.pairs, *denials.pairs):
        left = sorted(gold.speakers)
        for speaker in sorted(system.speakers):
            found = next((g for g in left if agreement.thing(speaker, g, ())), None)
            if found is not None:
                left.remove(found)
            total += Score(int(found is not None), 1, 0)
        total += Score(wanted=len(gold.speakers))
    return total


def _ranked(fact: Fact, rules: Conventions) -> list[str]:
    """Return the modalities of a fact in the order of the guideline."""
    rank = {name: i for i, name in enumerate((*rules.modalities, rules.other))}
    return sorted(fact.modalities, key=lambda name: (rank.get(name, len(rank)), name))
