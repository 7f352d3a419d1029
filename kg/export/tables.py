"""The graph as a table of claims, and as a plain network of entities."""

from __future__ import annotations

import csv
import io
import re

import networkx as nx

from kg.graph import KnowledgeGraph
from kg.graph.terms import NOT_XML
from kg.model import Claim, Entity, Fact, Mention

COLUMNS = (
    "subject",
    "subject_class",
    "relation",
    "object",
    "object_class",
    "modality",
    "polarity",
    "attributed_to",
    "quote",
    "title",
    "date",
    "url",
    "article",
)


def csv_of_claims(graph: KnowledgeGraph) -> bytes:
    """Return a row for each claim, with its sentence and its article.

    A cell that a spreadsheet would run as a formula begins with an apostrophe.
    """
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    articles = {article.id: article for article in graph.articles()}
    for fact in graph.facts():
        for claim in fact.claims:
            article = articles[claim.evidence.article]
            source = (article.title, article.published or "", article.url, article.id)
            rows.writerow([_harmless(str(c)) for c in (*_said(fact, claim), *source)])
    return out.getvalue().encode()


def _said(fact: Fact, claim: Claim) -> tuple[str, ...]:
    named = isinstance(fact.object, Entity)
    return (
        fact.subject.label,
        claim.subject.cls,
        fact.relation,
        fact.object.label if isinstance(fact.object, Entity) else fact.object.normal,
        claim.object.cls if named and isinstance(claim.object, Mention) else "",
        claim.modality,
        claim.polarity,
        claim.attributed_to.normal if claim.attributed_to else "",
        claim.evidence.quote,
    )


def _harmless(cell: str) -> str:
    guarded = f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
    # Python's csv quotes a cell with a line feed, but not everywhere one with a carriage return.
    return guarded.replace("\r\n", "\n").replace("\r", "\n")


def graphml(graph: KnowledgeGraph) -> bytes:
    """Return GraphML: entities, and the facts that are not denied."""
    return ("\n".join(nx.generate_graphml(_network(graph))) + "\n").encode()


def gexf(graph: KnowledgeGraph) -> bytes:
    """Return GEXF: entities, and the facts that are not denied."""
    text = "\n".join(nx.generate_gexf(_network(graph))) + "\n"
    # The day of writing would make the same graph differ from one day to the next.
    return re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1).encode()


def _network(graph: KnowledgeGraph) -> nx.MultiDiGraph:
    """Return the network in characters that XML can hold, its edges under keys of their own."""
    network = nx.MultiDiGraph()
    source = graph.networkx()
    for node, data in source.nodes(data=True):
        network.add_node(node, **_printable(data))
    for number, (start, end, data) in enumerate(source.edges(data=True)):
        network.add_edge(start, end, key=str(number), **_printable(data))
    return network


def _printable(data: dict[str, str | int]) -> dict[str, str | int]:
    return {k: NOT_XML.sub("\ufffd", v) if isinstance(v, str) else v for k, v in data.items()}
