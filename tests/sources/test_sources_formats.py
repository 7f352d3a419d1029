"""What each format gives: text, metadata, and notes on what was left out."""

import hashlib
import io
import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model import Article
from kg.registry import readers
from kg.sources import Note, Skipped, article

STORY = "Делегация края прибыла в Харбин. Стороны обсудили торговлю."


def parse(suffix, data):
    data = data if isinstance(data, bytes) else data.encode()
    return list(readers.get(suffix)("x" + suffix, io.BytesIO(data)))


def only(suffix, data):
    (found,) = parse(suffix, data)
    return found


def articles(items):
    return [item for item in items if isinstance(item, Article)]


def reasons(items):
    return [str(item) for item in items if not isinstance(item, Article)]


def test_text_is_kept_but_for_newlines():
    text = "Мост открыт\r\n\r\n  Мост\u00ad  открыли.\rИ\u2028всё.\f\n"
    assert (
        only(".txt", "\ufeff" + text).text == "Мост открыт\n\n  Мост\u00ad  открыли.\nИ\nвсё.\n\n"
    )


def test_id_comes_from_the_text_alone():
    first = article("Мост открыт.", "a.txt")
    assert first.id == article("Мост открыт.", "b.txt", url="http://x.ru").id
    assert first.id == hashlib.sha256(first.text.encode()).hexdigest()[:16]
    assert first == article("Мост открыт.", "b.txt")


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Мост", "Открыли.", "Мост\n\nОткрыли."),
        ("Мост", "Мост\n\nОткрыли.", "Мост\n\nОткрыли."),
        (" МОСТ. ", "Мост\nОткрыли.", "Мост\nОткрыли."),
        ("Мост", "Мост открыли.", "Мост\n\nМост открыли."),
        ("", "Открыли.", "Открыли."),
    ],
)
def test_a_title_stands_once_before_its_text(title, text, expected):
    found = article(text, "-", title=title)
    assert found.text == expected
    assert found.text.startswith(found.title)


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "http://a.ru/<b>", 'http://a.ru/"', "a.ru", "http://a .ru", "x" * 9],
)
def test_an_url_that_is_no_web_address_is_left_out(url):
    assert article(STORY, "-", url=url).url == ""


@pytest.mark.parametrize(
    ("tag", "lang"), [("ru-RU", "ru"), ("EN_us", "en"), ("", "ru"), ("../..", "ru"), ("x", "ru")]
)
def test_language_is_a_bare_code(tag, lang):
    assert article(STORY, "-", lang=tag).lang == lang


def test_signs_that_no_format_can_hold_are_replaced_one_for_one():
    assert article("а\x01б\x00в\ud800г\uffff.", "-").text == "а б в\ufffdг\ufffd."


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff"])
def test_an_empty_text_is_refused(text):
    with pytest.raises(InputError, match="no text"):
        article(text, "-")


def test_a_line_of_five_million_characters_is_no_article():
    with pytest.raises(InputError, match="one line of 5,000,000 characters"):
        parse(".txt", "а" * 5_000_000)


def test_a_file_of_over_twenty_megabytes_is_no_article():
    with pytest.raises(InputError, match="over 20 MB"):
        parse(".txt", b"a\n" * 10_000_001)


def test_markdown_gives_its_words_and_front_matter():
    source = """---
title: "Мост открыт"
date: 2024-04-12
url: https://vesti.example/1
source: Вести
author: Иван Петров
---
# Мост открыт

Делегация **края** прибыла в [Харбин](http://x.ru), *сообщает* `ТАСС`.
![Мост](a.png)

- Первое
- Второе

```
код
```
<div>разметка</div>

| а | б |
|---|---|
| в | г |
"""
    found = only(".md", source)
    assert found.text == (
        "Мост открыт\n\nДелегация края прибыла в Харбин, сообщает ТАСС.\n\nПервое\n\nВторое"
        "\n\nа\n\nб\n\nв\n\nг"
    )
    assert (found.title, found.url, found.publisher) == (
        "Мост открыт",
        "https://vesti.example/1",
        "Вести",
    )
    assert found.published == date(2024, 4, 12)


def test_markdown_may_begin_with_a_rule_and_end_without():
    assert only(".md", "---\n\nМост открыт.\n").text == "Мост открыт."
    assert only(".md", "# Мост открыт\r\n\r\nМост.").title == "Мост открыт"


