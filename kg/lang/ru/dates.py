"""Dates as ISO 8601 values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from kg.lang import table
from kg.model import Value

CENTURY, PIVOT = 2000, 70
LEAP = 4  # within so many years lies a 29 February
DASH = r"\s?[-–—]\s?"
DIGITS = r"(?:1\d|20)\d\d"


@cache
def _months() -> dict[str, int]:
    data = table("ru", "dates")
    forms = (data["months"], data["genitive"], data["locative"])
    return {name: i + 1 for names in forms for i, name in enumerate(names)}


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    data = table("ru", "dates")
    day, month = r"\d{1,2}", "|".join(data["genitive"])
    loose = "|".join((*data["locative"], *data["months"]))
    relative = "|".join(data["relative"])
    turn = "|".join(data["turn"])
    weekday = "|".join(f"{stem}{data['weekday_endings']}" for stem in data["weekdays"])
    part = "|".join(rf"(?<=\b{word}\s)" for word in data["parts"])
    year = (
        rf"(?:\s(?:(?P<year>{DIGITS})(?:\s(?:года|году|год|г\.))?"
        rf"|(?P<yearturn>{turn})[а-я]+\sгода))?"
    )
    sources = (
        # с 30 мая по 2 июня 2024 года
        rf"(?P<day>{day})\s(?P<month>{month}){year}\s(?:по|до)\s(?P<day2>{day})\s(?P<month2>{month})"
        + year.replace("P<year", "P<until"),
        rf"(?P<day>{day})\s(?P<month>{month}){DASH}(?P<day2>{day})\s(?P<month2>{month})"
        + year.replace("P<year", "P<until"),
        # с 10 по 12 июня 2024 года, 10–12 июня
        rf"(?P<day>{day})(?:\s(?:по|и)\s|{DASH})(?P<day2>{day})\s(?P<month2>{month}){year}",
        rf"(?P<day>{day})(?:-?го)?\s(?P<month>{month}){year}",
        r"(?P<day>\d{1,2})\.(?P<monthno>\d{1,2})\.(?P<year>\d{4}|\d{2})(?!\d|\.\d)",
        rf"(?P<month>{loose})\s(?P<year>{DIGITS})(?:\s(?:года|г\.))?",
        rf"(?P<month>{loose})\s(?P<yearturn>{turn})[а-я]+\sгода",
        rf"(?:{part})(?P<month>{month}){year}",
        rf"(?<=\bв\s)(?P<monthturn>{turn})[а-я]+\s(?P<month>{'|'.join(data['locative'])})\b",
        rf"(?<=\bв\s)(?P<calendar>{turn})[а-я]+\sмесяце\b",
        rf"(?P<yearturn>{turn})[а-я]+\s(?:году|года)\b",
        rf"(?:(?<=\bв\s)|(?<=\bво\s))(?:(?P<dayturn>{turn})[а-я]+\s)?(?P<weekday>{weekday})\b",
        rf"(?<=\bв\s)(?P<month>{'|'.join(data['locative'])})\b",
        rf"(?<=\bна\s)(?P<month>{'|'.join(data['months'])})\b",
        rf"(?P<year>{DIGITS})\s(?:(?:года|году|год)\b|г\.)",
        rf"(?P<relative>{relative})\b",
    )
    return tuple(re.compile(r"(?<!\w)" + source, re.IGNORECASE) for source in sources)


def dates(text: str, published: date | None) -> list[Value]:
    """Return the dates of ``text`` in order, as ``date``, ``gYearMonth``, ``gYear`` values.

    A day and month without a year take the year that brings them closest to ``published``;
    without that, the year of the last full date before them; else they are a ``gMonthDay``.
    """
    found: list[tuple[int, int, re.Match[str]]] = []
    for pattern in _patterns():
        for match in pattern.finditer(text):
            if not any(s < match.end() and match.start() < e for s, e, _ in found):
                found.append((match.start(), match.end(), match))
    values, year = [], None
    for start, end, match in sorted(found, key=lambda item: item[:2]):
        for value in _value(match, published, year):
            normal, until, datatype = value
            values.append(Value(start, end, text[start:end], datatype, normal, until))
            if not normal.startswith("-") and match.groupdict().get("year"):
                year = int(normal[:4])
    return values


def _value(
    match: re.Match[str], published: date | None, before: int | None
) -> Iterator[tuple[str, str, str]]:
    """Yield normal form, last day and datatype; nothing for what is no date (31 февраля)."""
    parts = {k: v for k, v in match.groupdict().items() if v}
    if "relative" in parts or "weekday" in parts:
        if published:
            try:
                yield (published + timedelta(days=_days(parts, published))).isoformat(), "", "date"
            except OverflowError:  # before the calendar begins, or after it ends
                return
        return
    if "calendar" in parts:
        if published:
            months = published.year * 12 + published.month - 1 + _turn(parts["calendar"])
            yield f"{months // 12:04}-{months % 12 + 1:02}", "", "gYearMonth"
        return
    month = _month(parts, "month") or _month(parts, "month2")
    year = _year(parts.get("year") or parts.get("until", ""))
    turned = parts.get("yearturn") or parts.get("untilturn")
    if turned:
        if published is None:
            return
        year = published.year + _turn(turned)
    if "monthturn" in parts:
        if published is None:
            return
        year = _turned_year(published, month, _turn(parts["monthturn"]))
    if "day" not in parts:
        year = year or (_nearest(published, month, 15) if published and month else before)
        if year and month:
            yield f"{year:04}-{month:02}", "", "gYearMonth"
        elif year:
            yield f"{year:04}", "", "gYear"
        return
    day = int(parts["day"])
    year = year or (_nearest(published, month, day) if published and month else before)
    if year is None:
        if _iso(2000, month, day):
            yield f"--{month:02}-{day:02}", "", "gMonthDay"
        return
    first, until = _iso(year, month, day), ""
    if "day2" in parts:
        until = _iso(
            _year(parts.get("until", "")) or year, _month(parts, "month2"), int(parts["day2"])
        )
        if until and until < first:  # с 30 декабря по 2 января: over the end of a year
            if parts.get("year") is None and "until" in parts:
                first = _iso(year - 1, month, day)
            else:
                until = _iso(year + 1, _month(parts, "month2"), int(parts["day2"]))
    if first:
        yield first, until, "date"


def _turn(word: str) -> int:
    """Return -1 for what is past, 0 for the current, 1 for the next."""
    shift: int = table("ru", "dates")["turn"][word.lower()]
    return shift


def _days(parts: dict[str, str], published: date) -> int:
    """Return how many days after publication a day lies that is named from it."""
    data = table("ru", "dates")
    if "relative" in parts:
        shift: int = data["relative"][parts["relative"].lower()]
        return shift
    named = parts["weekday"].lower()
    day = next(i for i, stem in enumerate(data["weekdays"]) if named.startswith(stem))
    turn = _turn(parts["dayturn"]) if "dayturn" in parts else None
    if turn == 0:
        return day - published.weekday()
    if turn == 1:
        return (day - published.weekday() - 1) % 7 + 1
    # News tells of the week behind it: во вторник is the last Tuesday, or today.
    back = (published.weekday() - day) % 7
    return -(back or 7 * (turn is not None))


def _turned_year(published: date, month: int, turn: int) -> int:
    """Return the year of прошлый декабрь: of the last one that is over."""
    if turn < 0:
        return published.year - (month >= published.month)
    return published.year + (turn > 0 and month <= published.month)


def _month(parts: dict[str, str], key: str) -> int:
    if key == "month" and "monthno" in parts:
        return int(parts["monthno"])
    return _months().get(parts.get(key, "").lower(), 0)


def _year(text: str) -> int | None:
    if not text:
        return None
    short = int(text)
    if len(text) > 2:
        return short
    return CENTURY + short if short < PIVOT else CENTURY - 100 + short


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _nearest(published: date, month: int, day: int) -> int | None:
    years = [
        y
        for y in range(max(published.year - LEAP, 1), published.year + LEAP + 1)
        if _iso(y, month, day if (month, day) == (2, 29) else min(day, 28))
    ]
    return min(
        years,
        key=lambda y: abs(date(y, month, min(day, 28)) - published),
        default=None,
    )
