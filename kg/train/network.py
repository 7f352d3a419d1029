"""The joint network: an encoder, a head for nested entities, a head for relations.

Entities: every span of up to WIDEST words is classified (as in Yu et al. 2020, with the biaffine
form replaced by an additive and a multiplicative term, which is linear in the width), having seen
its neighbours in the grid of spans (Yan et al. 2023).
Relations: every ordered pair of spans, from both, their classes, what stands between them, their
distance, and the context both attend to (localized context pooling, Zhou et al. 2021). Before,
spans look at the text and at each other as markers do (Zhong and Chen 2021); after, a pair looks
at those that share a side with it (axial attention, Tan et al. 2022).
"""

from __future__ import annotations

import copy
import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.train.pretrained import Pretrained

WIDEST = 16
"""Words of the longest span."""

FAR = 15
"""Buckets of distance; farther is as far as this."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows side by side; B windows of L pieces and W words at most.

    ``pieces`` (B, L) with 1 for padding; ``first``, ``last`` (B, W) places of words' pieces;
    ``lengths`` (B,) in words; ``sentences`` (B, W) numbers of sentences.
    """

    pieces: Tensor
    first: Tensor
    last: Tensor
    lengths: Tensor
    sentences: Tensor


class _Layer(nn.Module):
    def __init__(self, hidden: int, inner: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.ao = (nn.Linear(hidden, hidden) for _ in range(4))
        self.fi, self.fo = nn.Linear(hidden, inner), nn.Linear(inner, hidden)
        self.aln, self.oln = nn.LayerNorm(hidden, 1e-12), nn.LayerNorm(hidden, 1e-12)
        self.dropout = dropout

    def forward(
        self, x: Tensor, mask: Tensor, seen: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:  # fmt: skip
        """Return new states of ``x`` (B, N, hidden), which look at ``seen``, or at themselves."""
        b, n, h = x.shape
        seen = x if seen is None else seen
        q, k, v = (
            m(y).view(b, -1, self.heads, h // self.heads).transpose(1, 2)
            for m, y in ((self.q, x), (self.k, seen), (self.v, seen))
        )
        # Explicit: the fused kernel is slower here and keeps the weights to itself. Without
        # autocast, which would put them into 32 bits and back; no dropout, which costs a fifth.
        with torch.autocast("cpu", enabled=False):
            scores = (q / math.sqrt(h // self.heads)) @ k.transpose(2, 3) + mask.to(q.dtype)
            weights = scores.softmax(-1)
            mixed = weights @ v
        x = self.aln(x + self._drop(self.ao(mixed.transpose(1, 2).reshape(b, n, h))))
        return self.oln(x + self._drop(self.fo(functional.gelu(self.fi(x))))), weights

    def _drop(self, x: Tensor) -> Tensor:
        return functional.dropout(x, self.dropout, self.training)


class Encoder(nn.Module):
    """A BERT-like encoder (Devlin et al. 2019) whose word embeddings stay as they were."""

    def __init__(self, source: Pretrained, dropout: float = 0.1) -> None:
        super().__init__()
        tensors = {key: torch.from_numpy(value.copy()) for key, value in source.tensors.items()}
        self.register_buffer("word", tensors["emb.word"])
        hidden = self.word.shape[1]
        self.position = nn.Parameter(tensors["emb.pos"] + tensors["emb.type"][:hidden])
        self.norm = nn.LayerNorm(hidden, 1e-12)
        inner = tensors["l0.fi.b"].shape[0]
        self.layers = nn.ModuleList(
            _Layer(hidden, inner, source.heads, dropout) for _ in range(source.layers)
        )
        self.dropout = dropout
        names = {"weight": "w", "bias": "b"}
        with torch.no_grad():
            for name, value in self.norm.named_parameters():
                value.copy_(tensors[f"emb.ln.{names[name]}"])
            for i, layer in enumerate(self.layers):
                for name, value in layer.named_parameters():
                    part, _, kind = name.partition(".")
                    value.copy_(tensors[f"l{i}.{part}.{names[kind]}"])

    def forward(self, pieces: Tensor) -> tuple[Tensor, Tensor]:
        """Return states (B, L, hidden) and the last layer's attention (B, heads, L, L)."""
        mask = torch.zeros(pieces.shape, dtype=torch.float32).masked_fill(pieces == 1, -1e4)
        x = functional.embedding(pieces, self.word) + self.position[: pieces.shape[1]]
        x = functional.dropout(self.norm(x), self.dropout, self.training)
        weights = x
        for layer in self.layers:
            x, weights = layer(x, mask[:, None, None])
        return x, weights


def _sums(states: Tensor) -> Tensor:
    """Return (B, W + 1, hidden) sums of the words before each place."""
    return functional.pad(states.cumsum(1), (0, 0, 1, 0))


def _mean(states: Tensor, begin: Tensor, end: Tensor) -> Tensor:
    """Return the means of the words from ``begin`` to before ``end``; zeros where there is none."""
    sums = functional.pad(states.float().cumsum(0), (0, 0, 1, 0))
    return (sums[end] - sums[begin]) / (end - begin).clamp(min=1)[:, None]


def bucket(distance: Tensor) -> Tensor:
    """Return 0 … FAR for a distance in words: exact up to 8, then by powers of the root of 2."""
    wide = 8 + (distance.clamp(min=8).float() / 8).log2() * 2
    return torch.where(distance <= 8, distance.float(), wide).clamp(max=FAR).long()


class SpanHead(nn.Module):
    """Scores of every class for every span of up to WIDEST words."""

    def __init__(
        self, hidden: int, classes: int, size: int = 256, dropout: float = 0.3, thin: int = 64
    ) -> None:  # fmt: skip
        super().__init__()
        self.start, self.end = nn.Linear(hidden, size), nn.Linear(hidden, size)
        self.left, self.right = nn.Linear(hidden, size), nn.Linear(hidden, size)
        self.mean = nn.Linear(hidden, size)
        self.width = nn.Embedding(WIDEST, size)
        self.norm, self.drop = nn.LayerNorm(size), nn.Dropout(dropout)
        self.thin, self.thick = nn.Linear(size, thin), nn.Linear(thin, size)
        self.near = nn.ModuleList(nn.Conv2d(thin, thin, 3, padding=1) for _ in range(2))
        nn.init.zeros_(self.thick.weight)
        self.out = nn.Linear(size, classes)

    def forward(self, states: Tensor, lengths: Tensor) -> Tensor:
        """Return (B, W, WIDEST, classes): of the span of 1 + k words from word w, at [:, w, k].

        ``lengths`` (B,) in words: what lies behind is not looked at.
        """
        states = self.drop(states)
        n = states.shape[1]
        widths = torch.arange(WIDEST)
        ends = (torch.arange(n)[:, None] + widths).clamp(max=n - 1)
        means = self.mean(states)
        sums = _sums(means)
        mean = (sums[:, ends + 1] - sums[:, :-1, None]) / (widths + 1)[:, None]
        x = self.start(states)[:, :, None] + self.end(states)[:, ends] + mean
        x = x + self.left(states)[:, :, None] * self.right(states)[:, ends]
        x = self.norm(functional.gelu(x + self.width(widths)))
        inside = (torch.arange(n)[:, None] + widths)[None] < lengths[:, None, None]
        grid = self.thin(self.drop(x)).permute(0, 3, 1, 2)
        for near in self.near:
            grid = grid + functional.gelu(near(grid * inside[:, None]))
        x = x + self.thick(grid.permute(0, 2, 3, 1))
        scores: Tensor = self.out(self.drop(x))
        return scores


class _Axial(nn.Module):
    """What a pair of spans learns from the pairs of the same subject, and of the same object."""

    def __init__(self, size: int, thin: int = 128, heads: int = 4) -> None:
        super().__init__()
        self.heads = heads
        self.asked = nn.ModuleList(nn.Linear(size, 3 * thin) for _ in range(2))
        self.out = nn.ModuleList(nn.Linear(thin, size) for _ in range(2))
        for out in self.out:
            nn.init.zeros_(out.weight)

    def forward(self, y: Tensor, pairs: Tensor, count: Tensor) -> Tensor:
        """Return (P, size) to be added; ``y`` (P, size), of the pairs (P, 2) of N spans.

        ``count`` is (N, anything).
        """
        i, j = pairs.unbind(-1)
        n = count.shape[0]
        found = torch.zeros_like(y)
        for axis, (asked, out) in enumerate(zip(self.asked, self.out, strict=True)):
            a, b = (i, j) if axis == 0 else (j, i)
            rows = asked(y)
            grid = torch.zeros(n, n, rows.shape[-1], dtype=rows.dtype).index_put((a, b), rows)
            q, k, v = (
                part.view(n, n, self.heads, -1).transpose(1, 2) for part in grid.chunk(3, -1)
            )
            with torch.autocast("cpu", enabled=False):
                weights = ((q / math.sqrt(q.shape[-1])) @ k.transpose(2, 3)).softmax(-1)
                mixed = (weights @ v).transpose(1, 2).reshape(n, n, -1)
            found = found + out(mixed[a, b])
        return found


class PairHead(nn.Module):
    """Scores of every relation, and of every status, for ordered pairs of spans."""

    def __init__(
        self, encoder: Encoder, classes: int, relations: int, statuses: int, size: int = 256,
        dropout: float = 0.3, looks: int = 2,
    ) -> None:  # fmt: skip
        super().__init__()
        hidden = encoder.word.shape[1]
        self.mark = nn.Embedding(classes, hidden)
        self.looks = nn.ModuleList(copy.deepcopy(layer) for layer in encoder.layers[-looks:])
        self.looked = nn.Linear(hidden, size)
        self.start, self.end = nn.Linear(hidden, size), nn.Linear(hidden, size)
        self.mean, self.kind = nn.Linear(hidden, size), nn.Embedding(classes, size)
        self.norm = nn.LayerNorm(size)
        self.one, self.other = nn.Linear(size, size), nn.Linear(size, size)
        self.left, self.right = nn.Linear(size, size), nn.Linear(size, size)
        self.types = nn.Embedding(classes * classes, size)
        self.context, self.between = nn.Linear(hidden, size), nn.Linear(hidden, size)
        self.distance = nn.Embedding(2 * (FAR + 1) + 4, size)
        self.apart = nn.Embedding(5, size)
        self.pair = nn.LayerNorm(size)
        self.deep = nn.Linear(size, size)
        self.drop = nn.Dropout(dropout)
        self.out, self.status = nn.Linear(size, relations), nn.Linear(size, statuses)
        self.axial, self.last = _Axial(size), nn.LayerNorm(size)
        self.classes = classes
        for table in (self.types, self.distance, self.apart, self.kind, self.mark):
            nn.init.normal_(table.weight, std=0.1)

    def forward(
        self, states: Tensor, pieces: Tensor, attention: Tensor, first: Tensor, last: Tensor,
        sentences: Tensor, spans: Tensor, pairs: Tensor,
    ) -> tuple[Tensor, Tensor]:  # fmt: skip
        """Return (P, relations) and (P, statuses) for one window.

        ``states`` (W, hidden) of words; ``pieces`` (L, hidden); ``attention`` (heads, L, L);
        ``spans`` (N, 3): first word, last word, class; ``pairs`` (P, 2) places in ``spans``.
        """
        begin, end, kind = spans.unbind(-1)
        mean = _mean(states, begin, end + 1)
        marks = (states[begin] + states[end]) / 2 + self.mark(kind)
        for look in self.looks:
            marks = look(marks[None], torch.zeros(1), torch.cat([pieces, marks])[None])[0][0]
        x = self.start(states[begin]) + self.end(states[end]) + self.mean(mean)
        x = x + self.looked(marks)
        x = self.drop(self.norm(functional.gelu(x + self.kind(kind))))
        i, j = pairs.unbind(-1)
        ahead, behind = begin[j] - end[i], begin[i] - end[j]
        nested = torch.where((ahead <= 0) & (behind <= 0), 1, 0)
        inner = ((begin[i] >= begin[j]) & (end[i] <= end[j])).long()
        order = (ahead > 0).long()
        far = torch.where(
            nested == 1, 2 * (FAR + 1) + inner,
            order * (FAR + 1) + bucket(torch.maximum(ahead, behind).clamp(min=0)),
        )  # fmt: skip
        gap_from = torch.minimum(end[i], end[j]) + 1
        gap_to = torch.maximum(torch.maximum(begin[i], begin[j]), gap_from)
        apart = (sentences[begin[i]] - sentences[begin[j]]).abs().clamp(max=4)
        seen = (attention[:, first[begin]] + attention[:, last[end]]) / 2
        # Of all spans with all, then of the pairs: a copy of both for each head would be far more.
        shared = (seen.permute(2, 1, 0) @ seen.permute(2, 0, 1)).permute(1, 2, 0)[i, j]
        shared = shared / (shared.sum(-1, keepdim=True) + 1e-6)
        y = self.one(x)[i] + self.other(x)[j] + self.left(x)[i] * self.right(x)[j]
        # Projected first, for there are fewer pieces and words than pairs.
        y = y + shared @ (pieces @ self.context.weight.T) + self.context.bias
        y = y + _mean(states @ self.between.weight.T, gap_from, gap_to) + self.between.bias
        y = y + self.distance(far)
        y = y + self.apart(apart) + self.types(kind[i] * self.classes + kind[j])
        y = self.drop(self.pair(functional.gelu(y)))
        y = y + self.axial(y, pairs, spans)
        y = self.last(self.drop(functional.gelu(self.deep(y))) + y)
        return self.out(y), self.status(y)


class Network(nn.Module):
    """Encoder and heads; labels of all schemes side by side."""

    def __init__(
        self, source: Pretrained, classes: int, relations: int, statuses: int
    ) -> None:  # fmt: skip
        super().__init__()
        self.encoder = Encoder(source)
        hidden = self.encoder.word.shape[1]
        self.spans = SpanHead(hidden, classes)
        self.pairs = PairHead(self.encoder, classes, relations, statuses)

    def read(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return states of words, of pieces, attention, and scores of spans."""
        pieces, attention = self.encoder(batch.pieces)
        row = torch.arange(len(pieces))[:, None]
        states = (pieces[row, batch.first] + pieces[row, batch.last]) / 2
        return states, pieces, attention, self.spans(states, batch.lengths)

    def relate(
        self, batch: Batch, read: Sequence[Tensor], spans: Sequence[Tensor],
        pairs: Sequence[Tensor],
    ) -> tuple[Tensor, Tensor]:  # fmt: skip
        """Return scores of relations and statuses for the pairs of all windows, in order."""
        states, pieces, attention, _ = read
        found = [
            self.pairs(
                states[b], pieces[b], attention[b], batch.first[b], batch.last[b],
                batch.sentences[b], spans[b], pairs[b],
            )
            for b in range(len(pieces)) if len(pairs[b])
        ]  # fmt: skip
        return torch.cat([r for r, _ in found]), torch.cat([s for _, s in found])
