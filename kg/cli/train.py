"""``kg train``: a model out of texts that were annotated by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from kg.cli.progress import progress
from kg.cli.terminal import say
from kg.errors import InputError

PATH = click.Path(path_type=Path)


@click.command
@click.option(
    "--data", multiple=True, required=True, metavar="NAME=DIR",
    help="Learn from the BRAT articles of a folder; those of one name share their labels.",
)  # fmt: skip
@click.option("--dev", multiple=True, metavar="NAME=DIR", help="Score on these after each epoch.")
@click.option(
    "--repeat",
    multiple=True,
    metavar="NAME=N",
    help="Take a name's articles N times an epoch; 0.5 is half of them, drawn anew each time.",
)
@click.option("--init", type=PATH, metavar="DIR", help="Go on from the model of an earlier run.")
@click.option("-o", "--output", type=PATH, required=True, metavar="DIR", help="Where to write.")
@click.option("--epochs", type=click.IntRange(1), default=14, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option(
    "--swaps", type=click.IntRange(0), default=0, show_default=True, metavar="N",
    help="Take each article N times more with names exchanged for others of their class.",
)  # fmt: skip
@click.option(
    "--keep", type=click.FloatRange(0, 1), default=0.0, show_default=True, metavar="SHARE",
    help="Average the model at the end with that of --init, which has this weight.",
)  # fmt: skip
@click.option("--rate", type=float, default=1.5e-4, show_default=True, help="Learning rate.")
def command(
    data: tuple[str, ...], dev: tuple[str, ...], repeat: tuple[str, ...], init: Path | None,
    output: Path, epochs: int, seed: int, swaps: int, keep: float, rate: float,
) -> None:  # fmt: skip
    """Train the model on texts annotated by hand.

    It finds entities and relations. Needs the extra: pip install 'kg[train]'. A run that was
    stopped goes on where it was when it is started again with the same options. The folder
    gets the model (meta.json and what it names), log.jsonl with a line for each epoch, and
    CARD.md.

    \b
    kg train --data kg=corpus/train --dev kg=corpus/dev -o mine
    """
    try:
        from kg.train.loop import Settings
        from kg.train.run import Recipe, run
    except ImportError as error:
        raise InputError(f"{error.name} is missing; pip install 'kg[train]'") from error
    if keep and init is None:
        raise click.UsageError("--keep needs the model to keep; give --init as well")
    times = tuple((name, _number(value)) for name, value in map(_named, repeat))
    recipe = Recipe(
        data=_folders(data), dev=_folders(dev), init=init,
        settings=Settings(
            epochs=epochs, seed=seed, rate=rate, swaps=swaps, keep=keep, repeat=times
        ),
    )  # fmt: skip
    with progress(f"of {epochs} epochs") as advance:

        def told(record: dict[str, Any]) -> None:
            advance()
            say("; ".join(f"{key} {value}" for key, value in record.items()))

        run(recipe, output, told, lambda article: say(f"skipped: {article}"))
    say(f"written: {output}")


def _named(said: str) -> tuple[str, str]:
    name, mark, value = said.partition("=")
    if not (name and mark and value):
        raise click.UsageError(f"{said!r} names nothing; write NAME=VALUE")
    return name, value


def _number(said: str) -> float:
    if not re.fullmatch(r"\d+(\.\d+)?", said) or not float(said):
        raise click.UsageError(f"{said!r} is no number of times; write NAME=3 or NAME=0.5")
    return float(said)


def _folders(said: Sequence[str]) -> tuple[tuple[str, Path], ...]:
    found = tuple((name, Path(value)) for name, value in map(_named, said))
    for _, path in found:
        if not path.is_dir():
            raise InputError(f"{path} is no folder; give one with .txt and .ann files")
    return found
