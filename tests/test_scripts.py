"""The scripts of the pages, checked by ESLint: as one, for the drawn page's parts share a scope."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kg.draw import document

ROOT = Path(__file__).parents[1]
ESLINT = ROOT / "node_modules" / "eslint" / "bin" / "eslint.js"
STATIC = sorted((ROOT / "kg" / "serve" / "static").glob("*.js"))


def complaints(text, known=()):
    """Yield the line, the rule and the reason for each thing that ESLint finds."""
    node = shutil.which("node")
    if node is None or not ESLINT.exists():
        pytest.skip("ESLint is not installed; make test installs it where there is npm")
    command = [node, str(ESLINT), "--stdin", "--stdin-filename", "page.js", "--format", "json"]
    for name in known:
        command += ["--global", name]
    done = subprocess.run(
        command, input=text, capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.stdout, done.stderr
    for message in json.loads(done.stdout)[0]["messages"]:
        yield message["line"], message.get("ruleId"), message["message"]


def test_the_page_has_no_mistakes():
    parts = [
        (name, (document.FOLDER / "js" / f"{name}.js").read_text()) for name in document.SCRIPTS
    ]
    places = [f"{name}.js:{i}" for name, text in parts for i, _ in enumerate(text.splitlines(), 1)]
    whole = "".join(text for _, text in parts)
    found = complaints(whole, known=["vis"])
    assert [(places[line - 1], rule, reason) for line, rule, reason in found] == []


@pytest.mark.parametrize("path", STATIC, ids=lambda path: path.name)
def test_the_server_has_no_mistakes(path):
    assert list(complaints(path.read_text())) == []


def test_every_part_is_in_the_page():
    names = {path.stem for path in (document.FOLDER / "js").glob("*.js")}
    assert names == set(document.SCRIPTS)


def test_a_mistake_is_found():
    text = "const a = 1;\nelement.innerHTML = a;\n"
    assert {rule for _, rule, _ in complaints(text)} == {"no-undef", "no-restricted-properties"}


def test_the_lock_names_no_registry():
    assert not re.search(r'"resolved"|registry', (ROOT / "package-lock.json").read_text())
