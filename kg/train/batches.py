"""Examples as tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence

import torch
from torch import Tensor

from kg.train.data import WAYS, Example
from kg.train.labels import Place
from kg.train.network import WIDEST, Batch

Item = tuple[str, Example]
"""The name of a scheme and an example of it."""

_PAD, _MASK = 1, 3


def portion(
    items: Sequence[Item], times: Mapping[str, float], dice: random.Random, swaps: int = 0
) -> list[Item]:  # fmt: skip
    """Return an epoch's examples: those of a scheme as many times as said, once by default.

    Each article is there in several ways, ``swaps`` times more with names exchanged; of a fraction
    (0.5, the half in 2.5) it is drawn which examples they are.
    """
    found: list[Item] = []
    for name in dict.fromkeys(name for name, _ in items):
        own = [item for item in items if item[0] == name]
        whole, rest = divmod(times.get(name, 1.0) / WAYS / (1 + swaps), 1)
        found += own * int(whole) + dice.sample(own, round(rest * len(own)))
    return found


def batches(items: Sequence[Item], pieces: int, dice: random.Random | None) -> Iterator[list[Item]]:
    """Yield groups of at most ``pieces`` pieces with padding, of like length, in random order."""
    order = list(items)
    if dice is not None:
        dice.shuffle(order)
    # By length with some noise, so that the groups differ from epoch to epoch.
    order.sort(key=lambda i: len(i[1].window.pieces) + (dice.uniform(0, 24) if dice else 0))
    groups: list[list[Item]] = [[]]
    for item in order:
        longest = max(len(i[1].window.pieces) for i in [*groups[-1], item])
        if groups[-1] and longest * (len(groups[-1]) + 1) > pieces:
            groups.append([])
        groups[-1].append(item)
    if dice is not None:
        dice.shuffle(groups)
    yield from filter(None, groups)


def tensors(items: Sequence[Item], hide: float = 0.0) -> Batch:
    """Return examples side by side, a share ``hide`` of their pieces replaced by the unknown."""
    read = [e.window for _, e in items]
    long = max(len(w.pieces) for w in read)
    wide = max(len(w.words) for w in read)
    ids = torch.full((len(read), long), _PAD)
    first, last = (
        torch.zeros(len(read), wide, dtype=torch.long),
        torch.zeros(len(read), wide, dtype=torch.long),
    )
    sentences = torch.full((len(read), wide), -1)
    for b, window in enumerate(read):
        ids[b, : len(window.pieces)] = torch.tensor(window.pieces)
        first[b, : len(window.first)] = torch.tensor(window.first)
        last[b, : len(window.last)] = torch.tensor(window.last)
        sentences[b, : len(window.words)] = torch.tensor([w.sentence for w in window.words])
    if hide:
        ids[(torch.rand(ids.shape) < hide) & (ids > _MASK)] = _MASK
    return Batch(ids, first, last, torch.tensor([len(w.words) for w in read]), sentences)


def within(batch: Batch) -> Tensor:
    """Return (B, W, WIDEST): whether a span lies in its window and in one sentence."""
    n = batch.sentences.shape[1]
    ends = torch.arange(n)[:, None] + torch.arange(WIDEST)
    inside = ends[None] < batch.lengths[:, None, None]
    return inside & (batch.sentences[:, ends.clamp(max=n - 1)] == batch.sentences[:, :, None])


def targets(items: Sequence[Item], places: dict[str, Place], wide: int) -> Tensor:
    """Return (B, W, WIDEST): the class of each span, counted from its scheme's no entity."""
    found = torch.zeros(len(items), wide, WIDEST, dtype=torch.long)
    for b, (name, example) in enumerate(items):
        classes = places[name].scheme.classes
        for first, last, cls in example.entities:
            if last - first < WIDEST and cls in classes:
                found[b, first, last - first] = 1 + classes.index(cls)
    return found


def pairs(count: int) -> Tensor:
    """Return all ordered pairs of different numbers below ``count``: (P, 2)."""
    grid = torch.cartesian_prod(torch.arange(count), torch.arange(count)).view(-1, 2)
    return grid[grid[:, 0] != grid[:, 1]]
