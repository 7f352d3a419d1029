"""The command line: each command a module, loaded when it is called.

A command returns its exit code: 0 or nothing if all is well, 1 if a check found something,
2 for the user's mistake. Whatever kg can explain is said in one line on standard error.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import Any, NoReturn

import click

from kg.cli.terminal import complain
from kg.errors import KgError
from kg.resources import version

COMMANDS = {
    "build": "Turn news texts into a graph.",
    "query": "Answer a SPARQL query.",
    "facts": "List facts with the sentences that say them.",
    "articles": "List the articles of a graph.",
    "export": "Write a graph to a file of another format.",
    "draw": "Draw a graph as one HTML page.",
    "serve": "Serve a graph over HTTP, with SPARQL and pages to look at.",
    "remove": "Remove an article from a store.",
    "evaluate": "Measure how well texts annotated by hand are read.",
    "train": "Train the model on texts annotated by hand.",
    "check": "Check a graph, or the ontology and the rules.",
    "ontology": "Show the classes and the relations.",
}
"""The commands in the order of their use; each is also the first line of its own help."""

MISTAKE, INTERRUPTED, UNHEARD = 2, 130, 141


class Commands(click.Group):
    """All commands; no module of theirs is loaded before it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None for a name that is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"kg.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each command is for."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> int:
        """Run a command and return its exit code."""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except KgError as error:
            complain(str(error))
        except KeyboardInterrupt as stop:
            complain("; ".join(("interrupted", *map(str, stop.args))))
            return INTERRUPTED
        except BrokenPipeError:
            # Whoever read this has closed the pipe; Python would complain of it at its exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return UNHEARD
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            complain(f"{where}{error.strerror or error}; see the disk and the permissions")
        else:
            return int(code or 0)
        return MISTAKE

    def main(self, *args: Any, **extra: Any) -> NoReturn:  # noqa: ANN401  # as click has it
        """Run a command and leave with its exit code."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):  # whatever the locale says
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        try:
            code = super().main(*args, **{**extra, "standalone_mode": False})
        except click.UsageError as error:
            asked = error.ctx.command_path if error.ctx else "kg"
            complain(f"{error.format_message().rstrip('.?')}; see {asked} --help")
            code = MISTAKE
        sys.exit(code)


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"kg {version() or '(not installed: run from a checkout)'}")
        ctx.exit()


@click.group(cls=Commands, name="kg", invoke_without_command=True)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version,
    help="Show the version and exit.",
)  # fmt: skip
@click.pass_context
def commands(ctx: click.Context) -> None:
    """Turn Russian news into a knowledge graph whose every fact shows its sentence.

    \b
    kg build news/ -o graph.ttl
    kg facts graph.ttl --about Хэйлунцзян
    kg draw graph.ttl -o graph.html
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main() -> NoReturn:
    """Run the command that ``sys.argv`` names."""
    commands.main(prog_name="kg")
