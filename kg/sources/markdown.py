"""Markdown, one article a file, with or without front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kg.model import Article
from kg.sources.article import clean
from kg.sources.encoding import decode
from kg.sources.fields import from_fields
from kg.sources.notice import Note
from kg.sources.whole import whole

_FRONT = re.compile(r"\s*---[ \t]*\n(?P<fields>(?:[^\n]*\n){0,100}?)(?:---|\.\.\.)[ \t]*(?:\n|$)")
_FIELD = re.compile(r"(?P<name>[\w ]{1,40}):[ \t]+(?P<value>\S.*)")
_MARKUP = {"softbreak": "\n", "hardbreak": "\n"}


def read_markdown(origin: str, file: BinaryIO) -> Iterator[Article | Note]:
    """Yield the article in a Markdown file; its markup, code and pictures are left out."""
    source, remark = decode(whole(file))
    if remark:
        yield Note(origin, remark)
    fields, source = _split(clean(source))
    tokens = MarkdownIt("commonmark").enable("table").parse(source)
    yield from from_fields(origin, {**fields, "text": _text(tokens)})


def _split(source: str) -> tuple[dict[str, str], str]:
    """Return the front matter's fields, by name, and the rest of the source."""
    match = _FRONT.match(source)
    if not match:
        return {}, source
    found = map(_FIELD.fullmatch, match["fields"].splitlines())
    fields = {m["name"].strip().lower(): m["value"].strip().strip("\"'") for m in found if m}
    return fields, source[match.end() :]


def _text(tokens: Sequence[Token]) -> str:
    """Return headings, paragraphs, items and cells, a blank line between them."""
    blocks = (_inline(token.children or []) for token in tokens if token.type == "inline")
    return "\n\n".join(block for block in blocks if block.strip())


def _inline(tokens: Sequence[Token]) -> str:
    # Code in a line of prose is a word of it; the text instead of a picture is not.
    return "".join(
        token.content if token.type in ("text", "code_inline") else _MARKUP.get(token.type, "")
        for token in tokens
    ).strip()
