"""Whole texts and the whole graph that each of them gives."""

from pathlib import Path

import pytest

import kg
from kg.export import rdf

CASES = sorted(Path(__file__).with_name("cases").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case):
    text, expected = case / "in.txt", case / "expected.ttl"
    made = rdf.turtle(kg.build(kg.read(text))).decode()
    assert made == expected.read_text(encoding="utf-8"), (
        f"look at what has changed, then: kg build tests/cases/{case.name}/in.txt -o "
        f"tests/cases/{case.name}/expected.ttl"
    )
