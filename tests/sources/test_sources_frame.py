from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import OntologyError
from kg.sources import words
from kg.sources.frame import read_frame

TITLE = "Край и провинция открыли мост"
STORY = "Делегация края прибыла в Харбин.\n\nСтороны обсудили торговлю."
LONG = "Делегация края прибыла в Харбин, где её встретили, " * 4 + "и подписала соглашение."


def frame_of(text):
    frame = read_frame(text)
    return frame, [text[start:end] for start, end in frame.spans]


@pytest.mark.parametrize(
    ("line", "publisher", "published"),
    [
        ("Vestnik.ru 06.08.21 211", "Vestnik.ru", date(2021, 8, 6)),
        ("Вести приграничья 27.05.23", "Вести приграничья", date(2023, 5, 27)),
        ("Вести приграничья 27.05.99", "Вести приграничья", date(1999, 5, 27)),
        ("12.04.2024, 14:30 | Восточный Край", "Восточный Край", date(2024, 4, 12)),
        ("27 мая 2023, ИА «Вести»", "ИА «Вести»", date(2023, 5, 27)),
        ("Восточный Край, 5 мая 2021 г.", "Восточный Край", date(2021, 5, 5)),
        ("Опубликовано: 5 июня 2022 г. 10:15", "", date(2022, 6, 5)),
        ("Опубликовано 05.06.2022 в 10:15 МСК", "", date(2022, 6, 5)),
        ("ИА «Вести» | Экономика | 12.04.2024", "ИА «Вести»", date(2024, 4, 12)),
        ("Среда, 12 апреля 2023 года, 14:30", "", date(2023, 4, 12)),
        ("2024-04-12T10:00:00+03:00", "", date(2024, 4, 12)),
        ("Казань, 12 апреля 2024 года", "", date(2024, 4, 12)),
        ("Казань · 12 апреля 2024 · пресс-служба союза", "", date(2024, 4, 12)),
        ("Казань. КрайИнформ. 12 апреля 2024 года.", "", date(2024, 4, 12)),
        ("«Вести», Махачкала, 12.04.2024", "", date(2024, 4, 12)),
        ("Газета «Вести», № 31 (2114), 12 апреля 2024 г.", "", date(2024, 4, 12)),
        ("«Вести», расследование, 12 апреля 2024", "«Вести»", date(2024, 4, 12)),
        ("t.me/vesti_kraya | 12 апреля 2024, 13:20", "", date(2024, 4, 12)),
        ("12 апреля 2024 (обновлено 13 апреля 2024, 10:12)", "", date(2024, 4, 12)),
        ("«Новая среда», 12 апреля 2024 года", "«Новая среда»", date(2024, 4, 12)),
        ("Казань. 12 апреля 2024 | «Волга-Инфо» | Анна Рябова", "", date(2024, 4, 12)),
        ("«Харбин сегодня», русская редакция. 2024-04-12 09:30", "", date(2024, 4, 12)),
        ("Портал «Край», выпуск от 12 апреля 2024 года", "", date(2024, 4, 12)),
        ("Портал «Край»  2024-04-12 09:08  Источник: «Вести»", "", date(2024, 4, 12)),
        ("Обзор «Вестей края» за 8–12 апреля 2024 года", "Обзор «Вестей края»", date(2024, 4, 12)),
        ("Обзор портала «Край», 12 апреля 2024 года", "Обзор портала «Край»", date(2024, 4, 12)),
        (
            "Департамент информационной политики администрации края | 12.04.2024",
            "Департамент информационной политики администрации края",
            date(2024, 4, 12),
        ),
        ("12 апреля", "", None),
        ("Вчера, 18:05", "", None),
        ("ИА «Вести»", "ИА «Вести»", None),
        ("Просмотров: 311", "", None),
        ("311 просмотров", "", None),
        ("Автор: Иван Петров", "", None),
        ("Политика / Экономика", "", None),
    ],
)
def test_dateline_below_the_title_is_frame(line, publisher, published):
    frame, spans = frame_of(f"{TITLE}\n\n{line}\n\n{STORY}")
    assert spans == [line]
    assert (frame.title, frame.publisher, frame.published) == (TITLE, publisher, published)


