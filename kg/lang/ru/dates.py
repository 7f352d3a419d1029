"""Dates as ISO 8601 values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.lang import table
from kg.lang.ru.date_patterns import months, patterns
from kg.lang.ru.tenses import looks
from kg.model import Value

CENTURY, PIVOT = 2000, 70
LEAP = 4  # within so many years lies a 29 February
NEAR = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class _Now:
    """What a date is read by: the day of writing, the year told last or else next, where its
    clause looks (1 ahead, -1 back, 0 unknown)."""

    published: date | None
    told: int | None
    looks: int

    def year(self, month: int, day: int) -> int | None:
        """Return the year that a day and month without one are meant in."""
        if self.published is None:
            return self.told
        return _nearest(self.published, month, day, self.looks)


def dates(text: str, published: date | None) -> list[Value]:
    """Return the dates of ``text`` in order, as ``date``, ``gYearMonth``, ``gYear`` values.

    A day and month without a year take the year that brings them closest to ``published``,
    after it if their sentence tells of what is to come and before it if of what was; without
    that, the year told last before them, or else next; else they are a ``gMonthDay``, a month
    alone a ``gMonth``. The day before, «накануне», is that of the day told last.
    """
    found: list[tuple[int, int, re.Match[str]]] = []
    for pattern in patterns():
        for match in pattern.finditer(text):
            if not any(s < match.end() and match.start() < e for s, e, _ in found):
                found.append((match.start(), match.end(), match))
    found.sort(key=lambda item: item[:2])
    values, day = list[Value](), None
    years = [(start, _told(match)) for start, _, match in found]
    told = [(start, year) for start, year in years if year is not None]
    for start, end, match in found:
        parts = {k: v for k, v in match.groupdict().items() if v}
        before = [year for at, year in told if at < start][-1:]
        year = next(iter(before or [year for at, year in told if at > start]), None)
        now = _Now(published, year, looks(text, start, end) if published else 0)
        if parts.get("relative", "").lower() in table("ru", "dates")["before"]:
            now = replace(now, published=day or published)
        for normal, until, datatype in _value(parts, now):
            values.append(Value(start, end, text[start:end], datatype, normal, until))
            if datatype == "date" and (published is None or normal <= published.isoformat()):
                day = date.fromisoformat(normal)
    return values


def _told(match: re.Match[str]) -> int | None:
    """Return the year of a date that has one, and a month."""
    parts = {k: v for k, v in match.groupdict().items() if v}
    month = {"month", "month2", "monthno"} & set(parts)
    return _year(parts.get("year") or parts.get("until", "")) if month else None


def _value(parts: dict[str, str], now: _Now) -> Iterator[tuple[str, str, str]]:
    """Yield normal form, last day or month, and datatype; nothing for no date (31 февраля)."""
    if "relative" in parts or "weekday" in parts:
        yield from _from_today(parts, now)
    elif "calendar" in parts:
        if now.published:
            count = now.published.year * 12 + now.published.month - 1 + _turn(parts["calendar"])
            yield f"{count // 12:04}-{count % 12 + 1:02}", "", "gYearMonth"
    elif not _unplaced(parts, now):
        month = _month(parts, "month") or _month(parts, "month2")
        year = _year(parts.get("year") or parts.get("until", "")) or _turned(parts, month, now)
        if span := _span(parts):
            yield from _months_of(span, year, now)
        elif "day" in parts:
            yield from _day(parts, month, year, now)
        elif month:
            year = year or now.year(month, 15)
            yield (f"{year:04}-{month:02}", "", "gYearMonth") if year else (
                f"--{month:02}", "", "gMonth",
            )  # fmt: skip
        elif year:
            yield f"{year:04}", "", "gYear"


def _unplaced(parts: dict[str, str], now: _Now) -> bool:
    """Tell whether a date is counted from a day of writing that nobody knows."""
    turned = {"yearturn", "untilturn", "monthturn"} & set(parts)
    return bool(turned) and now.published is None


def _turned(parts: dict[str, str], month: int, now: _Now) -> int | None:
    turned = parts.get("yearturn") or parts.get("untilturn")
    if turned and now.published:
        return now.published.year + _turn(turned)
    if "monthturn" in parts and now.published:
        return _turned_year(now.published, month, _turn(parts["monthturn"]))
    return None


def _from_today(parts: dict[str, str], now: _Now) -> Iterator[tuple[str, str, str]]:
    if now.published is None:
        return
    try:
        day = now.published + timedelta(days=_days(parts, now.published, now.looks))
    except OverflowError:  # before the calendar begins, or after it ends
        return
    yield day.isoformat(), "", "date"


def _span(parts: dict[str, str]) -> tuple[int, int] | None:
    """Return the first and the last month of a season, a quarter or half a year."""
    data = table("ru", "dates")
    for kind, of in (("season", "seasons"), ("quarter", "quarters"), ("half", "halves")):
        if kind in parts:
            first, last = data[of][parts[kind].lower()]
            return first, last
    return None


def _months_of(
    span: tuple[int, int], year: int | None, now: _Now
) -> Iterator[tuple[str, str, str]]:
    first, last = span
    year = year or now.year(first, 15)
    if year is None:
        yield f"--{first:02}", f"--{last:02}", "gMonth"
        return
    over = year + (last < first)  # winter
    yield f"{year:04}-{first:02}", f"{over:04}-{last:02}", "gYearMonth"


def _day(
    parts: dict[str, str], month: int, year: int | None, now: _Now
) -> Iterator[tuple[str, str, str]]:
    day, last = int(parts["day"]), int(parts.get("day2", 0))
    year = year or now.year(month, day)
    if year is None:
        if _iso(2000, month, day):
            until = _iso(2000, _month(parts, "month2"), last)[4:] if last else ""
            yield f"--{month:02}-{day:02}", until and f"-{until}", "gMonthDay"
        return
    first, until = _iso(year, month, day), ""
    if last:
        ends = _year(parts.get("until", "")) or year
        until = _iso(ends, _month(parts, "month2"), last)
        if until and until < first:  # с 30 декабря по 2 января: over the end of a year
            if parts.get("year") is None and "until" in parts:
                first = _iso(year - 1, month, day)
            else:
                until = _iso(year + 1, _month(parts, "month2"), last)
    if first:
        yield first, until, "date"


def _turn(word: str) -> int:
    """Return -1 for what is past, 0 for the current, 1 for the next."""
    shift: int = table("ru", "dates")["turn"][word.lower()]
    return shift


def _days(parts: dict[str, str], published: date, looks: int) -> int:
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
    if turn == 1 or (turn is None and looks > 0):  # в пятницу они отправятся
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
    return months().get(parts.get(key, "").lower(), 0)


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


def _nearest(published: date, month: int, day: int, looks: int = 0) -> int | None:
    """Return the year that brings a day closest to publication, on the side that is looked to."""
    years = [
        y
        for y in range(max(published.year - LEAP, 1), published.year + LEAP + 1)
        if _iso(y, month, day if (month, day) == (2, 29) else min(day, 28))
    ]

    def away(year: int) -> tuple[bool, timedelta]:
        gap = date(year, month, min(day, 28)) - published
        # A few days across, or the month of writing, the tense need not be right.
        wrong = abs(gap) > NEAR and (gap > timedelta(0)) is (looks < 0)
        return bool(looks) and wrong, abs(gap)

    return min(years, key=away, default=None)
