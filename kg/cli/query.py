"""``kg query``: SPARQL, answered in a process of its own, which ends when it takes too long.

Nothing but ending its process stops a query: the engine works outside of Python, where no
signal is heard.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import click

from kg.cli.arguments import GRAPH
from kg.errors import InputError, KgError, QueryError

FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl")


@dataclass(frozen=True, slots=True)
class Question:
    """A query and how to answer it.

    Either ``text`` or the name of one of kg's own queries; ``form`` is one of ``FORMATS``, or
    "" for the one that suits the answer.
    """

    text: str | None
    named: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    form: str = ""
    limit: int | None = None


def _list(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        for query in import_module("kg.graph.named").shipped().values():
            click.echo(f"{query.name}: {query.title('ru')}")
            for parameter in query.parameters:
                given = "" if parameter.default is None else f", {parameter.default!r} if not given"
                click.echo(f"    --param {parameter.name}=… ({parameter.kind}{given})")
        ctx.exit()


@click.command
@GRAPH
@click.argument("sparql", required=False)
@click.option(
    "-f", "--file", type=click.Path(path_type=Path), metavar="FILE",
    help="Read the query from a file; - is standard input.",
)  # fmt: skip
@click.option("--named", metavar="NAME", help="Ask one of kg's own queries; --list shows them.")
@click.option(
    "--param", "params", multiple=True, metavar="NAME=VALUE",
    help="What the query needs to be given; again for each.",
)  # fmt: skip
@click.option(
    "--list", is_flag=True, expose_value=False, is_eager=True, callback=_list,
    help="List kg's own queries and exit.",
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
    named: str | None,
    params: tuple[str, ...],
    form: str | None,
    limit: int | None,
    timeout: float,
) -> None:
    """Answer a SPARQL query.

    GRAPH is a graph file, a store's folder or the address of a SPARQL server. The
    usual prefixes are known. The query is given as text, in a file, or by the name of one that
    kg has.

    \b
    kg query graph.ttl 'SELECT ?a ?b { ?a kg:cooperatesWith ?b }'
    kg query archive.kg -f meetings.rq --format csv
    kg query graph.ttl --named spoke-for --param place=Приморье --param year=2021
    """
    if len([given for given in (sparql, file, named) if given is not None]) != 1:
        raise click.UsageError("one query is needed; give its text, -f FILE or --named NAME")
    text = sparql if file is None else _text(file)
    question = Question(text, named, _values(params), form or "", limit)
    click.echo(ask(graph, question, timeout=timeout), nl=False)


def _values(params: tuple[str, ...]) -> dict[str, str]:
    values: dict[str, str] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals or name in values:
            raise click.UsageError(f"--param {param!r} is not NAME=VALUE, each name once")
        values[name] = value
    return values


def ask(graph: str, question: Question, *, timeout: float) -> str:
    """Return the answer to a question, as text.

    Raises QueryError if the answer takes longer than ``timeout``, and what is wrong with the
    graph or the query.
    """
    spawn = get_context("spawn")
    here, there = spawn.Pipe(duplex=False)
    process = spawn.Process(target=answer, args=(there, graph, question), daemon=True)
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


def answer(channel: Connection, graph: str, question: Question) -> None:
    """Answer in the new process; only there is what that needs loaded, for it takes time."""
    import_module("kg.cli.answering").answer(channel, graph, question)


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
