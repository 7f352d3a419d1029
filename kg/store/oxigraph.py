"""Quads in memory or in a folder, kept by Oxigraph.

Marks are empty named graphs: so they are written in the same transaction, yet no query meets a
triple of theirs and no dump holds them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TypeVar, cast

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Variable

from kg.errors import QueryError, StoreError
from kg.store.lock import IN_USE, Lock
from kg.store.protocol import MARKS, Answer, Change, Dataset, Graph, Node, Quad, Term

T = TypeVar("T")


class OxigraphStore:
    """A store kept by Oxigraph."""

    def __init__(
        self, inner: pyoxigraph.Store, name: str = "the graph", lock: Lock | None = None
    ) -> None:
        self._inner: pyoxigraph.Store | None = inner
        self._name = name
        self._lock = lock

    @property
    def _open(self) -> pyoxigraph.Store:
        if self._inner is None:
            raise StoreError(f"{self._name} is closed; open it again")
        return self._inner

    def _run(self, action: Callable[[], T]) -> T:
        try:
            return action()
        except (OSError, RuntimeError) as error:
            if "read-write" in str(error):
                message = f"{self._name} is open for reading only; open it with writable=True"
                raise StoreError(message) from error
            raise StoreError(f"{self._name} failed: {_line(error)}; see its disk") from error

    def match(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        obj: Node | None = None,
        graph: Graph | None = None,
    ) -> Iterator[Quad]:
        found = self._open.quads_for_pattern(subject, predicate, obj, graph)
        return cast("Iterator[Quad]", iter(found))

    def ahead(self, subjects: Iterable[NamedNode]) -> None:
        """Do nothing: all of it is at hand."""

    def extend(self, quads: Iterable[Quad]) -> None:
        self._run(lambda: self._open.extend(quads))

    def commit(self, change: Change) -> None:
        # SPARQL Update is the one call that removes and adds in one transaction. No text of
        # ours is pasted into it: str() of a pyoxigraph term escapes all that could end the term.
        steps = [f"DROP SILENT GRAPH {graph}" for graph in (*change.drop, *change.unmark)]
        steps += [f"CREATE SILENT GRAPH {mark}" for mark in change.mark]
        if change.delete:
            steps.append(f"DELETE DATA {{ {_block(change.delete)} }}")
        if change.insert:
            steps.append(f"INSERT DATA {{ {_block(change.insert)} }}")
        self.update(" ;\n".join(steps))

    def query(
        self,
        text: str,
        prefixes: dict[str, str],
        *,
        union: bool = True,
        bindings: Mapping[str, Node] | None = None,
        dataset: Dataset | None = None,
        limit: int | None = None,  # rows are found as they are read
    ) -> Answer:
        values: dict[Variable, Term] = {Variable(n): v for n, v in (bindings or {}).items()}
        used = {name: prefixes[name] for name in prefixes.keys() & _before_colons(text)}
        try:
            if dataset is None:
                return self._open.query(
                    text, prefixes=used, use_default_graph_as_union=union, substitutions=values
                )
            return self._open.query(
                text,
                prefixes=used,
                default_graph=[*dataset[0]],
                named_graphs=[*dataset[1]],
                substitutions=values,
            )
        except SyntaxError as error:
            raise QueryError(_mistake(_line(error), prefixes)) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(_unbound(_line(error))) from error

    def update(self, text: str) -> None:
        try:
            self._run(lambda: self._open.update(text))
        except SyntaxError as error:
            raise QueryError(_mistake(_line(error), {})) from error
        except StoreError as error:
            if re.search(r"The graph \S+ (already exists|does not exist)", str(error)):
                raise QueryError(str(error).rpartition("; ")[0]) from error
            raise
        self._run(self._open.flush)

    def graphs(self) -> Iterator[NamedNode]:
        return (graph for graph in self._names() if not graph.value.startswith(MARKS))

    def marks(self) -> Iterator[NamedNode]:
        return (graph for graph in self._names() if graph.value.startswith(MARKS))

    def _names(self) -> Iterator[NamedNode]:
        return (g for g in self._open.named_graphs() if isinstance(g, NamedNode))

    def dump(self) -> Iterator[Quad]:
        return self.match()

    def optimize(self) -> None:
        self._run(self._open.optimize)

    def close(self) -> None:
        self._inner = None
        if self._lock is not None:
            self._lock.release()


def memory() -> OxigraphStore:
    """Return an empty store in memory."""
    return OxigraphStore(pyoxigraph.Store())


def folder(path: Path, *, writable: bool, guarded: bool = True) -> OxigraphStore:
    """Return the store in a folder, which ``writable`` makes where there is none.

    A reader that is not ``guarded`` keeps no writer out; files may vanish under it.
    Raises StoreError if the path is something else, or if it is being written (to a reader) or
    used at all (to a writer).
    """
    if path.exists() and not path.is_dir():
        raise StoreError(f"{path} is a file, not a store; give a folder")
    known = (path / "CURRENT").is_file()
    if not known and not writable:
        raise StoreError(f"{path} is not a store; kg build --store makes one")
    if not known and path.is_dir() and any(path.iterdir()):
        raise StoreError(f"{path} holds other files and is not a store; give a new or empty folder")
    try:
        if writable:
            path.mkdir(parents=True, exist_ok=True)
        lock = Lock(path, exclusive=writable) if writable or guarded else None
        inner = (pyoxigraph.Store if writable else pyoxigraph.Store.read_only)(os.fspath(path))
    except (OSError, RuntimeError) as error:
        raise StoreError(_opening(path, error)) from error
    return OxigraphStore(inner, f"the store {path}", lock)


def _opening(path: Path, error: Exception) -> str:
    # RocksDB gives no error code for its lock, only words.
    if "lock" in str(error).lower():
        return IN_USE.format(path)
    return f"the store {path} cannot be opened: {_line(error)}; restore it or build it anew"


def _line(error: Exception) -> str:
    return " ".join(str(error).split())


@lru_cache(maxsize=128)
def _before_colons(text: str) -> frozenset[str]:
    """Return what may be prefixes in a query: Oxigraph reads all it is given, for each query."""
    return frozenset(re.findall(r"([\w.-]*):", text))


def _mistake(message: str, prefixes: dict[str, str]) -> str:
    """Return Oxigraph's message without the characters it would have taken instead."""
    place = re.match(r"error at (\d+):(\d+): expected one of ", message)
    if not place:
        return message
    reason = "this is not expected here"
    if "Prefix not found" in message:
        reason = f"unknown prefix; declare it; known are {' '.join(prefixes)}"
    elif sentence := re.search(r"\bThe [^,'\"\[\]]+", message):
        reason = sentence[0]
    return f"line {place[1]}, column {place[2]}: {reason}"


def _unbound(message: str) -> str:
    name = re.search(r"not contains? variable \?(\w+) in its SELECT projection", message)
    if name:
        return f"the parameter {name[1]} is not among what SELECT gives; add ?{name[1]} there"
    return f"the query failed: {message}"


def _block(quads: Iterable[Quad]) -> str:
    blocks: dict[Graph, list[str]] = {}
    for quad in quads:
        triples = blocks.setdefault(quad.graph_name, [])
        triples.append(f"{quad.subject} {quad.predicate} {quad.object} .")
    return "\n".join(
        "\n".join(triples)
        if isinstance(graph, DefaultGraph)
        else f"GRAPH {graph} {{\n" + "\n".join(triples) + "\n}"
        for graph, triples in blocks.items()
    )
