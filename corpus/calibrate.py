"""Measure each rule on corpus/train, and fit what that is worth on corpus/dev.

    python corpus/calibrate.py

Writes ``kg/lang/ru/confidence.toml``: right and all facts of each rule on train, and the curve
that makes confidences of them (``kg/extract/confidence.py``).
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import numpy as np
from readings import measured
from sklearn.linear_model import LogisticRegression

from kg.evaluate.article import FactOutcome, Outcome
from kg.extract.confidence import logit, share

HERE = Path(__file__).parent
TABLE = HERE.parent / "kg" / "lang" / "ru" / "confidence.toml"


def judged(part: str) -> list[tuple[FactOutcome, bool]]:
    """Return what kg states of a part of the corpus, and whether it is right."""
    facts = [f for a in measured(HERE / part).articles for f in a.facts if not f.denied]
    return [(f, f.outcome is Outcome.RIGHT) for f in facts if f.outcome is not Outcome.MISSED]


def main() -> None:
    said, right = Counter[str](), Counter[str]()
    train = judged("train")
    for fact, good in train:
        for rule in fact.extractors:
            said[rule] += 1
            right[rule] += good
    overall = sum(good for _, good in train) / len(train)
    dev = judged("dev")
    best = [
        max(logit(share(right[rule], said[rule], overall)) for rule in fact.extractors)
        for fact, _ in dev
    ]
    curve = LogisticRegression(C=10.0).fit(np.array(best).reshape(-1, 1), [good for _, good in dev])
    lines = [
        "# Written by corpus/calibrate.py: do not edit.",
        "# Of each rule: right and all facts on corpus/train.",
        f"overall = {overall:.4f}",
        "",
        "[fit] # on corpus/dev",
        f"intercept = {curve.intercept_[0]:.4f}",
        f"slope = {curve.coef_[0][0]:.4f}",
        "",
        "[rules]",
        *(f"{rule} = [{right[rule]}, {said[rule]}]" for rule in sorted(said)),
    ]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(train)} facts of train, {len(dev)} of dev; written: {TABLE.name}\n")


if __name__ == "__main__":
    main()
