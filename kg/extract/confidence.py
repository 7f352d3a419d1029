"""How sure a rule is, by what came of it on annotated texts.

A rule's share of right facts on ``corpus/train``, drawn towards that of all rules while it has
few, is brought to what such shares are worth on texts that no rule was made on: a logistic
curve fitted on ``corpus/dev`` (Platt 1999). ``make calibrate`` writes ``confidence.toml``.
"""

from __future__ import annotations

from functools import cache
from math import exp, log

from kg import lang

WEIGHT = 4.0
"""How many facts the precision of all rules counts for beside those of one."""


def share(right: int, said: int, overall: float) -> float:
    """Return a rule's precision, smoothed towards the overall one; strictly between 0 and 1."""
    return (right + WEIGHT * overall) / (said + WEIGHT)


def logit(p: float) -> float:
    """Return the log odds of a probability strictly between 0 and 1."""
    return log(p / (1 - p))


@cache
def confidence(code: str, rule: str) -> float:
    """Return how likely a claim of a rule is right, 0 to 1, to four digits."""
    table = lang.table(code, "confidence")
    right, said = table["rules"].get(rule, (0, 0))
    fit = table["fit"]
    odds = fit["intercept"] + fit["slope"] * logit(share(right, said, table["overall"]))
    return round(1 / (1 + exp(-odds)), 4)
