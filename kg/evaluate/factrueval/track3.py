"""Track 3 of FactRuEval-2016: how well facts are found.

The rules are those of the organizers' comparator (scripts/dialent/task3 and objects/fact.py):

* An answer may go with a gold fact of its kind if they share an argument other than the post.
  An argument is right if its role is, and its value is any name or mention of the gold one, up
  to a letter or two (spelling.py).
* Several answers may share one gold fact. Its quality is the weighted share of right arguments
  among right, missing and superfluous ones (Jaccard; post and phase weigh half), averaged with
  the same times the share of pairs of right arguments that stand in one answer together.
* *Easy*: facts marked difficult are ignored with what was matched with them, and the phase is
  not asked for. *Hard*: facts that are not actual (possible, future, denied) do not exist.
* Answers are dealt out so that F1 of the text and kind is highest.

The comparator tries all ways to deal answers out, which takes exponential time: it hangs on
a text of many facts. Here that is done where there are few ways. Otherwise each answer first
gets its own gold fact, by a pairing of maximal weight (networkx), then answers are moved two at
a time as long as F1 rises: that can stop below the highest F1.

Two faults of the comparator are left out here, which matter where several answers share a fact:
it looks for pairs of right arguments only among the first arguments of a fact; and of an argument
with two objects it knows only one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from math import prod

import networkx as nx

from kg.evaluate.factrueval.figures import Figures
from kg.evaluate.factrueval.gold import Argument, Document, GoldFact
from kg.evaluate.factrueval.output import Answer
from kg.evaluate.factrueval.spelling import plain

KINDS = ("occupation", "ownership", "deal", "meeting")
OVERALL = "overall"
POSITION, PHASE = "position", "фаза"
WEIGHTS = {POSITION: 0.5, PHASE: 0.5}
SCALE = 10**6
TINY = 1e-12
FEW = 2000
"""So many ways to deal answers out are tried all."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a gold fact and the answers dealt to it, or of an answer for nothing.

    ``quality`` is between 0 and 1. ``gold`` is None for a wrong answer; ``answers`` are empty
    for a missed fact; ``ignored`` marks facts that are not asked for.
    """

    document: str
    gold: GoldFact | None
    answers: tuple[Answer, ...]
    quality: float
    ignored: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """The figures of track 3, by kind and for ``overall``, and the verdict on each fact."""

    figures: dict[str, Figures]
    verdicts: tuple[Verdict, ...]

    @property
    def missed(self) -> tuple[Verdict, ...]:
        """Gold facts that no answer gives."""
        return tuple(v for v in self.verdicts if v.gold and not v.answers and not v.ignored)

    @property
    def partial(self) -> tuple[Verdict, ...]:
        """Gold facts of which some argument is wrong or wanting."""
        return tuple(
            v for v in self.verdicts if v.gold and v.answers and v.quality < 1 and not v.ignored
        )

    @property
    def wrong(self) -> tuple[Verdict, ...]:
        """Answers that no gold fact bears out."""
        return tuple(v for v in self.verdicts if v.gold is None)


def score_facts(pairs: Iterable[tuple[Document, Sequence[Answer]]], *, hard: bool = False) -> Facts:
    """Return how well the facts of documents were found, in easy or in hard mode."""
    figures = dict.fromkeys([*KINDS, OVERALL], Figures())
    verdicts: list[Verdict] = []
    for document, answers in pairs:
        for kind in KINDS:
            gold = [_asked(f, hard=hard) for f in document.facts if f.kind == kind]
            given = [a for a in answers if a.kind.lower() == kind]
            dealt = Assignment([f for f in gold if not (hard and f.unreal)], given, hard=hard)
            figures[kind] += dealt.figures()
            figures[OVERALL] += dealt.figures()
            verdicts += dealt.verdicts(document.name)
    return Facts(figures, tuple(verdicts))


def _asked(fact: GoldFact, *, hard: bool) -> GoldFact:
    if hard:
        return fact
    return replace(fact, arguments=tuple(a for a in fact.arguments if a.role != PHASE))


class Assignment:
    """Which answers of a text go with which gold facts of one kind."""

    def __init__(self, gold: Sequence[GoldFact], given: Sequence[Answer], *, hard: bool) -> None:
        self._gold, self._given, self._hard = gold, given, hard
        self._plain = [[(r.lower(), plain(v)) for r, v in a.arguments] for a in given]
        self._fits = {
            (i, j) for i, f in enumerate(gold) for j in range(len(given)) if self._can(f, j)
        }
        self._known: dict[tuple[int, tuple[int, ...]], float] = {}
        self._of = self._best()

    def _can(self, fact: GoldFact, j: int) -> bool:
        return any(
            argument.role != POSITION and argument.is_filled_by(role, value)
            for role, value in self._plain[j]
            for argument in fact.arguments
        )

    def _best(self) -> list[int | None]:
        """Return the gold fact of each answer, None for those that go with none."""
        places = range(len(self._gold))
        ways = [
            [*(i for i in places if (i, j) in self._fits), None] for j in range(len(self._given))
        ]
        if prod(map(len, ways)) <= FEW:
            return max((list(way) for way in product(*ways)), key=lambda w: self.figures(w).f1)
        return self._moved(self._paired(), ways)

    def _paired(self) -> list[int | None]:
        """Return the gold fact of each answer when no two share one."""
        graph = nx.Graph()
        for i, j in sorted(self._fits):
            # What is ignored is worth less than any fact, and more than nothing.
            weight = 1 if self._ignored(i) else 1 + round(SCALE * self._quality(i, (j,)))
            graph.add_edge((False, i), (True, j), weight=weight)
        of: list[int | None] = [None] * len(self._given)
        for (_, i), (_, j) in map(sorted, nx.max_weight_matching(graph)):
            of[j] = i
        return of

    def _moved(self, of: list[int | None], ways: list[list[int | None]]) -> list[int | None]:
        """Move answers, two at a time, to where F1 is highest, until nothing is gained."""
        best = self.figures(of).f1
        gained = True
        while gained:
            gained = False
            for j, k in combinations(range(len(ways)), 2):
                for to_j, to_k in product(ways[j], ways[k]):
                    moved = [*of[:j], to_j, *of[j + 1 : k], to_k, *of[k + 1 :]]
                    f1 = self.figures(moved).f1
                    if f1 > best + TINY:
                        best, of, gained = f1, moved, True
        return of

    def _ignored(self, i: int) -> bool:
        return self._gold[i].difficult and not self._hard

    def _quality(self, i: int, answers: tuple[int, ...]) -> float:
        """Return how well answers give a gold fact together, between 0 and 1."""
        if not answers or self._ignored(i):
            return 0.0
        if (i, answers) not in self._known:
            self._known[i, answers] = quality(
                self._gold[i].arguments, [self._plain[j] for j in answers]
            )
        return self._known[i, answers]

    def _groups(self, of: Sequence[int | None]) -> list[tuple[int, ...]]:
        return [tuple(j for j, k in enumerate(of) if k == i) for i in range(len(self._gold))]

    def figures(self, of: Sequence[int | None] | None = None) -> Figures:
        """Return the figures of a deal, the best one by default."""
        of = self._of if of is None else of
        found = right = 0.0
        asked, counted = 0, sum(i is None for i in of)
        for i, answers in enumerate(self._groups(of)):
            if not self._ignored(i):
                worth = self._quality(i, answers)
                found, right = found + worth, right + worth * len(answers)
                asked, counted = asked + 1, counted + len(answers)
        return Figures(found, right, asked, counted)

    def verdicts(self, document: str) -> list[Verdict]:
        """Return what became of each gold fact, then of the answers that went with none."""
        result = []
        for i, answers in enumerate(self._groups(self._of)):
            spoken = tuple(self._given[j] for j in answers)
            worth = self._quality(i, answers)
            result.append(Verdict(document, self._gold[i], spoken, worth, self._ignored(i)))
        alone = [j for j, i in enumerate(self._of) if i is None]
        return result + [Verdict(document, None, (self._given[j],), 0.0) for j in alone]


def quality(gold: Sequence[Argument], answers: Sequence[Sequence[tuple[str, str]]]) -> float:
    """Return how well answers (plain roles and values) give the arguments of a fact together."""
    holders: dict[int, set[int]] = {}
    extra = 0.0
    for number, answer in enumerate(answers):
        for role, value in answer:
            places = (k for k, argument in enumerate(gold) if argument.is_filled_by(role, value))
            place = next(places, None)
            if place is None:
                extra += WEIGHTS.get(role, 1.0)
            else:
                holders.setdefault(place, set()).add(number)
    hit = sum(WEIGHTS.get(gold[k].role, 1.0) for k in holders)
    whole = extra + sum(WEIGHTS.get(argument.role, 1.0) for argument in gold)
    share = hit / whole if whole else 0.0
    if len(answers) == 1 or len(holders) == 1:
        return share
    pairs = list(combinations(sorted(holders), 2))
    joined = sum(not holders[a].isdisjoint(holders[b]) for a, b in pairs)
    return share * (1 + joined / len(pairs)) / 2 if pairs else share
