"""A real Chromium, without a network, that keeps what a page asks for and complains of."""

import pytest

from kg.draw import page as make
from kg.ontology import load
from tests.browser import samples


@pytest.fixture(scope="session")
def news_page(tmp_path_factory):
    path = tmp_path_factory.mktemp("pages") / "news.html"
    return write(path, *samples.news(), title="Связи Приамурья")


@pytest.fixture(scope="session")
def crowd_page(tmp_path_factory):
    return write(tmp_path_factory.mktemp("pages") / "crowd.html", *samples.crowd(2000))


def write(path, entities, facts, articles, **options):
    path.write_bytes(make(entities, facts, articles, load(), **options).encode())
    return path


@pytest.fixture
def visit(chromium):
    """Open a file as a page; at the end nothing else was asked for, and nothing complained of."""
    contexts, requests, complaints = [], [], []

    def open_page(path, fragment="", *, width=1400, height=900, drawn=True, **options):
        options.setdefault("color_scheme", "light")
        size = {"width": width, "height": height}
        context = chromium.new_context(offline=True, viewport=size, **options)
        context.set_default_timeout(8000)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url.partition("#")[0]))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.goto(path.as_uri() + fragment)
        page.wait_for_selector(
            "html[data-drawn]" if drawn else "#about:not(:empty)", state="attached"
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    # blob: is the file that a download button has just made out of the page itself
    assert {url.partition(":")[0] for url in requests} <= {"file", "blob", "data"}
    files = [url for url in requests if url.startswith("file:")]
    assert len(files) == len(contexts)
    assert complaints == []
