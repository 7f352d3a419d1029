"""What has been read of a server, and what is worth reading along with what is asked for.

Reading a graph asks for node after node, each a request if taken literally. So a node is read
whole, and with it others that an earlier answer has named and that will be asked for next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import cast

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode

from kg.store.protocol import Graph, Node, Quad

Unit = tuple[NamedNode | None, Graph]
"""What is read at once: a subject in a graph, or with None all of the graph."""
MANY = 400_000
"""Above so many quads all that was read is let go of."""
AT_ONCE = {"subject": 200, "graph": 8}


class Ahead:
    """Units that have been read, and units that are expected to be asked for, in order."""

    def __init__(self) -> None:
        self._held = pyoxigraph.Store()
        self._read: set[Unit] = set()
        self._expected: dict[Unit, None] = {}

    def unit(self, subject: NamedNode | None, graph: Graph | None) -> Unit | None:
        """Return the unit that holds all that a pattern fits; None if that is not one."""
        if graph is None or (subject is None and isinstance(graph, DefaultGraph)):
            return None
        if isinstance(graph, DefaultGraph) or (
            subject == graph and (None, graph) not in self._read
        ):
            return subject, graph
        return None, graph

    def has(self, unit: Unit) -> bool:
        """Tell whether a unit has been read."""
        return unit in self._read

    def expect(self, units: Iterable[Unit]) -> None:
        """Note what will be asked for."""
        self._expected |= dict.fromkeys(unit for unit in units if unit not in self._read)

    def batch(self, unit: Unit) -> list[Unit]:
        """Return a unit with others of its kind that are expected."""
        limit = AT_ONCE["graph" if unit[0] is None else "subject"]
        others = (u for u in self._expected if u != unit and _kind(u) == _kind(unit))
        return [unit, *islice(others, limit - 1)]

    def keep(self, units: Iterable[Unit], quads: Iterable[Quad]) -> None:
        """Keep what has been read."""
        if len(self._held) > MANY:
            self._held = pyoxigraph.Store()
            self._read.clear()
        self._held.bulk_extend(quads)
        for unit in units:
            self._read.add(unit)
            self._expected.pop(unit, None)

    def match(
        self,
        subject: NamedNode | None,
        predicate: NamedNode | None,
        obj: Node | None,
        graph: Graph | None,
    ) -> Iterator[Quad]:
        """Yield what was read and fits."""
        found = list(self._held.quads_for_pattern(subject, predicate, obj, graph))
        return cast("Iterator[Quad]", iter(found))


def _kind(unit: Unit) -> tuple[bool, bool]:
    return unit[0] is None, isinstance(unit[1], DefaultGraph)


def named(quads: Iterable[Quad]) -> Iterator[Unit]:
    """Yield the units in which the subjects of an answer stand."""
    for quad in quads:
        if isinstance(quad.graph_name, DefaultGraph) or quad.subject == quad.graph_name:
            yield quad.subject, quad.graph_name
        else:
            yield None, quad.graph_name
