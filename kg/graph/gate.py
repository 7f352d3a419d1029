"""Let only such queries through as read this graph.

Oxigraph would follow ``SERVICE`` to any address, and has no switch against it. So a query is
first parsed by rdflib, and refused if its tree holds what queries may not do, or if there is
no tree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator

from pyoxigraph import NamedNode
from pyparsing import ParseException
from rdflib.plugins.sparql.parser import parseQuery
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
    tree = _parsed(text)
    if any(node.name == "ServiceGraphPattern" for node in _nodes(tree)):
        raise QueryError("SERVICE is not allowed: a query reads this graph only")
    # Oxigraph would pass over the values in silence.
    if bound and not any(node.name in ("SelectQuery", "AskQuery") for node in _nodes(tree)):
        raise QueryError("only SELECT and ASK take parameters; write the query as one of them")
    clauses = [node for node in _nodes(tree) if node.name == "DatasetClause"]
    if clauses:
        names = {graph.value for graph in graphs()}
        for clause in clauses:
            _require(_chosen(clause, _prefixes(tree)), names)
    return text, bool(clauses)


def _parsed(text: str) -> object:
    update = UPDATE.match(text)
    if update:
        raise QueryError(f"{update[1].upper()} is not allowed: a query may only read")
    try:
        return parseQuery(text)
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


def _require(iri: str, graphs: set[str]) -> None:
    if iri not in graphs:
        raise QueryError(f"FROM names no graph of this store: {iri}; its articles are its graphs")
