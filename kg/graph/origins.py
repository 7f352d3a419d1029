"""Where articles were read, kept as marks of the store.

A path is nobody's business but its owner's: a store that is passed on holds its hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode

from kg.store import MARKS


def key(origin: str) -> str:
    """Return what stands for an origin."""
    return hashlib.sha256(origin.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def mark(origin: str, article: str) -> NamedNode:
    """Return the mark that an article was read at the origin with that key."""
    return NamedNode(f"{MARKS}{origin}/{quote(article, safe='')}")


def read(marks: Iterable[NamedNode]) -> dict[str, str]:
    """Return the article of each origin, under its key."""
    parts = (mark.value.removeprefix(MARKS).partition("/") for mark in marks)
    return {of: unquote(article) for of, _, article in parts}
