"""What queries may do, and what they answer."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest
from graph_samples import HOSTILE, denial, hostile
from wcwidth import wcswidth

from kg.errors import QueryError


def test_plain_triples_answer_simply(graph):
    found = set(graph.query("SELECT ?a ?b { ?a kg:cooperatesWith ?b . ?a a kg:Province }"))
    base = "https://w3id.org/kg/entity/region/"
    assert found == {(f"{base}хэйлунцзян", f"{base}приморский-край")}


def test_statements_are_reached_without_graph(graph):
    query = "SELECT ?q { ?st rdf:predicate kg:visited ; kg:evidence/oa:hasSelector/oa:exact ?q }"
    assert list(graph.query(query)) == [("Хуан Шивэй побывал в Харбине.",)]


def test_statements_are_reached_in_the_graph_of_their_article(graph):
    query = (
        "SELECT ?t { GRAPH ?article { ?st rdf:predicate kg:visited . ?article dcterms:title ?t } }"
    )
    assert list(graph.query(query)) == [("Опровержение",)]


def test_counts_are_exact_for_no_triple_stands_in_two_graphs(graph):
    assert graph.add(hostile())
    quads = list(graph.quads())
    assert len({q.triple for q in quads}) == len(quads)
    (count,) = graph.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert int(count[0]) == len(quads)


@pytest.mark.parametrize("clause", ["FROM", "FROM NAMED"])
def test_from_chooses_one_article(graph, clause):
    article = denial().article.id
    where = "{ ?s a kg:Statement }" if clause == "FROM" else "{ GRAPH ?g { ?s a kg:Statement } }"
    (count,) = graph.query(f"SELECT (COUNT(*) AS ?n) {clause} article:{article} {where}")
    assert int(count[0]) == 2


SERVICE = "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }"


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ {SERVICE} }}",
        f"SELECT * {{ ?a ?b ?c {{ SELECT ?s {{ {SERVICE} }} }} }}",
        f"ASK {{ FILTER NOT EXISTS {{ {SERVICE.replace('SERVICE', 'SERVICE SILENT')} }} }}",
        f'SELECT * {{ BIND("a\\u0022 AS ?v) #" AS ?v) {SERVICE} #"\n}}',
        f"SELECT * {{ # a comment\r{SERVICE}\n}}",
        "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
        "SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }",
        "PREFIX x: <http://127.0.0.1:9/> SELECT * FROM x:y { ?s ?p ?o }",
        "INSERT DATA { <a:b> <a:b> <a:b> }",
        "PREFIX x: <http://x/> DELETE WHERE { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
        "DROP ALL",
        "SELECT * { ?s ?p ?o } ; DROP ALL",
        "SELECT * {" + "{" * 500 + "}" * 500 + "}",
        "SELECT * { } #" + "x" * 200_000,
        "SELECT ?x \ud800 { }",
        "",
    ],
)
def test_the_gate_refuses(graph, query):
    before = len(list(graph.quads()))
    with pytest.raises(QueryError) as caught:
        graph.query(query)
    assert "\n" not in str(caught.value)
    assert len(list(graph.quads())) == before


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT * {\n ?s ?p", "line 2, column"),
        ("SELECT * {\n ?s foo:bar ?o }", "line 2, column 12: unknown prefix"),
        ("SELECT ?x { ?x ?y ?z } GROUP BY ?y", "variable that is unbound"),
    ],
)
def test_mistakes_are_told_with_their_line(graph, query, message):
    with pytest.raises(QueryError, match=re.escape(message)) as caught:
        graph.query(query)
    assert len(str(caught.value)) < 250


def test_ask_and_construct(graph):
    assert graph.query("ASK { ?x a kg:Statement }").bool is True
    made = graph.query("CONSTRUCT WHERE { ?a kg:visited ?b }")
    assert made.triples is not None and len(made) == 1
    assert "https://w3id.org/kg/ontology#visited" in made.turtle()
    assert made.vars == ("subject", "predicate", "object")
    assert list(graph.query("DESCRIBE e:nothing")) == []


def test_limit_bounds_the_rows(graph):
    assert len(graph.query("SELECT * { ?s ?p ?o }", limit=3)) == 3
    assert len(graph.query("CONSTRUCT WHERE { ?s ?p ?o }", limit=3)) == 3


def test_table_is_aligned_for_cyrillic_and_chinese(graph):
    query = "SELECT ?l ?e { ?e skos:altLabel ?l } ORDER BY ?l"
    lines = graph.query(query).table().splitlines()
    columns = {wcswidth(line[: line.index("e:")]) for line in lines[2:]}
    assert "黄世伟" in "".join(lines) and len(columns) == 1


def test_what_the_table_shows_can_be_asked_for(graph):
    shown = graph.query("SELECT ?e { ?e a kg:City }").table().split()[-1]
    assert graph.query(f"ASK {{ {shown} a kg:City }}").bool


def test_table_lets_no_control_character_out(graph):
    graph.add(hostile())
    shown = graph.query("SELECT ?l { ?e rdfs:label ?l }").table()
    assert all(line.isprintable() for line in shown.split("\n"))


def test_formats_agree_on_hostile_text(graph):
    graph.add(hostile())
    printable = [h for h in HOSTILE if "\x00" not in h]
    found = graph.query('SELECT ?l { ?e skos:altLabel ?l FILTER(lang(?l) = "zh") } ORDER BY ?l')
    assert set(printable) <= {row[0] for row in found}
    bindings = json.loads(found.json())["results"]["bindings"]
    assert [b["l"]["value"] for b in bindings] == [row[0] for row in found]
    rows = list(csv.reader(io.StringIO(found.csv(), newline="")))
    assert [row[0] for row in rows[1:]] == [row[0] for row in found]
    assert found.tsv().startswith("?l\n")


def test_xml_and_unbound_cells(graph):
    found = graph.query("SELECT ?a ?b { ?a kg:visited ?x OPTIONAL { ?x kg:visited ?b } }")
    assert [row[1] for row in found] == [None]
    assert ElementTree.fromstring(found.xml()).tag.endswith("sparql")  # noqa: S314
    assert graph.query("ASK {}").table() == "yes\n"


def test_turtle_is_for_triples(graph):
    with pytest.raises(QueryError, match="CONSTRUCT"):
        graph.query("ASK {}").turtle()
