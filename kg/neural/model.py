"""What a trained model reads in a text: nested entities, and relations between any two spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import onnxruntime

from kg.model import Span
from kg.neural import pack
from kg.neural.words import Pieces, Window, windows, words

DIGITS = 3
"""Of a probability: processors differ in the last ones, and what kg writes must not."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A span of the text, in characters, the class it most probably has, and how probably."""

    start: int
    end: int
    cls: str
    score: float


@dataclass(frozen=True, slots=True)
class Related:
    """A relation between two of the spans asked for, by their place among them.

    ``score`` is the model's probability; ``status`` the most probable modality.
    """

    subject: int
    object: int
    relation: str
    score: float
    status: str


@dataclass(frozen=True, slots=True)
class _Read:
    window: Window
    states: Any
    read: Any
    attention: Any
    scores: Any


class Model:
    """A model ready to run, on one thread."""

    def __init__(self, source: pack.Pack) -> None:
        # Not the pack itself: its weights are the sessions' own now.
        self._schemes, self._size = source.schemes, source.size
        self._pieces = Pieces(source.pieces)
        self._reader = session(source.reader, source.weights)
        self._pairs = session(source.pairs, source.weights)

    def read(self, text: str) -> Reading:
        """Return what the model makes of a text."""
        found = windows(words(text, self._pieces), self._pieces, self._size)
        return Reading(self, [self._run(window) for window in found])

    def scheme(self, name: str) -> pack.Scheme:
        """Return the labels of a scheme."""
        return self._schemes[name]

    def _run(self, window: Window) -> _Read:
        return _Read(window, *self._reader.run(None, given(window)))

    def relate(self, read: _Read, spans: Any, pairs: Any) -> tuple[Any, Any]:  # noqa: ANN401
        """Return (P, relations) and (P, statuses) scores of pairs of a window's spans."""
        window = read.window
        relations, statuses = self._pairs.run(None, {
            "states": read.states, "read": read.read, "attention": read.attention,
            "first": np.array(window.first), "last": np.array(window.last),
            "sentences": np.array([w.sentence for w in window.words]),
            "spans": spans, "pairs": pairs,
        })  # fmt: skip
        return relations, statuses


class Reading:
    """One text as a model reads it."""

    def __init__(self, model: Model, read: Sequence[_Read]) -> None:
        self._model, self._read = model, read

    def entities(self, scheme: str) -> list[Entity]:
        """Return nested entities that do not cross, in order of text."""
        labels = self._model.scheme(scheme)
        found = [e for read in self._read for e in _entities(read, labels)]
        return sorted(found, key=lambda e: (e.start, -e.end))

    def relations(self, scheme: str, spans: Sequence[tuple[Span, str]]) -> Iterator[Related]:
        """Yield all relations of some probability between spans with classes of the scheme.

        Relations between spans that no window holds together are not asked for.
        """
        labels = self._model.scheme(scheme)
        for read in self._read:
            places = list(_placed(read.window, spans, labels))
            if len(places) < 2:
                continue
            n = len(places)
            pairs = np.array([(i, j) for i in range(n) for j in range(n) if i != j])
            rows = np.array([place for _, place in places])
            scores, statuses = self._model.relate(read, rows, pairs)
            begin = labels.first_relation
            chances = 1 / (1 + np.exp(-scores[:, begin : begin + len(labels.relations)]))
            begin = labels.first_status
            told = statuses[:, begin : begin + len(labels.statuses)].argmax(-1)
            for p, r in np.argwhere(chances > 0.05):
                i, j = pairs[p]
                chance = round(float(chances[p, r]), DIGITS)
                relation, status = labels.relations[r], labels.statuses[told[p]]
                yield Related(places[i][0], places[j][0], relation, chance, status)


@cache
def load(name: str) -> Model:
    """Return a model that comes with kg, or lies in the folder ``name``; loaded once."""
    return Model(pack.read(pack.folder(name)))


def given(window: Window) -> dict[str, Any]:
    """Return a window as the reader's graph takes it."""
    rows = {"pieces": window.pieces, "first": window.first, "last": window.last}
    return {name: np.array(row, dtype=np.int64) for name, row in rows.items()}


def session(graph: bytes, weights: dict[str, Any]) -> onnxruntime.InferenceSession:
    """Return a graph of a pack, ready to run on one thread with the pack's weights."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    used = {n: v for n, v in weights.items() if n.encode() in graph}
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(v) for v in used.values()]
    options.add_external_initializers(list(used), values)
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _entities(read: _Read, labels: pack.Scheme) -> Iterator[Entity]:
    said = read.window.words
    scores = read.scores[..., labels.first_class : labels.first_class + len(labels.classes)]
    chances = np.exp(scores - scores.max(-1, keepdims=True))
    chances /= chances.sum(-1, keepdims=True)
    best = chances.argmax(-1)
    rows = [
        (round(float(chances[i, k, best[i, k]]), DIGITS), int(i), int(i + k))
        for i, k in np.argwhere(best > 0)
        if i + k < len(said) and said[i].sentence == said[i + k].sentence
    ]
    taken: list[Span] = []
    for score, first, last in sorted(rows, reverse=True):
        if not any(a < first <= b < last or first < a <= last < b for a, b in taken):
            taken.append((first, last))
            cls = labels.classes[best[first, last - first]]
            yield Entity(said[first].start, said[last].end, cls, score)


def _placed(
    window: Window, spans: Iterable[tuple[Span, str]], labels: pack.Scheme
) -> Iterator[tuple[int, tuple[int, int, int]]]:  # fmt: skip
    """Yield the spans of a window by their place: first word, last word, column of the class."""
    said = window.words
    if not said:
        return
    for number, ((start, end), cls) in enumerate(spans):
        inside = [i for i, w in enumerate(said) if w.start < end and start < w.end]
        if inside and start >= said[0].start and end <= said[-1].end:
            yield number, (inside[0], inside[-1], labels.first_class + labels.column(cls))
