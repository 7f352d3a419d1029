"""The query page in a real Chromium: complete by keyboard, run, follow, download."""

from __future__ import annotations

import json

import pytest
from axe import violations


@pytest.fixture
def page(chromium, client):
    """The query page, at 390 px; at the end it has complained of nothing, and asked nobody else."""
    context = chromium.new_context(locale="ru-RU", viewport={"width": 390, "height": 800})
    page = context.new_page()
    complaints, strangers = [], []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    own = str(client.base_url)
    page.on(
        "request",
        lambda r: None if r.url.startswith((own, "blob:", "data:")) else strangers.append(r.url),
    )
    page.goto(own)
    page.wait_for_selector("html[data-ready]")
    yield page
    assert (complaints, strangers) == ([], [])
    context.close()


def test_a_term_is_completed_by_keyboard_and_the_query_answered(page):
    page.fill("#query", "SELECT ?p ?o { ?p ")
    page.focus("#query")
    page.keyboard.press("End")
    page.keyboard.type("kg:visi")
    assert page.locator("#choices li").first.inner_text().startswith("kg:visited")
    page.keyboard.press("Tab")
    page.keyboard.type(" ?o }")
    assert page.input_value("#query") == "SELECT ?p ?o { ?p kg:visited ?o }"
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#answer table")
    assert page.inner_text("#status") == "1 строк"
    assert page.locator("#answer a").first.inner_text().startswith("e:person")
    page.locator("#answer a").first.click()
    page.wait_for_selector("blockquote mark")
    assert page.inner_text("h1").startswith("Хуан Шивэй")
    page.go_back()
    page.wait_for_selector("#answer table")
    assert page.input_value("#query").startswith("SELECT ?p ?o { ?p kg:visited")


def test_terms_are_found_by_their_russian_label_and_escape_closes(page):
    page.fill("#query", "")
    page.focus("#query")
    page.keyboard.type("посети")
    shown = page.locator("#choices li")
    assert "kg:visited" in shown.all_inner_texts()[0]
    page.keyboard.press("Escape")
    assert page.locator("#choices").is_hidden()
    page.keyboard.press("Control+ ")
    page.keyboard.press("Enter")
    assert page.input_value("#query") == "kg:visited"


def test_a_query_at_hand_is_asked_and_its_answer_downloaded(page, tmp_path):
    page.click("summary")
    form = page.locator("form[action='/queries/posts']")
    form.locator("input").fill("секретарь")
    form.locator("button").first.click()
    page.wait_for_selector("#answer table")
    assert "Хуан Шивэй" in page.inner_text("#answer")
    with page.expect_download() as started:
        page.click("#downloads button:text('json')")
    started.value.save_as(tmp_path / "answer.json")
    rows = json.loads((tmp_path / "answer.json").read_text("utf-8"))["results"]["bindings"]
    assert rows[0]["person"]["value"] == "Хуан Шивэй"


def test_hostile_names_are_shown_as_text(page):
    page.fill("#query", "SELECT ?l { ?e rdfs:label ?l }")
    page.click("#run")
    page.wait_for_selector("#answer table")
    assert "<script>alert(1)</script>" in page.inner_text("#answer")
    assert page.locator("#answer script").count() == 0


def test_triples_and_truths_are_shown(page):
    page.fill("#query", "ASK { ?a kg:visited ?b }")
    page.click("#run")
    page.locator("#status", has_text="да").wait_for()
    page.fill("#query", "CONSTRUCT WHERE { ?a kg:visited ?b }")
    page.click("#run")
    page.wait_for_selector("#answer pre")
    assert "visited" in page.inner_text("#answer pre")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_nothing_on_any_page(chromium, client, width, scheme):
    size = {"width": width, "height": 900}
    context = chromium.new_context(viewport=size, color_scheme=scheme, locale="ru-RU")
    page = context.new_page()
    page.goto(str(client.base_url))
    page.wait_for_selector("html[data-ready]")
    assert violations(page) == []
    page.fill("#query", "SELECT ?p ?l { ?p kg:visited ?o ; rdfs:label ?l }")
    page.click("#run")
    page.wait_for_selector("#answer table")
    assert violations(page) == []
    page.locator("#answer a").first.click()
    page.wait_for_selector("h1")
    assert violations(page) == []
    page.goto(f"{client.base_url}graph")
    page.wait_for_selector("html[data-drawn]", state="attached")
    assert violations(page) == []
    context.close()
