"""Quads on a server, one named graph for each article.

Servers differ in what their default graph is, Virtuoso has none to write to, and only Oxigraph
keeps a named graph that is empty. So the default graph stands there as a named graph of its own,
and marks as triples in another; to queries both are graphs like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode

from kg.errors import StoreError
from kg.store.ahead import Ahead, Unit, named
from kg.store.protocol import MARKS, Answer, Change, Dataset, Graph, Node, Quad
from kg.store.server import Server
from kg.store.wording import sent

VIEW = NamedNode(f"{MARKS}view")
MARKED = NamedNode(f"{MARKS}marks")
MARK = NamedNode(f"{MARKS}Mark")
BATCH = 500
"""How many quads an update brings at most; Virtuoso cannot parse many thousands."""
GRAPHS = 8
"""How many articles are read in one request."""


class RemoteStore:
    """A store on a server. ``article`` is the class of what has a graph there under its own name.

    What has been read is not read again until this store writes: another writer's changes are
    seen when it is opened again. One may write at a time; nothing keeps writers apart.
    """

    def __init__(self, server: Server, article: NamedNode, *, writable: bool) -> None:
        self._held: Server | None = server
        self._article = article
        self._writable = writable
        self._ahead = Ahead()
        self._names: frozenset[NamedNode] | None = None

    @property
    def _server(self) -> Server:
        if self._held is None:
            raise StoreError("the server's store is closed; open it again")
        return self._held

    def match(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        obj: Node | None = None,
        graph: Graph | None = None,
    ) -> Iterator[Quad]:
        unit = self._ahead.unit(subject, graph)
        if unit is None:
            found = sorted(self._scan(subject, predicate, obj, graph), key=_place)
            self._ahead.expect(named(found))
            return iter(found)
        if not self._ahead.has(unit):
            self._read(self._ahead.batch(unit))
        return self._ahead.match(subject, predicate, obj, graph)

    def ahead(self, subjects: Iterable[NamedNode]) -> None:
        self._ahead.expect((subject, DefaultGraph()) for subject in subjects)

    def _scan(
        self,
        subject: NamedNode | None,
        predicate: NamedNode | None,
        obj: Node | None,
        graph: Graph | None,
    ) -> Iterator[Quad]:
        """Yield what fits, in the graphs that are kg's; others of the server are passed over."""
        given: dict[str, Any] = {
            "s": subject,
            "p": predicate,
            "o": obj,
            "g": VIEW if graph else None,
        }
        names = " ".join(f"?{name}" for name, term in given.items() if term is None)
        terms = {name: str(term) if term else f"?{name}" for name, term in given.items()}
        pattern = "GRAPH {g} {{ {s} {p} {o} }}".format(**terms)
        for row in self._rows(f"SELECT {names} {{ {pattern} }}"):
            s, p, o, g = (term or row[name] for name, term in given.items())
            if g == VIEW:
                yield Quad(s, p, o, DefaultGraph())
            elif g in self._articles:
                yield Quad(s, p, o, g)

    def _read(self, units: Sequence[Unit]) -> None:
        """Read units of one kind."""
        first, graph = units[0]
        if first is None:
            found = list(self._of_graphs([g for _, g in units if isinstance(g, NamedNode)]))
            known = {quad.subject for quad in found}
            things = (q.object for q in found if isinstance(q.object, NamedNode))
            self.ahead(thing for thing in dict.fromkeys(things) if thing not in known)
        else:
            values = " ".join(str(subject) for subject, _ in units)
            view = isinstance(graph, DefaultGraph)
            where = str(VIEW) if view else "?s"
            select = f"SELECT ?s ?p ?o {{ VALUES ?s {{ {values} }} GRAPH {where} {{ ?s ?p ?o }} }}"
            found = [
                Quad(row["s"], row["p"], row["o"], graph if view else row["s"])
                for row in self._rows(select)
            ]
        self._ahead.keep(units, found)

    def _of_graphs(self, graphs: Sequence[NamedNode]) -> Iterator[Quad]:
        values = " ".join(map(str, graphs))
        pattern = f"VALUES ?g {{ {values} }} GRAPH ?g {{ ?s ?p ?o }}"
        for row in self._rows(f"SELECT ?s ?p ?o ?g {{ {pattern} }}"):
            yield Quad(row["s"], row["p"], row["o"], row["g"])

    def _rows(self, select: str) -> Iterator[pyoxigraph.QuerySolution]:
        for page in self._server.rows(select):
            yield from page

    @property
    def _articles(self) -> frozenset[NamedNode]:
        if self._names is None:
            rows = self._rows(f"SELECT ?g {{ GRAPH ?g {{ ?g a {self._article} }} }}")
            self._names = frozenset(row["g"] for row in rows)
        return self._names

    def extend(self, quads: Iterable[Quad]) -> None:
        self._change(_steps("INSERT", quads))

    def commit(self, change: Change) -> None:
        """Write the change in one update, and then each graph that comes, by PUT.

        If it is cut off between the two, the article is not there yet, and adding it again
        writes the same. Long updates are split in several.
        """
        whole: dict[NamedNode, list[Quad]] = {}
        view = []
        for quad in change.insert:
            if isinstance(quad.graph_name, NamedNode):
                whole.setdefault(quad.graph_name, []).append(quad)
            else:
                view.append(quad)
        marks = {
            "DELETE": [Quad(m, _TYPE, MARK, MARKED) for m in change.unmark],
            "INSERT": [Quad(m, _TYPE, MARK, MARKED) for m in change.mark],
        }
        steps = [f"DROP SILENT GRAPH {graph}" for graph in change.drop]
        steps += _steps("DELETE", [*change.delete, *marks["DELETE"]])
        steps += _steps("INSERT", [*view, *marks["INSERT"]])
        self._change(steps)
        for graph, quads in whole.items():
            self._server.put(graph, quads)

    def _change(self, steps: list[str]) -> None:
        if not self._writable:
            raise StoreError(f"{self._server.name} is open for reading only; open it writable")
        self._forget()
        size = 0
        together: list[str] = []
        for step in steps:
            if size and size + step.count("\n") > BATCH:
                self._server.update(" ;\n".join(together))
                size, together = 0, []
            size += step.count("\n")
            together.append(step)
        if together:
            self._server.update(" ;\n".join(together))

    def _forget(self) -> None:
        self._ahead = Ahead()
        self._names = None

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
        asked = sent(text, prefixes, bindings or {}, limit)
        return self._server.ask(asked, union=union, dataset=dataset)

    def update(self, text: str) -> None:
        self._change([text])

    def graphs(self) -> Iterator[NamedNode]:
        return iter(sorted(self._articles, key=str))

    def marks(self) -> Iterator[NamedNode]:
        rows = self._rows(f"SELECT ?m {{ GRAPH {MARKED} {{ ?m a {MARK} }} }}")
        return (row["m"] for row in rows)

    def dump(self) -> Iterator[Quad]:
        yield from self._scan(None, None, None, DefaultGraph())
        graphs = list(self.graphs())
        for start in range(0, len(graphs), GRAPHS):
            yield from self._of_graphs(graphs[start : start + GRAPHS])

    def optimize(self) -> None:
        """Do nothing: a server keeps its own files in order."""

    def close(self) -> None:
        if self._held is not None:
            self._held.close()
            self._held = None


_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def _place(quad: Quad) -> tuple[str, str]:
    return str(quad.graph_name), str(quad.subject)


def _steps(verb: str, quads: Iterable[Quad]) -> list[str]:
    """Return operations that write ``quads``, each of a size that servers can parse.

    One graph in each: of a DELETE DATA on two, Virtuoso 7.2.5 forgets half in silence.
    """
    graphs: dict[NamedNode, list[str]] = {}
    for quad in quads:
        graph = quad.graph_name if isinstance(quad.graph_name, NamedNode) else VIEW
        triple = f"{quad.subject} {quad.predicate} {quad.object} .\n"
        graphs.setdefault(graph, []).append(triple)
    return [
        f"{verb} DATA {{ GRAPH {graph} {{\n{''.join(triples[start : start + BATCH])}}} }}"
        for graph, triples in graphs.items()
        for start in range(0, len(triples), BATCH)
    ]
