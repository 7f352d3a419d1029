"""Percentile bootstrap over articles (Efron & Tibshirani 1993, ch. 13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.evaluate.scores import Score

SAMPLES, SEED, TAIL = 1000, 20240101, 2.5


@dataclass(frozen=True, slots=True)
class Interval:
    """The bounds that 95 % of the resampled figures lie between."""

    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True, slots=True)
class Intervals:
    """The intervals of precision, recall and F1."""

    precision: Interval = Interval()
    recall: Interval = Interval()
    f1: Interval = Interval()


def bootstrap(articles: Sequence[Score], samples: int = SAMPLES, seed: int = SEED) -> Intervals:
    """Return 95 % intervals of the figures of the summed counts, articles being drawn anew.

    The same articles and seed give the same intervals; of no articles all are 0.
    """
    if not articles:
        return Intervals()
    counts = np.array([(s.right, s.said, s.wanted) for s in articles], dtype=float)
    drawn = np.random.default_rng(seed).integers(len(counts), size=(samples, len(counts)))
    right, said, wanted = counts[drawn].sum(axis=1).T
    precision, recall = _ratio(right, said), _ratio(right, wanted)
    f1 = _ratio(2 * precision * recall, precision + recall)
    return Intervals(*map(_interval, (precision, recall, f1)))


def _ratio(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _interval(values: NDArray[np.float64]) -> Interval:
    low, high = np.percentile(values, (TAIL, 100 - TAIL))
    return Interval(float(low), float(high))
