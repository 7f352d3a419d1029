"""Open what the user calls a graph."""

from __future__ import annotations

import re

from kg.errors import InputError
from kg.graph import KnowledgeGraph


def opened(graph: str) -> KnowledgeGraph:
    """Return the graph in a file or in a store's folder, to be read.

    Raises InputError and StoreError where there is none.
    """
    if re.match(r"https?://", graph, re.IGNORECASE):
        raise InputError(f"{graph}: servers are not yet supported; give a file or a store's folder")
    return KnowledgeGraph.open(graph)
