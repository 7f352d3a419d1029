"""Going on from an earlier run, whose labels may be others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import torch
from torch import Tensor

from kg.neural.labels import parts
from kg.train.data import Scheme
from kg.train.labels import Layout, layout
from kg.train.network import Network


def describe(labels: Layout) -> list[dict[str, Any]]:
    """Return the schemes of a layout, in order, as JSON has them."""
    return [
        {
            "name": p.scheme.name, "classes": list(p.scheme.classes),
            "relations": list(p.scheme.relations), "statuses": list(p.scheme.statuses),
        }
        for p in labels.places.values()
    ]  # fmt: skip


def described(found: list[dict[str, Any]]) -> Layout:
    """Return the layout that ``describe`` wrote down."""
    return layout([
        Scheme(s["name"], tuple(s["classes"]), tuple(s["relations"]), tuple(s["statuses"]))
        for s in found
    ])  # fmt: skip


def transfer(network: Network, labels: Layout, weights: Mapping[str, Tensor], old: Layout) -> None:
    """Copy trained weights into a network; what belongs to a label goes where that label is now.

    Labels that the earlier run did not know keep their random beginnings.
    """
    classes = list(_same(labels, old, "classes"))
    relations = list(_same(labels, old, "relations"))
    statuses = list(_same(labels, old, "statuses"))
    crossed = [
        (a * labels.classes + b, c * old.classes + d) for a, c in classes for b, d in classes
    ]
    rows = {
        "spans.out.weight": classes, "spans.out.bias": classes, "pairs.kind.weight": classes,
        "pairs.mark.weight": classes,
        "pairs.types.weight": crossed, "pairs.out.weight": relations, "pairs.out.bias": relations,
        "pairs.status.weight": statuses, "pairs.status.bias": statuses,
    }  # fmt: skip
    for name, value in network.named_parameters():
        if rows.get(name):
            here, there = (torch.tensor(side) for side in zip(*rows[name], strict=True))
            value.detach()[here] = weights[name].detach()[there]
        elif name not in rows:
            value.detach().copy_(weights[name])


def _same(new: Layout, old: Layout, kind: str) -> Iterator[tuple[int, int]]:
    """Yield the columns of labels that both layouts have."""
    for name, place in new.places.items():
        if name not in old.places:
            continue
        before = old.places[name]
        extra = 1 if kind == "classes" else 0
        begin, earlier = getattr(place, kind).start, getattr(before, kind).start
        if extra:
            yield begin, earlier
        known = getattr(before.scheme, kind)
        for i, label in enumerate(getattr(place.scheme, kind)):
            nearest = label if label in known else parts(label)[0]
            if nearest in known:
                yield begin + extra + i, earlier + extra + known.index(nearest)
