"""What the graph asks of a store, and the records in which it asks.

Beside the quads a store keeps *marks*, IRIs below ``MARKS``, which are no quads to anyone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode

MARKS = "https://w3id.org/kg/store/"
Answer = (
    pyoxigraph.QuerySolutions
    | pyoxigraph.QueryBoolean
    | pyoxigraph.QueryTriples
    | Iterator[pyoxigraph.Triple]
)
Graph = NamedNode | DefaultGraph
Node = NamedNode | Literal
Term = NamedNode | pyoxigraph.BlankNode | Literal | pyoxigraph.Triple
Dataset = tuple[tuple[NamedNode, ...], tuple[NamedNode, ...]]

if TYPE_CHECKING:

    class Quad(pyoxigraph.Quad):  # type: ignore[misc]
        """A quad as kg's stores hold it: without blank nodes and without triple terms."""

        subject: NamedNode
        predicate: NamedNode
        object: Node
        graph_name: Graph
else:
    Quad = pyoxigraph.Quad


@dataclass(frozen=True, slots=True)
class Change:
    """What one transaction writes: graphs go first, then quads go, then quads come.

    What comes into a named graph is all of it. A server has no transactions over several
    requests; there the quads of the default graph are written first and a named graph last, so
    that what was cut off can be written again.
    """

    drop: tuple[NamedNode, ...] = ()
    delete: tuple[Quad, ...] = ()
    insert: tuple[Quad, ...] = ()
    unmark: tuple[NamedNode, ...] = ()
    mark: tuple[NamedNode, ...] = ()


class Store(Protocol):
    """What the graph asks of a store; all of it raises StoreError when the store fails."""

    def match(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        obj: Node | None = None,
        graph: Graph | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that fit; None fits everything."""

    def ahead(self, subjects: Iterable[NamedNode]) -> None:
        """Hear which subjects of the default graph will be asked for; they may be read together."""

    def extend(self, quads: Iterable[Quad]) -> None:
        """Add quads in one transaction."""

    def commit(self, change: Change) -> None:
        """Write all of ``change`` or nothing of it, and have it on disk when this returns."""

    def query(
        self,
        text: str,
        prefixes: dict[str, str],
        *,
        union: bool = True,
        bindings: Mapping[str, Node] | None = None,
        dataset: Dataset | None = None,
        limit: int | None = None,
    ) -> Answer:
        """Answer SPARQL; QueryError if it cannot be run.

        Of the rows no more than ``limit`` will be read.

        With ``union`` the default graph is all graphs, without it what FROM says, or what
        ``dataset`` gives. ``bindings`` are values of variables that the query projects.
        """

    def update(self, text: str) -> None:
        """Run a SPARQL update in one transaction; for trusted text only."""

    def graphs(self) -> Iterator[NamedNode]:
        """Yield the names of the graphs that hold quads."""

    def marks(self) -> Iterator[NamedNode]:
        """Yield the marks."""

    def dump(self) -> Iterator[Quad]:
        """Yield all quads."""

    def optimize(self) -> None:
        """Put the files in order after many transactions, so that reading is fast again."""

    def close(self) -> None:
        """Let go of the files; every later call raises StoreError."""
