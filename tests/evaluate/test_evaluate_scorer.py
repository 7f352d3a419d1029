"""The lenient figures are those of the gold scorer that lies beside the repository."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

import kg
from kg.evaluate import measure
from kg.evaluate.reading import read_corpus
from kg.evaluate.system import from_resolution
from kg.graph import KnowledgeGraph
from kg.pipeline import read_article
from kg.resolve import resolve
from kg.sources import read

SHARED = Path(kg.__file__).parents[2] / "shared"
SCORER = SHARED / "score_gold.py"
FOLDER = SHARED / "gold"
missing = pytest.mark.skipif(
    not (SCORER.is_file() and FOLDER.is_dir()), reason="../shared is not beside this checkout"
)


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_gold", SCORER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@missing
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # the scorer's own
def test_counts_are_the_scorers(scorer, tmp_path):
    corpus = read_corpus([FOLDER])
    assert corpus.articles
    for gold in corpus.articles:
        (article,) = read(gold.text)
        resolution = resolve(read_article(article))
        with KnowledgeGraph() as graph:
            graph.add(resolution)
            kg.export(graph, tmp_path / "graph.ttl")
        name = gold.annotated.name
        theirs, *_ = scorer.score(FOLDER / f"{name}.gold", tmp_path / "graph.ttl")
        ours = measure(gold.annotated, from_resolution(resolution)).relations_lenient.micro
        assert (ours.right, ours.said - ours.right, ours.wanted) == (
            theirs["tp"], theirs["fp"], theirs["facts"],
        ), name  # fmt: skip


@missing
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # the scorer's own
def test_counts_are_the_scorers_for_a_system_that_errs(scorer, tmp_path):
    """Each text is scored with what was found in the next one, put under its own names."""
    corpus = read_corpus([FOLDER])
    found = [resolve(read_article(next(iter(read(gold.text))))) for gold in corpus.articles]
    for gold, resolution in zip(corpus.articles, found[1:] + found[:1], strict=True):
        with KnowledgeGraph() as graph:
            graph.add(resolution)
            kg.export(graph, tmp_path / "graph.ttl")
        name = gold.annotated.name
        theirs, *_ = scorer.score(FOLDER / f"{name}.gold", tmp_path / "graph.ttl")
        ours = measure(gold.annotated, from_resolution(resolution)).relations_lenient.micro
        assert (ours.right, ours.said - ours.right) == (theirs["tp"], theirs["fp"]), name
