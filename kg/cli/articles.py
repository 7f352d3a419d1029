"""``kg articles``: which articles a graph holds."""

from __future__ import annotations

import click

from kg.cli.arguments import GRAPH
from kg.cli.opening import opened
from kg.cli.terminal import columns


@click.command
@GRAPH
def command(graph: str) -> None:
    """List the articles of a graph.

    Each with its id, date, publisher and title, the oldest first.

    \b
    kg articles archive.kg
    """
    with opened(graph) as source:
        rows = [
            (a.id, str(a.published or "-"), a.publisher or "-", a.title or "-")
            for a in source.articles()
        ]
    click.echo(columns(rows), nl=False)
