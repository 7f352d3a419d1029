"""Dates as news writes them; a date without a year is none."""

from __future__ import annotations

import re
from datetime import date

# A year of two digits is of this century up to here, of the last one above.
_PIVOT = 69

ISO = r"(?P<iso>\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?"
NUMERIC = r"(?P<d>\d{1,2})(?P<sep>[./])(?P<m>\d{1,2})(?P=sep)(?P<y>\d{4}|\d{2})"


def written(match: re.Match[str], months: tuple[re.Pattern[str], ...] = ()) -> date | None:
    """Return the date of a match of ISO, NUMERIC, or groups ``day month year``.

    None where the calendar has no such day, or no year is given.
    """
    groups = match.groupdict()
    try:
        if groups.get("iso"):
            return date.fromisoformat(groups["iso"])
        if groups.get("d"):
            return date(_year(groups["y"]), int(groups["m"]), int(groups["d"]))
        if groups.get("day") and groups.get("year"):
            month = next(i for i, m in enumerate(months, 1) if m.fullmatch(groups["month"]))
            return date(int(groups["year"]), month, int(groups["day"]))
    except ValueError:
        pass
    return None


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year <= _PIVOT else 1900)
