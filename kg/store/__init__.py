"""Where quads are kept: in memory, in a folder, or on a server that speaks SPARQL.

In memory and in a folder they are written in whole transactions. A folder has one writer at a
time, or any number of readers.
"""

from kg.store.oxigraph import OxigraphStore, folder, memory
from kg.store.protocol import MARKS, Answer, Change, Dataset, Graph, Node, Quad, Store, Term
from kg.store.remote import RemoteStore
from kg.store.server import ADDRESS, Server, reach

__all__ = [
    "ADDRESS",
    "MARKS",
    "Answer",
    "Change",
    "Dataset",
    "Graph",
    "Node",
    "OxigraphStore",
    "Quad",
    "RemoteStore",
    "Server",
    "Store",
    "Term",
    "folder",
    "memory",
    "reach",
]
