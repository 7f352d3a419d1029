"""``kg draw``: a graph as a page."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.arguments import GRAPH, LANG, require_output
from kg.cli.opening import opened
from kg.cli.terminal import say
from kg.draw import draw

PAGES = (".html", ".htm")


@click.command
@GRAPH
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE",
    help="The page, an .html file.",
)  # fmt: skip
@click.option("--title", default="", help="The heading of the page.")
@LANG
@click.option("--around", metavar="NAME", help="Draw only what is said about this.")
@click.option(
    "--hops", type=click.IntRange(1), metavar="N",
    help="With --around: and about its neighbours, N - 1 steps away.",
)  # fmt: skip
@click.option("--sentences/--no-sentences", default=True, help="Whether to show the sentences.")
def command(
    graph: str,
    output: Path,
    title: str,
    lang: str,
    around: str | None,
    hops: int | None,
    *,
    sentences: bool,
) -> None:
    """Draw a graph as one HTML page.

    GRAPH is a graph file, a store's folder or the address of a SPARQL server. The
    page needs no network and can be sent on.

    \b
    kg draw graph.ttl -o graph.html
    kg draw archive.kg -o ties.html --around Хэйлунцзян --hops 2 --title 'Связи'
    """
    if hops is not None and around is None:
        raise click.UsageError("--hops is counted from a name; give --around NAME")
    require_output(output, PAGES)
    with opened(graph) as source:
        drawn = source if around is None else source.around(around, hops or 1)
        draw(drawn, output, title=title, lang=lang, sentences=sentences)
    say(f"written: {output}")
