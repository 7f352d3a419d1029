"""The text that annotations count characters of."""

from __future__ import annotations

from pathlib import Path

from kg.errors import InputError
from kg.sources.article import clean


def read_text(path: Path) -> str:
    """Return a text as kg reads it; lines end with one character, whatever the file has.

    Raises InputError where there is none, or where it is not UTF-8.
    """
    try:
        return clean(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise InputError(f"{path} does not exist; put the text beside its annotation") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is no UTF-8; save it as UTF-8") from error
