"""Let only such queries through as read this graph.

Oxigraph would follow ``SERVICE`` to any address, and has no switch against it. So a query is
first parsed by rdflib, and refused if its tree holds what queries may not do, or if there is
no tree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache

from pyoxigraph import NamedNode
from pyparsing import ParseException
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue

from kg.errors import QueryError
from kg.graph.terms import PREFIXES

LONGEST = 100_000
UPDATE = re.compile(
    r"\s*(?:(?:PREFIX|BASE)\b[^>]*>\s*)*"
    r"(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b",
    re.IGNORECASE,
)


def admit(
    text: str, graphs: Callable[[], Iterable[NamedNode]], bound: Collection[str] = ()
) -> tuple[str, bool]:
    """Return the query as it may be run, and whether it chooses its graphs with FROM.

    ``graphs`` are those that it may choose, ``bound`` the variables that are given values.
    Raises QueryError with the reason, in one line.
    """
    text, chosen, counted = _examined(text)
    if bound and not counted:
        raise QueryError("only SELECT and ASK take parameters; write the query as one of them")
    if chosen:
        names = {graph.value for graph in graphs()}
        for iri in chosen:
            require(iri, names)
    return text, bool(chosen)


@lru_cache(maxsize=128)
def _examined(text: str) -> tuple[str, tuple[str, ...], bool]:
    """Return the query to run, the graphs that it chooses, and whether it is SELECT or ASK.

    Kept, for the same few queries are asked again and again, and reading one costs more than
    many an answer.
    """
    text = _legible(text)
    update = UPDATE.match(text)
    if update:
        raise QueryError(f"{update[1].upper()} is not allowed: a query may only read")
    tree = _parsed(text, parseQuery)
    if any(node.name == "ServiceGraphPattern" for node in _nodes(tree)):
        raise QueryError("SERVICE is not allowed: a query reads this graph only")
    clauses = [node for node in _nodes(tree) if node.name == "DatasetClause"]
    chosen = tuple(_chosen(clause, _prefixes(tree)) for clause in clauses)
    # Oxigraph would pass over the values of other queries in silence.
    counted = any(node.name in ("SelectQuery", "AskQuery") for node in _nodes(tree))
    return text, chosen, counted


def admit_update(text: str, kept: str) -> str:
    """Return the update as it may be run: it writes this graph, and reads nothing else.

    It names no IRI below ``kept``, where the store keeps what is its own. Raises QueryError with
    the reason, in one line.
    """
    text = _legible(text)
    tree = _parsed(text, parseUpdate)
    for node in _nodes(tree):
        if node.name in ("Load", "ServiceGraphPattern"):
            name = "LOAD" if node.name == "Load" else "SERVICE"
            raise QueryError(f"{name} is not allowed: an update reads this graph only")
    if kept in text:
        raise QueryError(f"an update may not name what lies below {kept}")
    prefixes = _prefixes(tree)
    if any(kept.startswith(iri) or iri.startswith(kept) for iri in prefixes.values() if iri):
        names = {name for name, iri in prefixes.items() if kept.startswith(iri)}
        for node in _nodes(tree):
            if node.name == "pname" and _part(node, "prefix") in names:
                local = re.sub(r"\\(.)", r"\1", _part(node, "localname"))
                iri = prefixes[_part(node, "prefix")] + local
                if iri.startswith(kept):
                    raise QueryError(f"an update may not name what lies below {kept}")
    return text


def _legible(text: str) -> str:
    if len(text) > LONGEST:
        raise QueryError(f"the query has over {LONGEST} characters; shorten it")
    if not text.isascii() and re.search("[\ud800-\udfff]", text):
        raise QueryError("the query holds half a surrogate pair; write it in UTF-8")
    # The two parsers must read the same: Oxigraph ends a comment at a lone carriage return,
    # rdflib does not; rdflib takes \u0022 for a quotation mark that ends a string, Oxigraph
    # does not. Either would hide a SERVICE from the gate.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if re.search(r"\\u[0-9a-f]{4}", text, re.IGNORECASE):
        raise QueryError("a query may not hold \\u escapes; write the character itself")
    return text


def _parsed(text: str, parse: Callable[[str], object]) -> object:
    try:
        return parse(text)
    except ParseException as error:
        shown = " ".join(error.line.split())[:80]
        message = f"line {error.lineno}, column {error.column}: {error.msg}: {shown}"
        raise QueryError(" ".join(message.split())) from error
    except RecursionError as error:
        raise QueryError("the query is nested too deeply; split it") from error


def _nodes(tree: object) -> Iterator[CompValue]:
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, CompValue):
            yield node
            stack.extend(node.values())
        elif isinstance(node, Iterable) and not isinstance(node, str):
            stack.extend(node)


def _prefixes(tree: object) -> dict[str, str]:
    declared = (node for node in _nodes(tree) if node.name == "PrefixDecl")
    return PREFIXES | {_part(node, "prefix"): _part(node, "iri") for node in declared}


def _chosen(clause: CompValue, prefixes: dict[str, str]) -> str:
    """Return the IRI of the graph that FROM or FROM NAMED names."""
    name = clause["default"] if "default" in clause else clause["named"]
    if not isinstance(name, CompValue):
        return str(name)
    return prefixes.get(_part(name, "prefix"), "") + _part(name, "localname")


def _part(node: CompValue, key: str) -> str:
    # Its get() would answer with the key where there is no value.
    return str(node[key]) if key in node else ""


def require(iri: str, graphs: set[str]) -> None:
    """Raise QueryError if ``iri`` is none of ``graphs``."""
    if iri not in graphs:
        raise QueryError(f"{iri} is no graph of this store; its articles are its graphs")
