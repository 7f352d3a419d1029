"""Take a file in one piece, for the formats that hold one article."""

from __future__ import annotations

from typing import BinaryIO

from kg.errors import InputError

LARGEST = 20_000_000


def whole(file: BinaryIO) -> bytes:
    """Return the bytes of a file. Raises InputError if it is too large for one article."""
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise InputError(f"over {LARGEST // 1_000_000} MB; split it into its articles")
    return data
