"""What the README shows is what kg does."""

import re
import shutil
from pathlib import Path

import pytest
import rdflib

import kg
from kg.graph.terms import PREFIXES

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
CHANGED = "if that is right, put what kg gives now into README.md"


def block(lang: str) -> str:
    """The one block of the README in a language."""
    (found,) = re.findall(rf"^```{lang}\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
    return found


@pytest.fixture(scope="module")
def graph():
    return kg.build(kg.read(ROOT / "examples" / "news"))


@pytest.mark.slow
def test_python_example_runs(tmp_path, monkeypatch, capsys):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    exec(compile(block("python"), "README.md", "exec"), {})  # noqa: S102  # our own text
    said = capsys.readouterr().out
    assert "Хэйлунцзян — locatedIn → Китай Asserted" in said
    assert re.search(r"Портовый альянс +Муданьцзян", said)
    assert (tmp_path / "graph.ttl").stat().st_size > 10_000
    assert (tmp_path / "graph.html").stat().st_size > 10_000


@pytest.mark.slow
def test_turtle_stands_in_the_graph(graph):
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    shown = rdflib.Graph().parse(data=prefixes + block("turtle"), format="turtle")
    assert len(shown) > 10
    assert set(shown) - set(graph.rdflib()) == set(), CHANGED


@pytest.mark.slow
def test_query_gives_the_table(graph):
    assert graph.query(block("sparql")).table() == block("text"), CHANGED


def test_query_is_the_example():
    assert block("sparql") == (ROOT / "examples" / "connections.rq").read_text(encoding="utf-8")


def test_links_lead_somewhere():
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            assert "://" in target or (ROOT / target).exists(), f"{name}: {target}"
