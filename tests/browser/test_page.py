"""What a reader of the page sees and does."""

import csv
import io
import re

import pytest

from tests.browser import samples
from tests.browser.conftest import write


def search(page, query):
    page.keyboard.press("/")
    page.keyboard.type(query)
    page.wait_for_selector("#hits li")


def place(page, label):
    """Where a node stands in the window."""
    return page.evaluate(
        """(label) => {
            const { network, entities } = kgPage;
            const id = entities.find((e) => e.label === label).id;
            const { x, y } = network.canvasToDOM(network.getPosition(id));
            const frame = document.getElementById("canvas").getBoundingClientRect();
            return [frame.left + x, frame.top + y];
        }""",
        label,
    )


def edges(page):
    return page.evaluate("() => kgPage.edgeView.length")


def overlaps(page):
    return page.evaluate(
        """() => {
            const boxes = kgPage.labelBoxes();
            const meet = (a, b) =>
                a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
            const pairs = boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => meet(a, b)));
            return [boxes.length, pairs.length];
        }"""
    )


def test_something_is_drawn(visit, news_page):
    page = visit(news_page)
    colours = page.evaluate(
        """() => {
            const canvas = document.querySelector("#canvas canvas");
            const { width, height } = canvas;
            const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
            return new Set(new Uint32Array(data.buffer)).size;
        }"""
    )
    assert colours > 50
    assert page.title() == "Связи Приамурья"
    assert page.locator("h1").inner_text() == "Связи Приамурья"
    assert page.locator("#fallback").count() == 0
    assert page.locator("#count").inner_text() == "Показано: 40 объектов, 58 связей"


def test_no_label_stands_on_another(visit, news_page):
    assert overlaps(visit(news_page)) == [40, 0]


def test_search_finds_a_chinese_alias(visit, news_page):
    page = visit(news_page)
    search(page, "黄世伟")
    assert page.locator("#hits li").count() == 1
    page.keyboard.press("Enter")
    assert page.locator("#card h2").inner_text() == "Хуан Шивэй"
    assert "叶莲娜·奥尔洛娃会见了黄世伟。" in page.locator("#card").inner_text()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("петр семенов", "Пётр Семёнов"),
        ("ХЭЙЛУНЦЗЯН", "провинция Хэйлунцзян"),
        ("heilongjiang", "провинция Хэйлунцзян"),
        ("Орловой", "Елена Орлова"),
    ],
)
def test_search_forgives(visit, news_page, query, found):
    page = visit(news_page)
    search(page, query)
    assert found in page.locator("#hits li").first.inner_text()


def test_keyboard_alone_is_enough(visit, news_page):
    page = visit(news_page)
    search(page, "хэй")
    names = page.locator("#hits li .name").all_inner_texts()
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#search", "aria-activedescendant") == "hit-1"
    page.keyboard.press("Enter")
    assert page.locator("#card h2").inner_text() == names[1].splitlines()[0]
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()
    search(page, "нет такого")
    assert page.locator("#hits").inner_text() == "Ничего не найдено"
    page.keyboard.press("Escape")
    assert page.locator("#hits").is_hidden()


def test_click_on_a_node_opens_its_card(visit, news_page):
    page = visit(news_page)
    page.mouse.click(*place(page, "порт Зарубино"))
    card = page.locator("#card")
    assert card.locator("h2").inner_text() == "порт Зарубино"
    assert card.locator(".kind").inner_text().startswith("Порт")
    fact = card.locator(".fact", has_text="вкладывает средства")
    assert (
        fact.locator("blockquote").inner_text() == "Хуньчунь вкладывает средства в порт Зарубино."
    )
    assert fact.locator("mark.subject").inner_text() == "Хуньчунь"
    assert fact.locator("mark.object").inner_text() == "порт Зарубино"
    assert fact.locator(".badge").inner_text() == "обсуждается"
    link = fact.locator("a")
    assert link.inner_text() == "Приморье опровергает слухи о порте"
    assert link.get_attribute("href") == "https://news.example/a6"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert "Дальний обзор" in fact.inner_text()
    assert "8 июня 2024" in fact.inner_text().replace("\xa0", " ")
    assert "66" in fact.inner_text()
    denied = card.locator(".fact.denied")
    assert denied.locator(".badge").inner_text() == "отрицается"
    assert "line-through" in denied.locator(".name").evaluate(
        "e => getComputedStyle(e).textDecoration"
    )


