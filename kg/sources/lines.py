"""Records a line each: JSON Lines, and the decoding that CSV shares."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import BinaryIO

from kg.errors import InputError
from kg.model import Article
from kg.sources.encoding import decode_as, detect, remark
from kg.sources.fields import from_fields
from kg.sources.notice import Note, Skipped
from kg.sources.whole import LARGEST, whole

_SAMPLE = 1 << 18


def read_jsonl(origin: str, file: BinaryIO) -> Iterator[Article | Skipped | Note]:
    """Yield the article of each line, which is a JSON object with a field ``text``."""
    for number, line in read_lines(origin, file):
        if not isinstance(line, str):
            yield line
        elif line.strip():
            try:
                yield from from_fields(f"{origin}#{number}", _object(line))
            except InputError as error:
                yield Skipped(f"{origin}:{number}", str(error))


def _object(line: str) -> dict[str, object]:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        message = f"no JSON ({error.msg}, column {error.colno})"
        raise InputError(f"{message}; a line is to hold one object") from error
    except (RecursionError, ValueError) as error:  # too deep; a number of too many digits
        raise InputError("JSON too deep or with too long a number; correct the line") from error
    if not isinstance(value, dict):
        raise InputError(f"a {type(value).__name__}; a line is to hold one object")
    return value


def read_lines(origin: str, file: BinaryIO) -> Iterator[tuple[int, str | Skipped | Note]]:
    """Yield each line with its number, counted from 1, and what is wrong with some.

    Raises InputError where the file's encoding cannot be told.
    """
    sample = file.read(_SAMPLE)
    name = detect(sample, whole=len(sample) < _SAMPLE)
    if remark(name):
        yield 0, Note(origin, remark(name))
    if name == "utf-16":  # in which a line's end may stand inside of a character
        text, _ = decode_as(sample + whole(file), name)
        file, name = io.BytesIO(text.encode()), "utf-8"
    else:
        file.seek(0)
    for number, line in enumerate(_raw(file), 1):
        where = f"{origin}:{number}"
        if len(line) > LARGEST:
            yield number, Skipped(where, f"over {LARGEST // 1_000_000} MB; break it up")
            continue
        try:
            text, broken = decode_as(line, name)
        except InputError as error:
            yield number, Skipped(where, str(error))
            continue
        if broken:
            yield number, Note(where, broken)
        yield number, text


def _raw(file: BinaryIO) -> Iterator[bytes]:
    """Yield lines with their ends; of one that is too long only so much that this shows."""
    while line := file.readline(LARGEST + 1):
        if len(line) > LARGEST and not line.endswith(b"\n"):
            while (rest := file.readline(LARGEST)) and not rest.endswith(b"\n"):
                pass
        yield line
