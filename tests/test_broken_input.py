"""Bad input gets a line that names the remedy, and loses nothing else."""

from __future__ import annotations

import json
import os
import random

import pytest
from cli_runs import mistake, run

import kg
from kg.graph import KnowledgeGraph

GOOD = "Приморский край и провинция Хэйлунцзян подписали соглашение о сотрудничестве."
NOISE = random.Random(7).randbytes(4096)  # noqa: S311

BROKEN = {
    "binary.txt": (NOISE, "binary, not text; "),
    "blank.txt": ("\n \t\n\u2028".encode(), "no text; give a file with an article in it"),
    "deep.jsonl": (b'{"text": ' + b"[" * 100_000, "correct the line"),
    "empty.txt": (b"", "no text; give a file with an article in it"),
    "list.jsonl": (b"[1, 2]\n", "a line is to hold one object"),
    "long.jsonl": (b'{"text": "' + b"a " * 2_500_000 + b'"}', "an article has paragraphs"),
    "long.txt": (("слово " * 500_000).encode(), "an article has paragraphs"),
    "page.html": (b"<html><script>1</script></html>", "no text in the page; save it"),
    "picture.png": (b"\x89PNG\r\n\x1a\n", "unknown format .png; known: "),
    "table.csv": ("имя;год\nИван;2020\n".encode(), "call one of them text"),
}


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.txt"
    path.write_text(GOOD, encoding="utf-8")
    return path


def built(output):
    """How many articles there are in what was written."""
    with KnowledgeGraph.open(output) as graph:
        return graph.counts().articles


def test_each_bad_input_is_told_once_and_the_good_one_is_built(tmp_path, good):
    bad = tmp_path / "bad"
    bad.mkdir()
    for name, (data, _) in BROKEN.items():
        (bad / name).write_bytes(data)
    (bad / "folder").mkdir()
    more = {"folder": "holds no file of ", "none.txt": "no such file", "*.xyz": "matches no file"}
    expected = {name: said for name, (_, said) in BROKEN.items()} | more
    output = tmp_path / "graph.ttl"

    result = run("build", *(bad / name for name in expected), good, "-o", output)

    told = [line for line in result.stderr.splitlines() if line.startswith("skipped: ")]
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(told) == len(expected)
    for line, (name, said) in zip(told, expected.items(), strict=True):
        assert name in line
        assert said in line
        assert len(line) < 300
    assert f"1 articles read: 1 new, 0 known; inputs skipped: {len(expected)}" in result.stderr
    assert built(output) == 1


def test_a_broken_line_costs_only_itself(tmp_path):
    lines = tmp_path / "a.jsonl"
    lines.write_text(f'{{"text": "{GOOD}"}}\n{{"text": \n{{"text": "Другое."}}\n', encoding="utf-8")
    result = run("build", lines, "-o", tmp_path / "g.nt")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"skipped: {lines}:2: no JSON (")
    assert built(tmp_path / "g.nt") == 2


def test_another_encoding_is_a_remark_and_no_mistake(tmp_path):
    path = tmp_path / "old.txt"
    path.write_bytes((GOOD * 3).encode("cp1251"))
    result = run("build", path, "-o", tmp_path / "g.ttl")
    assert result.exit_code == 0
    assert result.stderr.startswith(f"note: {path}: ")
    assert "1251" in result.stderr.splitlines()[0]


def test_nothing_read_is_a_mistake_and_nothing_is_written(tmp_path):
    result = run("build", tmp_path / "none.txt", "-o", tmp_path / "g.ttl")
    assert result.exit_code == 2
    first, second = result.stderr.splitlines()
    assert first == f"skipped: {tmp_path}/none.txt: no such file; check the path"
    assert second == "kg: nothing could be read, and nothing was written"
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do all")
def test_what_may_not_be_read_or_written(tmp_path, good):
    good.chmod(0)
    result = run("build", good, "-o", tmp_path / "g.ttl")
    assert "may not be read; change its permissions" in result.stderr
    good.chmod(0o600)
    (tmp_path / "shut").mkdir(mode=0o500)
    mistake(run("build", good, "-o", tmp_path / "shut" / "g.ttl"), "change the permissions of ")


def test_a_name_that_would_steer_the_terminal(tmp_path):
    result = run("build", tmp_path / "a\x1b[31m\nb.txt", "-o", tmp_path / "g.ttl")
    assert len(result.stderr.splitlines()) == 2
    assert "\x1b" not in result.stderr


COMMANDS = {
    "query": ["ASK { ?s ?p ?o }"],
    "facts": [],
    "articles": [],
    "check": [],
    "export": ["-o", "out.nt"],
    "draw": ["-o", "out.html"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_graph_that_cannot_be_read(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with KnowledgeGraph() as graph:
        kg.export(graph, "whole.ttl")
    (tmp_path / "cut.ttl").write_bytes(b"@prefix a: <http://e/> .\na:b a:c \n")
    (tmp_path / "noise.nq").write_bytes(NOISE)
    (tmp_path / "blank.ttl").write_bytes(b"[] a <http://e/x> .")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "CURRENT").write_bytes(b"MANIFEST-000001\n")
    (tmp_path / "folder").mkdir()
    for name, said in {
        "cut.ttl": "cut.ttl is not valid Turtle: ",
        "noise.nq": "noise.nq is not valid N-Quads: ",
        "blank.ttl": "has blank nodes or triple terms; give them IRIs",
        "other": "the store other cannot be opened: ",
        "folder": "folder is not a store; kg build --store makes one",
        "graph.pdf": "graph.pdf does not exist; give a graph file or a store's folder",
    }.items():
        mistake(run(command, name, *COMMANDS[command]), said)
    assert not list(tmp_path.glob("out.*"))
    assert run(command, "whole.ttl", *COMMANDS[command]).exit_code == 0


@pytest.mark.parametrize("command", ["export", "draw"])
def test_where_nothing_can_be_written(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with KnowledgeGraph() as graph:
        kg.export(graph, "whole.ttl")
    suffix = COMMANDS[command][1].removeprefix("out")
    (tmp_path / f"folder{suffix}").mkdir()
    mistake(run(command, "whole.ttl", "-o", f"none/g{suffix}"), "has no folder to stand in")
    mistake(run(command, "whole.ttl", "-o", f"folder{suffix}"), "is a folder; name a file")
    mistake(run(command, "whole.ttl", "-o", "out.doc"), "has no known suffix; known are ")


def test_a_store_that_is_written_can_not_be_used_meanwhile(tmp_path, good):
    store = tmp_path / "store"
    run("build", good, "--store", store)
    article = run("articles", store).stdout.split()[0]
    with KnowledgeGraph.open(store, writable=True):
        for command in (["articles", store], ["remove", store, article]):
            mistake(run(*command), "is in use by another process; wait until it is done")
    assert run("remove", store, article).exit_code == 0


def test_a_hostile_record_stays_text(tmp_path):
    record = {"text": f"{GOOD}\n\x00\x1b[2J'\"}} ; DROP ALL #", "title": "=cmd|' /C calc'!A0"}
    lines = tmp_path / "a.jsonl"
    lines.write_text(json.dumps(record), encoding="utf-8")
    for suffix in (".ttl", ".csv", ".graphml", ".jsonld"):
        assert run("build", lines, "-o", tmp_path / f"g{suffix}").exit_code == 0
    assert "'=cmd" in (tmp_path / "g.csv").read_text(encoding="utf-8")
    assert built(tmp_path / "g.ttl") == 1
