"""Importing kg costs nothing, and gives what it says."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from cli_runs import environment

import kg

HEAVY = ("spacy", "rdflib", "pyvis", "pyoxigraph", "networkx", "numpy", "pyshacl", "click")


def loaded(code: str) -> set[str]:
    """Which heavy libraries are there after running ``code``."""
    code += f"; import json, sys; print(json.dumps([m for m in {HEAVY} if m in sys.modules]))"
    out = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env=environment()
    )
    return set(json.loads(out.stdout.splitlines()[-1]))


def test_importing_kg_loads_nothing():
    assert loaded("import kg") == set()


def test_what_a_command_loads():
    assert loaded("import kg.cli") == {"click"}
    assert loaded("import kg.cli.query") == {"click"}
    for command in ("facts", "export", "draw", "articles", "ontology", "answering"):
        assert "spacy" not in loaded(f"import kg.cli.{command}"), command


def test_all_is_sorted_and_importable():
    assert kg.__all__ == sorted(kg.__all__)
    for name in kg.__all__:
        assert not isinstance(getattr(kg, name), type(sys)), name
    assert set(kg.__all__) <= set(dir(kg))
    found: dict[str, object] = {}
    exec("from kg import *", found)  # noqa: S102
    assert set(found) - {"__builtins__"} == set(kg.__all__)


def test_other_names_are_unknown():
    with pytest.raises(AttributeError, match="has no attribute 'buidl'"):
        kg.buidl  # noqa: B018


@pytest.mark.parametrize("first", ["import kg.draw, kg.export", "import kg; kg.draw, kg.export"])
def test_functions_keep_their_names_from_modules(first):
    loaded(f"{first}; import kg; assert callable(kg.draw) and callable(kg.export)")
    loaded(f"{first}; from kg import draw, export; assert callable(draw) and callable(export)")
