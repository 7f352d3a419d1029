"""Counts and the figures made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol


class Figures(Protocol):
    """Precision, recall and F1, each 0 to 1."""

    @property
    def precision(self) -> float: ...
    @property
    def recall(self) -> float: ...
    @property
    def f1(self) -> float: ...


def harmonic(precision: float, recall: float) -> float:
    """Return F1: the harmonic mean, 0 where both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """How many are right of those that the system says, and of those that gold wants."""

    right: int = 0
    said: int = 0
    wanted: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.said + other.said, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """The right share of what is said, 0 where nothing is."""
        return self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        """The share of what is wanted that is found, 0 where nothing is wanted."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return harmonic(self.precision, self.recall)


@dataclass(frozen=True, slots=True)
class Mean:
    """Figures that are means already."""

    precision: float = 0.0
    recall: float = 0.0
    f1: float = 0.0
    count: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    right: int = 0
    of: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.of + other.of)

    @property
    def value(self) -> float:
        """The share, 0 to 1; 0 of nothing."""
        return self.right / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores by class or by relation."""

    by: Mapping[str, Score] = field(default_factory=dict)

    @property
    def micro(self) -> Score:
        """All counts together."""
        return sum(self.by.values(), Score())

    @property
    def macro(self) -> Mean:
        """The plain means over the classes or relations that gold or the system has."""
        held = [s for s in self.by.values() if s.said or s.wanted]
        if not held:
            return Mean()
        return Mean(
            sum(s.precision for s in held) / len(held),
            sum(s.recall for s in held) / len(held),
            sum(s.f1 for s in held) / len(held),
            len(held),
        )

    @classmethod
    def added(cls, parts: Iterable[Scores]) -> Scores:
        """Return the sums of several, sorted by name."""
        total: dict[str, Score] = {}
        for part in parts:
            for name, score in part.by.items():
                total[name] = total.get(name, Score()) + score
        return cls(dict(sorted(total.items())))
