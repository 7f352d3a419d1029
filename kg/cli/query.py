"""``kg query``: SPARQL, answered in a process of its own, which ends when it takes too long.

Nothing but ending its process stops a query: the engine works outside of Python, where no
signal is heard.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import click

from kg.cli.arguments import GRAPH
from kg.errors import InputError, KgError, QueryError

FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl")


@click.command
@GRAPH
@click.argument("sparql", required=False)
@click.option(
    "-f", "--file", type=click.Path(path_type=Path), metavar="FILE",
    help="Read the query from a file; - is standard input.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default=None,
    help="How to write the answer: a table, and CONSTRUCT as ttl, if not said.",
)  # fmt: skip
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Give the first N rows.")
@click.option(
    "--timeout", type=click.FloatRange(0, min_open=True), default=60, show_default=True,
    metavar="SECONDS", help="Give up after so long; loading the graph does not count.",
)  # fmt: skip
def command(
    graph: str,
    sparql: str | None,
    file: Path | None,
    form: str | None,
    limit: int | None,
    timeout: float,
) -> None:
    """Answer a SPARQL query.

    GRAPH is a graph file or a store's folder. The usual prefixes are known.

    \b
    kg query graph.ttl 'SELECT ?a ?b { ?a kg:cooperatesWith ?b }'
    kg query archive.kg -f meetings.rq --format csv
    """
    if sparql is None and file is not None:
        sparql, file = _text(file), None
    if sparql is None or file is not None:
        raise click.UsageError("one query is needed; give its text or -f FILE")
    click.echo(ask(graph, sparql, form or "", limit, timeout=timeout), nl=False)


def ask(graph: str, sparql: str, form: str, limit: int | None, *, timeout: float) -> str:
    """Return the answer to a query in a form of ``FORMATS``, or in the one that suits it.

    Raises QueryError if the answer takes longer than ``timeout``, and what is wrong with the
    graph or the query.
    """
    spawn = get_context("spawn")
    here, there = spawn.Pipe(duplex=False)
    process = spawn.Process(target=answer, args=(there, graph, sparql, form, limit), daemon=True)
    with _deaf():
        process.start()
    there.close()
    try:
        loaded = here.recv()
        if loaded is None and not here.poll(timeout):
            raise QueryError(f"no answer in {timeout:g} s; narrow the query, or raise --timeout")
        answered = here.recv() if loaded is None else loaded
    except EOFError as error:
        process.join()
        reason = f"its process ended with {process.exitcode}; ask for less with LIMIT"
        raise QueryError(f"the query failed: {reason}") from error
    finally:
        process.kill()
        process.join()
    if isinstance(answered, KgError):
        raise answered
    return str(answered)


def answer(channel: Connection, graph: str, sparql: str, form: str, limit: int | None) -> None:
    """Answer in the new process; only there is what that needs loaded, for it takes time."""
    import_module("kg.cli.answering").answer(channel, graph, sparql, form, limit)


@contextmanager
def _deaf() -> Iterator[None]:
    """Ignore Ctrl-C; a process started meanwhile goes on doing so, and dies with this one."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _text(file: Path) -> str:
    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}; check the path") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{file} is not in UTF-8; save it so") from error
