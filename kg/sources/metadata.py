"""What an HTML page says of its article: JSON-LD, ``<meta>`` and ``<link>``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

_STORY = re.compile(r"Article$|^(?:Article|BlogPosting)")
_PUBLISHED = ("article:published_time", "datePublished", "pubdate", "date", "og:pubdate")


def metadata(soup: BeautifulSoup) -> dict[str, str]:
    """Return what a page says, by the names of fields; ``""`` for what it does not say."""
    story = _json_ld(soup)
    site = _meta(soup, "og:site_name", "application-name")
    address = soup.find("link", rel="canonical", href=True)
    heading = soup.find("h1") if len(soup.find_all("h1", limit=2)) == 1 else None
    title = (
        _string(story.get("headline"))
        or _meta(soup, "og:title")
        or one_line(heading.get_text() if heading else "")
        or one_line(soup.title.get_text() if soup.title else "")
    )
    publisher = story.get("publisher")
    if isinstance(publisher, Mapping):
        publisher = publisher.get("name")
    html = soup.find("html")
    return {
        "title": _without_site(title, site),
        "url": (_attribute(address, "href") or _meta(soup, "og:url") or _string(story.get("url"))),
        "date": _string(story.get("datePublished")) or _meta(soup, *_PUBLISHED) or _time(soup),
        "publisher": _string(publisher) or site,
        "lang": _attribute(html, "lang"),
    }


def _json_ld(soup: BeautifulSoup) -> Mapping[str, object]:
    """Return the first news article that the page describes in JSON-LD."""
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            waiting: list[object] = [json.loads(script.get_text(), strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting += node
            elif isinstance(node, dict):
                kinds = node.get("@type")
                kinds = kinds if isinstance(kinds, list) else [kinds]
                if any(isinstance(kind, str) and _STORY.search(kind) for kind in kinds):
                    return node
                waiting += [node.get("@graph"), node.get("mainEntity")]
    return {}


def _meta(soup: BeautifulSoup, *names: str) -> str:
    for name in names:
        for key in ("property", "name", "itemprop"):
            found = _attribute(soup.find("meta", attrs={key: name}), "content")
            if found:
                return found
    return ""


def _time(soup: BeautifulSoup) -> str:
    """Return when the page's first ``<time>`` is, if it is said to be the publication's."""
    found = soup.find("time", attrs={"itemprop": "datePublished"}) or soup.find(
        "time", pubdate=True
    )
    return _attribute(found, "datetime")


def _attribute(tag: Tag | NavigableString | None, name: str) -> str:
    value = tag.get(name) if isinstance(tag, Tag) else None
    return one_line(value) if isinstance(value, str) else ""


def _string(value: object) -> str:
    return one_line(value) if isinstance(value, str) else ""


def one_line(text: str) -> str:
    """Return ``text`` without line breaks and doubled spaces."""
    return " ".join(text.split())


def _without_site(title: str, site: str) -> str:
    """Return "Мост открыт" for "Мост открыт | Вести"."""
    if site and title.casefold().endswith(site.casefold()):
        head = title[: -len(site)].rstrip()
        if head.endswith(("|", "-", "–", "—", "/", "::", "•", "·")):
            return head.rstrip("|-–—/:•· ")
    return title
