"""The text of SPARQL queries, as far as a server must be sent another than was written.

Only tokens are told apart (SPARQL 1.1, section 19.8): what stands in a string, an IRI or a
comment is no keyword and no variable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.errors import QueryError
from kg.store.protocol import Node

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_TOKEN = re.compile(
    r'''(?P<string>"""(?:"{0,2}(?:[^"\\]|\\.))*"""|\'\'\'(?:'{0,2}(?:[^'\\]|\\.))*\'\'\''''
    r"""|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')"""
    r"""|(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)"""
    r"|(?P<comment>\#[^\n\r]*)"
    r"|(?P<variable>[?$]\w+)"
    r"|(?P<name>[\w-]*:(?:[\w.:%-]|\\.)*)"
    r"|(?P<word>[^\W\d][\w-]*)"
    r"|(?P<other>\s+|.)",
    re.DOTALL,
)


def form(text: str) -> str:
    """Return which of ``FORMS`` a query is; QueryError if it is none."""
    for kind, part in _tokens(text):
        if kind == "word" and part.upper() in FORMS:
            return part.upper()
    raise QueryError("this is no query; it needs SELECT, ASK, CONSTRUCT or DESCRIBE")


def sent(
    text: str, prefixes: Mapping[str, str], values: Mapping[str, Node], limit: int | None
) -> str:
    """Return a query that declares ``prefixes``, has terms for variables, and a limit of rows.

    What is declared stands in its first line, so that a server's message names the line that
    the user wrote.
    """
    declared = "".join(f"PREFIX {name}: <{iri}> " for name, iri in prefixes.items())
    whole = declared + bound(text, values)
    return whole if limit is None or form(whole) == "ASK" else _limited(whole, limit)


def _limited(text: str, limit: int) -> str:
    """Return a query with a limit, unless it says one or ends in VALUES, which none may follow."""
    depth = 0
    for _, part in _tokens(text):
        depth += (part == "{") - (part == "}")
        if not depth and part.upper() in ("LIMIT", "VALUES"):
            return text
    return f"{text}\nLIMIT {limit}"


def bound(text: str, values: Mapping[str, Node]) -> str:
    """Return a query with terms for some of its variables, which are still projected.

    Servers take no values beside a query (SPARQL-dev SEP-0007 is not a standard yet), and
    VALUES does not reach into nested groups. ``str()`` of a term escapes what could end it.
    """
    if not values:
        return text
    written = []
    depth = 0
    projected: int | None = None
    grouped = False
    for kind, part in _tokens(text):
        if kind == "word":
            word = part.upper()
            projected = depth if word == "SELECT" else None if word in _ENDS else projected
            grouped = word == "BY" or (grouped and word not in _ENDS)
        elif part in "({":
            projected, grouped = (projected, grouped) if part == "(" else (None, False)
            depth += 1
        elif part in ")}":
            depth -= 1
        elif kind == "variable" and part[1:] in values:
            term = str(values[part[1:]])
            if projected == depth:
                term = f"({term} AS {part})"
            written.append(f"({term})" if grouped else term)
            continue
        written.append(part)
    return "".join(written)


_ENDS = frozenset(("WHERE", "FROM", "HAVING", "LIMIT", "OFFSET", "VALUES"))


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for found in _TOKEN.finditer(text):
        yield found.lastgroup or "", found[0]


def in_lines(text: str) -> str:
    """Return what a server says in one line, without what would steer a terminal."""
    text = re.sub(r"<[^<>\n]{0,200}>", " ", text) if "<html" in text.lower() else text
    text = text.partition("\nSPARQL query:")[0]
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= 300 else f"{line[:300]}…"
