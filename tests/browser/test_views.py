"""The matrix and the timeline: other views of the facts shown, each cell with its sentences."""

import pytest

from kg.draw import page as make
from kg.ontology import load
from tests.browser import samples
from tests.browser.conftest import write

SHOWN = "() => kgPage.facts.filter((f) => f.object !== null).length"


def numbers(page, selector):
    texts = page.locator(selector).all_inner_texts()
    return [int(text) for text in texts if text.strip()]


def choose(page, rows, columns):
    page.locator(".sides select").nth(0).select_option(label=rows)
    page.locator(".sides select").nth(1).select_option(label=columns)


def claims(page, month=None):
    """How many claims the page holds, all or those of a month's articles."""
    return page.evaluate(
        """(month) => kgPage.facts.flatMap((f) => f.claims).map((c) => c.article.date)
            .filter((date) => month === null ? date : date.startsWith(month)).length""",
        month,
    )


def test_a_cell_of_the_matrix_leads_to_its_sentences(visit, news_page):
    page = visit(news_page)
    page.click("#tab-matrix")
    cell = page.locator(".matrix td button").first
    told = int(cell.inner_text())
    cell.click()
    assert page.locator("#card .claim").count() == told
    assert page.locator("#card mark").count() >= told
    assert cell.get_attribute("aria-pressed") == "true"
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()


def test_the_matrix_has_every_claim_between_its_two_classes(visit, news_page):
    page = visit(news_page)
    page.click("#tab-matrix")
    labels = page.locator(".sides select").nth(0).locator("option").all_inner_texts()
    assert len(labels) == len(set(labels))
    choose(page, "человек", "организация")
    wanted = page.evaluate(
        """() => kgPage.facts.filter((f) => f.object !== null).filter((f) => {
            const kinds = [f.subject, f.object].map((end) => kgPage.entities[end].kind.name).sort();
            return kinds.join() === "Organization,Person";
        }).reduce((sum, f) => sum + f.claims.length, 0)"""
    )
    assert wanted > 0
    assert sum(numbers(page, ".matrix td button")) == wanted
    choose(page, "организация", "человек")
    assert sum(numbers(page, ".matrix td button")) == wanted


def test_filters_hold_for_the_matrix_and_the_timeline(visit, news_page):
    page = visit(news_page)
    page.click("#tab-timeline")
    before = sum(numbers(page, ".months b"))
    assert before == claims(page)
    page.locator("#modalities .row input").first.uncheck()
    left = sum(numbers(page, ".months b"))
    assert 0 < left < before
    page.click("#tab-matrix")
    page.click("#relations .all")
    assert page.locator(".matrix td button").count() == 0
    assert page.locator("#matrix-view p").is_visible()


def test_a_month_leads_to_what_was_said_in_it(visit, news_page):
    page = visit(news_page)
    page.click("#tab-timeline")
    bar = page.locator(".months button").first
    told = int(bar.inner_text())
    month = page.evaluate(
        """() => kgPage.facts.flatMap((f) => f.claims.map((c) => c.article.date))
            .filter(Boolean).sort()[0].slice(0, 7)"""
    )
    assert told == claims(page, month)
    bar.click()
    while page.locator("#card .more").count():
        page.click("#card .more")
    assert page.locator("#card .claim").count() == told


def reopened(page):
    """Leave the view, and come back by its address."""
    address = page.evaluate("() => location.hash")
    page.evaluate("() => { location.hash = '' }")
    page.wait_for_selector("#card", state="hidden")
    page.evaluate("(address) => { location.hash = address }", address)
    page.wait_for_selector("#card h2")


def test_the_address_reopens_both(visit, news_page):
    page = visit(news_page)
    page.click("#tab-matrix")
    choose(page, "человек", "организация")
    page.locator(".matrix td button").first.click()
    title = page.inner_text("#card h2")
    reopened(page)
    assert page.inner_text("#card h2") == title
    assert page.locator(".sides select").nth(0).locator("option:checked").inner_text() == "человек"
    page.click("#tab-timeline")
    page.locator(".months button").first.click()
    month = page.inner_text("#card h2")
    reopened(page)
    assert page.inner_text("#card h2") == month
    page.evaluate("() => { location.hash = '#view=matrix&p=no such&x=no such&t=99' }")
    page.wait_for_selector(".matrix td button")
    assert page.locator("#card").is_hidden()


def test_tabs_are_walked_with_the_arrows(visit, news_page):
    page = visit(news_page)
    page.focus("#tab-graph")
    seen = []
    for _ in range(4):
        page.keyboard.press("ArrowRight")
        seen.append(page.evaluate("() => document.activeElement.id"))
    assert seen == ["tab-facts", "tab-matrix", "tab-timeline", "tab-graph"]
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("() => document.activeElement.id") == "tab-timeline"


@pytest.mark.parametrize("view", ["matrix", "timeline"])
def test_a_phone_scrolls_a_view_within_itself(visit, news_page, view):
    page = visit(news_page, width=390, height=844)
    page.click(f"#tab-{view}")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_a_crowd_is_cut_and_it_is_said(visit, crowd_page):
    page = visit(crowd_page)
    page.click("#tab-matrix")
    assert page.locator(".matrix tbody tr").count() <= 40
    assert page.locator(".matrix thead th").count() <= 40


def test_what_has_no_date_is_counted_apart(visit, tmp_path):
    text = samples.HOSTILE[0]
    page = visit(write(tmp_path / "undated.html", *samples.hostile(text), title="x"))
    page.click("#tab-timeline")
    assert page.locator("#timeline-view").inner_text()
    assert make(*samples.hostile(text), load(), title="x")