@pytest.mark.parametrize(
    "line",
    [
        "Встреча прошла 12.04.2024",
        "Новые правила для гостей края вступают в силу с 12 апреля 2024 года",
        "Встреча прошла в Харбине 12 апреля 2024 года.",
        "27 мая 2023 года в Харбине открылся форум",
        "Новый порядок действует с 01.01.2024.",
        "Казань, столица Татарстана, приняла гостей 12 апреля.",
        "31.02.2023",
        "Фото с места событий опубликовал губернатор.",
        "По теме форума выступил министр.",
        "Источник света починили.",
        "Политика партии изменилась.",
        "Ранее сообщалось, что форум откроется в мае.",
    ],
)
def test_a_sentence_is_no_frame(line):
    frame, spans = frame_of(f"{TITLE}\n\n{line}\n\n{STORY}")
    assert spans == []
    assert frame.published is None


def test_dateline_may_stand_above_the_title():
    frame, spans = frame_of(f"Политика\n12.04.2024 14:30\n{TITLE}\n\n{STORY}")
    assert (frame.title, frame.published) == (TITLE, date(2024, 4, 12))
    assert spans == ["Политика", "12.04.2024 14:30"]


def test_a_title_with_a_date_stays_a_title():
    frame, spans = frame_of(f"Форум «Амур» 27.05.2023\n\n{STORY}")
    assert (frame.title, spans) == ("Форум «Амур» 27.05.2023", [])


def test_a_day_as_heading_inside_of_the_story_is_no_dateline():
    assert frame_of(f"{TITLE}\n\n{STORY}\n\n5 августа 2021 года\n\n{STORY}")[1] == []


@pytest.mark.parametrize(
    ("prefix", "publisher", "published"),
    [
        ("КАЗАНЬ, 12 апреля.", "", None),
        ("БЛАГОВЕЩЕНСК, 3 марта 2022 /ИА «Вести»/.", "ИА «Вести»", date(2022, 3, 3)),
        ("Владивосток. 5 мая. КрайМедиа.", "КрайМедиа", None),
        ("ХАБАРОВСК, 7 июня – РИА Восток.", "РИА Восток", None),
        ("ХАБАРОВСК, 7 июня — РИА «Восток», Иван Петров.", "РИА «Восток»", None),
        ("МОСКВА, 7 июня. /ТАСС/.", "ТАСС", None),
        ("МОСКВА, 7 июня —", "", None),
        ("ТАСС, 7 июня.", "ТАСС", None),
        ("РОСТОВ-НА-ДОНУ, 7 июля 2021 года.", "", date(2021, 7, 7)),
        ("НИЖНИЙ НОВГОРОД, 7 июля.", "", None),
        ("ПЕКИН (КНР), 7 июля.", "", None),
        ("МОСКВА, 07.06.2021.", "", date(2021, 6, 7)),
        ("МАХАЧКАЛА/КАЗАНЬ, 3 окт 2024 -", "", date(2024, 10, 3)),
    ],
)
@pytest.mark.parametrize("title", [f"{TITLE}\n\n", ""])
def test_inline_dateline_is_frame_up_to_the_story(title, prefix, publisher, published):
    frame, spans = frame_of(f"{title}{prefix} Делегация прибыла в Харбин.\n\n{STORY}")
    assert [span.strip() for span in spans] == [prefix]
    assert (frame.publisher, frame.published) == (publisher, published)
    assert frame.title == title.strip()


@pytest.mark.parametrize(
    "sentence",
    [
        "Казань, столица Татарстана, 12 апреля приняла гостей.",
        "Казань, 12 апреля – день открытия форума.",
        "Владивосток, 5 мая принявший гостей, готов к форуму.",
        "В Казани 12 апреля. Делегация прибыла.",
        "Харбин, Хэйхэ и Суйфэньхэ примут форум 12 апреля.",
    ],
)
def test_a_sentence_that_begins_with_a_city_is_no_dateline(sentence):
    assert frame_of(f"{TITLE}\n\n{sentence}\n\n{STORY}")[1] == []


def test_the_day_below_the_issuer_is_that_of_publication():
    issuer = "Управление общественных связей университета"
    frame, spans = frame_of(f"{TITLE}\n\n{issuer}\n\n2 июля 2024\n\n{STORY}")
    assert spans == [issuer, "2 июля 2024"]
    assert (frame.publisher, frame.published) == (issuer, date(2024, 7, 2))


@pytest.mark.parametrize("below", ["Программа форума:", "Гости приехали в Казань."])
def test_a_day_below_what_the_story_says_is_none(below):
    assert frame_of(f"{TITLE}\n\n{below}\n\n2 июля 2024\n\n{STORY}")[1] == []


def test_a_story_may_end_with_its_day():
    told = "\n\n".join([STORY] * 8)
    for line in ("2 июля 2024 г.", "«Вести», Казань, 02.07.2024"):
        frame, spans = frame_of(f"{TITLE}\n\n{told}\n\n{line}")
        assert (spans, frame.published) == ([line], date(2024, 7, 2))
    for line in ("Следующая встреча – 28 октября.", "Форум закрылся 2 июля 2024 года."):
        assert frame_of(f"{TITLE}\n\n{told}\n\n{line}")[1] == []


