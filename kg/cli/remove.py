"""``kg remove``: take an article out of a store, with all that stands on it alone."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.opening import opened, shown
from kg.cli.terminal import say
from kg.errors import InputError
from kg.model import Article

SHORTEST = 4
"""How many characters of an id must be given, as a guard against an empty variable."""


@click.command
@click.argument("store")
@click.argument("article")
def command(store: str, article: str) -> None:
    """Remove an article from a store.

    STORE is a folder or the address of a SPARQL server. ARTICLE is its id, or as much of the
    beginning as no other has; kg articles lists them.

    \b
    kg remove archive.kg 3f9a1c
    """
    if Path(store).is_file():
        raise InputError(f"{store} is a file; remove works on a store, made by kg build --store")
    with opened(store) as source:
        found = chosen(source.articles(), article, shown(store))
    with opened(store, writable=True) as graph:
        graph.remove(found.id)
    say(f"removed: {found.id} {found.title}")


def chosen(articles: tuple[Article, ...], start: str, store: str) -> Article:
    """Return the one article whose id begins with ``start``; InputError if it is not one."""
    if len(start) < SHORTEST:
        raise InputError(f"{start!r} is too short; give {SHORTEST} or more characters of the id")
    found = [a for a in articles if a.id.startswith(start)]
    exact = [a for a in found if a.id == start]
    if not found:
        raise InputError(f"no article {start!r}; kg articles {store} lists them")
    if len(found) > 1 and not exact:
        listed = ", ".join(a.id for a in found[:5])
        raise InputError(f"{len(found)} articles begin with {start!r}; give more of one: {listed}")
    return (exact or found)[0]