PAGE = """<!DOCTYPE html><html lang="ru-RU"><head><meta charset="{charset}">
<title>Мост открыт | Вести</title><meta property="og:site_name" content="Вести">
<meta property="article:published_time" content="2024-04-12T10:00:00+03:00">
<link rel="canonical" href="https://vesti.example/1"></head>
<body><nav><p>Меню</p></nav><div class="a"><h1>Мост открыт</h1>
<p>Делегация <b>края</b> при<i>была</i>
в&nbsp;Харбин.</p><script>var x = "<p>";</script>
<figure><img alt="x"><figcaption>Подпись</figcaption></figure>
<p>Стороны<br>обсудили торговлю.</p><!-- нет --></div>
<aside><p>Реклама</p></aside><footer><p>Подвал</p></footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "koi8-r", "ibm866"])
def test_page_gives_its_main_text_and_metadata(charset):
    data = PAGE.format(charset=charset).encode(charset)
    found = only(".html", data)
    assert found.text == (
        "Мост открыт\n\nДелегация края прибыла в Харбин.\n\nСтороны\nобсудили торговлю."
    )
    assert (found.title, found.publisher, found.lang) == ("Мост открыт", "Вести", "ru")
    assert (found.published, found.url) == (date(2024, 4, 12), "https://vesti.example/1")


def test_a_wrong_or_harmful_declaration_of_charset_is_not_believed():
    assert "Харбин" in only(".html", PAGE.format(charset="windows-1251").encode()).text
    for name in ("unicode_escape", "zip", "nonsense"):
        assert (
            "Харбин" in articles(parse(".html", PAGE.format(charset=name).encode("cp1251")))[0].text
        )


def page(body, head=""):
    return f"<html><head>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    "mark",
    ["<article>{}</article>", "<main>{}</main>", '<div itemprop="articleBody">{}</div>', "{}"],
)
def test_the_marked_or_densest_element_is_the_story(mark):
    story = f"<p>{STORY}</p><p>{STORY}</p>"
    links = "<div><p>Другая новость</p></div>"
    found = only(
        ".htm", page(links + mark.format(story) if mark != "{}" else links + f"<div>{story}</div>")
    )
    assert found.text == f"{STORY}\n\n{STORY}"


def test_teasers_in_article_elements_are_not_the_story():
    teasers = "<article><p>Другая новость</p></article>" * 3
    assert only(".html", page(f"{teasers}<div><p>{STORY}</p></div>")).text == STORY


def test_a_page_without_paragraphs_is_read_as_it_is():
    assert only(".html", page(f"<div>{STORY}</div>Ещё.")).text == f"{STORY}\n\nЕщё."


def test_json_ld_comes_first():
    data = {
        "@graph": [
            {"@type": "WebSite", "name": "x"},
            {
                "@type": ["NewsArticle"],
                "headline": "Мост",
                "datePublished": "2024-04-12",
                "publisher": {"name": "Вести"},
                "url": "https://vesti.example/2",
            },
        ]
    }
    head = f'<title>x</title><script type="application/ld+json">{json.dumps(data)}</script>'
    found = only(".html", page(f"<p>{STORY}</p>", head))
    assert found.text == f"Мост\n\n{STORY}"
    assert (found.publisher, found.url) == ("Вести", "https://vesti.example/2")


@pytest.mark.parametrize(
    "script",
    [
        "{",
        "[" * 100_000,
        "[1, null]",
        '{"@type": "Article", "headline": [1], "publisher": 5}',
        '"x"',
    ],
)
def test_hostile_json_ld_is_passed_over(script):
    head = f'<script type="application/ld+json">{script}</script>'
    assert only(".html", page(f"<p>{STORY}</p>", head)).text == STORY


@pytest.mark.parametrize("tag", ["<div>", "<p>а", "<b>", "<article>а", "<h1>а"])
def test_a_deep_page_is_read(tag):
    assert only(".html", tag * 5000 + STORY).text.endswith(STORY)


@pytest.mark.parametrize("data", ["<a " * 20_000, "<!--" * 20_000, "", "<script>x</script>"])
def test_a_page_without_a_text_is_refused(data):
    with pytest.raises(InputError):
        parse(".html", data)


def test_json_lines_are_read_one_by_one():
    lines = [
        {"text": STORY, "title": "Мост", "url": "https://a.example/1", "date": "12.04.2024"},
        {
            "body": STORY,
            "headline": "Форум",
            "datePublished": "2024-04-12T01:00:00Z",
            "source": "Край",
        },
        {"content": STORY, "publisher": {"name": "Вести"}, "lang": "en", "published": "05.05.2021"},
    ]
    first, second, third = parse(".jsonl", "\n\n".join(map(json.dumps, lines)))
    assert (first.text, first.published) == (f"Мост\n\n{STORY}", date(2024, 4, 12))
    assert (first.origin, second.origin) == ("x.jsonl#1", "x.jsonl#3")
    assert (second.title, second.publisher, second.published) == (
        "Форум",
        "Край",
        date(2024, 4, 12),
    )
    assert (third.publisher, third.lang, third.published) == ("Вести", "en", date(2021, 5, 5))


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "5",
        "{}",
        '{"text": ""}',
        '{"text": 5}',
        '{"text": null}',
        "[" * 100_000,
        '{"text": ' + "1" * 5000 + "}",
        '{"text": "' + "a" * 100_001 + '"}',
        "\0",
        "не json",
    ],
)
def test_a_broken_line_costs_itself_alone(line):
    good = json.dumps({"text": STORY})
    found = parse(".jsonl", f"{good}\n{line}\n{good}\n")
    assert [a.origin for a in articles(found)] == ["x.jsonl#1", "x.jsonl#3"]
    (skipped,) = [item for item in found if isinstance(item, Skipped)]
    assert str(skipped).startswith("x.jsonl:2: ")


def test_a_line_that_is_too_long_costs_itself_alone(monkeypatch):
    monkeypatch.setattr("kg.sources.lines.LARGEST", 200)
    good = json.dumps({"text": "Мост."})
    found = parse(".jsonl", f"{good}\n{'a' * 1000}\n{good}")
    assert [a.origin for a in articles(found)] == ["x.jsonl#1", "x.jsonl#3"]
    assert reasons(found)[0].startswith("x.jsonl:2: over")


def test_fields_that_cannot_be_used_are_noted():
    record = {"text": STORY, "date": "вчера", "url": "ftp://x", "title": 5, "publisher": ["x"]}
    *notes, found = parse(".jsonl", json.dumps(record))
    assert all(isinstance(note, Note) for note in notes)
    assert len(notes) == 4
    assert (found.published, found.url, found.publisher) == (None, "", "")


def test_half_a_surrogate_pair_is_no_obstacle():
    assert only(".jsonl", '{"text": "Мост \\ud83d открыт."}').text == "Мост \ufffd открыт."


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r", "cp866"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_any_encoding_and_with_any_delimiter(charset, delimiter):
    rows = [
        ["Заголовок", "Текст", "Дата", "Издание", "Ссылка", "Прочее"],
        ["Мост", f'"{STORY}\n\nИ ""всё"""', "12.04.2024", "Вести", "https://a.example/1", "x"],
        ["Форум", STORY, "", "", ""],
    ]
    source = "\r\n".join(delimiter.join(row) for row in rows)
    first, second = articles(parse(".csv", source.encode(charset)))
    assert first.text == f'Мост\n\n{STORY}\n\nИ "всё"'
    assert (first.published, first.publisher) == (date(2024, 4, 12), "Вести")
    assert (first.url, first.origin) == ("https://a.example/1", "x.csv#2")
    assert (second.title, second.origin) == ("Форум", "x.csv#5")


