"""Which thing of the system is which of gold's, one to one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import networkx

from kg.evaluate.annotation import Annotated, Thing
from kg.evaluate.conventions import Conventions
from kg.evaluate.mentions import Paired
from kg.evaluate.names import norm, same_name

_MARKING, _NAME, _CLASS = 100, 10, 1
"""A shared marking outweighs the names, and these the class."""


def align(gold: Annotated, system: Annotated, paired: Paired, rules: Conventions) -> dict[str, str]:
    """Return the gold thing of each system thing that has one.

    The heaviest matching (Edmonds 1965, by networkx) counts shared markings first; things that
    share none are joined where their names are one. Dates and the like are not aligned.
    """
    shared = Counter((ours.thing, theirs.thing) for ours, theirs in paired.pairs)
    graph = networkx.Graph()
    known = named(gold.things)
    for key, names in named(system.things).items():
        thing = system.things[key]
        for wanted, others in known.items():
            other = gold.things[wanted]
            if other.cls in rules.literal or thing.cls in rules.literal:
                continue
            weight = _MARKING * shared[wanted, key]
            weight += _NAME * same_name(names, others, rules.coarse(other.cls), rules)
            if weight:
                weight += _CLASS * (rules.coarse(thing.cls) == rules.coarse(other.cls))
                graph.add_edge((0, wanted), (1, key), weight=weight)
    matching = networkx.max_weight_matching(_ordered(graph))
    return {key: wanted for (_, wanted), (_, key) in map(sorted, matching)}


def named(things: Mapping[str, Thing]) -> dict[str, tuple[str, ...]]:
    """Return the normed names of things, by id."""
    return {key: tuple(map(norm, thing.names)) for key, thing in things.items()}


def _ordered(graph: networkx.Graph) -> networkx.Graph:
    """Return the graph with its nodes in order, so that ties fall the same way in each run."""
    ordered = networkx.Graph()
    ordered.add_nodes_from(sorted(graph))
    ordered.add_edges_from(sorted(graph.edges(data=True), key=lambda edge: sorted(edge[:2])))
    return ordered
