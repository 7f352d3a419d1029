"""``kg serve``: a graph over HTTP."""

from __future__ import annotations

import os
from pathlib import Path

import click

from kg.cli.arguments import GRAPH
from kg.cli.opening import on_server, shown
from kg.cli.terminal import say
from kg.errors import InputError
from kg.graph import KnowledgeGraph
from kg.serve import Settings, listen

LOOPBACK = ("localhost", "127.0.0.1", "::1")


@click.command
@GRAPH
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="HOST",
    help="The address to listen on; anyone who reaches it can read the graph.",
)  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True)
@click.option(
    "--name", "names", multiple=True, metavar="HOST",
    help="A name under which the server is called, beside the host; again for each.",
)  # fmt: skip
@click.option(
    "--cors", "origins", multiple=True, metavar="ORIGIN",
    help="A site whose pages may ask, such as https://yasgui.example; * for all.",
)  # fmt: skip
@click.option(
    "--writable", is_flag=True,
    help="Let those write a store who have the token in KG_TOKEN.",
)  # fmt: skip
@click.option(
    "--timeout", type=click.FloatRange(0, min_open=True), default=30, show_default=True,
    metavar="SECONDS", help="Give up a query after so long.",
)  # fmt: skip
@click.option(
    "--max-rows", type=click.IntRange(1), default=10_000, show_default=True, metavar="N",
    help="Give no more rows than these.",
)  # fmt: skip
@click.option(
    "--workers", type=click.IntRange(1, 64), default=2, show_default=True, metavar="N",
    help="How many queries are answered at once.",
)  # fmt: skip
def command(
    graph: str,
    host: str,
    port: int,
    names: tuple[str, ...],
    origins: tuple[str, ...],
    writable: bool,
    timeout: float,
    max_rows: int,
    workers: int,
) -> None:
    """Serve a graph over HTTP, with SPARQL and pages to look at.

    GRAPH is a graph file or a store's folder. The SPARQL endpoint is /sparql, the query page
    /, the drawn page /graph; each thing has a page under the path of its IRI.

    \b
    kg serve archive.kg
    KG_TOKEN=… kg serve archive.kg --writable
    """
    token = os.environ.get("KG_TOKEN", "") if writable else ""
    if writable and not token:
        raise InputError("--writable needs a token; set KG_TOKEN")
    if on_server(graph):
        raise InputError(f"{shown(graph)} serves already; give a graph file or a store's folder")
    if writable and not Path(graph).is_dir():
        raise InputError(f"{graph} is not a store's folder, and only those are written")
    # What cannot be opened is told now, and not by every answer.
    KnowledgeGraph.open(graph, guarded=False).close()
    settings = Settings(
        graph=graph,
        workers=workers,
        timeout=timeout,
        rows=max_rows,
        token=token,
        origins=origins,
        hosts=(*LOOPBACK, host, *names),
    )
    listen(settings, host, port, ready=lambda address: say(f"listening on {address}"))
    say("stopped")
