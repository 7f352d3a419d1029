"""``kg evaluate``: what it prints, writes and refuses."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from annotated_samples import ANN, written
from cli_runs import environment, mistake, run

WORSE = ANN.replace("R3\tvisited", "R3\towns")


@pytest.fixture
def folders(tmp_path):
    """Two annotators of one text, the second with a mistake."""
    written(tmp_path / "first")
    written(tmp_path / "second", WORSE)
    return tmp_path / "first", tmp_path / "second"


def test_two_annotators_are_compared(folders):
    first, second = folders
    result = run("evaluate", first, "--system", second)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "1 articles" in result.stdout
    row = next(line for line in result.stdout.splitlines() if line.startswith("relations lenient"))
    # Three of four; the denied and the optional one do not count.
    assert row.split()[2:8] == ["0.750", "0.750", "0.750", "3", "4", "4"]
    assert result.stdout.startswith("mentions: by coarse class"), "the protocol comes first"


def test_errors_are_listed_with_their_sentences(folders):
    shown = run("evaluate", folders[0], "--system", folders[1], "--errors").stdout
    assert "  missed Иван Ладыгин — visited → Харбин (Asserted)\n      «Губернатор " in shown
    assert "  wrong Иван Ладыгин — owns → Харбин (Asserted" in shown


def test_json(folders):
    shown = json.loads(run("evaluate", folders[0], "--system", folders[1], "--json").stdout)
    assert shown["figures"]["relations lenient f1"] == 0.75
    assert shown["facts"]["one"]["missed"] == ["Иван Ладыгин — visited → Харбин"]
    assert shown["relations"]["lenient"]["owns"] == {"right": 0, "said": 1, "wanted": 0}


def test_a_kept_run_is_compared_with(folders, tmp_path):
    first, second = folders
    kept = tmp_path / "run.json"
    assert run("evaluate", first, "--system", second, "--save", kept).exit_code == 0
    better = run("evaluate", first, "--system", first, "--against", kept).stdout
    assert "relations lenient f1: 0.750 → 1.000 (+0.250)" in better
    assert "got right: 1\n    one: Иван Ладыгин — visited → Харбин" in better
    assert "broke: 0" in better
    assert "no longer wrong: 1\n    one: Иван Ладыгин — owns → Харбин" in better
    kept_too = tmp_path / "run2.json"
    run("evaluate", first, "--system", first, "--save", kept_too)
    worse = run("evaluate", first, "--system", second, "--against", kept_too, "--json").stdout
    assert json.loads(worse)["against"]["lost"] == [["one", "Иван Ладыгин — visited → Харбин"]]


def test_runs_of_other_articles_are_said(folders, tmp_path):
    kept = tmp_path / "run.json"
    run("evaluate", folders[0], "--system", folders[1], "--save", kept)
    written(tmp_path / "first", name="two")
    (tmp_path / "second" / "two.ann").write_text(ANN, encoding="utf-8")
    shown = run("evaluate", folders[0], "--system", folders[1], "--against", kept).stdout
    assert "only in this run, which the figures show: two" in shown


def test_a_page_is_written(folders, tmp_path):
    html = tmp_path / "page.html"
    assert run("evaluate", folders[0], "--system", folders[1], "--html", html).exit_code == 0
    assert html.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_only_some_articles(folders, tmp_path):
    written(tmp_path / "first", name="two")
    shown = run("evaluate", folders[0], "--system", folders[1], "--only", "one")
    assert "1 articles" in shown.stdout
    mistake(run("evaluate", folders[0], "--system", folders[1]), "leave its article out by --only")


def test_what_was_left_out_is_said(tmp_path):
    path = written(tmp_path, "T1\tCITY 49 55\tХарбин\nT2\tAGE 0 10\tГубернатор\n")
    result = run("evaluate", path, "--system", tmp_path, "--mapping", "nerel")
    assert result.stderr == "left out: 1 AGE (class)\n"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["none"], "none does not exist; give a folder or files of the gold"),
        ([], "Missing argument 'GOLD...'; see kg evaluate --help"),
        (["GOLD", "--html", "page.txt"], "page.txt has no known suffix; known are .html"),
        (["GOLD", "--save", "none/run.json"], "has no folder to stand in"),
        (["GOLD", "--against", "none.json"], "give a file that --save wrote"),
        (["GOLD", "--against", "GOLD/one.ann"], "is no kept run; give a file that --save wrote"),
        (["GOLD", "--against", "list.json"], "is no kept run"),
        (["GOLD", "--against", "other.json"], "is no kept run"),
        (["GOLD", "--mapping", "none"], "none: No such file or directory; give --mapping"),
        (["GOLD", "--system", "none"], "none is no folder; give --system one"),
        (["GOLD", "--only", "two"], "there is no article 'two'"),
    ],
)
def test_mistakes_are_one_line(folders, tmp_path, monkeypatch, args, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.json").write_text("[1]")
    (tmp_path / "other.json").write_text('{"format": "kg evaluate 1", "figures": {"a": []}}')
    mistake(run("evaluate", *(arg.replace("GOLD", "first") for arg in args)), said)


def test_texts_of_others_are_refused(tmp_path):
    written(tmp_path / "first")
    (tmp_path / "one.gold").write_text('E a Person Иван\nF a holdsPost "мэр"\n', encoding="utf-8")
    mistake(run("evaluate", tmp_path / "one.gold"), "put the text beside the gold, or give --texts")
    mistake(run("evaluate", tmp_path / "one.gold", "--mapping", "nerel"), "leave out --mapping")


def test_factrueval_takes_no_other_options(tmp_path):
    (tmp_path / "book_1.objects").write_text("")
    mistake(run("evaluate", tmp_path, "--json"), "give no option but --errors")


@pytest.mark.slow
def test_kg_reads_the_texts_as_build_does(tmp_path):
    text = "Вести края\n\n12.05.24\n\nГубернатор Иван Ладыгин посетил Харбин 10 мая."
    (tmp_path / "one.txt").write_text(text, encoding="utf-8")
    gold = "E l Person Иван Ладыгин\nE k City Харбин\nF l visited k\n"
    (tmp_path / "one.gold").write_text(gold + 'F l holdsPost "губернатор"\n', encoding="utf-8")
    result = run("evaluate", tmp_path, "--json")
    assert json.loads(result.stdout)["facts"]["one"]["missed"] == []
    assert result.stderr == ""


def test_annotators_are_compared_without_a_model():
    code = "import kg.cli.evaluate, sys; print('spacy' in sys.modules)"
    out = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment()
    )
    assert out.stdout.strip() == "False"
