"""Named fields, as records and metadata have them, and the article that they make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.errors import InputError
from kg.model import Article
from kg.sources.article import address, article, language
from kg.sources.frame import read_date
from kg.sources.notice import Note

NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "articlebody", "текст"),
    "title": ("title", "headline", "заголовок", "название"),
    "url": ("url", "link", "ссылка", "адрес"),
    "date": ("date", "published", "datepublished", "published_at", "дата"),
    "publisher": ("publisher", "source", "издание", "источник"),
    "lang": ("lang", "language", "язык"),
}


def known(name: str) -> bool:
    """Tell whether a field of this name is read."""
    return any(name.strip().lower() in names for names in NAMES.values())


def from_fields(origin: str, fields: Mapping[str, object]) -> Iterator[Article | Note]:
    """Yield the article that a record holds, after a note for each field that cannot be used.

    Raises InputError for a record without a usable text.
    """
    by_name = {key.strip().lower(): value for key, value in fields.items()}
    values = {
        field: next((v for n in names if (v := by_name.get(n)) not in (None, "")), "")
        for field, names in NAMES.items()
    }
    publisher = values["publisher"]
    if isinstance(publisher, Mapping):  # schema.org: an Organization
        values["publisher"] = publisher.get("name") or ""
    text = values.pop("text")
    if not isinstance(text, str):
        raise InputError(f"the text is a {type(text).__name__}; give a string")
    if not text.strip():
        raise InputError(f"no text; give it in a field {', '.join(NAMES['text'])}")
    words: dict[str, str] = {}
    for field, value in values.items():
        words[field] = value.strip() if isinstance(value, str) else ""
        if not isinstance(value, str):
            yield Note(origin, f"{field} is a {type(value).__name__}, not a string; left out")
    published = read_date(words["date"], language(words["lang"])) if words["date"] else None
    if words["date"] and not published:
        yield Note(origin, "the date is not one like 2024-04-12 or 12.04.2024; left out")
    if words["url"] and not address(words["url"]):
        yield Note(origin, "the url is no http address; left out")
    yield article(
        text,
        origin,
        title=words["title"],
        url=words["url"],
        publisher=words["publisher"],
        published=published,
        lang=words["lang"],
    )
