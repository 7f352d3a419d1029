"""How much stretches of text, in one piece or in several, have in common."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Span

HALF = 0.5
"""Markings that overlap by more than this (Jaccard) are taken for the same, leniently."""


def size(spans: Sequence[Span]) -> int:
    """Return the length in characters."""
    return sum(end - start for start, end in spans)


def shared(one: Sequence[Span], other: Sequence[Span]) -> int:
    """Return how many characters two markings share."""
    return sum(max(0, min(end, e) - max(start, s)) for start, end in one for s, e in other)


def jaccard(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Return the shared share of all characters of two markings, 0 to 1.

    >>> jaccard([(0, 4)], [(2, 6)])
    0.3333333333333333
    """
    common = shared(one, other)
    return common / (size(one) + size(other) - common) if common else 0.0
