"""SPARQL on a store: what the gate admits, over all articles or over those that are chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.graph import gate
from kg.graph.results import Results
from kg.graph.terms import PREFIXES
from kg.store import MARKS, Node, Store


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a request chooses (SPARQL 1.1 Protocol, section 2.1.4), as IRIs."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def answer(
    store: Store, text: str, bindings: Mapping[str, Node], chosen: Dataset | None,
    limit: int | None,
) -> Results:  # fmt: skip
    """Return the answer to a query; QueryError for what is wrong or not allowed."""
    admitted, chooses = gate.admit(text, store.graphs, bindings)
    found = store.query(
        admitted,
        PREFIXES,
        union=not chooses,
        bindings=bindings,
        dataset=_graphs(store, chosen) if chosen is not None else None,
        limit=limit,
    )
    return Results.of(found, limit, hidden=frozenset(bindings))


def _graphs(store: Store, chosen: Dataset) -> tuple[tuple[NamedNode, ...], tuple[NamedNode, ...]]:
    known = {graph.value: graph for graph in store.graphs()}
    for iri in (*chosen.default, *chosen.named):
        gate.require(iri, set(known))
    return tuple(known[iri] for iri in chosen.default), tuple(known[iri] for iri in chosen.named)


def change(store: Store, text: str) -> None:
    """Run an update in one transaction; QueryError for what is wrong or not allowed."""
    admitted = gate.admit_update(text, MARKS)
    declared = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    store.update(declared + admitted)
