"""A SPARQL server: where it takes queries, updates and graphs, and what it answers.

It speaks the SPARQL 1.1 Protocol and the Graph Store HTTP Protocol (both W3C, 2013). What it
sends is bytes in UTF-8, whatever charset its headers leave out.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from importlib.resources import files
from typing import TypeVar
from urllib.parse import urljoin

import httpx
import pyoxigraph
from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat

from kg.errors import InputError, QueryError, StoreError
from kg.store.client import Client, said
from kg.store.protocol import Answer, Dataset, Quad
from kg.store.wording import form, in_lines

T = TypeVar("T")
R = TypeVar("R", pyoxigraph.QuerySolutions, pyoxigraph.QueryBoolean)
ADDRESS = re.compile(r"https?://", re.IGNORECASE)
ROWS = "application/sparql-results+json"
TRIPLES = "application/n-triples"
CUT = b"The SPARQL operation has been cancelled"
"""What Oxigraph 0.5 appends to an answer, under the status 200, when its time is over."""


class Server:
    """What can be asked of a server; all of it raises StoreError when the server fails."""

    def __init__(self, client: Client, known: Mapping[str, object]) -> None:
        self._client = client
        self._known = known
        self._union: bool | None = None
        self._page = 0

    @property
    def name(self) -> str:
        """The address, without a password."""
        return self._client.address

    def ask(self, text: str, *, union: bool = False, dataset: Dataset | None = None) -> Answer:
        """Return the answer to a query; QueryError if the server cannot give it whole."""
        response = self._sent(text, union=union, dataset=dataset)
        if limit := _cut_at(response):
            allowed = f"{self.name} gives {limit} rows at most"
            raise QueryError(f"{allowed}; use LIMIT, or raise what it allows")
        return self._whole(response, partial(_answer, form(text)))

    def rows(self, select: str) -> Iterator[tuple[pyoxigraph.QuerySolution, ...]]:
        """Yield the rows of a SELECT of ours, page by page if the server cuts long answers.

        Virtuoso does (ResultSetMaxRows), and sorts no more than so many rows, unless the sorted
        ones stand in a query within the query.
        """
        if not self._page:
            response = self._sent(select)
            if not _cut_at(response):
                yield self._solutions(response)
                return
            self._page = _cut_at(response)
        names = " ".join(re.findall(r"\?\w+", select.partition("{")[0]))
        for number in range(1_000_000_000):
            limits = f"LIMIT {self._page} OFFSET {number * self._page}"
            page = self._solutions(
                self._sent(f"SELECT {names} {{ {{ {select} ORDER BY {names} }} }} {limits}")
            )
            yield page
            if len(page) < self._page:
                return

    def update(self, text: str) -> None:
        """Run an update, in one request."""
        data = text.encode()
        self._client.write("POST", self._place("update"), data, "application/sparql-update")

    def put(self, graph: NamedNode, quads: Iterable[Quad]) -> None:
        """Make ``quads`` all that a graph holds (Graph Store HTTP Protocol, section 5.3)."""
        lines = (f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in quads)
        content = "".join(lines).encode()
        self._client.write("PUT", self._place("data"), content, TRIPLES, {"graph": graph.value})

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _place(self, name: str) -> str:
        told = os.environ.get(f"KG_STORE_{name.upper()}")
        if told:
            return told
        beside = self._known.get(name)
        if not isinstance(beside, str):
            variables = "KG_STORE_UPDATE and KG_STORE_DATA"
            raise StoreError(
                f"{self.name} does not say where it takes changes; set {variables} to its "
                "addresses for updates and for the Graph Store protocol"
            )
        return urljoin(self.name, beside)

    def _sent(
        self, text: str, *, union: bool = False, dataset: Dataset | None = None
    ) -> httpx.Response:
        fields: dict[str, object] = {"query": text}
        if union and dataset is None:
            self._require_union()
            fields |= self._asked_together()
        if dataset is not None:
            fields["default-graph-uri"] = [graph.value for graph in dataset[0]]
            fields["named-graph-uri"] = [graph.value for graph in dataset[1]]
        accept = ROWS if form(text) in ("SELECT", "ASK") else TRIPLES
        response = self._client.read(self.name, fields, accept)
        if response.is_error:
            raise QueryError(f"{self.name} says: {said(response)}")
        return response

    def _asked_together(self) -> dict[str, object]:
        union = self._known.get("union")
        return dict(union) if isinstance(union, dict) else {}

    def _require_union(self) -> None:
        """Raise StoreError if the default graph is not all graphs; asked of the server once."""
        if self._union is None:
            found = self._solutions(
                self._sent("SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } FILTER ISIRI(?o) } LIMIT 1")
            )
            pattern = "".join(f"{term} " for row in found for term in row)
            fields = {"query": f"ASK {{ {pattern} }}", **self._asked_together()}
            answered = self._client.read(self.name, fields, ROWS)
            self._union = not found or bool(self._whole(answered, partial(_answer, "ASK")))
        if not self._union:
            raise StoreError(
                f"{self.name} keeps its default graph apart from the others; make it their union "
                "in the server's settings"
            )

    def _solutions(self, response: httpx.Response) -> tuple[pyoxigraph.QuerySolution, ...]:
        return self._whole(response, lambda data: tuple(_results(data, pyoxigraph.QuerySolutions)))

    def _whole(self, response: httpx.Response, parse: Callable[[bytes], T]) -> T:
        """Return what an answer parses to; QueryError if it was cut or is no result."""
        data = response.content
        if data.rstrip().endswith(CUT):
            raise QueryError(f"{self.name} took too long and cut its answer; narrow the query")
        try:
            return parse(data)
        except (SyntaxError, ValueError, TypeError, KeyError, IndexError) as error:
            words = in_lines(data[:300].decode("utf-8", "replace"))
            raise QueryError(f"{self.name} answers what is no result: {words}") from error


def _results(data: bytes, kind: type[R]) -> R:
    found = pyoxigraph.parse_query_results(data, QueryResultsFormat.JSON)
    if not isinstance(found, kind):
        raise TypeError(kind)
    return found


def _answer(kind: str, data: bytes) -> Answer:
    if kind == "ASK":
        told = json.loads(data)
        if "boolean" not in told:  # Virtuoso answers with a row that holds 1, or with none
            found = [cell["value"] for row in told["results"]["bindings"] for cell in row.values()]
            told = {"head": {}, "boolean": found == ["1"]}
        return _results(json.dumps(told).encode(), pyoxigraph.QueryBoolean)
    if kind == "SELECT":
        for _ in _results(data, pyoxigraph.QuerySolutions):
            pass  # to its end, for only there a broken answer breaks
        return _results(data, pyoxigraph.QuerySolutions)
    return iter([quad.triple for quad in pyoxigraph.parse(data, RdfFormat.N_TRIPLES)])


def _cut_at(response: httpx.Response) -> int:
    """Return after how many rows the server cut its answer, 0 if it did not."""
    told = response.headers.get("x-sparql-maxrows", "")
    return int(told) if told.isdigit() else 0


def reach(address: str) -> Server:
    """Return the server whose queries are answered at ``address``.

    What kind it is, its answers say. Raises InputError for what is no address, and StoreError
    if nothing answers there, or not in SPARQL.
    """
    client = Client(address)
    try:
        response = client.read(client.address, {"query": "ASK {}"}, ROWS)
        header = response.headers.get("server", "")
        known = next((kind for kind in _kinds() if header.startswith(str(kind["header"]))), {})
        found = Server(client, known)
        if response.is_error:
            raise InputError(f"{found.name} answers no SPARQL: {said(response)}; see the address")
        try:
            found._whole(response, partial(_answer, "ASK"))
        except QueryError as error:
            raise InputError(f"{error}; give the address of its SPARQL queries") from error
    except BaseException:
        client.close()
        raise
    return found


@cache
def _kinds() -> tuple[Mapping[str, object], ...]:
    text = (files(__package__) / "servers.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["server"])
