"""The words that recognise the frame of news, compiled from ``kg/lang/<code>/frame.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kg.errors import OntologyError
from kg.sources import dates

_TIME = r"\d{1,2}[:.]\d{2}(?::\d{2})?"
_DASH = "[-–—−]"
# Pictures, bullets and brackets that may stand before a word on its line.
_LEAD = r"[^\w\s«\"]{0,3}\s*"


@dataclass(frozen=True, slots=True)
class Words:
    """Patterns of one language; what each is to match is said beside it."""

    months: tuple[re.Pattern[str], ...]
    date: re.Pattern[str]  # found in a line: ISO, numbers, or day, month and perhaps year
    relative: re.Pattern[str]  # a whole part of a line, as all below where nothing is said
    introduced: re.Pattern[str]  # at the end, before a date: what leads to it, its first day
    aside: re.Pattern[str]  # found in a line: the time and the day of the week
    published: re.Pattern[str]  # at the beginning, before a date
    label: re.Pattern[str]
    counter: re.Pattern[str]
    caption: re.Pattern[str]
    loose_caption: re.Pattern[str]
    rubric: re.Pattern[str]
    tail: re.Pattern[str]
    agency: re.Pattern[str]  # at the beginning
    never: re.Pattern[str]  # found in what is no publisher
    dateline: re.Pattern[str]  # at the beginning of the first paragraph


@cache
def load(lang: str) -> Words | None:
    """Return the patterns of a language, None for one without; read once.

    Raises OntologyError where the file lacks an entry or an expression is wrong.
    """
    # By path: to import kg.lang would load what reading does not need.
    file = files("kg").joinpath("lang", lang, "frame.toml")
    if not lang.isalpha() or not file.is_file():
        return None
    try:
        return _compile(tomllib.loads(file.read_text(encoding="utf-8")))
    except (KeyError, re.error, tomllib.TOMLDecodeError) as error:
        raise OntologyError(f"lang/{lang}/frame.toml: {error}; correct it") from error


def _compile(data: dict[str, Any]) -> Words:  # Any: what TOML holds
    days, lines, tail, names = data["dates"], data["lines"], data["tail"], data["publishers"]
    year = rf"(?:\s+(?P<year>\d{{4}})(?!\d))?(?:\s*{days['year']})?"
    day = rf"(?<!\d)(?P<day>\d{{1,2}})\s+(?P<month>(?i:{_any(days['months'])}))(?!\w){year}"
    numeric = rf"(?<![\d.])(?:{dates.ISO}|{dates.NUMERIC})(?!\d|\.\d)(?:\s*{days['year']})?"
    beside = _any(days["beside"])
    agency = rf"(?:{_any(names['agencies'])})(?!\w){names['name']}"
    counter, number = _any(lines["counters"]), r"\d[\d\s]{0,9}"
    return Words(
        months=tuple(_folded(month) for month in days["months"]),
        date=_folded(rf"{numeric}|{day}"),
        relative=_folded(_any(days["relative"])),
        introduced=_folded(rf"(?:\s(?:{_any(days['before'])}))?\s(?:\d{{1,2}}\s?{_DASH}\s?)?$"),
        aside=_folded(
            rf"(?<!\w)(?:(?:(?:{beside})\s+)?{_TIME}(?:\s*\(?(?:{beside})\)?)?"
            rf"|{_any(days['weekdays'])})(?!\w)"
        ),
        published=_folded(rf"{_LEAD}(?:{_any(lines['published'])})\s*:?\s*(?=\d)"),
        label=_folded(rf"{_LEAD}(?:{_any([*lines['published'], *lines['other']])})\s*:.*"),
        counter=_folded(rf"{_LEAD}(?:(?:{counter})\s*:?\s*{number}|{number}\s*(?:{counter})?)"),
        caption=_folded(rf"{_LEAD}(?:{_any(lines['captions'])})\s*:.*"),
        loose_caption=re.compile(rf"{_LEAD}(?:{_any(lines['loose_captions'])})"),
        rubric=_folded(rf"{_LEAD}(?:{_any(lines['rubrics'])})"),
        tail=_folded(
            rf"{_LEAD}(?:(?:{_any(tail['headings'])})\s*(?::(?P<rest>.*)|{_LEAD})"
            rf"|(?:{_any(tail['openings'])}).*)"
        ),
        agency=re.compile(agency),
        never=re.compile(rf"(?<!\w)(?:{_any(names['never'])})(?!\w)"),
        dateline=_dateline(agency, rf"(?:{day}|{numeric})", data["dateline"]),
    )


def _dateline(agency: str, day: str, words: dict[str, str]) -> re.Pattern[str]:
    """Return the pattern of what stands before the story in its first paragraph.

    PLACE, DAY. · PLACE. DAY. AGENCY. · PLACE, DAY /AGENCY/. · PLACE, DAY – AGENCY, REPORTER. ·
    PLACE, AGENCY, DAY – · AGENCY, DAY.
    """
    aside = r"[/(\[]\s*(?P<bracketed>[^/()\[\]\n]{2,60}?)\s*[/)\]]"
    place = rf"(?:{words['place']})(?:\s*[(/][^()/\n]{{2,40}}[)/])?(?:[,.]|\s{_DASH})\s*"
    where = rf"(?:(?P<alone>{agency})(?:,|\s{_DASH})\s*|{place}(?:(?P<first>{agency}),\s*)?)"
    dash = rf"(?:\s*[–—]|\s+{_DASH})\s*"
    said = rf"(?:[.,]\s+|{dash})(?P<said>{agency})(?:,\s+{words['reporter']})?"
    end = rf"(?:\.\s*(?:{_DASH}\s*)?|{dash})"
    closing = rf"(?:\s*(?:[.,]|{_DASH})?\s*{aside}\s*{end}?|{said}{end}|{end})"
    return re.compile(rf"{where}{day}{closing}(?={words['story']})")


def _any(fragments: Iterable[str]) -> str:
    return "|".join(fragment.replace(" ", r"\s+") for fragment in fragments)


def _folded(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)
