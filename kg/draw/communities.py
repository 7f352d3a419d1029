"""Groups of entities that have more to do with each other than with the rest."""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx

SEED = 1
SLOW = 3000
"""Above so many nodes Louvain takes seconds, and labels are spread instead."""
LEAST = 3
"""How many make a group."""


def communities(count: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """Return the number of each node's community, the largest being 0; -1 for none.

    By the Louvain method (Blondel et al. 2008), in large graphs by fast label propagation (Traag
    and Šubelj 2023): the same for the same graph. Where all would be in one, there is none.
    """
    graph = nx.Graph()
    for a, b in sorted((min(pair), max(pair)) for pair in edges if pair[0] != pair[1]):
        weight = graph.get_edge_data(a, b, {"weight": 0})["weight"]
        graph.add_edge(a, b, weight=weight + 1)
    large = [group for group in _found(graph) if len(group) >= LEAST]
    numbers = [-1] * count
    if len(large) < 2:
        return numbers
    for number, group in enumerate(sorted(large, key=lambda g: (-len(g), min(g)))):
        for node in group:
            numbers[node] = number
    return numbers


def _found(graph: nx.Graph) -> list[set[int]]:
    if graph.number_of_nodes() > SLOW:
        return list(
            nx.community.fast_label_propagation_communities(graph, weight="weight", seed=SEED)
        )
    return list(
        nx.community.louvain_communities(graph, weight="weight", seed=SEED) if graph else ()
    )