def test_click_on_a_line_opens_its_fact_with_both_sources(visit, news_page):
    page = visit(news_page)
    middle = page.evaluate(
        """() => {
            const { network, facts, entities } = kgPage;
            const two = facts.filter((f) => f.line && f.claims.length === 2);
            const fact = two.find((f) => entities[f.subject].label === "Елена Орлова");
            const line = network.body.edges[fact.id].edgeType;
            const { x, y } = network.canvasToDOM(line.getPoint(0.5));
            const frame = document.getElementById("canvas").getBoundingClientRect();
            return [frame.left + x, frame.top + y];
        }"""
    )
    page.mouse.click(*middle)
    card = page.locator("#card")
    assert card.locator(".triple").inner_text().split("\n")[0] == "Елена Орлова"
    assert card.locator("blockquote").all_inner_texts() == [
        "Елена Орлова встретилась с Хуан Шивэем в Хэйхэ.",
        "叶莲娜·奥尔洛娃会见了黄世伟。",
    ]
    assert "2 источника" in card.inner_text()


def test_literals_stand_in_cards(visit, news_page):
    page = visit(news_page)
    search(page, "экономический форум")
    page.keyboard.press("Enter")
    assert "29 мая 2024" in page.locator("#card").inner_text().replace("\xa0", " ")
    assert page.evaluate("() => kgPage.nodeView.length") == 40


@pytest.mark.parametrize("index", [0, 2, 5])
def test_a_relation_filter_takes_exactly_its_count(visit, news_page, index):
    page = visit(news_page)
    before = edges(page)
    row = page.locator("#relations .row").nth(index)
    count = int(row.locator(".tally").inner_text())
    row.locator("input").uncheck()
    assert before - edges(page) == count
    page.click("#tab-facts")
    assert page.locator("#facts-view tbody tr").count() == 63 - count
    assert page.locator("#fact-count").inner_text() == str(63 - count)


def test_filters_are_combined_and_recounted(visit, news_page):
    page = visit(news_page)
    cooperates = page.locator("#relations .row", has_text="Сотрудничает с").locator(".tally")
    assert cooperates.inner_text() == "5"
    page.locator("#modalities .row", has_text="Планируется").locator("input").uncheck()
    assert cooperates.inner_text() == "4"
    page.locator("#classes .row", has_text="Регион").locator("input").uncheck()
    assert cooperates.inner_text() == "0"
    page.locator("#classes .all").click()
    assert cooperates.inner_text() == "4"


def test_denied_facts_are_no_lines(visit, news_page):
    page = visit(news_page)
    lines = page.evaluate("() => kgPage.edgeView.getIds().filter((id) => kgPage.facts[id].denied)")
    assert lines == []
    page.click("#tab-facts")
    assert page.locator("tr.denied").count() == 2


def test_the_address_reopens_the_view(visit, news_page):
    page = visit(news_page)
    search(page, "Семёнов")
    page.keyboard.press("Enter")
    page.click(".steps button:nth-child(2)")
    page.locator("#relations input").first.uncheck()
    again = visit(news_page, "#" + page.url.partition("#")[2])
    assert again.locator("#card h2").inner_text() == "Пётр Семёнов"
    assert again.locator(".steps [aria-pressed=true]").inner_text() == "2"
    assert not again.locator("#relations input").first.is_checked()
    assert edges(again) == edges(page)
    page.go_back()
    assert page.locator("#card").is_hidden()


@pytest.mark.parametrize(
    "bad", ["#n=__proto__&d=9&r=%00", "#f=a.b.c&view=x", "#%E0%A4%A", "#" + "x" * 5000]
)
def test_a_bad_address_is_passed_over(visit, news_page, bad):
    page = visit(news_page, bad)
    assert page.locator("#card").is_hidden()
    assert edges(page) == 58


def test_neighbourhood_reaches_as_far_as_asked(visit, news_page):
    page = visit(news_page)
    search(page, "Биробиджан")
    page.keyboard.press("Enter")
    page.locator("#card .reach input").check()
    shown = []
    for depth in (1, 2, 3):
        page.click(f".steps button:nth-child({depth})")
        shown.append(page.evaluate("() => kgPage.nodeView.length"))
    assert shown[0] == 2
    assert shown == sorted(set(shown))


