"""HTML pages, one article each."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from bs4 import BeautifulSoup
from bs4.dammit import EncodingDetector
from bs4.element import NavigableString, PreformattedString, Tag
from bs4.exceptions import ParserRejectedMarkup

from kg.errors import InputError
from kg.model import Article
from kg.sources.encoding import decode, decode_as
from kg.sources.fields import from_fields
from kg.sources.metadata import metadata, one_line
from kg.sources.notice import Note
from kg.sources.whole import whole

# What a page may say of itself; Python knows codecs that are no encodings of pages.
_DECLARED = re.compile(
    r"ascii|big5|cp125[12]|cp866|gb18030|gb2312|gbk|iso8859-[15]|koi8-[ru]|mac-cyrillic|utf-8"
)
_DROPPED = re.compile(
    r"(?:script|style|noscript|template|nav|header|footer|aside|form|figcaption|svg|iframe|button"
    r"|select|textarea|object|canvas|audio|video)\Z"
)
_INLINE = re.compile(
    r"(?:a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|s"
    r"|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr)\Z"
)
_HEADINGS = 5
# html.parser looks for a tag's end from each of its beginnings: so many steps take seconds.
_STEPS = 300_000_000


def read_html(origin: str, file: BinaryIO) -> Iterator[Article | Note]:
    """Yield the article of a page: its main text, and what the page says of it.

    Raises InputError for a page without text.
    """
    source, remark = _decoded(whole(file))
    if remark:
        yield Note(origin, remark)
    soup = _parsed(source)
    fields = metadata(soup)
    paragraphs = _paragraphs(_main(soup))
    if not paragraphs:
        raise InputError("no text in the page; save it after it has loaded")
    headings = {one_line(h1.get_text()) for h1 in soup.find_all("h1", limit=_HEADINGS)}
    if paragraphs[0] in headings:  # rather than a title cut for search engines
        fields["title"] = paragraphs[0]
    yield from from_fields(origin, {**fields, "text": "\n\n".join(paragraphs)})


def _decoded(data: bytes) -> tuple[str, str]:
    """Return a page's text: as its mark says, as UTF-8, as it says itself, or by a guess."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        declared = EncodingDetector.find_declared_encoding(data[:4096], is_html=True)
        try:
            name = codecs.lookup(declared or "").name
        except (LookupError, ValueError):  # ValueError: a NUL in the name
            return decode(data)
        if _DECLARED.fullmatch(name):
            # A page that was saved anew often keeps its old declaration.
            with suppress(InputError):
                return decode_as(data, name)
    return decode(data)


def _parsed(source: str) -> BeautifulSoup:
    steps = sum(run.count("<") * len(run) for run in source.split(">") if run.count("<") > 1)
    if steps > _STEPS:
        raise InputError("its tags are not closed; save the page anew or as text")
    try:
        return BeautifulSoup(source, "html.parser")
    except ParserRejectedMarkup as error:
        raise InputError("no HTML that can be read; save the page as text") from error


def _walk(root: Tag) -> Iterator[tuple[Tag | NavigableString, bool]]:
    """Yield each node below ``root`` as it begins, and each tag once more as it ends (False).

    What no story stands in is passed over. There is no recursion, since a page may be deeper
    than Python's stack.
    """
    stack = [(root, iter(root.contents))]
    while stack:
        tag, children = stack[-1]
        node = next(children, None)
        if node is None:
            stack.pop()
            if stack:
                yield tag, False
        elif isinstance(node, Tag):
            if _DROPPED.match(node.name):
                continue
            yield node, True
            stack.append((node, iter(node.contents)))
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            yield node, True


def _main(soup: BeautifulSoup) -> Tag:
    """Return the element with the story: the one that is marked so, or that holds most of it."""
    marked: list[list[tuple[int, Tag]]] = [[], [], []]
    sizes = [0]
    held: dict[int, tuple[int, Tag]] = {}
    for node, begins in _walk(soup):
        if not isinstance(node, Tag):
            sizes[-1] += len(node.strip())
        elif begins:
            sizes.append(0)
        else:
            size = sizes.pop()
            sizes[-1] += size
            parent = node.parent
            if node.name == "p" and parent is not None:
                held[id(parent)] = (held.get(id(parent), (0, parent))[0] + size, parent)
            is_body = node.get("itemprop") == "articleBody"
            for found, fits in zip(
                marked, (is_body, node.name == "article", node.name == "main"), strict=True
            ):
                if fits:
                    found.append((size, node))
    most, densest = max(held.values(), key=_size, default=(0, soup.body or soup))
    for found in marked:
        # The longest, and no teaser: sites put links to other stories into <article> as well.
        size, best = max(found, key=_size, default=(0, soup))
        if size > 0 and size >= most / 2:
            return best
    return densest


def _size(found: tuple[int, Tag]) -> int:
    return found[0]


def _paragraphs(root: Tag) -> list[str]:
    """Return the text of each block in order, without white space that a browser hides."""
    found: list[str] = []
    current: list[str] = []
    for node, _ in _walk(root):
        if not isinstance(node, Tag):
            current.append(re.sub(r"\s", " ", node))
        elif node.name == "br":
            current.append("\n")
        elif not _INLINE.match(node.name):
            found.append("".join(current))
            current.clear()
    found.append("".join(current))
    lines = ([one_line(part) for part in block.split("\n")] for block in found)
    return [block for block in ("\n".join(filter(None, some)) for some in lines) if block]
