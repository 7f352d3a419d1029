"""Open what the user calls a graph or a store."""

from __future__ import annotations

from kg.graph import KnowledgeGraph
from kg.store import ADDRESS


def opened(graph: str, *, writable: bool = False) -> KnowledgeGraph:
    """Return the graph in a file, in a store's folder, or on a server.

    Raises InputError and StoreError where there is none.
    """
    return KnowledgeGraph.open(graph, writable=writable)


def on_server(graph: str) -> bool:
    """Tell whether a graph is given by a server's address."""
    return ADDRESS.match(graph) is not None


def shown(store: str) -> str:
    """Return what a message may call a store: an address without a password."""
    if not on_server(store):
        return store
    scheme, _, rest = store.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"
