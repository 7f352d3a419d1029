"""B³: whether mentions of one thing are taken for one (Bagga & Baldwin 1998)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kg.evaluate.mentions import Pair
from kg.evaluate.scores import Mean, harmonic


@dataclass(frozen=True, slots=True)
class Chained:
    """Sums over mentions of their precision and recall; they add up over articles."""

    precision: float = 0.0
    recall: float = 0.0
    count: int = 0

    def __add__(self, other: Chained) -> Chained:
        return Chained(
            self.precision + other.precision,
            self.recall + other.recall,
            self.count + other.count,
        )

    @property
    def mean(self) -> Mean:
        """The means, and F1 of them."""
        if not self.count:
            return Mean()
        precision, recall = self.precision / self.count, self.recall / self.count
        return Mean(precision, recall, harmonic(precision, recall), self.count)


def b_cubed(pairs: Iterable[Pair], counted: Iterable[Pair] | None = None) -> Chained:
    """Return B³ over pairs of markings, or over those ``counted`` within the chains of all.

    A mention's precision is the share of its system chain that is of its gold chain too, its
    recall the share of its gold chain that is of its system chain too.
    """
    pairs = list(pairs)
    both = Counter((gold.thing, system.thing) for gold, system in pairs)
    ours = Counter(gold.thing for gold, _ in pairs)
    theirs = Counter(system.thing for _, system in pairs)
    total = Chained()
    for gold, system in pairs if counted is None else counted:
        common = both[gold.thing, system.thing]
        total += Chained(common / theirs[system.thing], common / ours[gold.thing], 1)
    return total
