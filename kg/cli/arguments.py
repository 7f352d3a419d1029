"""The arguments that several commands share."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

import click

from kg.errors import InputError

GRAPH = click.argument("graph", metavar="GRAPH")
LANG = click.option(
    "--lang",
    type=click.Choice(["ru", "en", "zh"]),
    default="ru",
    show_default=True,
    help="Language of the labels.",
)


def require_output(path: Path, known: Collection[str]) -> None:
    """Raise InputError if a file could not be written when the work is done."""
    if path.suffix.lower() not in known:
        raise InputError(f"{path} has no known suffix; known are {' '.join(sorted(known))}")
    require_place(path)


def require_place(path: Path, *, folder: bool = False) -> None:
    """Raise InputError if nothing could be written there: a file, or with ``folder`` a folder."""
    if path.is_dir() and not folder:
        raise InputError(f"{path} is a folder; name a file")
    if folder and path.is_file():
        raise InputError(f"{path} is a file; name a folder")
    if not path.parent.is_dir():
        raise InputError(f"{path} has no folder to stand in; make {path.parent}")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise InputError(f"{path} may not be written; change the permissions of {path.parent}")
