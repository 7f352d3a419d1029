"""Whether a confidence of 0.8 is right in eight of ten cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The facts whose confidence lies from ``low`` to ``high``; the last bin has 1 in it."""

    low: float
    high: float
    count: int
    confidence: float
    right: float
    """The mean confidence and the share that is right; 0 of an empty bin."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """The reliability table, and the expected calibration error (Naeini et al. 2015)."""

    bins: tuple[Bin, ...]
    error: float


def calibrate(judged: Iterable[tuple[float, bool]]) -> Calibration:
    """Return how confidences, 0 to 1, agree with what was right."""
    held: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in judged:
        # Rounded, for 0.7 * 10 must not fall below 7.
        held[min(BINS - 1, int(round(confidence * BINS, 9)))].append((confidence, right))
    bins = tuple(
        Bin(
            i / BINS,
            (i + 1) / BINS,
            len(part),
            sum(c for c, _ in part) / len(part) if part else 0.0,
            sum(r for _, r in part) / len(part) if part else 0.0,
        )
        for i, part in enumerate(held)
    )
    total = sum(b.count for b in bins)
    error = sum(b.count * abs(b.right - b.confidence) for b in bins) / total if total else 0.0
    return Calibration(bins, error)
