"""Precision, recall and F1 as FactRuEval-2016 counts them."""

from __future__ import annotations

from dataclasses import dataclass

HEAD = "      P       R      F1   gold system    found    right"


@dataclass(frozen=True, slots=True)
class Figures:
    """Sums of qualities (between 0 and 1 each) over what gold and the system have.

    ``found`` adds up over gold, ``right`` over the system's answers: where several answers
    share one gold fact, each of them gets its quality. Nothing asked or nothing answered
    counts as perfect recall or precision, as with the organizers.
    """

    found: float = 0.0
    right: float = 0.0
    gold: int = 0
    system: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            self.found + other.found,
            self.right + other.right,
            self.gold + other.gold,
            self.system + other.system,
        )

    @property
    def precision(self) -> float:
        """The share of what the system gave that is right."""
        return self.right / self.system if self.system else 1.0

    @property
    def recall(self) -> float:
        """The share of gold that was found."""
        return self.found / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __str__(self) -> str:
        counts = f"{self.gold:6d} {self.system:6d} {self.found:8.2f} {self.right:8.2f}"
        return f"{self.precision:7.4f} {self.recall:7.4f} {self.f1:7.4f} {counts}"
