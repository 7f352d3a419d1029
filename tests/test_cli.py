"""What each command prints and how it ends; the graphs here are made by hand."""

from __future__ import annotations

import json
import shutil
from types import SimpleNamespace

import pytest
from cli_runs import mistake, run
from graph_samples import cooperation, denial, hostile

import kg
from kg.cli import COMMANDS, commands
from kg.cli.check import ontology_faults
from kg.export import BUILT_IN
from kg.graph import KnowledgeGraph
from kg.ontology import Class, Relation, load

TIES = "SELECT ?a ?b { ?a kg:cooperatesWith ?b . ?a a kg:Province }"
BOTH = "CONSTRUCT { ?a kg:cooperatesWith ?b } WHERE { ?a kg:cooperatesWith ?b }"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    with KnowledgeGraph.open(folder / "store", writable=True) as graph:
        graph.add(cooperation())
        graph.add(denial())
        kg.export(graph, folder / "graph.ttl")
    return folder


@pytest.fixture
def graph(made):
    return made / "graph.ttl"


@pytest.fixture
def store(made, tmp_path):
    return shutil.copytree(made / "store", tmp_path / "store")


def test_help_lists_every_command():
    for asked in ([], ["--help"]):
        result = run(*asked)
        assert result.exit_code == 0
        assert all(f"  {name}" in result.stdout for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_says_what_the_list_says_and_shows_an_example(name):
    help_text = run(name, "--help").stdout
    assert f"  {COMMANDS[name]}\n" in help_text
    assert f"  kg {name}" in help_text
    assert commands.get_command(None, name).callback.__module__ == f"kg.cli.{name}"


def test_version():
    assert run("--version").stdout.startswith("kg ")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--foo"], "No such option '--foo'; see kg --help"),
        (["buidl"], "No such command 'buidl'"),
        (["facts"], "Missing argument 'GRAPH'; see kg facts --help"),
        (["facts", "g.ttl", "--limit", "0"], "see kg facts --help"),
        (["query", "g.ttl"], "give its text, -f FILE or --named NAME"),
        (["query", "g.ttl", "ASK {}", "-f", "q.rq"], "give its text, -f FILE or --named NAME"),
        (["query", "g.ttl", "ASK {}", "--format", "pdf"], "'pdf' is not one of"),
        (["draw", "g.ttl", "-o", "g.html", "--hops", "2"], "give --around NAME"),
        (["build", "a.txt"], "give -o FILE, --store STORE or both"),
    ],
)
def test_a_wrong_call_is_one_line(args, said):
    mistake(run(*args), said)


@pytest.mark.parametrize("name", ["query", "facts", "articles", "check", "export", "draw"])
@pytest.mark.parametrize(
    ("graph", "said"),
    [
        ("none.ttl", "none.ttl does not exist; give a graph file or a store's folder"),
        ("HTTPS://:x/sparql", "is no address"),
    ],
)
def test_a_graph_that_is_none(name, graph, said, tmp_path):
    more = {
        "query": ["ASK {}"],
        "export": ["-o", tmp_path / "g.nt"],
        "draw": ["-o", tmp_path / "g.html"],
    }
    mistake(run(name, graph, *more.get(name, ())), said)


def test_query_of_file_and_store_say_the_same(graph, made):
    shown = run("query", graph, TIES)
    assert shown.exit_code == 0
    assert shown.stdout.splitlines()[0].split() == ["a", "b"]
    assert len(shown.stdout.splitlines()) == 3
    assert shown.stderr == ""
    assert run("query", made / "store", TIES).stdout == shown.stdout


@pytest.mark.parametrize(
    ("form", "begins"),
    [("csv", "a,b\r\n"), ("tsv", "?a\t?b\n"), ("xml", "<?xml"), ("json", '{"head": {"vars"')],
)
def test_query_formats(graph, form, begins):
    answer = run("query", graph, TIES, "--format", form).stdout_bytes.decode()
    assert answer.startswith(begins)
    assert answer.endswith("\n")


