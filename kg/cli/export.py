"""``kg export``: a graph in another format."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.arguments import GRAPH, require_output
from kg.cli.opening import opened
from kg.cli.terminal import say
from kg.export import export
from kg.registry import exporters


@click.command
@GRAPH
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE",
    help="The file: .ttl .trig .nq .nt .jsonld .rdf .graphml .gexf .csv",
)  # fmt: skip
def command(graph: str, output: Path) -> None:
    """Write a graph to a file of another format.

    GRAPH is a graph file or a store's folder; the suffix of the output names its format.

    \b
    kg export graph.ttl -o graph.jsonld
    """
    require_output(output, exporters.get_all())
    with opened(graph) as source:
        export(source, output)
    say(f"written: {output}")
