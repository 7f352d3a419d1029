"""The plain network of entities, as GraphML and GEXF, for Gephi, Cytoscape, yEd and networkx."""

from __future__ import annotations

import re

import networkx as nx

from kg.graph import KnowledgeGraph
from kg.graph.terms import NOT_XML


def graphml(graph: KnowledgeGraph) -> bytes:
    """Return GraphML: entities, and the facts that are not denied."""
    return ("\n".join(nx.generate_graphml(_network(graph))) + "\n").encode()


def gexf(graph: KnowledgeGraph) -> bytes:
    """Return GEXF 1.2: entities, and the facts that are not denied."""
    text = "\n".join(nx.generate_gexf(_network(graph))) + "\n"
    # The day of writing would make the same graph differ from one day to the next.
    return re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1).encode()


def _network(graph: KnowledgeGraph) -> nx.MultiDiGraph:
    """Return the network in characters that XML can hold, its edges under keys of their own.

    The writers of both formats make what is called label and weight the label and the weight.
    """
    network = nx.MultiDiGraph()
    source = graph.networkx()
    for node, data in source.nodes(data=True):
        network.add_node(node, **_printable({"class" if k == "cls" else k: data[k] for k in data}))
    for number, (start, end, data) in enumerate(source.edges(data=True)):
        network.add_edge(start, end, key=str(number), **_printable(data))
    return network


def _printable(data: dict[str, str | int | float]) -> dict[str, str | int | float]:
    return {k: NOT_XML.sub("\ufffd", v) if isinstance(v, str) else v for k, v in data.items()}
