"""Whether dates and names are brought to the right normal form."""

from __future__ import annotations

from collections.abc import Mapping

from kg.evaluate.annotation import Annotated
from kg.evaluate.conventions import Conventions
from kg.evaluate.mentions import Paired
from kg.evaluate.names import norm
from kg.evaluate.scores import Share


def dated(gold: Annotated, system: Annotated, paired: Paired, rules: Conventions) -> Share:
    """Return how many of the dates that both mark have gold's ISO value; those that gold gives
    none are not counted."""
    total = Share()
    for ours, theirs in paired.pairs:
        values = gold.things[ours.thing].names
        if ours.cls == rules.date and values:
            said = system.things[theirs.thing].names
            total += Share(int(said[:1] == values[:1]), 1)
    return total


def labelled(gold: Annotated, system: Annotated, aligned: Mapping[str, str]) -> Share:
    """Return how many of the aligned system things are called by one of gold's names.

    Their label or another of their names, as the graph has them, must be one; spelling is
    compared by ``norm``. Things that gold gives no name are not counted.
    """
    total = Share()
    for key, wanted in aligned.items():
        names = {norm(name) for name in gold.things[wanted].names}
        if names:
            said = {norm(name) for name in system.things[key].names}
            total += Share(int(not said.isdisjoint(names)), 1)
    return total