def test_query_limit_ask_and_construct(graph):
    assert run("query", graph, "ASK { ?s ?p ?o }").stdout == "yes\n"
    assert run("query", graph, "ASK { ?s kg:owns ?o }").stdout == "no\n"
    turtle = run("query", graph, BOTH).stdout
    assert turtle.count("<https://w3id.org/kg/ontology#cooperatesWith>") == 2
    assert len(run("query", graph, BOTH, "--format", "table", "--limit", 1).stdout.split("\n")) == 4
    mistake(run("query", graph, TIES, "--format", "ttl"), "only CONSTRUCT and DESCRIBE")


def test_query_from_a_file_and_from_standard_input(graph, tmp_path):
    asked = tmp_path / "q.rq"
    asked.write_text(TIES, encoding="utf-8-sig")
    assert run("query", graph, "-f", asked).stdout == run("query", graph, TIES).stdout
    assert run("query", graph, "-f", "-", stdin=TIES).stdout == run("query", graph, TIES).stdout
    asked.write_bytes("ASK { ?s ?p 'да' }".encode("cp1251"))
    mistake(run("query", graph, "-f", asked), "is not in UTF-8; save it so")
    mistake(run("query", graph, "-f", tmp_path / "none.rq"), "check the path")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELEKT", "line 1"),
        ("DROP ALL", "DROP is not allowed"),
        ("SELECT * { SERVICE <http://e/> { ?s ?p ?o } }", "SERVICE is not allowed"),
    ],
)
def test_a_query_that_cannot_be_run(graph, query, said):
    mistake(run("query", graph, query), said)


def test_a_query_that_takes_too_long_is_ended(graph):
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    mistake(run("query", graph, endless, "--timeout", 0.3), "no answer in 0.3 s; narrow the query")


def test_facts_stand_above_their_sentences(graph):
    shown = run("facts", graph, "--about", "приморье", "--relation", "cooperatesWith").stdout
    fact, quote, source, later, spoken, denial, refuted = shown.splitlines()
    assert fact == "Приморье — сотрудничает с (cooperatesWith) → провинция Хэйлунцзян"
    assert quote == "    «Хэйлунцзян и Приморский край обсудили сотрудничество.»"
    assert source == "    В Харбине обсудили перспективы, 2021-08-06, планируется, 0.90"
    assert later.startswith("    «Хэйлунцзян будет сотрудничать")
    assert spoken.endswith("2021-08-06, планируется, говорит Хуан Шивэй, 0.90")
    assert denial == "    «Приморье не сотрудничает с Хэйлунцзяном»"
    assert refuted == "    Опровержение, 2021-09-01, отрицается, 0.90"


def test_an_asserted_fact_has_no_word_for_it(graph):
    (_, _, source) = run("facts", graph, "--relation", "visited").stdout.splitlines()
    assert source == "    Опровержение, 2021-09-01, 0.90"


def test_facts_of_a_modality_have_only_the_claims_made_so(graph):
    found = run("facts", graph, "--modality", "planned", "--json").stdout.splitlines()
    claims = [claim for fact in found for claim in json.loads(fact)["claims"]]
    assert {claim["modality"] for claim in claims} == {"Planned"}


def test_facts_as_json_say_all(graph):
    (fact,) = run("facts", graph, "--relation", "takesPlaceOn", "--json").stdout.splitlines()
    record = json.loads(fact)
    assert record["object"] == {"value": "2021-08-05", "datatype": "date"}
    (claim,) = record["claims"]
    assert claim["quote"] == "Форум в Харбине открылся 5 августа 2021 года."
    assert claim["url"] == "https://biang.ru/ru/news?id=1"


def test_facts_limit_and_none(graph):
    assert len(run("facts", graph, "--limit", 2, "--json").stdout.splitlines()) == 2
    none = run("facts", graph, "--relation", "owns")
    assert (none.exit_code, none.stdout, none.stderr) == (0, "", "no facts of that kind\n")


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--about", "Хейлунцзян", "did you mean Хэйлунцзян"),
        ("--relation", "cooperateWith", "did you mean cooperatesWith"),
        ("--modality", "Sure", "known are Asserted, Planned, Discussed, Proposed"),
    ],
)
def test_an_unknown_name_is_told_what_is_near(graph, option, value, said):
    mistake(run("facts", graph, option, value), said)


