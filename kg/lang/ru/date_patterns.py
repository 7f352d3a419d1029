"""How dates are written in Russian, as patterns."""

from __future__ import annotations

import re
from functools import cache

from kg.lang import table

DASH = r"\s?[-–—]\s?"
DIGITS = r"(?:1\d|20)\d\d"


@cache
def months() -> dict[str, int]:
    data = table("ru", "dates")
    forms = (data["months"], data["genitive"], data["locative"])
    return {name: i + 1 for names in forms for i, name in enumerate(names)}


@cache
def patterns() -> tuple[re.Pattern[str], ...]:
    data = table("ru", "dates")
    day, month = r"\d{1,2}", "|".join(data["genitive"])
    loose = "|".join((*data["locative"], *data["months"]))
    relative = "|".join(data["relative"])
    turn = "|".join(data["turn"])
    weekday = "|".join(f"{stem}{data['weekday_endings']}" for stem in data["weekdays"])
    season = "|".join(data["seasons"])
    quarter = "|".join(data["quarters"])
    half = "|".join(data["halves"])
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
        # летом 2027 года, осенью прошлого года, весной
        rf"(?P<season>{season}){year}\b",
        rf"(?P<quarter>{quarter})\sквартал[а-я]*{year}",
        rf"(?P<half>{half})\s(?:полугодии|полугодия|полугодие){year}",
        rf"(?P<yearturn>{turn})[а-я]+\s(?:году|года)\b",
        rf"(?P<year>{DIGITS})-(?:м|го|му|й)\b",
        rf"(?:(?<=\bв\s)|(?<=\bво\s))(?:(?P<dayturn>{turn})[а-я]+\s)?(?P<weekday>{weekday})\b",
        rf"(?<=\bв\s)(?P<month>{'|'.join(data['locative'])})\b",
        rf"(?<=\bна\s)(?P<month>{'|'.join(data['months'])})\b",
        rf"(?P<year>{DIGITS})\s(?:(?:года|году|год)\b|г\.)",
        rf"(?P<relative>{relative})\b",
    )
    return tuple(re.compile(r"(?<!\w)" + source, re.IGNORECASE) for source in sources)
