"""The graph as tables: of claims, or of nodes and edges."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from kg.graph import KnowledgeGraph
from kg.model import Claim, Entity, Fact, Mention

FORMULA = re.compile(r"[\t\r]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
"""How a cell begins that a spreadsheet would run (OWASP, "CSV Injection"), in full width too."""

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


def claims(graph: KnowledgeGraph) -> bytes:
    """Return a row for each claim, with its sentence and its article.

    A cell that a spreadsheet would run as a formula begins with an apostrophe.
    """
    articles = {article.id: article for article in graph.articles()}
    rows = (
        (*_said(fact, claim), source.title, source.published or "", source.url, source.id)
        for fact in graph.facts()
        for claim in fact.claims
        for source in (articles[claim.evidence.article],)
    )
    return _table(COLUMNS, rows)


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
    guarded = f"'{cell}" if FORMULA.match(cell) else cell
    # Python's csv quotes a cell with a line feed, but not everywhere one with a carriage return.
    return guarded.replace("\r\n", "\n").replace("\r", "\n")


RESERVED = {"label", "cls", "names"}
NODES = ("Id", "Label", "Class", "Names")
EDGES = (
    "Source", "Target", "Type", "Label", "Relation", "Weight", "Articles", "Modality",
    "Confidence", "First", "Last", "Quote",
)  # fmt: skip


def network(graph: KnowledgeGraph) -> dict[str, bytes]:
    """Return nodes.csv and edges.csv under the column names that Gephi and Cytoscape know.

    Entities, and the facts that are not denied; a fact with a literal (a post, a date) is a
    column of its node. Cells are guarded as those of the claims are.
    """
    source = graph.networkx()
    literal = sorted({key for _, data in source.nodes(data=True) for key in data} - RESERVED)
    nodes = (
        (
            iri,
            data["label"],
            data["cls"],
            data.get("names", ""),
            *(data.get(k, "") for k in literal),
        )
        for iri, data in source.nodes(data=True)
    )
    edges = (
        (start, end, "Directed", *(data.get(column.lower(), "") for column in EDGES[3:]))
        for start, end, data in source.edges(data=True)
    )
    return {
        "nodes.csv": _table((*NODES, *literal), nodes),
        "edges.csv": _table(EDGES, edges),
    }


def _table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([_harmless(str(cell)) for cell in row] for row in rows)
    return out.getvalue().encode()
