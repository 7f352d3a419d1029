"""CSV: a row an article, its fields named in the first row."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, TypeAlias

from kg.errors import InputError
from kg.model import Article
from kg.sources.fields import NAMES, from_fields, known
from kg.sources.lines import read_lines
from kg.sources.notice import Note, Skipped

_DELIMITERS = ",;\t"
_LONGEST = 1_000_000  # characters of a row; on with a quote that is never closed

_Line: TypeAlias = tuple[int, str | Skipped | Note]


def read_csv(origin: str, file: BinaryIO) -> Iterator[Article | Skipped | Note]:
    """Yield the article of each row; columns of other names are passed over.

    Raises InputError where the first row names no column with the text.
    """
    rows = _Rows(origin, read_lines(origin, file))
    header: list[str] = []
    for number, row in rows:
        if not isinstance(row, list):
            yield row
        elif not any(cell.strip() for cell in row):
            continue
        elif not header:
            header = _header(row)
        else:
            try:
                # A row may be shorter or longer than the first; what has no name is not read.
                fields = dict(zip(header, row, strict=False))
                yield from from_fields(f"{origin}#{number}", fields)
            except InputError as error:
                yield Skipped(f"{origin}:{number}", str(error))
    if not header:
        raise InputError("empty; the first row is to name the columns")


def _header(row: Sequence[str]) -> list[str]:
    names = [cell.strip().lower() for cell in row]
    if not set(names) & set(NAMES["text"]):
        wanted = ", ".join(NAMES["text"])
        raise InputError(f"the first row names no column with the text; call one of them {wanted}")
    return names


@dataclass
class _Rows:
    """The rows of a CSV, each with the number of its first line.

    A row that is no CSV costs itself alone: reading goes on with the line after its first.
    """

    origin: str
    lines: Iterator[_Line]
    delimiter: str = ""
    waiting: deque[_Line] = field(default_factory=deque)

    def __iter__(self) -> Iterator[tuple[int, list[str] | Skipped | Note]]:
        while line := self._next():
            number, text = line
            if not isinstance(text, str):
                yield number, text
                continue
            if not self.delimiter and text.strip():
                self.delimiter = _sniff(text)
            taken: list[_Line] = []
            try:
                row = self._row(text, taken)
            except csv.Error as error:
                self.waiting.extendleft(reversed(taken))
                reason = f"no CSV ({error}); double the quotes inside of a field"
                yield number, Skipped(f"{self.origin}:{number}", reason)
                continue
            for other, notice in taken:
                if not isinstance(notice, str):
                    yield other, notice
            yield number, row

    def _next(self) -> _Line | None:
        return self.waiting.popleft() if self.waiting else next(self.lines, None)

    def _row(self, first: str, taken: list[_Line]) -> list[str]:
        """Return the row that begins with a line; ``taken`` gets the lines that it goes on in."""

        def feed() -> Iterator[str]:
            yield first
            size = len(first)
            while size <= _LONGEST and (line := self._next()):
                taken.append(line)
                if isinstance(line[1], str):
                    size += len(line[1])
                    yield line[1]

        limit = csv.field_size_limit(_LONGEST)  # the process's; others may want their own
        try:
            return next(csv.reader(feed(), delimiter=self.delimiter or ",", strict=True), [])
        finally:
            csv.field_size_limit(limit)


def _sniff(header: str) -> str:
    """Return the delimiter between the most names that are known, else the most frequent one."""

    def fits(delimiter: str) -> tuple[int, int]:
        cells = header.split(delimiter)
        return sum(known(cell.strip(' \r\n"')) for cell in cells), len(cells)

    return max(_DELIMITERS, key=fits)
