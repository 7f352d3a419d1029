"""The process that answers a query: it alone loads the graph."""

from __future__ import annotations

from multiprocessing.connection import Connection

from kg.cli.opening import opened
from kg.cli.query import Question
from kg.errors import KgError
from kg.graph import Results
from kg.graph.named import NamedQuery, own, parsed


def answer(channel: Connection, graph: str, question: Question) -> None:
    """Send None once the graph is loaded, and then the answer as text, or a KgError."""
    try:
        query = _query(question)
        bindings = query.bindings(question.values)
        with opened(graph) as loaded:
            channel.send(None)
            results = loaded.query(query.text, limit=question.limit, bindings=bindings)
            channel.send(written(results, question.form))
    except KgError as error:
        channel.send(error)


def _query(question: Question) -> NamedQuery:
    return parsed("given", question.text or "") if question.named is None else own(question.named)


def written(results: Results, form: str) -> str:
    """Return the answer in a form; without one, triples are Turtle and all else is a table."""
    match form or ("table" if results.triples is None else "ttl"):
        case "csv":
            text = results.csv()
        case "tsv":
            text = results.tsv()
        case "json":
            text = results.json()
        case "xml":
            text = results.xml()
        case "ttl":
            text = results.turtle()
        case _:
            text = results.table()
    return text if text.endswith("\n") or not text else text + "\n"