def test_the_year_of_an_inline_dateline_comes_from_another_line_only():
    text = f"{TITLE}\n\nКАЗАНЬ, 12 апреля. Делегация прибыла."
    assert read_frame(text).published is None
    assert read_frame(f"{text}\n\nОпубликовано: 13.04.2024").published == date(2024, 4, 13)


@pytest.mark.parametrize(
    "line",
    [
        "Скриншот: телевидение",
        "Фото: Иван Петров",
        "Фото пресс-службы правительства",
        "(Фото: ИА «Вести»)",
        "ИЛЛЮСТРАЦИЯ: Край",
        "Источник фото: Край",
        "Видео: Край",
        "Инфографика: Край",
        "На фото: Иван Петров и Ван Ли.",
        "© ИА «Вести»",
    ],
)
def test_captions_are_frame_wherever_they_stand(line):
    assert frame_of(f"{TITLE}\n\n{STORY}\n\n{line}\n\n{STORY}")[1] == [line]


@pytest.mark.parametrize(
    "heading",
    [
        "Читайте также",
        "Читайте также:",
        "ПО ТЕМЕ",
        "Ещё по теме",
        "Подписывайтесь на наш канал!",
        "Теги: мост, край",
        "Источник: ИА «Вести»",
        "Поделиться",
        "Самое читаемое",
        "Смотрите также: Форум открыт",
    ],
)
def test_tail_goes_to_the_end(heading):
    tail = f"{heading}\n\nМинистр посетил Пекин\n\nЭкономика"
    assert frame_of(f"{TITLE}\n\n{STORY}\n\n{tail}\n")[1] == [tail]


def test_a_lone_rubric_at_the_end_is_frame():
    assert frame_of(f"{TITLE}\n\n{STORY}\n\nПолитика\n")[1] == ["Политика"]


def test_the_story_goes_on_after_an_insert():
    insert = "Читайте также\n\nМинистр посетил Пекин"
    assert frame_of(f"{TITLE}\n\n{LONG}\n\n{insert}\n\n{LONG}\n\n{LONG}")[1] == [insert]


def test_a_source_below_a_picture_does_not_end_the_story():
    text = f"{TITLE}\n\n{STORY}\n\nИсточник: Край\n\n{LONG}"
    assert frame_of(text)[1] == ["Источник: Край"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"{TITLE}\n{STORY}", TITLE),
        (f"\n\n  {TITLE}.\n\n{STORY}", f"{TITLE}."),
        (f"{STORY}", "Делегация края прибыла в Харбин."),
        ("Делегация прибыла. Стороны обсудили торговлю.\n\nФорум закрыт.", ""),
        (f"{LONG}\n\n{STORY}", ""),
        (TITLE, ""),
        ("", ""),
    ],
)
def test_title_is_a_first_line_that_reads_like_one(text, title):
    assert read_frame(text).title == title


def test_a_language_without_frame_words_has_no_frame():
    frame = read_frame("Bridge opened\n\nNews 27.05.23\n\nThe bridge is open.", "en")
    assert (frame.title, frame.spans, frame.published) == ("Bridge opened", (), None)


@pytest.mark.parametrize("lang", ["../ru", "", "r u", "ru\0"])
def test_a_language_is_no_path(lang):
    assert words.load(lang) is None


def test_wrong_frame_words_are_named(monkeypatch, tmp_path):
    (tmp_path / "lang" / "xx").mkdir(parents=True)
    (tmp_path / "lang" / "xx" / "frame.toml").write_text("[dates]", encoding="utf-8")
    monkeypatch.setattr(words, "files", lambda _: tmp_path)
    with pytest.raises(OntologyError, match="xx"):
        words.load("xx")


PIECES = st.sampled_from(
    [
        *["\n", "\n\n", " ", ". ", ", ", "\t\n ", "\xa0", "/"],
        *[
            "Читайте также",
            "Политика",
            "Фото: ",
            "Источник: Край",
            "Новости 27.05.23",
            "31.02.2023",
        ],
        *["КАЗАНЬ, 12 апреля. ", "Делегация прибыла", "12.04.2024", "00.00.00", "0 мая 0000", LONG],
    ]
)


@given(st.lists(PIECES | st.text(max_size=8), max_size=30).map("".join))
def test_spans_are_sorted_disjoint_and_within_any_text(text):
    spans = read_frame(text).spans
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] < b[0] for a, b in pairwise(spans))
