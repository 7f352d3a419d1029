"""``kg build``: what is read, kept and written. The texts are short, for the models are slow."""

from __future__ import annotations

import io
import json
import sys

import pytest
from cli_runs import mistake, run

from kg.cli.progress import progress
from kg.cli.terminal import say
from kg.graph import KnowledgeGraph

SIGNED = "Приморский край и провинция Хэйлунцзян подписали соглашение о сотрудничестве."
VISITED = "Губернатор Иван Петров посетил Харбин."


@pytest.fixture
def news(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(SIGNED, encoding="utf-8")
    (folder / "b.txt").write_text(VISITED, encoding="utf-8")
    return folder


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_build_writes_a_graph_and_sums_up(news, tmp_path):
    output = tmp_path / "graph.ttl"
    result = run("build", news, "-o", output)
    assert (result.exit_code, result.stdout) == (0, "")
    read, found, held, written = result.stderr.splitlines()
    assert read == "2 articles read: 2 new, 0 known; inputs skipped: 0"
    assert found.endswith("claims dropped by the ontology")
    assert held.startswith("graph: 2 articles, ")
    assert written == f"written: {output}"
    with KnowledgeGraph.open(output) as graph:
        counts = graph.counts()
    assert held == (
        f"graph: {counts.articles} articles, {counts.entities} entities, {counts.facts} facts"
    )
    assert counts.facts > 0


def test_a_store_grows_and_the_file_holds_all_of_it(news, tmp_path):
    store, output = tmp_path / "store", tmp_path / "graph.nq"
    assert run("build", news / "a.txt", "--store", store).exit_code == 0
    result = run("build", news, "--store", store, "-o", output)
    assert result.stderr.startswith("2 articles read: 1 new, 1 known; inputs skipped: 0\n")
    assert result.stderr.endswith(f"written: {store}\nwritten: {output}\n")
    with KnowledgeGraph.open(output) as graph:
        assert graph.counts().articles == 2
    (news / "b.txt").write_text(VISITED + " Об этом сообщили.", encoding="utf-8")
    assert run("build", news, "--store", store).exit_code == 0
    with KnowledgeGraph.open(store) as graph:
        assert graph.counts().articles == 2


def test_the_same_news_give_the_same_bytes(news, tmp_path):
    for name in ("one", "two"):
        run("build", news, "-o", tmp_path / f"{name}.ttl", "--lang", "ru")
    assert (tmp_path / "one.ttl").read_bytes() == (tmp_path / "two.ttl").read_bytes()


def test_standard_input(tmp_path):
    output = tmp_path / "graph.trig"
    assert run("build", "-", "-o", output, stdin=SIGNED.encode()).exit_code == 0
    assert output.stat().st_size


def test_a_record_in_an_unknown_language_loses_nothing_else(tmp_path):
    records = [{"text": SIGNED}, {"text": "Hello, world.", "lang": "xx"}, {"text": VISITED}]
    lines = tmp_path / "a.jsonl"
    lines.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    result = run("build", lines, "-o", tmp_path / "g.ttl")
    first, second, *_ = result.stderr.splitlines()
    assert result.exit_code == 2
    assert first == f"skipped: {lines}#2: unknown language 'xx'; known: ru"
    assert second == "2 articles read: 2 new, 0 known; inputs skipped: 1"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["-o", "graph.pdf"], "graph.pdf has no known suffix; known are .csv .gexf"),
        (["-o", "graph"], "graph has no known suffix"),
        (["-o", "none/graph.ttl"], "has no folder to stand in; make "),
        (["-o", "folder.ttl"], "is a folder; name a file"),
        (["--store", "graph.ttl"], "give --store a folder, or -o a file"),
        (["--store", "news/a.txt"], "is a file, not a store; give a folder"),
        (["--store", "news"], "holds other files and is not a store; give a new or empty folder"),
        (["-o", "g.ttl", "--lang", "xx"], "unknown language 'xx'; known: ru"),
    ],
)
def test_what_cannot_be_written_is_said_before_anything_is_read(
    news, tmp_path, monkeypatch, args, said
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.ttl").mkdir()
    before = names(tmp_path)
    mistake(run("build", news, "no such source", *args), said)
    assert names(tmp_path) == before


def test_a_source_is_not_overwritten(tmp_path):
    table = tmp_path / "news.csv"
    table.write_text(f"text\n{VISITED}\n", encoding="utf-8")
    before = table.read_bytes()
    for source in (table, tmp_path, tmp_path / "*.csv"):
        mistake(run("build", source, "-o", table), "is one of the sources; write to another file")
    assert table.read_bytes() == before
    assert names(tmp_path) == ["news.csv"]


def test_a_second_writer_is_told_to_wait(news, tmp_path):
    store = tmp_path / "store"
    with KnowledgeGraph.open(store, writable=True):
        mistake(run("build", news, "--store", store), "is in use by another process; wait")


class Terminal(io.StringIO):
    """What pretends to be a terminal."""

    def isatty(self):
        return True


def test_a_bar_on_a_terminal_lets_messages_through_as_they_are(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    with progress("articles") as advance:
        advance()
        say("skipped: [red]a.txt[/red]: binary")
    # The line of the bar is wiped before, and the bar is drawn anew below.
    assert "\r\x1b[2Kskipped: [red]a.txt[/red]: binary\n" in screen.getvalue()
    assert "1 articles" in screen.getvalue()


def test_no_bar_elsewhere(capsys):
    with progress("articles") as advance:
        advance()
    assert capsys.readouterr().err == ""
