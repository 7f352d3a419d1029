"""Read files through the reader of their format, and report what cannot be used."""

from __future__ import annotations

import logging
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, TypeAlias

from kg.errors import InputError
from kg.model import Article
from kg.registry import readers
from kg.sources.notice import Note, Skipped
from kg.sources.paths import STDIN, expand, origin, reason
from kg.sources.plain import read_plain

log = logging.getLogger(__name__)

Reader: TypeAlias = Callable[[str, BinaryIO], Iterable[Article | Skipped | Note]]
"""``(origin, open file) → articles``; raises InputError where the whole file is unusable."""


def read(
    *sources: str | os.PathLike[str],
    on_skip: Callable[[Skipped], None] | None = None,
    on_note: Callable[[Note], None] | None = None,
) -> Iterator[Article]:
    """Yield the articles of files, folders, patterns (``news/**/*.txt``) and ``-``, standard input.

    No file is read twice, and not more than one is held. What cannot be used goes to
    ``on_skip``, remarks on what was used to ``on_note``; both are logged by default.
    """
    formats: dict[str, Reader] = readers.get_all()
    seen: set[str] = set()
    for found in _found(sources, formats):
        for item in _items(found, formats, seen):
            match item:
                case Article():
                    yield item
                case Skipped():
                    (on_skip or _warn)(item)
                case Note():
                    (on_note or _inform)(item)


def _found(
    sources: Iterable[str | os.PathLike[str]], formats: Iterable[str]
) -> Iterator[Path | Skipped | str]:
    suffixes = tuple(formats)
    for source in dict.fromkeys(sources):
        if source == STDIN:
            yield STDIN
        else:
            yield from expand(source, suffixes)


def _items(
    found: Path | Skipped | str, formats: Mapping[str, Reader], seen: set[str]
) -> Iterator[Article | Skipped | Note]:
    if isinstance(found, Skipped):
        yield found
    elif isinstance(found, str):
        yield from _stdin()
    elif (real := os.path.realpath(found)) not in seen:
        seen.add(real)
        yield from _file(found, formats[found.suffix.lower()])


def _file(path: Path, reader: Reader) -> Iterator[Article | Skipped | Note]:
    name = origin(path)
    try:
        # Before it is opened: opening a pipe would wait for whoever writes into it.
        if not stat.S_ISREG(path.stat().st_mode):
            yield Skipped(name, "not a file; give its text through standard input as -")
            return
        with path.open("rb") as file:
            yield from reader(name, file)
    except InputError as error:
        yield Skipped(name, str(error))
    except OSError as error:
        yield Skipped(name, reason(error))


def _stdin() -> Iterator[Article | Skipped | Note]:
    try:
        yield from read_plain(STDIN, sys.stdin.buffer)
    except InputError as error:
        yield Skipped(STDIN, str(error))
    except OSError as error:
        yield Skipped(STDIN, reason(error))


def _warn(skipped: Skipped) -> None:
    log.warning("%s", skipped)


def _inform(note: Note) -> None:
    log.info("%s", note)
