"""Pages of things, named queries over HTTP, and that hostile names stay text."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pyoxigraph
import pytest
from graph_samples import HOSTILE, HUANG, cooperation

HTML = {"Accept": "text/html", "Accept-Language": "en"}
ARTICLE = f"/article/{cooperation().article.id}"


def path(iri: str) -> str:
    return "/" + quote(iri.removeprefix("https://w3id.org/kg/"))


def test_an_entity_has_a_page_with_its_sentences(client):
    page = client.get(path(HUANG.iri), headers=HTML)
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "<mark>Хуан Шивэй</mark>" in page.text
    assert "黄世伟" in page.text
    assert f'href="{ARTICLE}"' in page.text
    assert "asserted" in page.text
    assert (
        "утверждается"
        in client.get(path(HUANG.iri), headers=HTML | {"Accept-Language": "ru-RU,en;q=0.5"}).text
    )


def test_an_entity_comes_as_turtle_and_jsonld(client):
    turtle = client.get(path(HUANG.iri), headers={"Accept": "text/turtle"})
    assert list(pyoxigraph.parse(turtle.content, format=pyoxigraph.RdfFormat.TURTLE))
    found = client.get("/resource", params={"iri": HUANG.iri, "format": "json-ld"})
    assert found.headers["Content-Type"] == "application/ld+json"
    assert json.loads(found.content)["@graph"]
    assert client.get(path(HUANG.iri), headers={"Accept": "image/png"}).status_code == 406


def test_every_link_of_a_page_leads_somewhere(client):
    seen, wait = set(), [path(HUANG.iri), ARTICLE]
    while wait and len(seen) < 40:
        address = wait.pop(0)
        if address in seen:
            continue
        seen.add(address)
        page = client.get(address, headers=HTML)
        assert page.status_code == 200, (address, page.text)
        links = re.findall(r'<a href="(/[^"]+)"', page.text)
        wait += [link.replace("&amp;", "&") for link in links if link != "/graph"]
    assert len(seen) > 10


def test_what_is_not_there_is_not_found(client):
    for address in (
        "/entity/nobody",
        "/nothing",
        "/resource?iri=http://e/x",
        "/resource",
        "/entity/%FF",
    ):
        answer = client.get(address, headers=HTML)
        assert (answer.status_code, answer.text.count("\n")) == (404, 1), address
    reflected = client.get("/entity/<script>alert(1)</script>", headers=HTML)
    assert reflected.headers["Content-Type"].startswith("text/plain")


def test_hostile_names_stay_text(client):
    query = "SELECT ?e { ?e a kg:Entity }"
    rows = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    pages = [
        client.get("/resource", params={"iri": row["e"]["value"]}, headers=HTML).text
        for row in rows
    ]
    assert any("&lt;script&gt;alert(1)" in page for page in pages)
    assert not any("<script" in page for page in pages)
    assert not any(
        "javascript:" in link for page in pages for link in re.findall(r'href="([^"]*)', page)
    )
    assert any(HOSTILE[6].split("'")[0] in page for page in pages)


def test_pages_have_a_policy_and_load_nothing_from_elsewhere(client):
    for address in ("/", path(HUANG.iri), "/health"):
        headers = client.get(address, headers=HTML).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
    page = client.get("/", headers=HTML).text
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
    assert "<script>" not in page and " onclick" not in page
    size = sum(len(client.get(f"/static/{name}").content) for name in ("query.js", "serve.css"))
    assert size < 40_000


def test_the_drawn_page_is_served(client):
    drawn = client.get("/graph", headers=HTML)
    assert drawn.status_code == 200
    assert "vis-network" in drawn.text or "vis.Network" in drawn.text


def test_named_queries_answer_with_their_parameters(client):
    answer = client.get(
        "/queries/posts", params={"name": "секретарь"}, headers={"Accept": "text/csv"}
    )
    assert answer.text.splitlines()[0] == "person,post,body,date,article"
    assert "Хуан Шивэй" in answer.text
    for address in ("/queries/nothing", "/queries/changes?later=2021", "/queries/posts?x=1"):
        refused = client.get(address)
        assert (refused.status_code, refused.text.count("\n")) == (400, 1)


def test_it_says_that_it_is_well(client):
    health = client.get("/health").json()
    assert (health["status"], health["articles"]) == ("ok", 3)


def test_the_editor_knows_prefixes_and_terms(client):
    known = client.get("/terms.json", headers={"Accept-Language": "ru"}).json()
    assert known["prefixes"]["kg"] == "https://w3id.org/kg/ontology#"
    assert {"name": "kg:visited", "label": "посетил"}.items() <= next(
        term for term in known["terms"] if term["name"] == "kg:visited"
    ).items()


@pytest.mark.parametrize(
    ("accept", "lang"),
    [
        ("", "ru"),
        ("en", "en"),
        ("en-GB,en;q=0.9,ru;q=0.5", "en"),
        ("de, *;q=0.1", "ru"),
        ("zh-CN,en;q=0.3", "en"),
    ],
)
def test_pages_speak_the_language_that_is_wanted(client, accept, lang):
    assert f'<html lang="{lang}">' in client.get("/", headers={"Accept-Language": accept}).text
