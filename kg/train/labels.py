"""Where the labels of several schemes stand in the outputs of one network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.train.data import Scheme


@dataclass(frozen=True, slots=True)
class Place:
    """The columns of one scheme: the first class is that of no entity."""

    scheme: Scheme
    classes: slice
    relations: slice
    statuses: slice

    def cls(self, name: str) -> int:
        """Return the column of a class."""
        return int(self.classes.start) + 1 + self.scheme.classes.index(name)


@dataclass(frozen=True, slots=True)
class Layout:
    """All schemes and how many columns they have together."""

    places: dict[str, Place]
    classes: int
    relations: int
    statuses: int


def layout(schemes: Sequence[Scheme]) -> Layout:
    """Return the columns of some schemes, side by side in their order."""
    places: dict[str, Place] = {}
    classes = relations = statuses = 0
    for scheme in schemes:
        ends = (
            classes + 1 + len(scheme.classes),
            relations + len(scheme.relations),
            statuses + len(scheme.statuses),
        )
        places[scheme.name] = Place(
            scheme, slice(classes, ends[0]), slice(relations, ends[1]), slice(statuses, ends[2])
        )
        classes, relations, statuses = ends
    return Layout(places, classes, relations, statuses)
