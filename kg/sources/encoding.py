"""Turn bytes into text: UTF-8, UTF-16 with its mark, or a Russian single-byte encoding."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from kg.errors import InputError

SINGLE_BYTE = ("cp1251", "koi8-r", "cp866")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 1 << 16
_LOST = 0.02  # of the letters outside ASCII; text of another encoding loses nearly all of them

# A word as Russian is written. Read in a wrong encoding, its letters become other signs, or
# their case is turned (CP1251 and KOI8-R put small letters where the other has capitals).
_WORD = re.compile(r"(?<!\w)(?:[А-ЯЁ]?[а-яё]+|[А-ЯЁ]+)(?!\w)")
_COMMON = frozenset("оеаинтсрвлкмдпу")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x19\x1b-\x1f\x7f]")
_SIGNS = frozenset("«»„“”‘’–—…№§°•·©®™\xa0")

_REMEDY = "save it as UTF-8"


def decode(data: bytes) -> tuple[str, str]:
    """Return the text without its byte order mark, and a remark on the encoding or ``""``.

    Raises InputError for binary data and for encodings that cannot be told.
    """
    name = detect(data)
    text, broken = decode_as(data, name)
    return text, "; ".join(filter(None, (remark(name), broken)))


def decode_as(data: bytes, name: str) -> tuple[str, str]:
    """Return the text in a known encoding, and a remark if a few characters are broken.

    Raises InputError where many are, or the text is none.
    """
    text = data.decode(name, "replace").removeprefix("\ufeff")
    if "\0" in text:
        raise InputError(f"binary, not text; if it is UTF-16 without a mark, {_REMEDY}")
    if len(_CONTROL.findall(text[:_SAMPLE])) > 0.05 * min(len(text), _SAMPLE):
        raise InputError("full of control characters, not text; give a text file")
    lost = text.count("\ufffd")
    if lost and lost > _LOST * sum(c > "\x7f" for c in text):
        raise InputError(f"broken {name.upper()}; {_REMEDY}")
    return text, f"{lost} broken characters, shown as \ufffd" if lost else ""


def detect(data: bytes, *, whole: bool = True) -> str:
    """Return the codec that ``data`` is written in; ``whole`` is false for a file's beginning.

    Raises InputError where none fits.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    with suppress(UnicodeDecodeError):
        codecs.getincrementaldecoder("utf-8")().decode(data, final=whole)
        return "utf-8"
    sample = data[:_SAMPLE]
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(sample)
    if text.count("\ufffd") <= _LOST * sum(c > "\x7f" for c in text):
        return "utf-8"
    if b"\0" in sample:
        raise InputError(f"binary, not text; if it is UTF-16 without a mark, {_REMEDY}")
    best = max(SINGLE_BYTE, key=lambda name: _likeness(sample, name))
    # Three quarters, since a foreign name or a sign from another alphabet is no reason to refuse.
    if _likeness(sample, best) < 0.75:
        raise InputError(f"neither UTF-8 nor Russian in CP1251, KOI8-R or CP866; {_REMEDY}")
    return best


def _likeness(data: bytes, name: str) -> float:
    """Return the share of the signs outside ASCII that stand as Russian puts them.

    Frequent letters break ties: CP1251 capitals read as KOI8-R are small letters, but rare ones.
    """
    text = data.decode(name, "replace")
    foreign = sum(c > "\x7f" and c not in _SIGNS for c in text)
    words = "".join(_WORD.findall(text))
    common = sum(c in _COMMON for c in words.lower())
    return (len(words) + common / (len(words) + 1)) / (foreign + 1)


def remark(name: str) -> str:
    """Return what is worth saying of a file in this encoding, ``""`` for nothing."""
    return f"not UTF-8, read as {name.upper()}" if name in SINGLE_BYTE else ""
