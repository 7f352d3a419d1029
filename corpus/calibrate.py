"""Measure each rule on corpus/train, and fit what rule and model are worth.

    python corpus/calibrate.py --fit [MODEL=]FOLDER...
    python corpus/calibrate.py --rules          (the curve stays as it is)

Writes ``kg/lang/ru/confidence.toml``: right and all facts of each rule on train, and the curve that
makes confidences of them and of the model's probabilities (``kg/extract/confidence.py``). The curve
is fitted on folders of BRAT articles (``corpus/dev`` by default), each read with a model that was
trained without them (that of kg by default).
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

import kg
from kg import lang
from kg.evaluate import evaluate
from kg.evaluate.article import Outcome
from kg.evaluate.reading import read_corpus
from kg.evaluate.system import from_resolution
from kg.extract import extract
from kg.extract.confidence import Grounds, features
from kg.lang.joint import MODEL, JointModel
from kg.mentions import find
from kg.resolve import resolve

HERE = Path(__file__).parent
TABLE = HERE.parent / "kg" / "lang" / "ru" / "confidence.toml"
CUTS = (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)


def told(folder: Path) -> tuple[list[tuple[str, Grounds, bool]], int]:
    """Return what kg could state of a folder of articles, and how many facts gold has there.

    Each fact with its article, the best grounds for it, and whether it is right.
    """
    found: list[tuple[str, Grounds, bool]] = []
    gold = 0
    for article in read_corpus([folder]).articles:
        grounds: dict[float, Grounds] = {}

        def sure(code: str, of: Grounds, grounds: dict[float, Grounds] = grounds) -> float:
            # Better grounds first, and no two alike: by this number they are known again.
            better = (of.chance or 0.3) / 2 + bool(of.rule) / 2
            score = 0.99 + 0.009 * better + len(grounds) * 1e-9
            grounds[score] = of
            return score

        (read,) = kg.read(str(article.text))
        doc = lang.load(read.lang)(read.text)
        resolved = resolve(extract(read, doc, find(read, doc), sure))
        report = evaluate([article.annotated], [from_resolution(resolved, read.origin)])
        for fact in (f for a in report.articles for f in a.facts if not f.denied):
            gold += fact.outcome is not Outcome.WRONG
            if fact.outcome is not Outcome.MISSED:
                good = fact.outcome is Outcome.RIGHT
                found.append((article.annotated.name, grounds[fact.confidence], good))
    return found, gold


def fitted(fit: LogisticRegression, of: int) -> str:
    """Return the lines of the curve."""
    weights = ", ".join(f"{w:.4f}" for w in fit.coef_[0])
    head = f"[fit] # on {of} facts; weights as in features()"
    return f"{head}\nintercept = {fit.intercept_[0]:.4f}\nweights = [{weights}]\n"


def lines(rules: dict[str, tuple[int, int]], overall: float, curve: str) -> Iterator[str]:
    """Yield the lines of the table."""
    yield "# Written by corpus/calibrate.py: do not edit."
    yield f"overall = {overall:.4f} # of all facts of rules on corpus/train, how many are right"
    yield ""
    yield curve
    yield "[rules] # right and all facts on corpus/train"
    yield from (f"{rule} = [{right}, {said}]" for rule, (right, said) in sorted(rules.items()))


def measure() -> tuple[dict[str, tuple[int, int]], float]:
    """Return right and all facts of each rule on train, and the share of all that are right."""
    said, right = Counter[str](), Counter[str]()
    for _, grounds, good in told(HERE / "train")[0]:
        if grounds.rule:
            said[grounds.rule] += 1
            right[grounds.rule] += good
    return {r: (right[r], said[r]) for r in said}, sum(right.values()) / sum(said.values())


def main() -> None:
    asked = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    asked.add_argument("--fit", nargs="+", default=[str(HERE / "dev")])
    asked.add_argument("--rules", action="store_true", help="count the rules, fit no curve")
    given = asked.parse_args()
    rules, overall = measure()
    if given.rules:
        kept = "[fit]" + TABLE.read_text().partition("[fit]")[2].partition("\n[rules]")[0]
        TABLE.write_text("\n".join(lines(rules, overall, kept)) + "\n")
        return
    parts = []
    for model, _, folder in (part.rpartition("=") for part in given.fit):
        cast("JointModel", lang.load("ru").get_pipe("joint_model")).model = model or MODEL
        parts.append(told(Path(folder)))
    unseen, gold = [fact for facts, _ in parts for fact in facts], sum(of for _, of in parts)
    rows = np.array([features(g, {"rules": rules, "overall": overall}) for _, g, _ in unseen])
    good = [ok for *_, ok in unseen]
    curve = LogisticRegression(C=1.0)
    folds = GroupKFold(6)  # what an article says of itself does not count
    articles = [article for article, *_ in unseen]
    fair = cross_val_predict(curve, rows, good, groups=articles, cv=folds, method="predict_proba")
    written = fitted(curve.fit(rows, good), len(good))
    TABLE.write_text("\n".join(lines(rules, overall, written)) + "\n")
    sys.stdout.write(f"{len(good)} facts; written: {TABLE.name}\n")
    for cut in CUTS:
        kept = [ok for ok, p in zip(good, fair[:, 1], strict=True) if p >= cut]
        precision, recall = sum(kept) / max(1, len(kept)), sum(kept) / gold
        f1 = 2 * sum(kept) / (len(kept) + gold)
        sys.stdout.write(f"from {cut}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}\n")


if __name__ == "__main__":
    main()
