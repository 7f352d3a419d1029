"""Draw a knowledge graph as one HTML page that works without a network."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from kg import ontology
from kg.draw.document import page
from kg.errors import InputError
from kg.model import Article, Entity, Fact

__all__ = ["Drawable", "draw", "page"]


class Drawable(Protocol):
    """What a graph must tell to be drawn."""

    def entities(self) -> tuple[Entity, ...]:
        """Return the things."""

    def facts(self) -> Iterable[Fact]:
        """Return what is said of them, denied facts included."""

    def articles(self) -> tuple[Article, ...]:
        """Return the texts that say it."""


def draw(
    graph: Drawable,
    path: str | os.PathLike[str],
    *,
    title: str = "",
    lang: str = "ru",
    sentences: bool = True,
) -> None:
    """Write the graph to ``path`` as one HTML page; the same graph gives the same bytes.

    ``lang`` is the language of the page (ru, en, zh); without ``sentences`` the page carries
    no text of the articles. Raises InputError where the file cannot be written.
    """
    html = page(
        graph.entities(),
        graph.facts(),
        graph.articles(),
        ontology.load(),
        title=title,
        lang=lang,
        sentences=sentences,
    )
    _write(Path(path), html.encode("utf-8"))


def _write(path: Path, data: bytes) -> None:
    """Write all of ``data`` or nothing, whatever the locale says of text files."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".kg-", suffix=".html")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).chmod(_mode(path))
            Path(name).replace(path)
        except OSError:
            with suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        reason = error.strerror or "it cannot be written"
        raise InputError(f"cannot write {path}: {reason}; choose another file") from error


def _mode(path: Path) -> int:
    """Return the permissions of the file that is replaced, or those of a new one."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        return 0o644