def test_hostile_text_does_not_reach_the_terminal(tmp_path):
    with KnowledgeGraph() as graph:
        graph.add(hostile())
        kg.export(graph, tmp_path / "h.ttl")
    for command in ("facts", "articles"):
        shown = run(command, tmp_path / "h.ttl").stdout
        assert shown
        assert all(c.isprintable() for c in shown.replace("\n", ""))


def test_articles_give_the_ids_that_remove_takes(store):
    listed = run("articles", store).stdout.splitlines()
    assert [line.split()[1] for line in listed] == ["2021-08-06", "2021-09-01"]
    article = listed[1].split()[0]
    result = run("remove", store, article[:6])
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"removed: {article} Опровержение\n"
    assert run("articles", store).stdout == listed[0] + "\n"


def test_remove_takes_no_guess(store, graph):
    mistake(run("remove", store, ""), "is too short")
    mistake(run("remove", store, "zzzz"), "lists them")
    mistake(run("remove", graph, "zzzz"), "is a file; remove works on a store")
    mistake(run("remove", store.parent / "none", "zzzz"), "does not exist")
    assert not (store.parent / "none").exists()


@pytest.mark.parametrize("suffix", sorted(BUILT_IN))
def test_export_to_every_format(store, tmp_path, suffix):
    output = tmp_path / f"граф{suffix}"
    result = run("export", store, "-o", output)
    assert (result.exit_code, result.stdout) == (0, "")
    assert output.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["store", output.name]


def test_draw_writes_a_page(graph, tmp_path):
    page = tmp_path / "graph.html"
    args = ("--title", "Связи", "--lang", "en", "--around", "Приморье", "--hops", 1)
    assert run("draw", graph, "-o", page, *args, "--no-sentences").exit_code == 0
    html = page.read_text(encoding="utf-8")
    assert "<title>Связи</title>" in html
    assert "побывал" not in html
    mistake(run("draw", graph, "-o", graph), "known are .htm .html")
    mistake(run("draw", graph, "-o", page, "--around", "Примoрье"), "did you mean")


def test_check_of_a_sound_graph(graph):
    result = run("check", graph)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no faults\n")


def test_check_finds_what_is_missing(graph, tmp_path):
    broken = tmp_path / "broken.ttl"
    text = graph.read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if "confidence" not in line]
    assert len(kept) < len(text.splitlines())
    broken.write_text("\n".join(kept), encoding="utf-8")
    result = run("check", broken)
    assert result.exit_code == 1
    assert "confidence" in result.stdout
    assert result.stderr.endswith("faults\n")


@pytest.mark.parametrize("found", [[], ["visited-active: does not match 'Он посетил Харбин.'"]])
def test_check_of_the_rules_tells_what_their_examples_find(monkeypatch, found):
    monkeypatch.setattr("kg.examples.check", {"ru": found}.get)
    result = run("check")
    assert result.exit_code == len(found)
    assert result.stdout.splitlines() == found


def test_check_of_an_ontology_finds_what_is_undeclared():
    term = ("orphan", "http://e/orphan", {"ru": "сирота", "en": "orphan"}, {"ru": "", "en": ""})
    relation = Relation(*term, ("Ghost",), (), "", symmetric=False, inverse="owned")
    ontology = SimpleNamespace(
        classes={"orphan": Class(*term, ("Parent",))}, relations={"orphan": relation}
    )
    assert [fault.split(";")[0] for fault in ontology_faults(ontology)] == [
        "orphan: no label in zh",
        "orphan: no label in zh",
        "orphan: there is no class Parent above it",
        "orphan: there is no class Ghost for its ends",
        "orphan: there is no inverse owned",
    ]


def test_ontology_in_three_languages():
    for lang, label in (("ru", "сотрудничает с"), ("en", "cooperates with"), ("zh", "合作")):
        shown = run("ontology", "--lang", lang).stdout
        (row,) = (line for line in shown.splitlines() if line.startswith("cooperatesWith "))
        assert label in row
        assert "symmetric" in row
    assert "\n        Province" in run("ontology").stdout


def test_ontology_as_markdown_names_everything():
    page = run("ontology", "--markdown").stdout
    known = load()
    assert all(f"`{name}`" in page for name in (*known.classes, *known.relations))
    widths = {line.count("|") for line in page.splitlines() if line.startswith("|")}
    assert len(widths) == 1
