"""Which markings of the system are which of gold's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import networkx

from kg.evaluate.annotation import Annotated, Form, Marking
from kg.evaluate.conventions import Conventions
from kg.evaluate.scores import Score, Scores
from kg.evaluate.spans import HALF, jaccard

Pair = tuple[Marking, Marking]
"""A marking of gold and one of the system."""


@dataclass(frozen=True, slots=True)
class Paired:
    """The pairs of one article, each marking in one at most, and who is left alone."""

    pairs: tuple[Pair, ...]
    missed: tuple[Marking, ...]
    wrong: tuple[Marking, ...]

    def scores(self, rules: Conventions, *, named: bool) -> Scores:
        """Return the scores by coarse class of names, or of descriptions and pronouns.

        What gold takes a marking for decides; only of those that gold lacks the system's word
        is taken.
        """
        by: dict[str, Score] = {}

        def count(marking: Marking, score: Score) -> None:
            if (marking.form is Form.NAMED) is named:
                cls = rules.coarse(marking.cls)
                by[cls] = by.get(cls, Score()) + score

        for gold, _ in self.pairs:
            count(gold, Score(1, 1, 1))
        for gold in self.missed:
            count(gold, Score(wanted=1))
        for marking in self.wrong:
            count(marking, Score(said=1))
        return Scores(dict(sorted(by.items())))


def pair(gold: Annotated, system: Annotated, rules: Conventions, *, strict: bool) -> Paired:
    """Pair the markings of an article that have the same coarse class.

    ``strict``: with the same spans. Else those that overlap by more than half (Jaccard), so
    that as many as can be are paired, and of such pairings the one that overlaps most
    (Edmonds 1965, by networkx).
    """
    ours, theirs = _scored(gold, gold, rules), _scored(system, gold, rules)
    if strict:
        place = {(m.spans, rules.coarse(m.cls)): m for m in theirs}
        keys = ((m, (m.spans, rules.coarse(m.cls))) for m in ours)
        pairs = [(m, place[key]) for m, key in keys if key in place]
    else:
        pairs = sorted(_lenient(ours, theirs, rules), key=lambda pair: pair[0].spans)
    left, right = {id(g) for g, _ in pairs}, {id(s) for _, s in pairs}
    return Paired(
        tuple(pairs),
        tuple(m for m in ours if id(m) not in left),
        tuple(m for m in theirs if id(m) not in right),
    )


def _scored(annotated: Annotated, gold: Annotated, rules: Conventions) -> list[Marking]:
    """Return the markings of classes that are scored, one for each place and coarse class."""
    wanted = rules.kinds | rules.scored
    if gold.classes is not None:
        wanted &= gold.classes
    found: dict[tuple[object, str], Marking] = {}
    for marking in annotated.markings if gold.offsets else ():
        cls = rules.coarse(marking.cls)
        if cls in wanted:
            found.setdefault((marking.spans, cls), marking)
    return list(found.values())


def _lenient(
    gold: Sequence[Marking], system: Sequence[Marking], rules: Conventions
) -> Iterator[Pair]:
    graph = networkx.Graph()
    for i, one in enumerate(gold):
        for j, other in enumerate(system):
            if rules.coarse(one.cls) == rules.coarse(other.cls):
                share = jaccard(one.spans, other.spans)
                if share > HALF:
                    # Whole numbers, for with them the matching is exact.
                    graph.add_edge((0, i), (1, j), weight=round(share * 1_000_000))
    for (_, i), (_, j) in map(sorted, one_to_one(graph)):
        yield gold[i], system[j]


def one_to_one(graph: networkx.Graph) -> Iterable[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the edges of the heaviest of the largest matchings of a graph."""
    for part in networkx.connected_components(graph):
        yield from networkx.max_weight_matching(graph.subgraph(part), maxcardinality=True)
