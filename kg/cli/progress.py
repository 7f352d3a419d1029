"""The progress bar of long work."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn


@contextmanager
def progress(what: str) -> Iterator[Callable[[], None]]:
    """Show, on a terminal, how much of ``what`` is done; yield what to call when one more is.

    How much there is in all is not known. Messages written meanwhile go above the bar.
    """
    bar = Progress(
        SpinnerColumn(),
        BarColumn(bar_width=20),
        TextColumn("{task.completed:.0f} {task.description}", markup=False),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
    with bar:
        task = bar.add_task(what, total=None)
        yield lambda: bar.advance(task)
