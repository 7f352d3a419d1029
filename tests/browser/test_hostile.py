"""Text from the news is shown as text, wherever it turns up."""

import pytest

from tests.browser import samples
from tests.browser.conftest import write

ELEMENTS = """() => [...document.querySelectorAll("script, img, iframe, base, style, link, svg")]
    .filter((e) => !e.closest("svg.icon"))
    .map((e) => e.tagName.toLowerCase())"""
HANDLERS = """() => [...document.querySelectorAll("*")]
    .flatMap((e) => e.getAttributeNames())
    .filter((name) => name.startsWith("on"))"""


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_text_stays_text(visit, tmp_path, text):
    path = write(tmp_path / "page.html", *samples.hostile(text), title=text)
    page = visit(path)
    page.keyboard.press("/")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    page.mouse.move(700, 450)
    page.click("#tab-facts")
    page.click("#tab-graph")
    assert page.evaluate("() => window.PWN") is None
    assert page.evaluate(ELEMENTS) == ["link", "style"] + ["script"] * 4
    for link in page.locator("a").all():
        assert link.get_attribute("href").startswith(("http://", "https://"))
    assert page.evaluate(HANDLERS) == []
    assert page.locator("#card h2").count() == 1


def test_the_policy_stops_what_a_bug_would_let_through(chromium, news_page):
    page = chromium.new_page()
    page.goto(news_page.as_uri())
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.PWN = 1";
            document.body.append(script);
            document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.PWN = 2'>");
        }"""
    )
    page.wait_for_timeout(100)
    assert page.evaluate("() => window.PWN") is None
    page.close()
