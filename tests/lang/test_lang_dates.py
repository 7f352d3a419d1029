"""Dates as ISO 8601 values; the text is taken to be written on Thursday, 14 March 2024."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lang.ru.dates import dates

WRITTEN = date(2024, 3, 14)


def read(text: str, published: date | None = WRITTEN) -> list[str]:
    """Dates as ``first`` or ``first/last``."""
    return [v.normal + (v.until and f"/{v.until}") for v in dates(text, published)]


TURNED = {
    "5 мая прошлого года": ["2023-05-05"],
    "10–12 июня прошлого года": ["2023-06-10/2023-06-12"],
    "в мае прошлого года": ["2023-05"],
    "в минувшем году": ["2023"],
    "в этом году": ["2024"],
    "в следующем году": ["2025"],
    "в прошлом декабре": ["2023-12"],
    "в минувшем марте": ["2023-03"],
    "в прошлом месяце": ["2024-02"],
    "во вторник": ["2024-03-12"],
    "в четверг": ["2024-03-14"],  # the day of writing
    "в прошлую пятницу": ["2024-03-08"],
    "в этот понедельник": ["2024-03-11"],
    "в следующую среду": ["2024-03-20"],
}

MONTHS = {
    "в конце мая": (["2024-05"], ["--05"]),
    "с января": (["2024-01"], ["--01"]),
    "летом 2027 года": (["2027-06/2027-08"], ["2027-06/2027-08"]),
    "осенью прошлого года": (["2023-09/2023-11"], []),
    "зимой": (["2023-12/2024-02"], ["--12/--02"]),
    "в I квартале 2025 года": (["2025-01/2025-03"], ["2025-01/2025-03"]),
    "во втором полугодии": (["2024-07/2024-12"], ["--07/--12"]),
    "в 2026-м": (["2026"], ["2026"]),
    "с 10 по 12 июня": (["2024-06-10/2024-06-12"], ["--06-10/--06-12"]),
    # the tense of the sentence tells the year
    "Форум откроется 30 сентября": (["2024-09-30"], ["--09-30"]),
    "Форум намечен на октябрь": (["2024-10"], ["--10"]),
    "Форум открылся 30 мая": (["2023-05-30"], ["--05-30"]),
    "Договор намерены подписать в апреле": (["2024-04"], ["--04"]),
    "Мост намерены сдать в мае": (["2024-05"], ["--05"]),
    "Договор заключён в мае": (["2023-05"], ["--05"]),
    "Собрание назначено на 28 мая": (["2024-05-28"], ["--05-28"]),
    "Пост он занимает с апреля": (["2023-04"], ["--04"]),
    "В пятницу гости отправятся в Читу": (["2024-03-15"], []),
    # of several clauses the date's own
    "Гости обсудили форум, который пройдёт 5 февраля": (["2025-02-05"], ["--02-05"]),
    "Заявку, поданную в ноябре, рассмотрят в Читу": (["2023-11"], ["--11"]),
    "Посол (его срок истекает в мае) простился": (["2024-05"], ["--05"]),
    "Напомним, в мае Читу посещал мэр": (["2023-05"], ["--05"]),
    "Эрчим Готовцев летал в мае в Читу": (["2023-05"], ["--05"]),
    # put off until then
    "Форум сдвинули с апреля на октябрь": (["2024-04", "2024-10"], ["--04", "--10"]),
    "Форум отложили до 5 октября": (["2024-10-05"], ["--10-05"]),
    "С лета шофёры пересказывают слух: пункт откроют": (["2023-06/2023-08"], ["--06/--08"]),
    "Победил Брест, открытие – в июле": (["2024-07"], ["--07"]),
    # накануне is the day before the one told last
    "Форум открылся 5 марта. Накануне гости были в Чите": (
        ["2024-03-05", "2024-03-04"],
        ["--03-05"],
    ),
    "Накануне гости были в Чите": (["2024-03-13"], []),
    "Форум будет 5 июня. Накануне гости были в Чите": (
        ["2024-06-05", "2024-03-13"],
        ["--06-05"],
    ),
    # the year told nearest before, or else after
    "Форум 12 мая. Заявки – до 1 апреля 2025 года": (
        ["2024-05-12", "2025-04-01"],
        ["2025-05-12", "2025-04-01"],
    ),
    "Встреча 3–5 мая 2023 года, вторая – в июне": (
        ["2023-05-03/2023-05-05", "2024-06"],
        ["2023-05-03/2023-05-05", "2023-06"],
    ),
    # the year of a history does not give that of news
    "Побратимы с 1992 года. Там 5 мая прошла ярмарка": (
        ["1992", "2023-05-05"],
        ["1992", "--05-05"],
    ),
}


@pytest.mark.parametrize("text", sorted(MONTHS))
def test_months_and_the_tense_of_the_sentence(text):
    assert (read(text), read(text, None)) == MONTHS[text]


FORMS = {
    "5 мая 2023 года": ["2023-05-05"],
    "5 мая 2023 г. в 10:30": ["2023-05-05"],
    "5 мая 2023": ["2023-05-05"],
    "5 МАЯ 2023 ГОДА": ["2023-05-05"],
    "5-го мая 2023 года": ["2023-05-05"],
    "5\xa0мая 2023\xa0года": ["2023-05-05"],
    "05.05.2023": ["2023-05-05"],
    "5.5.23": ["2023-05-05"],
    "21.05.21": ["2021-05-21"],  # no 1921
    "21 мая 1921 года": ["1921-05-21"],
    "с 10 по 12 июня 2023 года": ["2023-06-10/2023-06-12"],
    "10–12 июня 2023 года": ["2023-06-10/2023-06-12"],
    "10-12 июня 2023 года": ["2023-06-10/2023-06-12"],
    "10 — 12 июня 2023 года": ["2023-06-10/2023-06-12"],
    "10 и 11 июня 2023 года": ["2023-06-10/2023-06-11"],
    "с 30 мая по 2 июня 2023 года": ["2023-05-30/2023-06-02"],
    "30 мая – 2 июня 2023 года": ["2023-05-30/2023-06-02"],
    "с 30 декабря 2023 года по 2 января 2024 года": ["2023-12-30/2024-01-02"],
    "в мае 2023 года": ["2023-05"],
    "май 2023": ["2023-05"],
    "в 2023 году": ["2023"],
    "к концу 2023 года": ["2023"],
    "в 2023 г.": ["2023"],
    "5 мая и 7 июня 2023 года": ["2024-05-05", "2023-06-07"],
    "5 мая 2023 года и 05.06.2023": ["2023-05-05", "2023-06-05"],
    # without a year: the nearest to the day of writing
    "5 мая": ["2024-05-05"],
    "31 декабря": ["2023-12-31"],
    "1 января": ["2024-01-01"],
    "20 августа": ["2024-08-20"],
    "20 октября": ["2023-10-20"],
    "10–12 июня": ["2024-06-10/2024-06-12"],
    "в мае": ["2024-05"],
    "в декабре": ["2023-12"],
    "на июнь": ["2024-06"],
    # of two tenses in a sentence the nearer
    "обсудили форум, который пройдёт в октябре": ["2024-10"],
    "пройдёт форум, о котором рассказали в октябре": ["2023-10"],
    "29 февраля": ["2024-02-29"],
    # counted from it
    "вчера": ["2024-03-13"],
    "Накануне": ["2024-03-13"],
    "позавчера": ["2024-03-12"],
    "сегодня": ["2024-03-14"],
    "завтра": ["2024-03-15"],
    "послезавтра": ["2024-03-16"],
    # no dates
    "31 февраля 2024 года": [],
    "31.02.2024": [],
    "12.13.2024": [],
    "0 мая": [],
    "45 мая": [],
    "31 июня – 2 июля": [],
    "завтрак": [],
    "май": [],
    "мая": [],
    "версия 1.2.24.5": [],
    "2024": [],
    "2024 километра": [],
    "тел. 12.05": [],
    "12.05.202412": [],
    "": [],
}


@pytest.mark.parametrize("text", FORMS)
def test_forms(text):
    assert read(text) == FORMS[text]


def test_an_impossible_last_day_leaves_the_first():
    assert read("10–31 июня 2024 года") == ["2024-06-10"]


@pytest.mark.parametrize(
    ("text", "datatype"),
    [("5 мая", "date"), ("в мае", "gYearMonth"), ("в 2023 году", "gYear")],
)
def test_datatypes(text, datatype):
    assert [v.datatype for v in dates(text, WRITTEN)] == [datatype]


def test_without_a_dateline_the_year_named_before_counts():
    assert read("Порт открыли 5 мая 2019 года, а 7 июня закрыли.", None) == [
        "2019-05-05", "2019-06-07",
    ]  # fmt: skip


def test_without_any_year_a_day_stays_without_one():
    found = dates("Порт открыли 5 мая, вчера.", None)
    assert [(v.normal, v.datatype) for v in found] == [("--05-05", "gMonthDay")]


def test_the_year_comes_from_the_dateline_by_nearness():
    assert read("20 декабря", date(2024, 1, 10)) == ["2023-12-20"]
    assert read("10 января", date(2023, 12, 20)) == ["2024-01-10"]


@given(
    st.lists(st.sampled_from([*FORMS, "Порт открыли", "\n", ", ", "2023", "года", "–", "5"])).map(
        " ".join
    ),
    st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2050, 1, 1))),
)
def test_values_stand_in_the_text_in_order_and_apart(text, published):
    here = 0
    for value in dates(text, published):
        assert text[value.start : value.end] == value.text
        assert value.start >= here
        assert not value.until or value.until >= value.normal
        here = value.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("с 30 декабря по 2 января 2025 года", ["2024-12-30/2025-01-02"]),
        ("30 декабря – 2 января", ["2023-12-30/2024-01-02"]),
    ],
)
def test_a_range_over_new_year(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("10 июня 1895 года", ["1895-06-10"]), ("в сентябре 1812 года", ["1812-09"])],
)
def test_years_before_1900(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "12 мая 2000 человек посетили порт",
            ["2024-05-12"],
            marks=pytest.mark.xfail(reason="a count after a day and a month is taken for a year"),
        ),
        ("2000 годных деталей", []),
        ("2000 годовых подписок", []),
    ],
)
def test_a_count_is_no_year(text, expected):
    assert read(text) == expected


def test_two_digits_do_not_lead_far_into_the_future():
    assert read("Завод построен 12.05.99") == ["1999-05-12"]


def test_the_29th_of_february_is_in_a_leap_year():
    assert read("29 февраля", date(2025, 1, 10)) == ["2024-02-29"]


@pytest.mark.parametrize("text", sorted(TURNED))
def test_days_and_years_named_from_the_day_of_writing(text):
    assert read(text) == TURNED[text]
    assert read(text, None) == []


@pytest.mark.parametrize("published", [date.min, date.max])
def test_the_year_at_the_ends_of_the_calendar(published):
    assert read("5 мая", published) == [f"{published.year:04}-05-05"]


@pytest.mark.parametrize(("text", "published"), [("вчера", date.min), ("завтра", date.max)])
def test_a_day_beyond_the_calendar_is_no_date(text, published):
    assert read(text, published) == []
