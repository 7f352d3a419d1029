"""Which fact of the system is which of gold's, leniently and strictly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import networkx

from kg.evaluate.conventions import Conventions
from kg.evaluate.facts import Fact, Held
from kg.evaluate.mentions import one_to_one
from kg.evaluate.scores import Score, Scores
from kg.model import Span

Places = Sequence[Sequence[Span]]
"""The places of markings, each in one piece or in several."""


_FIRM = 2
"""What a fact that the system is sure of weighs against an optional one."""


class Agreement(Protocol):
    """When the ends of a system's fact are those of a gold fact."""

    def thing(self, system: str, gold: str, at: Places) -> bool:
        """Tell whether a system thing, mentioned ``at`` these places, is a gold thing."""

    def object(self, system: Fact, gold: Fact) -> bool:
        """Tell whether two facts have the same object, a thing or a literal."""


@dataclass(frozen=True, slots=True)
class Matched:
    """Pairs of a gold and a system fact, and who is left alone."""

    pairs: tuple[tuple[Fact, Fact], ...]
    missed: tuple[Fact, ...]
    wrong: tuple[Fact, ...]

    def scores(self) -> Scores:
        """Return the scores by relation."""
        right = Counter(gold.relation for gold, _ in self.pairs)
        missed = Counter(fact.relation for fact in self.missed)
        wrong = Counter(fact.relation for fact in self.wrong)
        return Scores(
            {
                name: Score(right[name], right[name] + wrong[name], right[name] + missed[name])
                for name in sorted({*right, *missed, *wrong})
            }
        )


def match(gold: Held, system: Held, agreement: Agreement, rules: Conventions) -> Matched:
    """Pair the facts that agree one to one, as many as can be.

    A system fact that agrees with no more than an optional gold fact is neither right nor wrong;
    nor is an optional one of the system's that agrees with nothing. ../shared/score_gold.py
    takes the first gold fact that agrees instead; that differs where several do.
    """
    facts = [*_sorted(system.firm), *_sorted(system.optional)]
    graph = networkx.Graph()
    for i, wanted in enumerate(gold.firm):
        for j, fact in enumerate(facts):
            if _agrees(fact, wanted, agreement, rules):
                graph.add_edge((0, i), (1, j), weight=_FIRM if j < len(system.firm) else 1)
    pairs = sorted((i, j) for (_, i), (_, j) in map(sorted, one_to_one(graph)))
    found, right = {i for i, _ in pairs}, {j for _, j in pairs}
    return Matched(
        tuple((gold.firm[i], facts[j]) for i, j in pairs),
        tuple(fact for i, fact in enumerate(gold.firm) if i not in found),
        tuple(
            fact
            for j, fact in enumerate(facts[: len(system.firm)])
            if j not in right
            and not any(_agrees(fact, other, agreement, rules) for other in gold.optional)
        ),
    )


def _sorted(facts: Sequence[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda f: (f.subject, f.relation, not f.literal, f.object))


def _agrees(system: Fact, gold: Fact, agreement: Agreement, rules: Conventions) -> bool:
    if system.relation != gold.relation:
        return False
    if agreement.thing(system.subject, gold.subject, system.subject_at) and agreement.object(
        system, gold
    ):
        return True
    if gold.literal or system.literal or not rules.symmetric(gold.relation):
        return False
    return agreement.thing(system.subject, gold.object, system.subject_at) and agreement.thing(
        system.object, gold.subject, system.object_at
    )
