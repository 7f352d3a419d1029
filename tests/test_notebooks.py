"""The notebooks run from top to bottom, and what they keep is fit to be published."""

import re
from pathlib import Path

import nbformat
import pytest

from notebooks.execute import FOLDER, execute, tidy

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


@pytest.fixture(autouse=True)
def importable(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebook_shows_what_it_kept(path):
    kept = nbformat.read(path, as_version=4)
    shown = tidy(execute(path))
    for before, after in zip(kept.cells, shown.cells, strict=True):
        assert before == after, "run: make notebooks"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebook_is_short_and_tidy(path):
    notebook = nbformat.read(path, as_version=4)
    assert len(notebook.cells) <= 12
    assert all(cell.outputs for cell in notebook.cells if cell.cell_type == "code")
    assert tidy(nbformat.read(path, as_version=4)) == notebook


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebook_names_no_place_on_a_machine(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"(?<![\w.<])/(home|root|tmp|work|Users|usr|opt)/", text)
    assert "0x" not in text
