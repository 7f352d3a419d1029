"""Measure how well kg, or another annotator, reads texts that were annotated by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.evaluate.annotation import Annotated, Form, Marking, Stated, Thing
from kg.evaluate.article import Measured, measure
from kg.evaluate.report import Report, summed

__all__ = [
    "Annotated", "Form", "Marking", "Measured", "Report", "Stated", "Thing", "evaluate", "measure",
]  # fmt: skip


def evaluate(
    gold: Iterable[Annotated], system: Iterable[Annotated], remarks: Sequence[str] = ()
) -> Report:
    """Return how a system's articles compare with the gold ones, in the same order.

    Raises InputError if both mark places in different texts, ValueError if one side has more
    articles.
    """
    return summed([measure(*both) for both in zip(gold, system, strict=True)], remarks)
