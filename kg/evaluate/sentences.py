"""The sentences of a text, to show beside what was found in them or missed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from razdel import sentenize

from kg.model import Span


class Sentences:
    """The sentences of one text: lines, cut by razdel."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        start = 0
        for line in text.splitlines(keepends=True):
            for part in sentenize(line):
                self._starts.append(start + part.start)
                self._ends.append(start + part.stop)
            start += len(line)

    def around(self, spans: Iterable[Span]) -> Span:
        """Return the span from the first to the last sentence that ``spans`` touch."""
        places = list(spans)
        if not self._starts or not places:
            return (0, 0)
        first = self._at(min(start for start, _ in places))
        last = self._at(max(end for _, end in places) - 1)
        return self._starts[first], self._ends[last]

    def _at(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)
