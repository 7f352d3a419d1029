"""Which files are read, in which order, and what is said of the others."""

import io
import logging
import os
from pathlib import Path

import catalogue
import pytest

from kg.errors import InputError
from kg.sources import Skipped, read

STORY = "Делегация края прибыла в Харбин."


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def write(*names, text=STORY):
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{text} {name}", encoding="utf-8")


def run(*sources):
    skipped, notes = [], []
    found = [a.origin for a in read(*sources, on_skip=skipped.append, on_note=notes.append)]
    return found, [str(s) for s in skipped], [str(n) for n in notes]


def test_a_folder_is_read_in_order_and_depth():
    write(
        "news/b.txt", "news/a.TXT", "news/deep/c.md", "news/.d.txt", "news/.git/e.txt", "news/f.pdf"
    )
    assert run("news") == (["news/a.TXT", "news/b.txt", "news/deep/c.md"], [], [])


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("news/*.txt", ["news/a.txt", "news/b.txt"]),
        ("news/**/*.txt", ["news/a.txt", "news/b.txt", "news/deep/c.txt"]),
        ("news/**", ["news/a.txt", "news/b.txt", "news/deep/c.txt", "news/deep/d.md"]),
        ("news/[b]*", ["news/b.txt"]),
        ("**/c.txt", ["news/deep/c.txt"]),
        ("n*/deep", ["news/deep/c.txt", "news/deep/d.md"]),
        ("news/.*.txt", ["news/.e.txt"]),
    ],
)
def test_patterns(pattern, found):
    write("news/a.txt", "news/b.txt", "news/deep/c.txt", "news/deep/d.md", "news/.e.txt")
    assert run(pattern) == (found, [], [])
    assert run(str(Path(pattern).absolute()))[1] == []


def test_a_file_is_read_once_however_often_it_is_named():
    write("news/a.txt")
    Path("link.txt").symlink_to("news/a.txt")
    assert run("news", "news/a.txt", Path("news/a.txt"), "*/a.txt", "link.txt")[0] == ["news/a.txt"]


def test_a_name_with_brackets_is_a_name():
    write("a [1].txt")
    assert run("a [1].txt")[0] == ["a [1].txt"]


def test_standard_input_is_one_text(monkeypatch):
    stdin = io.TextIOWrapper(io.BytesIO(STORY.encode("cp1251")))
    monkeypatch.setattr("sys.stdin", stdin)
    (found,) = read("-", "-")
    assert (found.text, found.origin) == (STORY, "-")


def test_empty_standard_input_is_skipped(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
    assert run("-")[1] == ["-: no text; give a file with an article in it"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("news/x.txt", "news/x.txt: no such file; check the path"),
        ("a.txt/b.txt", "a.txt/b.txt: no such file; check the path"),
        ("*.csv", "*.csv: matches no file; check the pattern"),
        ("a.pdf", "a.pdf: unknown format .pdf; known: .csv .htm .html .jsonl .md .txt"),
        ("empty", "empty: holds no file of .csv .htm .html .jsonl .md .txt"),
        ("pipe.txt", "pipe.txt: not a file"),
        ("loop.txt", "loop.txt: "),
        ("broken.txt", "broken.txt: binary"),
        ("", "'': an empty path"),
        ("a\0.txt", "a\ufffd.txt: not a path"),
        ("a" * 5000, "a" * 5000 + ": cannot be read"),
        ("a**b/*.txt*", ""),
        ("x\n*", "x\ufffd*: matches no file"),
    ],
)
def test_what_cannot_be_read_is_skipped_and_the_rest_is_read(source, message):
    write("a.txt", "a.pdf")
    Path("empty").mkdir()
    os.mkfifo("pipe.txt")
    Path("loop.txt").symlink_to("loop.txt")
    Path("broken.txt").write_bytes(b"\0\xff\x01" * 50)
    found, skipped, _ = run(source, "a.txt")
    assert found == ["a.txt"]
    assert len(skipped) == 1
    assert skipped[0].startswith(message)
    assert "\n" not in skipped[0]


def test_loops_of_links_end():
    write("news/a.txt")
    Path("news/one").symlink_to("../news")
    Path("news/two").symlink_to("../news")
    assert run("news") == (["news/a.txt"], [], [])
    assert run("news/**/*.txt") == (["news/a.txt"], [], [])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_skipped():
    write("news/a.txt", "news/b.txt", "news/shut/c.txt")
    Path("news/a.txt").chmod(0)
    Path("news/shut").chmod(0)
    found, skipped, _ = run("news")
    Path("news/shut").chmod(0o700)
    assert found == ["news/b.txt"]
    assert skipped == [
        "news/a.txt: may not be read; change its permissions",
        "news/shut: may not be read; change its permissions",
    ]


def test_a_file_name_that_is_no_text_stays_in_one_line():
    Path(os.fsdecode(b"a\xff\n.txt")).write_text(STORY, encoding="utf-8")
    assert run(".")[0] == ["a\ufffd\ufffd.txt"]


def test_skipped_and_notes_are_logged_by_default(caplog):
    Path("a.txt").write_bytes(STORY.encode("cp1251"))
    with caplog.at_level(logging.INFO, logger="kg.sources"):
        assert len(list(read("a.txt", "b.txt"))) == 1
    assert [(r.levelname, r.getMessage()) for r in caplog.records] == [
        ("INFO", "a.txt: not UTF-8, read as CP1251"),
        ("WARNING", "b.txt: no such file; check the path"),
    ]


def test_reading_waits_until_it_is_asked():
    write("a.txt", "b.txt")
    found = read("a.txt", "b.txt")
    next(found)
    Path("b.txt").unlink()
    assert list(found) == []


def test_a_reader_from_outside_is_found_by_its_suffix(monkeypatch):
    def shout(origin, file):
        yield Skipped(f"{origin}:1", "quiet")
        raise InputError("too quiet; speak up")

    outside = catalogue.create("kg_tests", "readers")
    outside.register(".loud", func=shout)
    monkeypatch.setattr("kg.sources.reading.readers", outside)
    write("a.loud")
    assert run("a.loud")[1] == ["a.loud:1: quiet", "a.loud: too quiet; speak up"]
