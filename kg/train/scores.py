"""How well a network, or the pack made of it, reads annotated articles: strict, all pairs counted.

Entities: span and class. Relations between gold entities: all ordered pairs of the same
sentence, no relation included, direction strict. End to end: both spans, both classes,
relation and direction. What no window holds counts as missed; what is optional does not count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import torch
from torch import Tensor

from kg.neural.labels import SAME
from kg.train.batches import Item, batches, pairs, tensors, within
from kg.train.data import Data, Example
from kg.train.exported import Exported
from kg.train.labels import Place
from kg.train.network import Batch, Network

THRESHOLDS = (0.2, 0.3, 0.4, 0.5)
PIECES = 2048

Spans = list[tuple[int, int, int]]
"""First word, last word, column of the class."""

Named = tuple[int, int, str]
Said = tuple[Named, str, Named]


def decode(scores: Tensor, good: Tensor, place: Place) -> Spans:
    """Return the spans that are entities, none crossing a likelier one."""
    here = scores[..., place.classes].float().softmax(-1)
    best, cls = here.max(-1)
    rows = ((cls > 0) & good).nonzero().tolist()
    found: Spans = []
    for first, width in sorted(rows, key=lambda r: -float(best[r[0], r[1]])):
        last = first + width
        if not any(a < first <= b < last or first < a <= last < b for a, b, _ in found):
            found.append((first, last, place.classes.start + int(cls[first, width])))
    return sorted(found)


def f1(right: int, found: int, gold: int) -> float:
    """Return F1 out of counts."""
    return 2 * right / (found + gold) if found + gold else 0.0


def score(network: Network | Exported, data: Data, place: Place) -> dict[str, float]:
    """Return F1 of entities, of relations between gold entities, and end to end.

    ``near`` is within a sentence; of relations the best of some thresholds is given, ``at``
    which it is.
    """
    network.eval()
    count: Counter[str] = Counter()
    with torch.no_grad():
        for group in batches([(data.name, e) for e in data.examples], PIECES, None):
            _count(network, group, place, count)
    figures = {"entities": f1(count["right"], count["found"], data.entities)}
    for which in ("gold", "told"):
        for reach, total in ((" near", data.inside), ("", data.relations)):
            tried = [(_f1(count, f"{which} {t}{reach}", total), t) for t in THRESHOLDS]
            figures[f"{which}{reach}"], figures[f"{which}{reach} at"] = max(tried)
    return {key: round(value, 4) for key, value in figures.items()}


def _f1(count: Counter[str], key: str, gold: int) -> float:
    return f1(count[f"{key} right"], count[f"{key} found"], gold)


def _count(
    network: Network | Exported, group: Sequence[Item], place: Place, count: Counter[str]
) -> None:  # fmt: skip
    batch = tensors(group)
    read = network.read(batch)
    good = within(batch)
    told = [decode(read[3][b], good[b], place) for b in range(len(group))]
    gold = [
        [(i, j, place.cls(c)) for i, j, c in example.entities if c in place.scheme.classes]
        for _, example in group
    ]
    for spans, true in zip(told, gold, strict=True):
        count["found"] += len(spans)
        count["right"] += len(set(spans) & set(true))
    for which, by in (("gold", gold), ("told", told)):
        related = _related(network, batch, read, by, place)
        for (_, example), spans, (numbered, chances) in zip(group, by, related, strict=True):
            for limit in THRESHOLDS:
                said = _said(spans, numbered, chances > limit, place)
                _compare(example, said, f"{which} {limit}", count)


def _related(
    network: Network | Exported, batch: Batch, read: Sequence[Any], by: Sequence[Spans],
    place: Place,
) -> Iterator[tuple[Tensor, Any]]:  # fmt: skip
    """Yield, for each window, its pairs of spans and how probable each relation is of each."""
    numbered = [pairs(len(spans)) for spans in by]
    rows = [torch.tensor(spans, dtype=torch.long).view(-1, 3) for spans in by]
    some = any(len(n) for n in numbered)
    scores = network.relate(batch, read, rows, numbered)[0] if some else torch.zeros(0, 0)
    chances = scores[:, place.relations].float().sigmoid()
    begin = 0
    for here in numbered:
        yield here, chances[begin : begin + len(here)]
        begin += len(here)


def _said(spans: Spans, numbered: Tensor, held: Tensor, place: Place) -> set[Said]:
    names = place.scheme.relations
    found: set[Said] = set()
    for p, r in held.nonzero().tolist():
        one, other = (spans[int(k)] for k in numbered[p])
        if names[r] != SAME:
            found.add((_named(one, place), names[r], _named(other, place)))
    return found


def _named(span: tuple[int, int, int], place: Place) -> Named:
    return span[0], span[1], place.scheme.classes[span[2] - place.classes.start - 1]


def _compare(example: Example, said: set[Said], key: str, count: Counter[str]) -> None:
    drawn: dict[Said, bool] = {
        (example.entities[r.subject], r.relation, example.entities[r.object]): r.optional
        for r in example.relations if r.relation != SAME
    }  # fmt: skip
    gold = {one for one, optional in drawn.items() if not optional}
    counted = said - (drawn.keys() - gold)
    for reach, found, true in (
        (" near", set(_near(example, counted)), set(_near(example, gold))),
        ("", counted, gold),
    ):
        count[f"{key}{reach} found"] += len(found)
        count[f"{key}{reach} right"] += len(found & true)


def _near(example: Example, said: Iterable[Said]) -> Iterator[Said]:
    words = example.window.words
    for one in said:
        if words[one[0][0]].sentence == words[one[2][0]].sentence:
            yield one
