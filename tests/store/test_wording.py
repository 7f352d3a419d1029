"""Values are put in place of variables, and of nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, Store

from kg.errors import QueryError
from kg.store.wording import bound, form, in_lines, sent

V = {"a": Literal("x")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT ?a { ?s ?p ?a }", 'SELECT ("x" AS ?a) { ?s ?p "x" }'),
        ("SELECT $a{?s ?p $a}", 'SELECT ("x" AS $a){?s ?p "x"}'),
        ("SELECT (STR(?a) AS ?b) ?ab { }", 'SELECT (STR("x") AS ?b) ?ab { }'),
        ("ASK { ?s ?p '?a', \"\"\"?a \" ?a\"\"\" }", "ASK { ?s ?p '?a', \"\"\"?a \" ?a\"\"\" }"),
        ("ASK { <?a> ?p ?o } # ?a", "ASK { <?a> ?p ?o } # ?a"),
        ("ASK { ?s ?p 'it\\'s ?a' }", "ASK { ?s ?p 'it\\'s ?a' }"),
        (
            "SELECT ?a (COUNT(?a) AS ?n) {} GROUP BY ?a ?b ORDER BY DESC(?a)",
            'SELECT ("x" AS ?a) (COUNT("x") AS ?n) {} GROUP BY ("x") ?b ORDER BY DESC(("x"))',
        ),
        ("ASK { { SELECT ?a {} } ?a ?p 1 }", 'ASK { { SELECT ("x" AS ?a) {} } "x" ?p 1 }'),
        ("SELECT ?a FROM <http://e/?a> WHERE {}", 'SELECT ("x" AS ?a) FROM <http://e/?a> WHERE {}'),
    ],
)  # fmt: skip
def test_values_stand_for_variables(text, expected):
    assert bound(text, V) == expected


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0")))
def test_no_value_ends_its_literal(value):
    text = bound("SELECT ?a (STR(?a) AS ?b) {}", {"a": Literal(value)})
    assert [row["b"].value for row in Store().query(text)] == [value]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("PREFIX select: <http://construct/> # ask\nask {}", "ASK"),
        ("BASE <http://e/> CONSTRUCT WHERE { ?s ?p 'SELECT' }", "CONSTRUCT"),
        ("describe <http://e/a>", "DESCRIBE"),
    ],
)
def test_the_form_of_a_query_is_its_first_keyword(text, kind):
    assert form(text) == kind


@pytest.mark.parametrize(
    ("text", "limited"),
    [
        ("SELECT * { ?s ?p ?o } # all", True),
        ("SELECT * { ?s ?p ?o } ORDER BY ?s", True),
        ("CONSTRUCT WHERE { ?s ?p ?o }", True),
        ("DESCRIBE <http://e/limit>", True),
        ("SELECT * { { SELECT ?s { ?s ?p ?o } LIMIT 3 } }", True),
        ("SELECT * { VALUES ?s { 1 } }", True),
        ("SELECT * { ?s ?p ?o } LIMIT 3", False),
        ("SELECT * { ?s ?p ?o } limit 3 offset 1", False),
        ("SELECT * { ?s ?p ?o } VALUES ?s { <http://e/a> }", False),
        ("SELECT * { ?s ?p ?o } VALUES (?s ?p) { (1 2) (3 4) }", False),
        ("ASK { ?s ?p ?o }", False),
    ],
)
def test_a_limit_is_said_where_there_is_none(text, limited):
    asked = sent(text, {}, {}, 2)
    assert asked == (f"{text}\nLIMIT 2" if limited else text)
    Store().query(asked)


def test_what_is_no_query_has_no_form():
    with pytest.raises(QueryError, match="this is no query"):
        form("CLEAR ALL")


def test_what_a_server_says_fits_a_line():
    assert in_lines("Virtuoso 37000\nsyntax\x1b[2J\nSPARQL query:\nSELECT secret") == (
        "Virtuoso 37000 syntax [2J"
    )
    assert len(in_lines("x" * 10_000)) == 301
