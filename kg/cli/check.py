"""``kg check``: does a graph keep to the shapes, and the rules to their examples."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import click

from kg.cli.opening import opened
from kg.cli.terminal import line, say
from kg.graph import Violation
from kg.ontology import Ontology, Term, load, local

LABELS = ("ru", "en", "zh")
DEFINITIONS = ("ru", "en")
FOUND = 1


@click.command
@click.argument("graph", required=False)
@click.option(
    "--lang", default="ru", show_default=True, metavar="CODE", help="Whose rules to check."
)
def command(graph: str | None, lang: str) -> int:
    """Check a graph, or the ontology and the rules.

    GRAPH, a graph file, a store's folder or the address of a SPARQL server, is checked against
    the shapes of the ontology. Without it the ontology is checked, and each rule against its
    own sentences. The exit code is 1 if anything is found.

    \b
    kg check graph.ttl
    kg check --lang ru
    """
    found = 0
    for fault in _in_rules(lang) if graph is None else _in_graph(graph):
        click.echo(line(fault))
        found += 1
    say(f"{found} faults" if found else "no faults")
    return FOUND if found else 0


def _in_graph(graph: str) -> Iterator[str]:
    with opened(graph) as source:
        yield from map(_told, source.check())


def _told(violation: Violation) -> str:
    path = f" {local(violation.path)}" if violation.path else ""
    called = f" «{violation.label}»" if violation.label else ""
    return (
        f"article {local(violation.article)}: {violation.node}{called}{path}: {violation.message}"
    )


def _in_rules(lang: str) -> Iterator[str]:
    # Loaded here, for it brings the models, and graphs are checked without them.
    examples = import_module("kg.examples")
    yield from ontology_faults(load())
    yield from examples.check(lang)


def ontology_faults(ontology: Ontology) -> Iterator[str]:
    """Yield what is missing in an ontology, and what refers to nothing."""
    for term in (*ontology.classes.values(), *ontology.relations.values()):
        yield from _unsaid(term)
    for cls in ontology.classes.values():
        for parent in set(cls.parents) - set(ontology.classes):
            yield f"{cls.name}: there is no class {parent} above it; declare it"
    for relation in ontology.relations.values():
        for name in {*relation.domain, *relation.range} - set(ontology.classes):
            yield f"{relation.name}: there is no class {name} for its ends; declare it"
        if relation.inverse and relation.inverse not in ontology.relations:
            yield f"{relation.name}: there is no inverse {relation.inverse}; declare it"


def _unsaid(term: Term) -> Iterator[str]:
    for lang in LABELS:
        if lang not in term.labels:
            yield f"{term.name}: no label in {lang}; add rdfs:label"
    for lang in DEFINITIONS:
        if lang not in term.definitions:
            yield f"{term.name}: no definition in {lang}; add skos:definition"
