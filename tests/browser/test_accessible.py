"""The page for those who use a keyboard, a screen reader, paper, or less motion."""

import pytest
from axe import violations

from tests.browser import samples
from tests.browser.conftest import write

SIZES = {"wide": (1400, 900), "phone": (390, 844)}


@pytest.fixture(scope="module", params=["ru", "en", "zh"])
def spoken(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("spoken") / "page.html"
    return write(path, *samples.news(), lang=request.param, title="Связи Приамурья")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", ["graph", "facts", "matrix", "timeline"])
def test_axe_finds_nothing_in_any_view(visit, news_page, view, scheme, size):
    width, height = SIZES[size]
    page = visit(news_page, width=width, height=height, color_scheme=scheme)
    page.click(f"#tab-{view}")
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_in_what_opens(visit, news_page, size, scheme):
    width, height = SIZES[size]
    page = visit(news_page, width=width, height=height, color_scheme=scheme)
    if size == "phone":
        page.click("#show-filters")
        assert violations(page) == []
        page.click("#show-filters")
    page.click("#save summary")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.fill("#search", "хэй")
    assert violations(page) == []
    page.keyboard.press("Enter")
    assert violations(page) == []
    page.click("#card .path")
    page.keyboard.type("Зарубино")
    page.keyboard.press("Enter")
    assert violations(page) == []
    page.evaluate("() => { location.hash = '#r=locatedIn&s=90&u=none' }")
    page.locator("#publishers .row input").first.evaluate("(box) => box.click()")
    assert violations(page) == []


def test_axe_finds_nothing_in_any_language(visit, spoken):
    page = visit(spoken)
    page.fill("#search", "хэй")
    page.keyboard.press("Enter")
    assert violations(page) == []
    page.click("#tab-facts")
    assert violations(page) == []


def test_a_page_that_opens_elsewhere_draws_when_it_is_looked_at(visit, news_page):
    page = visit(news_page, "#view=facts", drawn=False)
    page.wait_for_load_state("load")
    page.wait_for_timeout(200)
    page.click("#tab-graph")
    page.wait_for_selector("html[data-drawn]", state="attached")
    inside = page.evaluate(
        """() => kgPage.nodeView.getIds().map((id) => kgPage.network.getPosition(id))
            .map((place) => kgPage.network.canvasToDOM(place))
            .filter(({ x, y }) => x > 0 && y > 0 && x < 1138 && y < 800).length"""
    )
    assert inside == 40


def test_axe_finds_nothing_on_an_empty_page(visit, tmp_path):
    assert violations(visit(write(tmp_path / "p.html", (), (), ()))) == []


def test_axe_finds_nothing_in_a_large_graph(visit, crowd_page):
    assert violations(visit(crowd_page)) == []


def reached(page, steps):
    """What Tab leads to, by id or text, until it comes round."""
    found = []
    for _ in range(steps):
        page.keyboard.press("Tab")
        found.append(
            page.evaluate(
                """() => { const e = document.activeElement;
                    return e === document.body ? "" : e.id || e.textContent.trim() || e.type; }"""
            )
        )
    return found


def test_tab_leads_to_everything(visit, news_page):
    page = visit(news_page)
    controls = page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, summary, [tabindex='0']")]
            .filter((e) => e.checkVisibility() && e.tabIndex >= 0).length"""
    )
    found = reached(page, controls + 2)
    assert {"search", "tab-graph", "fit", "Сохранить", "canvas"} <= set(found)
    assert "" in found[-3:]  # each of them once, and then the browser itself


def test_motion_is_reduced_when_asked_for(visit, news_page):
    page = visit(news_page, reduced_motion="reduce")
    page.fill("#search", "Владивосток")
    page.keyboard.press("Enter")
    first = page.evaluate("() => kgPage.network.getViewPosition()")
    page.wait_for_timeout(200)
    assert page.evaluate("() => kgPage.network.getViewPosition()") == first


def test_paper_has_the_facts_and_no_buttons(visit, news_page):
    page = visit(news_page)
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#facts-view tbody tr").count() == 63
    assert page.locator("#facts-view tbody tr").first.is_visible()
    for hidden in ("#search", ".tabs", "#save", "#sure input", ".picks"):
        assert not page.locator(hidden).first.is_visible(), hidden