@pytest.mark.parametrize(
    "row", ['x,""', 'x,"Мост "Амур" открыт"', 'x,"Мост', f'x,"{"a" * 140_000}"', "x,\0"]
)
def test_a_broken_row_costs_itself_alone(row):
    found = parse(".csv", f"title,text\nа,{STORY}\n{row}\nб,{STORY}\n\nв,{STORY}\n")
    assert [a.title for a in articles(found)] == ["а", "б", "в"]
    assert [reason.partition(": ")[0] for reason in reasons(found)] == ["x.csv:3"]


def test_a_quote_that_is_never_closed_holds_no_more_than_its_limit(monkeypatch):
    monkeypatch.setattr("kg.sources.table._LONGEST", 1000)
    found = parse(".csv", f'text\n"Мост\n{(STORY + chr(10)) * 500}')
    assert len(articles(found)) == 500
    assert reasons(found)[0].startswith("x.csv:2: no CSV")


def test_long_fields_are_read():
    text = f"{STORY}\n" * 4000
    assert only(".csv", f'text\n"{text}"').text == text


@pytest.mark.parametrize("source", ["", "\n", "a,b\n1,2\n"])
def test_a_table_without_a_column_of_texts_is_refused(source):
    with pytest.raises(InputError, match="first row"):
        parse(".csv", source)


def test_a_guessed_encoding_is_noted_once():
    source = "\n".join(json.dumps({"text": STORY}, ensure_ascii=False) for _ in range(3))
    assert reasons(parse(".jsonl", source.encode("cp1251"))) == [
        "x.jsonl: not UTF-8, read as CP1251"
    ]


@pytest.mark.parametrize("suffix", [".csv", ".html", ".jsonl", ".md", ".txt"])
@settings(max_examples=60, deadline=None)
@given(
    data=st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
    | st.lists(
        st.sampled_from(
            [
                "text,title\n",
                '{"text": "',
                '"',
                "}",
                "\n",
                ",",
                "<p>",
                "</p>",
                "<!",
                "&#x",
                "---\n",
                STORY,
            ]
        ),
        max_size=12,
    ).map(lambda parts: "".join(parts).encode())
)
def test_no_bytes_raise_anything_but_input_errors(suffix, data):
    try:
        found = parse(suffix, data)
    except InputError as error:
        assert "\n" not in str(error)
        return
    for item in articles(found):
        assert item.text.encode()
        assert all(0 <= start < end <= len(item.text) for start, end in item.frame)
