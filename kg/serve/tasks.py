"""What a worker is asked for, and what it answers; each task runs in the worker's process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import pyoxigraph
from pyoxigraph import RdfFormat

from kg import ontology
from kg.draw import page
from kg.errors import InputError, QueryError
from kg.graph import KnowledgeGraph, Results
from kg.graph.named import own
from kg.graph.terms import NOT_XML
from kg.serve import describe
from kg.serve.negotiation import preferred

JSON = "application/sparql-results+json"
ROWS = {
    JSON: Results.json,
    "application/sparql-results+xml": Results.xml,
    "text/csv": Results.csv,
    "text/tab-separated-values": Results.tsv,
    "application/json": Results.json,
}
"""SELECT and ASK; ASK has no CSV and TSV (SPARQL 1.1 Query Results CSV and TSV Formats)."""
BOOLEAN = tuple(media for media in ROWS if not media.startswith("text/"))
TRIPLES = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The body of a response, its media type, and its status."""

    body: bytes
    media: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class Task(Protocol):
    """Something that a worker can be asked."""

    def run(self, graph: KnowledgeGraph) -> Answer:
        """Return the answer; raises KgError for what the asker can mend."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A SPARQL query, given as text or as the name of one of kg's own."""

    text: str
    accept: str
    rows: int
    named: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    def run(self, graph: KnowledgeGraph) -> Answer:
        """Return the answer in the form that ``accept`` likes best, ``rows`` of it at most."""
        text, bindings = self.text, {}
        if self.named:
            query = own(self.named)
            text, bindings = query.text, query.bindings(self.values)
        found = graph.query(
            text,
            limit=self.rows + 1,
            bindings=bindings,
            default_graphs=self.default_graphs,
            named_graphs=self.named_graphs,
        )
        cut = found.head(self.rows)
        headers = {"KG-Truncated": "true"} if len(cut) < len(found) else {}
        if cut.triples is not None:
            return self._triples(cut.triples, headers)
        media = preferred(self.accept, BOOLEAN if cut.bool is not None else tuple(ROWS))
        if media is None:
            return refusal(406, f"no such form; this query gives {', '.join(ROWS)}")
        return Answer(ROWS[media](cut).encode(), media, headers=headers)

    def _triples(
        self, triples: tuple[pyoxigraph.Triple, ...], headers: Mapping[str, str]
    ) -> Answer:
        media = preferred(self.accept, tuple(TRIPLES))
        if media is None:
            return refusal(406, f"no such form; this query gives {', '.join(TRIPLES)}")
        data = pyoxigraph.serialize(triples, format=TRIPLES[media]) or b""
        if media == "application/rdf+xml":
            data = NOT_XML.sub("\ufffd", data.decode()).encode()
        return Answer(data, media, headers=headers)


@dataclass(frozen=True, slots=True)
class Describe:
    """The description of one thing of the graph: a page, Turtle or JSON-LD."""

    iris: tuple[str, ...]
    accept: str
    lang: str

    def run(self, graph: KnowledgeGraph) -> Answer:
        """Return it, for the first of ``iris`` that the graph knows; 404 for none."""
        media = preferred(self.accept, describe.FORMS)
        if media is None:
            return refusal(406, f"no such form; there are {', '.join(describe.FORMS)}")
        for iri in self.iris:
            data = describe.described(graph, iri, media, self.lang)
            if data is not None:
                return Answer(data, media)
        return refusal(404, f"the graph knows no {self.iris[0]}")


@dataclass(frozen=True, slots=True)
class Draw:
    """The drawn page."""

    lang: str

    def run(self, graph: KnowledgeGraph) -> Answer:
        """Return it."""
        html = page(
            graph.entities(), graph.facts(), graph.articles(), ontology.load(), lang=self.lang
        )
        return Answer(html.encode(), "text/html")


@dataclass(frozen=True, slots=True)
class Count:
    """How many articles there are: for /health."""

    def run(self, graph: KnowledgeGraph) -> Answer:
        """Return the number in decimal."""
        return Answer(str(len(graph.articles())).encode(), "text/plain")


def refusal(status: int, reason: str) -> Answer:
    """Return an error as one line of plain text."""
    return Answer(f"{' '.join(reason.split())}\n".encode(), "text/plain", status)


def told(error: Exception) -> Answer:
    """Return the answer to a query that cannot be run: 400, and why."""
    status = 400 if isinstance(error, QueryError | InputError) else 500
    return refusal(status, str(error))
