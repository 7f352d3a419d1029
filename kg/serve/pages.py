"""The pages' templates, their words in Russian and English, and what the editor completes."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kg import ontology
from kg.graph.named import shipped
from kg.graph.terms import PREFIXES
from kg.serve.negotiation import preferred

HERE = Path(__file__).parent
LANGUAGES = ("ru", "en")


@cache
def words() -> dict[str, dict[str, str]]:
    """Return the words of the pages by language."""
    found: dict[str, dict[str, str]] = tomllib.loads(
        (HERE / "words.toml").read_text(encoding="utf-8")
    )
    return found


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(HERE / "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined)


def rendered(name: str, lang: str, **values: Any) -> str:  # noqa: ANN401  # as jinja2 has it
    """Return a page."""
    return _environment().get_template(name).render(lang=lang, words=words()[lang], **values)


def language(accept: str) -> str:
    """Return which of ``LANGUAGES`` a reader wants, by Accept-Language."""
    short = ",".join(part.strip().split("-")[0] + _weight(part) for part in accept.split(","))
    return preferred(short.replace("*", "ru"), LANGUAGES) or LANGUAGES[0]


def _weight(part: str) -> str:
    _, semicolon, weight = part.partition(";")
    return semicolon + weight if "-" in part else ""


def query_page(lang: str) -> str:
    """Return the page with the editor."""
    queries = [
        {
            "name": query.name,
            "title": query.title(lang),
            "text": query.text,
            "parameters": [
                {"name": p.name, "kind": p.kind, "default": p.default} for p in query.parameters
            ],
        }
        for query in shipped().values()
    ]
    return rendered("query.html", lang, queries=queries)


@cache
def terms(lang: str) -> bytes:
    """Return what the editor completes, as JSON: prefixes, and terms with label and definition."""
    known = ontology.load()
    found = [
        {
            "name": f"kg:{term.name}",
            "label": term.label(lang),
            "about": term.definitions.get(lang, ""),
        }
        for term in (*known.relations.values(), *known.classes.values(), *known.concepts.values())
    ]
    data = {"prefixes": PREFIXES, "terms": found, "words": words()[lang]}
    return json.dumps(data, ensure_ascii=False).encode()
