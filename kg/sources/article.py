"""Make an Article of what a reader found: clean, titled, with its frame read."""

from __future__ import annotations

import hashlib
import re
from datetime import date

from kg.errors import InputError
from kg.model import Article
from kg.sources.frame import read_frame

LONGEST_LINE = 100_000

_NEWLINE = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
# No XML may hold these, nor may UTF-8 hold half a surrogate pair.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_BROKEN = re.compile(r"[\ud800-\udfff\ufffe\uffff]")
_LANG = re.compile(r"[a-z]{2,3}(?=$|[-_])")
# What RFC 3987 leaves out of an IRI, and white space of any kind.
_URL = re.compile(r"https?://[^\s\x00-\x20\x7f-\x9f<>\"{}|\\^`\ud800-\udfff\ufffd-\uffff]+")


def article(
    text: str,
    origin: str,
    *,
    title: str = "",
    url: str = "",
    publisher: str = "",
    published: date | None = None,
    lang: str = "",
) -> Article:
    """Return the article; what is not given is read off the text's own frame.

    A title that the text does not begin with is put before it. Raises InputError for a text
    that is empty or no article.

    >>> article("Мост открыт\\n\\nВести 27.05.23\\n\\nМост открыли.", "-").publisher
    'Вести'
    """
    text = clean(text).removeprefix("\ufeff")
    title, publisher = line(title), line(publisher)
    if not text.strip():
        raise InputError("no text; give a file with an article in it")
    if title:
        text, title = _titled(text, title)
    longest = max(map(len, text.split("\n")))
    if longest > LONGEST_LINE:
        raise InputError(f"one line of {longest:,} characters; an article has paragraphs")
    code = language(lang)
    frame = read_frame(text, code)
    return Article(
        id=hashlib.sha256(text.encode()).hexdigest()[:16],
        text=text,
        title=title or frame.title,
        url=address(url),
        publisher=publisher or frame.publisher,
        published=published or frame.published,
        lang=code,
        frame=frame.spans,
        origin=origin,
    )


def clean(text: str) -> str:
    """Return ``text`` with its lines ended by ``\\n`` and without signs that no format can hold."""
    return _BROKEN.sub("\ufffd", _CONTROL.sub(" ", _NEWLINE.sub("\n", text)))


def line(text: str) -> str:
    """Return ``text`` on one line, with single spaces."""
    return " ".join(clean(text).split())


def address(url: str) -> str:
    """Return a web address that may stand as an IRI, ``""`` for anything else."""
    return url.strip() if _URL.fullmatch(url.strip()) else ""


def language(tag: str) -> str:
    """Return the language of a tag as ``ru`` or ``ru-RU``; Russian where there is none."""
    match = _LANG.match(tag.strip().lower())
    return match.group() if match else "ru"


def _titled(text: str, title: str) -> tuple[str, str]:
    """Return the text beginning with its title, and the title as it stands there."""
    first = text.lstrip().partition("\n")[0].strip()
    if _same(first) == _same(title):
        return text, first
    return f"{title}\n\n{text.lstrip()}", title


def _same(text: str) -> str:
    return " ".join(text.split()).rstrip(".").casefold()
