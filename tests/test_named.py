"""Named queries: what their files declare, and values that stay values."""

import subprocess
import sys

import pytest

from kg.errors import InputError, QueryError
from kg.graph.named import Parameter, own, parsed, shipped

ASKED = """# title.en: Visits to a place
# title.ru: Поездки
# title: Fahrten
# param: place text
# param: year integer = 2021
SELECT ?place ?year ?who { ?p kg:visited ?x . ?p rdfs:label ?who . ?x rdfs:label ?to
  FILTER (STR(?to) = ?place) }
"""


def test_the_first_comments_declare_titles_and_parameters():
    query = parsed("visits", ASKED)
    assert [query.title(lang) for lang in ("ru", "en", "zh")] == [
        "Поездки", "Visits to a place", "Visits to a place",
    ]  # fmt: skip
    assert query.parameters == (
        Parameter("place", "text"),
        Parameter("year", "integer", "2021"),
    )
    assert parsed("bare", "ASK {} # param: no text").parameters == ()


def test_values_choose_the_rows_and_have_no_column(graph):
    query = parsed("visits", ASKED)
    found = graph.query(query.text, bindings=query.bindings({"place": "Харбин"}))
    assert found.vars == ("who",)
    assert [row[0] for row in found] == ["Хуан Шивэй"]
    assert not len(graph.query(query.text, bindings=query.bindings({"place": "Далянь"})))


@pytest.mark.parametrize(
    "value", ['Харбин" || true || "', "Харбин' } #", "\\", "a\nb", "} ; DROP ALL", "?who", "\u202e"]
)
def test_a_value_is_never_read_as_sparql(graph, value):
    query = parsed("visits", ASKED)
    assert not len(graph.query(query.text, bindings=query.bindings({"place": value})))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "1e3"),
        ("decimal", "NaN"),
        ("date", "2021-13-01"),
        ("iri", "no iri"),
        ("iri", "https://a> . <b"),
        ("text", "\ud800"),
    ],
)
def test_a_value_of_another_kind_is_refused(kind, value):
    with pytest.raises(InputError, match=f"the parameter x is no {kind}"):
        Parameter("x", kind).term(value)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "needs --param place=text"),
        ({"place": "a", "other": "b"}, "has no parameter 'other'; its parameters are place, year"),
    ],
)
def test_what_is_missing_or_unknown_is_told(values, message):
    with pytest.raises(InputError, match=message):
        parsed("visits", ASKED).bindings(values)


@pytest.mark.parametrize(
    ("head", "message"),
    [("# param: a colour", "is no kind"), ("# param: a text\n# param: a iri", "stands twice")],
)
def test_a_wrong_declaration_is_told(head, message):
    with pytest.raises(InputError, match=message):
        parsed("wrong", f"{head}\nSELECT ?a {{}}")


def test_a_parameter_must_be_projected(graph):
    query = parsed("visits", "# param: place text\nSELECT ?p { ?p kg:visited ?x }")
    with pytest.raises(QueryError, match="the parameter place is not among what SELECT gives"):
        graph.query(query.text, bindings=query.bindings({"place": "x"}))


def test_construct_takes_no_parameters(graph):
    query = parsed("made", "# param: p text\nCONSTRUCT { ?a kg:visited ?b } { ?a kg:visited ?b }")
    with pytest.raises(QueryError, match="only SELECT and ASK take parameters"):
        graph.query(query.text, bindings=query.bindings({"p": "x"}))


@pytest.mark.parametrize("name", shipped())
def test_each_shipped_query_has_titles_and_runs(graph, name):
    query = own(name)
    assert {"ru", "en"} <= set(query.titles)
    given = {"text": "и", "integer": "2021"}
    values = {p.name: given[p.kind] for p in query.parameters}
    assert graph.query(query.text, bindings=query.bindings(values)).vars


def test_the_command_takes_names_values_and_files(graph, tmp_path):
    file, asked = tmp_path / "graph.nq", tmp_path / "visits.rq"
    file.write_bytes(b"\n".join(str(q).encode() + b" ." for q in graph.quads()))
    asked.write_text(ASKED, encoding="utf-8")

    def run(*args: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "kg", "query", *args]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")

    done = run(str(file), "-f", str(asked), "--param", "place=Харбин", "--format", "csv")
    assert done.stdout.split() == ["who", "Хуан", "Шивэй"]
    assert "spoke-for" in run("--list").stdout
    refused = run(str(file), "--named", "cooperate")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "kg has no query 'cooperate'; it has changes," in refused.stderr
    twice = run(str(file), "--named", "meetings", "--param", "person=a", "--param", "person=b")
    assert twice.returncode == 2
