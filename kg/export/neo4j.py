"""CSV for Neo4j's bulk import, after "Neo4j-admin import" in its Operations Manual (version 5)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from kg.graph import KnowledgeGraph
from kg.graph.terms import NOT_XML
from kg.model import Entity
from kg.ontology import load

BETWEEN = "\x1f"
"""What parts the items of an array: a character that no cell can hold otherwise."""

COMMAND = """neo4j-admin database import full \\
  --nodes=nodes.csv --relationships=relationships.csv \\
  --id-type=string --array-delimiter=U+001F --multiline-fields=true neo4j
"""
RELATIONSHIPS = (
    ":START_ID", ":END_ID", ":TYPE", "claims:long", "articles:long", "modality",
    "confidence:double", "first:date", "last:date", "quote",
)  # fmt: skip


def neo4j(graph: KnowledgeGraph) -> dict[str, bytes]:
    """Return nodes.csv, relationships.csv, and the command that imports them (import.txt).

    Entities, and the facts that are not denied. Labels are the classes, types the relations; a
    fact with a literal (a post, a date) is a property of its node. Nothing is put before what
    looks like a formula: an import is no spreadsheet, and would keep the guard.
    """
    return {
        "nodes.csv": _nodes(graph),
        "relationships.csv": _relationships(graph),
        "import.txt": COMMAND.encode(),
    }


def _nodes(graph: KnowledgeGraph) -> bytes:
    ontology = load()

    def labels(cls: str) -> tuple[str, ...]:
        # A file may come from an ontology with classes that ours has not.
        return ontology.ancestors(cls) if cls in ontology.classes else (cls,)

    values: dict[tuple[str, str], list[str]] = {}
    for fact in graph.facts(denied=False):
        if not isinstance(fact.object, Entity):
            values.setdefault((fact.subject.iri, fact.relation), []).append(fact.object.normal)
    columns = sorted({relation for _, relation in values})
    head = ("iri:ID", "name", ":LABEL", "names:string[]", *(f"{c}:string[]" for c in columns))
    rows = (
        (
            entity.iri,
            _clean(entity.label),
            _array(labels(entity.cls)),
            _array(name.text for name in entity.aliases),
            *(_array(values.get((entity.iri, column), ())) for column in columns),
        )
        for entity in graph.entities()
    )
    return _table(head, rows)


def _relationships(graph: KnowledgeGraph) -> bytes:
    rows = (
        (
            start, end, data["relation"], data["weight"], data["articles"], data["modality"],
            data["confidence"], data.get("first", ""), data.get("last", ""), _clean(data["quote"]),
        )
        for start, end, data in graph.networkx().edges(data=True)
    )  # fmt: skip
    return _table(RELATIONSHIPS, rows)


def _array(items: Iterable[str]) -> str:
    return BETWEEN.join(_clean(item) for item in items)


def _clean(text: str) -> str:
    # The importer takes a lone carriage return for the end of a row.
    return NOT_XML.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")


def _table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue().encode()
