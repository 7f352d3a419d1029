"""The examples beside the ontology: valid ones conform, each invalid one breaks what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import KnowledgeGraph

EXAMPLES = Path(__file__).parents[2] / "ontology" / "examples"
VALID = sorted((EXAMPLES / "valid").glob("*.ttl"))
INVALID = sorted((EXAMPLES / "invalid").glob("*.ttl"))


def name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", VALID, ids=name)
def test_a_valid_example_conforms(path):
    graph = KnowledgeGraph.open(path)
    assert not [(v.node, v.message) for v in graph.check()]
    for fact in graph.facts():
        assert all(claim.subject.text in claim.evidence.quote for claim in fact.claims)


@pytest.mark.parametrize("path", INVALID, ids=name)
def test_an_invalid_example_breaks_just_what_it_says(path):
    said = path.read_text("utf-8").splitlines()[0].removeprefix("# Breaks: ")
    assert {violation.message for violation in KnowledgeGraph.open(path).check()} == {said}
