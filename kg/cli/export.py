"""``kg export``: a graph in another format."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.arguments import GRAPH, require_place
from kg.cli.opening import opened
from kg.cli.terminal import say
from kg.export import export, require


@click.command
@GRAPH
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, metavar="PATH",
    help="The file: .ttl .trig .nq .nt .jsonld .rdf .graphml .gexf .csv; or a folder.",
)  # fmt: skip
@click.option(
    "--format", "form", default="", metavar="NAME",
    help="Write a folder of tables: network (nodes and edges) or neo4j (for its bulk import).",
)  # fmt: skip
@click.option("--rdf12", is_flag=True, help="Say in RDF 1.2 too what each statement states.")
def command(graph: str, output: Path, form: str, rdf12: bool) -> None:
    """Write a graph to a file of another format.

    GRAPH is a graph file, a store's folder or the address of a SPARQL server;
    the suffix of the output names its format.

    \b
    kg export graph.ttl -o graph.jsonld
    kg export graph.ttl -o tables --format neo4j
    """
    require(output, form, rdf12=rdf12)
    require_place(output, folder=bool(form))
    with opened(graph) as source:
        export(source, output, form=form, rdf12=rdf12)
    say(f"written: {output}")
