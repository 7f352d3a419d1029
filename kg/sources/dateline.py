"""What a line above or below a title says of its publication: 27 мая 2023, «Вести края»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kg.sources import dates
from kg.sources.words import Words

SHORT = 160  # characters; no line of the frame but a link in the tail is longer
_SEPARATOR = re.compile(r"\s*[|·•,/;]\s*|\s+[-–—]\s+|\s{2,}|(?<=[^\W\d_]{3})(?<!орр)\.\s+")
_QUOTED = re.compile(r"(«[^»]*»)")
_CALLED = re.compile(r"[\w-]+\s+«[^»]*»")
_BRACKET = re.compile(r"\s*\([^()]*\)$")
_HANDLE = re.compile(r"@?[a-z0-9][\w.-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says; ``bare`` if it is but a day, ``named`` if it may name anything."""

    publisher: str = ""
    published: date | None = None
    bare: bool = False
    named: bool = False


def read_dateline(text: str, words: Words, *, apart: bool = False) -> Dateline | None:
    """Return what a line says of its publication, None for a line that says something else.

    Where it stands ``apart``, with a blank line above and below it, it may say more, in more words.
    """
    if len(text) > SHORT:
        return None
    if words.counter.fullmatch(text) or _is_rubric(text, words):
        return Dateline()
    label = words.published.match(text)
    rest = text[label.end() :] if label else text
    if words.date.search(outside := _BRACKET.sub("", rest)):  # 12 марта 2024 (обновлено 13 марта)
        rest = outside
    match = words.date.search(rest)
    if not match:
        return _undated(rest, words)
    published = dates.written(match, words.months)
    yearless = match["day"] is not None and match["year"] is None
    if published is None and not yearless:
        return None
    left, right = rest[: match.start()], rest[match.end() :]
    if apart:
        left = words.introduced.sub(" ", left)
    plain = (_without_aside(left, words), _without_aside(right, words))
    aside, (left, right) = plain != (left, right), plain
    if right.rstrip().endswith(".") and (right.strip() != "." or yearless):  # a sentence
        return None
    parts = _parts(left, words) + _parts(right, words)
    # "27 мая 2023, Вести" is a dateline, and "27 мая 2023 года Вести…" a sentence.
    loose = match["day"] is not None and right.strip() and not _SEPARATOR.match(right)
    if len(parts) > 2 + 2 * apart or not all(_is_name(part, words, apart=apart) for part in parts):
        return None
    if parts and (yearless or loose) and not (aside or _SEPARATOR.search(left + right)):
        return None
    agencies = [part for part in parts if words.agency.match(part)]
    # Of two names either may be the author's; "Казань, 12 апреля 2024" names a city.
    place = match["day"] is not None and re.fullmatch(r"[^\s«\"„“]*", (parts or [""])[0])
    names = parts if len(parts) == 1 and not place else agencies
    publisher = names[0] if names else ""
    only = not parts and not aside and not right.strip() and not label and match["day"] is not None
    return Dateline(publisher, published, bare=only, named=bool(parts) and not agencies)


def _undated(text: str, words: Words) -> Dateline | None:
    """Return the dateline that a line without a date is: "Вчера, 18:05", "ИА «Имя»"."""
    parts = _parts(_without_aside(text, words), words)
    if not parts or all(words.relative.fullmatch(part) for part in parts):
        return Dateline()
    return Dateline(publisher=text) if words.agency.fullmatch(text) else None


def _without_aside(text: str, words: Words) -> str:
    """Return a piece of a dateline without the time and the day of the week; «Среда» may be
    the name of a newspaper."""
    pieces = _QUOTED.split(text)
    return "".join(p if p.startswith("«") else words.aside.sub(" ", p) for p in pieces)


def _parts(text: str, words: Words) -> list[str]:
    """Return the names in a piece of a dateline; counters and rubrics are left out."""
    parts = [part.strip(" .:()[]\t") for part in _SEPARATOR.split(text)]
    return [
        part
        for part in parts
        if part and not words.counter.fullmatch(part) and not words.rubric.fullmatch(part)
    ]


def _is_name(text: str, words: Words, *, apart: bool = False) -> bool:
    if words.agency.fullmatch(text):
        return True
    if _HANDLE.fullmatch(text) or words.agency.match(text[0].upper() + text[1:]):
        return len(text) <= SHORT / 2
    # Махачкала ends like a verb, and портала «Имя»
    sentence = " " in text and words.never.search(_CALLED.sub("", text))
    if apart:
        return len(text) <= SHORT / 2 and not sentence
    plain = len(text) <= 60 and len(text.split()) <= 6 and not sentence
    begins = text[0].isupper() or text[0].isdigit() or text[0] in '«"„“№'
    return plain and begins and not re.search(r"[.!?:]\s", text)


def _is_rubric(text: str, words: Words) -> bool:
    return all(words.rubric.fullmatch(part) for part in re.split(r"\s*[/|>»→·•]\s*", text))
