"""``kg ontology``: the classes as a tree, the relations with what they join."""

from __future__ import annotations

from collections.abc import Iterator

import click

from kg.cli.arguments import LANG
from kg.cli.terminal import columns
from kg.graph.shapes import relation_shapes
from kg.ontology import Ontology, Relation, Term, load

HEAD = ("relation", "label", "from", "to", "kind", "meaning")


@click.command
@LANG
@click.option("--markdown", is_flag=True, help="Write Markdown: so ontology/README.md is made.")
@click.option(
    "--shapes", is_flag=True,
    help="Write what the relations may join as SHACL: so ontology/shapes/relations.ttl is made.",
)  # fmt: skip
def command(lang: str, *, markdown: bool, shapes: bool) -> None:
    """Show the classes and the relations.

    \b
    kg ontology --lang en
    kg ontology --markdown > ontology/README.md
    """
    ontology = load()
    if shapes:
        click.echo(relation_shapes(ontology), nl=False)
    else:
        click.echo((as_markdown if markdown else as_text)(ontology, lang), nl=False)


def as_text(ontology: Ontology, lang: str) -> str:
    """Return both as tables for a terminal."""
    names, depths = zip(*tree(ontology), strict=True)
    classes = [(name, *_said(ontology.classes[name], lang)) for name in names]
    return columns(classes, depths) + "\n" + columns([HEAD, *_rows(ontology, lang)])


def as_markdown(ontology: Ontology, lang: str) -> str:
    """Return both as a page: the tree as a list, the relations as a table."""
    lines = ["# Ontology", "", "Written by `kg ontology --markdown`; change the .ttl files.", ""]
    lines += ["## Classes", ""]
    for name, depth in tree(ontology):
        label, meaning = _said(ontology.classes[name], lang)
        lines.append(f"{'  ' * depth}- `{name}` {label}: {meaning}")
    lines += ["", "## Relations", "", _row(HEAD), _row(["---"] * len(HEAD))]
    lines += [_row((f"`{name}`", *cells)) for name, *cells in _rows(ontology, lang)]
    return "\n".join(lines) + "\n"


def tree(ontology: Ontology) -> Iterator[tuple[str, int]]:
    """Yield each class and how deep it lies, those below another right after it.

    A class below several stands below the first of them.
    """
    below: dict[str, list[str]] = {}
    for name in sorted(ontology.classes):
        above = ontology.classes[name].parents[:1]
        below.setdefault(above[0] if above else "", []).append(name)
    stack = [(name, 0) for name in reversed(below.get("", []))]
    while stack:
        name, depth = stack.pop()
        yield name, depth
        stack += [(child, depth + 1) for child in reversed(below.get(name, []))]


def _rows(ontology: Ontology, lang: str) -> Iterator[tuple[str, ...]]:
    for name, relation in sorted(ontology.relations.items()):
        label, meaning = _said(relation, lang)
        to = ", ".join(relation.range) or relation.datatype or "literal"
        yield name, label, ", ".join(relation.domain), to, _kind(relation), meaning


def _kind(relation: Relation) -> str:
    kinds = ["symmetric"] if relation.symmetric else []
    return ", ".join([*kinds, f"inverse of {relation.inverse}"] if relation.inverse else kinds)


def _said(term: Term, lang: str) -> tuple[str, str]:
    meaning = term.definitions.get(lang) or term.definitions.get("en", "")
    return term.label(lang), meaning


def _row(cells: tuple[str, ...] | list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
