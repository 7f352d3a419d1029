"""What goes to the terminal: messages, columns, progress."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from wcwidth import wcswidth


def line(text: str) -> str:
    """Return ``text`` on one line, without characters that could steer the terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def say(message: str) -> None:
    """Write a message on standard error."""
    # Not click.echo, which would write past the progress bar that stands in for stderr.
    sys.stderr.write(line(message) + "\n")


def complain(message: str) -> None:
    """Say why a command cannot go on."""
    say(f"kg: {message}")


def columns(rows: Sequence[Sequence[str]], depths: Sequence[int] = ()) -> str:
    """Return rows as lines of aligned columns, each begun as deep as ``depths`` says.

    A Chinese character is two columns wide.
    """
    cells = [[line(cell) for cell in row] for row in rows]
    for row, depth in zip(cells, depths, strict=False):
        row[0] = "  " * depth + row[0]
    widths = [max(map(wcswidth, column)) for column in zip(*cells, strict=True)]
    return "".join(
        "  ".join(c + " " * (w - wcswidth(c)) for c, w in zip(row, widths, strict=True)).rstrip()
        + "\n"
        for row in cells
    )
