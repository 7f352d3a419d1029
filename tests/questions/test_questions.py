"""What an analyst would ask of the example graph, and what it answers.

The answers were read against the texts; where the graph misses something that a text says, the
query's last comment says so. `kg query GRAPH -f QUESTION.rq --format csv` writes one.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from kg import build, read
from kg.graph.named import parsed

HERE = Path(__file__).parent
QUESTIONS = sorted(HERE.glob("*.rq"))
NEWS = HERE.parents[1] / "examples" / "news"


@pytest.fixture(scope="module")
def news():
    return build(read(str(NEWS / "*.txt")))


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_there_are_enough():
    assert len(QUESTIONS) >= 15
    assert {q.stem for q in QUESTIONS} == {path.stem for path in HERE.glob("*.csv")}


@pytest.mark.slow
@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_the_graph_answers(news, path):
    question = parsed(path.stem, path.read_text("utf-8"))
    assert {"ru", "en"} <= set(question.titles)
    expected = rows(path.with_suffix(".csv").read_text("utf-8"))
    assert len(expected) > 1
    assert rows(news.query(question.text).csv()) == expected
