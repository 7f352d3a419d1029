"""A pack in the place of the network that it was made from: so that what is scored is what runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from kg.neural.model import session
from kg.neural.pack import Pack
from kg.train.network import Batch

_PAD = 1


class Exported:
    """A pack that reads batches, window by window."""

    def __init__(self, source: Pack) -> None:
        self._reader = session(source.reader, source.weights)
        self._pairs = session(source.pairs, source.weights)

    def eval(self) -> Exported:
        """Do nothing: a pack is never trained."""
        return self

    def read(self, batch: Batch) -> tuple[Any, ...]:
        """Return lists of states of words, of pieces, of attention, and of scores of spans."""
        found = []
        for b, words in enumerate(batch.lengths.tolist()):
            rows = {
                "pieces": batch.pieces[b][batch.pieces[b] != _PAD],
                "first": batch.first[b, :words],
                "last": batch.last[b, :words],
            }
            told = self._reader.run(None, {name: row.numpy() for name, row in rows.items()})
            found.append([torch.from_numpy(array) for array in told])
        wide = batch.first.shape[1]
        states, read, attention, scores = zip(*found, strict=True)
        padded = [torch.cat([s, s.new_zeros(wide - len(s), *s.shape[1:])]) for s in scores]
        return states, read, attention, padded

    def relate(
        self, batch: Batch, read: Sequence[Any], spans: Sequence[Tensor], pairs: Sequence[Tensor]
    ) -> tuple[Tensor, Tensor]:  # fmt: skip
        """Return scores of relations and statuses for the pairs of all windows, in order."""
        found = []
        for b, words in enumerate(batch.lengths.tolist()):
            if not len(pairs[b]):
                continue
            rows = {
                "states": read[0][b], "read": read[1][b], "attention": read[2][b],
                "first": batch.first[b, :words], "last": batch.last[b, :words],
                "sentences": batch.sentences[b, :words], "spans": spans[b], "pairs": pairs[b],
            }  # fmt: skip
            told = self._pairs.run(None, {name: row.numpy() for name, row in rows.items()})
            found.append([torch.from_numpy(array) for array in told])
        return torch.cat([r for r, _ in found]), torch.cat([s for _, s in found])