def test_the_table_sorts(visit, news_page):
    page = visit(news_page)
    page.click("#tab-facts")
    page.click("th:nth-child(5) button")
    page.click("th:nth-child(5) button")
    assert page.get_attribute("th:nth-child(5)", "aria-sort") == "descending"
    sure = [int(text.split()[0]) for text in page.locator("td:nth-child(5)").all_inner_texts()]
    assert sure == sorted(sure, reverse=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_needs_no_sideways_scroll(visit, news_page, scheme):
    page = visit(news_page, width=390, height=844, color_scheme=scheme)
    wide = "() => document.documentElement.scrollWidth"
    assert page.evaluate(wide) <= 390
    assert overlaps(page)[1] == 0
    page.click("#show-filters")
    assert page.evaluate(wide) <= 390
    page.click("#show-filters")
    search(page, "внешнеэкономических")
    page.keyboard.press("Enter")
    assert page.evaluate(wide) <= 390
    page.click(".close")
    page.click("#tab-facts")
    assert page.evaluate(wide) <= 390


def test_a_picture_can_be_saved(visit, news_page):
    page = visit(news_page)
    with page.expect_download() as download:
        page.click("#save summary")
        page.click("#png")
    data = download.value.path().read_bytes()
    assert data.startswith(b"\x89PNG")
    assert len(data) > 20_000
    assert download.value.suggested_filename == "Связи-Приамурья.png"


def test_the_shown_facts_can_be_saved(visit, news_page, tmp_path):
    page = visit(news_page)
    with page.expect_download() as download:
        page.click("#save summary")
        page.click("#csv")
    text = download.value.path().read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 1 + 65  # every claim of 63 facts
    found = [row for row in rows if row[0] == "Елена Орлова" and row[2] == "Хуан Шивэй"]
    assert [row[3] for row in found] == ["утверждается", "утверждается"]


def test_formulas_stay_text_in_the_csv(visit, tmp_path):
    path = write(tmp_path / "page.html", *samples.hostile("=HYPERLINK(1)"))
    page = visit(path)
    with page.expect_download() as download:
        page.click("#save summary")
        page.click("#csv")
    text = download.value.path().read_bytes().decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert not re.search(r'(^|,)"[=+@-]', text, re.MULTILINE)


@pytest.mark.parametrize(
    ("lang", "shown", "relation"),
    [
        ("en", "Shown: 40 entities, 58 ties", "Located in"),
        ("zh", "显示：40 个对象，58 条联系", "位于"),
    ],
)
def test_the_page_speaks(visit, tmp_path, lang, shown, relation):
    path = write(tmp_path / "page.html", *samples.news(), lang=lang)
    page = visit(path)
    assert page.get_attribute("html", "lang") == lang
    assert page.locator("#count").inner_text() == shown
    assert page.locator("#relations .row").first.inner_text().startswith(relation)


def test_an_empty_graph_says_so(visit, tmp_path):
    page = visit(write(tmp_path / "page.html", (), (), ()))
    assert "нет ни одного факта" in page.locator("#empty").inner_text()


def test_entities_without_facts_are_drawn(visit, tmp_path):
    entities, _, _ = samples.news()
    page = visit(write(tmp_path / "page.html", entities, (), ()))
    assert page.evaluate("() => kgPage.nodeView.length") == 40


def test_long_names_do_no_harm(visit, tmp_path):
    entities = tuple(
        samples.entity(f"n{i}", "Organization", f"{i} " + "очень длинное имя " * 11)
        for i in range(6)
    )
    entities += (
        samples.entity("solid", "Person", "я" * 200),
        samples.entity("cjk", "City", "黑" * 200),
    )
    page = visit(write(tmp_path / "page.html", entities, (), ()), width=390, height=844)
    assert overlaps(page)[1] == 0
    page.mouse.click(*place(page, "я" * 200))
    assert page.locator("#card h2").inner_text() == "я" * 200
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_a_page_without_sentences_carries_none(visit, tmp_path):
    path = write(tmp_path / "page.html", *samples.news(), sentences=False)
    assert "сотрудничают в торговле" not in path.read_text(encoding="utf-8")
    page = visit(path)
    search(page, "Орлова")
    page.keyboard.press("Enter")
    assert page.locator("blockquote").count() == 0
    assert "не вложены" in page.locator("#about").inner_text()


def test_a_crowd_opens_as_an_overview_and_grows(visit, crowd_page):
    page = visit(crowd_page)
    assert page.evaluate("() => kgPage.nodeView.length") == 300
    assert overlaps(page)[1] == 0
    search(page, "Имя 1999")
    page.keyboard.press("Enter")
    assert page.locator("#card h2").inner_text() == "Имя 1999 из хроники"
    page.keyboard.press("Escape")
    search(page, "Имя 0 из")
    page.keyboard.press("Enter")
    before = page.evaluate("() => kgPage.nodeView.length")
    page.click(".expand")
    assert page.evaluate("() => kgPage.nodeView.length") > before


def test_print_shows_the_facts(visit, news_page):
    page = visit(news_page)
    page.emulate_media(media="print")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#facts-view tbody tr").count() == 63
    assert page.locator("#facts-view").is_visible()
    assert page.locator("#search").is_hidden()
