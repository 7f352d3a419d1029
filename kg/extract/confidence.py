"""How sure a claim is, by what came of its rule and of the model on annotated texts.

Two things speak for a claim: the rule's share of right facts on ``corpus/train``, drawn towards
that of all rules while it has few, and the probability that the model gives to the relation
between just these two mentions. A logistic curve (Platt 1999), fitted on articles that the model
was not trained on, makes a confidence of them. ``corpus/calibrate.py`` writes ``confidence.toml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from math import exp, log
from typing import Any

from kg import lang
from kg.extract.learned import Look, Sight, coarse, extractor
from kg.model import Claim
from kg.ontology import load

WEIGHT = 4.0
"""How many facts the precision of all rules counts for beside those of one."""

LEAST = 0.6
"""The confidence from which on a claim is believed: of all those nearly nine in ten are right."""

HEARD = 0.5
"""The probability from which on the model says the same as a rule."""

UNSEEN = 0.03
"""The probability taken where the model gives less; 1 less this where it gives more."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What speaks for a claim: a rule's id or ``""``, and the model's probability.

    ``chance`` is None where a thing is none to the model, which so cannot tell.
    """

    relation: str
    rule: str
    chance: float | None


Sure = Callable[[str, Grounds], float]
"""From a language and grounds to a confidence between 0 and 1."""


def share(right: int, said: int, overall: float) -> float:
    """Return a rule's precision, smoothed towards the overall one; strictly between 0 and 1."""
    return (right + WEIGHT * overall) / (said + WEIGHT)


def logit(p: float) -> float:
    """Return the log odds of a probability strictly between 0 and 1."""
    return log(p / (1 - p))


def features(grounds: Grounds, table: Mapping[str, Any]) -> list[float]:
    """Return what the curve weighs: the model's log odds, that it cannot tell, that a rule
    speaks, the rule's log odds, and the model's where there is a rule: they mean less there."""
    silent = grounds.chance is None
    chance = 0.0 if grounds.chance is None else _bounded(grounds.chance)
    if not grounds.rule:
        return [chance, float(silent), 0.0, 0.0, 0.0]
    right, said = table["rules"].get(grounds.rule, (0, 0))
    return [chance, float(silent), 1.0, logit(share(right, said, table["overall"])), chance]


def _bounded(chance: float) -> float:
    return logit(min(max(chance, UNSEEN), 1 - UNSEEN))


@cache
def confidence(code: str, grounds: Grounds) -> float:
    """Return how likely a claim with such grounds is right, 0 to 1, to four digits."""
    table = lang.table(code, "confidence")
    weights = zip(table["fit"]["weights"], features(grounds, table), strict=True)
    odds = table["fit"]["intercept"] + sum(w * f for w, f in weights)
    return round(1 / (1 + exp(-odds)), 4)


def unaided(code: str, grounds: Grounds) -> float:
    """Return how likely a rule's claim is right where no model reads: the rule's share."""
    table = lang.table(code, "confidence")
    right, said = table["rules"].get(grounds.rule, (0, 0))
    return round(share(right, said, table["overall"]), 4)


def weighed(claims: Iterable[Claim], look: Look, code: str, sure: Sure) -> list[Claim]:
    """Return claims with their confidence; evidence of both a rule and the model names both."""
    model, chances, found = extractor(), look.chances(), []
    for claim in claims:
        evidence = claim.evidence
        both = (claim.subject, claim.object)
        sides = tuple((side.start, side.end) for side in both)
        marked = zip(sides, map(coarse, both), strict=True)
        told = 0.0 if look.known.issuperset(marked) else None
        chance = chances.get((sides[0], claim.relation, sides[1]), told)
        rule = "" if evidence.extractor == model else evidence.extractor
        score = sure(code, Grounds(claim.relation, rule, chance))
        heard = f"{rule}, {model}" if rule and (chance or 0) >= HEARD else evidence.extractor
        found.append(replace(claim, evidence=replace(evidence, extractor=heard, score=score)))
    return found


def believed(claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims that are likely enough.

    Of a relation that holds in one direction, a sentence seldom says both between the same two
    words: there the surer one is.
    """
    sure = [c for c in claims if c.evidence.score >= LEAST]
    best: dict[Sight, float] = {}
    for claim in sure:
        sight = _sight(claim)
        best[sight] = max(best.get(sight, 0.0), claim.evidence.score)
    return [
        c for c in sure
        if (turned := _turned(c)) is None or c.evidence.score >= best.get(turned, 0.0)
    ]  # fmt: skip


def _sight(claim: Claim) -> Sight:
    one, other = claim.subject, claim.object
    return (one.start, one.end), claim.relation, (other.start, other.end)


def _turned(claim: Claim) -> Sight | None:
    """Return where the opposite would be said, None of what holds both ways."""
    one, relation, other = _sight(claim)
    return None if load().relations[relation].symmetric else (other, relation, one)
