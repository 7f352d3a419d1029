"""Imports point down only, and each third party stays where the design puts it."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "kg"
LAYERS = (
    {"model", "errors"},
    {"resources", "standoff"},
    {"registry", "ontology", "neural"},
    {"lang"},
    {"sources", "mentions", "extract", "resolve", "store"},
    {"graph"},
    {"export", "draw"},
    {"pipeline"},
    {"evaluate", "examples", "train"},
    {"serve"},
    {"cli", "__init__"},
    {"__main__"},
)
HOMES = {
    "spacy": {"lang", "mentions", "extract"},
    "slovnet": {"lang"},
    "navec": {"lang"},
    "razdel": {"lang", "evaluate", "neural"},
    "pymorphy3": {"lang"},
    "pyoxigraph": {"store", "graph", "export", "serve"},
    "httpx": {"store"},
    "rdflib": {"ontology", "store", "graph", "export", "serve"},
    "networkx": {"graph", "draw", "export", "evaluate"},
    "pyvis": {"draw"},
    "jinja2": {"draw", "evaluate", "serve"},
    "starlette": {"serve"},
    "uvicorn": {"serve"},
    "pyshacl": {"graph", "cli"},
    "click": {"cli"},
    "rich": {"cli"},
    "bs4": {"sources"},
    "onnxruntime": {"neural"},
    "torch": {"train"},
    "onnx": {"train"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def part(path: Path) -> str:
    """The module or folder right below kg/ that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= names if node.module == "kg" else {node.module}
    return found


def layer(name: str) -> int:
    return next(i for i, names in enumerate(LAYERS) if name in names)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_down(path):
    here = part(path)
    for name in imports(path):
        top, _, rest = name.partition(".")
        there = rest.split(".")[0]
        if top == "kg" and there and there != here:
            assert layer(there) < layer(here), f"{path.name} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_third_parties_stay_home(path):
    for name in imports(path):
        home = HOMES.get(name.split(".")[0])
        assert home is None or part(path) in home, f"{path.name} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_modules_stay_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 320
