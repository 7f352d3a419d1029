"""Plain text, one article a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kg.model import Article
from kg.sources.article import article
from kg.sources.encoding import decode
from kg.sources.notice import Note
from kg.sources.whole import whole


def read_plain(origin: str, file: BinaryIO) -> Iterator[Article | Note]:
    """Yield the article in a text file, after a note if its encoding had to be guessed."""
    text, remark = decode(whole(file))
    found = article(text, origin)
    if remark:
        yield Note(origin, remark)
    yield found
