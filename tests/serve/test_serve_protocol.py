"""SPARQL 1.1 Protocol over real HTTP, by the names that the W3C test suite gives its cases."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pyoxigraph
import pytest
from graph_samples import cooperation, denial

ASK = "ASK {}"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
QUERY = {"Content-Type": "application/sparql-query"}
ONE, OTHER = (f"https://w3id.org/kg/article/{r().article.id}" for r in (cooperation, denial))
TITLES = "SELECT ?t { ?a dcterms:title ?t }"
IN_GRAPHS = "SELECT ?t { GRAPH ?g { ?a dcterms:title ?t } }"
NAMES = {"В Харбине обсудили перспективы", "Опровержение"}


def found(answer):
    assert answer.status_code == 200, answer.text
    return {row["t"]["value"] for row in answer.json()["results"]["bindings"]}


def test_query_get(client):
    answer = client.get("/sparql", params={"query": ASK})
    assert answer.json() == {"head": {}, "boolean": True}


def test_query_post_form(client):
    assert client.post("/sparql", data={"query": ASK}).json()["boolean"] is True


def test_query_post_direct(client):
    assert client.post("/sparql", content=ASK, headers=QUERY).json()["boolean"] is True


@pytest.mark.parametrize("how", ["get", "post", "direct"])
@pytest.mark.parametrize(
    ("graphs", "expected"), [([ONE], {"В Харбине обсудили перспективы"}), ([ONE, OTHER], NAMES)]
)
def test_query_dataset_default_graphs(client, how, graphs, expected):
    given = [("default-graph-uri", graph) for graph in graphs]
    if how == "direct":
        answer = client.post("/sparql", params=given, content=TITLES, headers=QUERY)
    elif how == "get":
        answer = client.get("/sparql", params=[("query", TITLES), *given])
    else:
        data = {"query": TITLES, "default-graph-uri": graphs}
        answer = client.post("/sparql", data=data)
    assert found(answer) == expected


@pytest.mark.parametrize("how", ["get", "post"])
def test_query_dataset_named_graphs(client, how):
    data = {"query": IN_GRAPHS, "named-graph-uri": [OTHER]}
    answer = (
        client.get("/sparql", params=data) if how == "get" else client.post("/sparql", data=data)
    )
    assert found(answer) == {"Опровержение"}
    assert found(client.post("/sparql", data=data | {"query": TITLES})) == set()


def test_query_dataset_full(client):
    query = "SELECT ?t { { ?a dcterms:title ?t } UNION { GRAPH ?g { ?a dcterms:title ?t } } }"
    both = {"query": query, "default-graph-uri": ONE, "named-graph-uri": OTHER}
    assert found(client.post("/sparql", data=both)) == NAMES


def test_query_multiple_dataset(client):
    # What the protocol says stands over what the query says (section 2.1.4).
    query = TITLES.replace("{", f"FROM <{ONE}> {{")
    assert found(client.get("/sparql", params={"query": query})) == {
        "В Харбине обсудили перспективы"
    }
    data = {"query": query, "default-graph-uri": OTHER}
    assert found(client.post("/sparql", data=data)) == {"Опровержение"}


@pytest.mark.parametrize("query", ["SELECT ?l { ?e skos:prefLabel ?l } ORDER BY ?l", ASK])
@pytest.mark.parametrize(
    "media",
    [
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    ],
)
def test_query_content_type_select_and_ask(client, query, media):
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": media})
    if query == ASK and media.startswith("text/"):
        assert answer.status_code == 406  # these formats have no boolean
        return
    assert answer.headers["Content-Type"].partition(";")[0] == media
    assert "Accept" in answer.headers["Vary"]
    if media.endswith("json"):
        json.loads(answer.content)
    elif media.endswith("xml"):
        ElementTree.fromstring(answer.content)  # noqa: S314  # our own
    else:
        rows = list(
            csv.reader(
                io.StringIO(answer.content.decode()), delimiter="\t" if "tab" in media else ","
            )
        )
        assert len(rows) > 4


@pytest.mark.parametrize(
    "query", ["DESCRIBE ?e { ?e a kg:City }", "CONSTRUCT { ?e a kg:Q } { ?e a kg:City }"]
)
@pytest.mark.parametrize(
    ("media", "form"),
    [
        ("text/turtle", pyoxigraph.RdfFormat.TURTLE),
        ("application/n-triples", pyoxigraph.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", pyoxigraph.RdfFormat.RDF_XML),
        ("application/ld+json", pyoxigraph.RdfFormat.JSON_LD),
    ],
)
def test_query_content_type_describe_and_construct(client, query, media, form):
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": media})
    assert answer.headers["Content-Type"].partition(";")[0] == media
    assert list(pyoxigraph.parse(answer.content, format=form))


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/*", "text/csv"),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        ("TEXT/CSV", "text/csv"),
    ],
)
def test_what_is_liked_best_is_sent(client, accept, media):
    query = {"query": "SELECT * { ?s a kg:City }"}
    answer = client.get("/sparql", params=query, headers={"Accept": accept})
    assert answer.headers["Content-Type"].partition(";")[0] == media


def test_what_nobody_offers_is_not_acceptable(client):
    answer = client.get("/sparql", params={"query": ASK}, headers={"Accept": "image/png"})
    assert (answer.status_code, answer.text.count("\n")) == (406, 1)


def test_without_a_query_it_describes_itself(client):
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    assert b"sd:SPARQL11Query" in answer.content
    assert b"sd:SPARQL11Update" not in answer.content
    assert list(pyoxigraph.parse(answer.content, format=pyoxigraph.RdfFormat.TURTLE))


TEXT = {"Content-Type": "text/plain"}
KOI8 = {"Content-Type": "application/sparql-query; charset=koi8-r"}
SERVICE = "ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"
TWICE = {"query": [ASK, ASK]}
LARGE = b"#" * 1_000_001
BAD = {
    "bad_query_method": ("PUT", {"params": {"query": ASK}}, 405),
    "bad_multiple_queries": ("GET", {"params": TWICE}, 400),
    "bad_multiple_queries_post": ("POST", {"data": TWICE}, 400),
    "bad_query_wrong_media_type": ("POST", {"content": ASK, "headers": TEXT}, 415),
    "bad_query_missing_form_type": ("POST", {"content": "query=ASK%20%7B%7D"}, 415),
    "bad_query_missing_direct_type": ("POST", {"content": ASK}, 415),
    "bad_query_non_utf8": ("POST", {"content": b"ASK {} # \xff", "headers": QUERY}, 400),
    "bad_query_non_utf8_form": ("POST", {"content": b"query=ASK%7B%7D%FF", "headers": FORM}, 400),
    "bad_query_other_charset": ("POST", {"content": ASK, "headers": KOI8}, 415),
    "bad_query_syntax": ("GET", {"params": {"query": "ASK {"}}, 400),
    "bad_query_empty": ("POST", {"content": "", "headers": FORM}, 400),
    "bad_update_get": ("GET", {"params": {"update": "CLEAR ALL"}}, 400),
    "bad_update_as_query": ("POST", {"data": {"query": "CLEAR ALL"}}, 400),
    "bad_multiple_updates": ("POST", {"data": {"update": ["CLEAR ALL", "CLEAR ALL"]}}, 400),
    "bad_two_operations": ("POST", {"data": {"query": ASK, "update": "CLEAR ALL"}}, 400),
    "bad_two_places": ("POST", {"params": {"query": ASK}, "content": ASK, "headers": QUERY}, 400),
    "unknown_graph": ("POST", {"data": {"query": ASK, "default-graph-uri": "http://e/x"}}, 400),
    "service": ("GET", {"params": {"query": SERVICE}}, 400),
    "read_only": ("POST", {"data": {"update": "CLEAR ALL"}}, 403),
    "too_large": ("POST", {"content": LARGE, "headers": QUERY}, 413),
    "escapes": ("GET", {"params": {"query": 'ASK { ?s ?p "\\ud800" }'}}, 400),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_requests_are_told_in_one_line(client, name):
    method, options, status = BAD[name]
    answer = client.request(method, "/sparql", **options)
    assert answer.status_code == status, answer.text
    assert answer.text.count("\n") <= 1
    assert client.get("/sparql", params={"query": ASK}).json()["boolean"] is True
