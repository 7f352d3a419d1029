"""Print how well kg reads, all in one table, and keep it in corpus/QUALITY.md.

    python corpus/quality.py            (make quality)

Needs nothing but the corpus; what lies in ``../shared`` is measured as well where it is there.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import zeroshot
from readings import measured, nineteen

from kg import lang
from kg.evaluate import Report
from kg.evaluate.factrueval import score

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"
DEVSET = SHARED / "data" / "factrueval" / "devset"
GOLD = HERE.parent / "tests" / "gold" / "score.py"
FEW = 4
"""A rule with fewer facts on train is not judged by them."""
LEAST = 0.7
HEAD = """# Quality

Written by `make quality`: do not edit. `test` is scored and not read, `dev` and `train` are read
while rules are made. Facts: 19 relations, over all pairs of things of an article, once an article.
Lenient: names overlap as in ../shared/score_gold.py; strict: things and classes one to one.
"""


def rows(name: str, report: Report) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield set, measure, precision, recall and F1 (or the share and what it is of)."""
    scored = dict(report.scored())
    for label in ("relations lenient", "relations strict", "attribution", "denials"):
        s = scored[label]
        yield name, label, f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}"
    for label, part in report.shares():
        yield name, label, f"{part.right} of {part.of}", "", f"{part.value:.3f}"
    interval = report.relations_interval.f1
    yield name, "relations lenient, 95 % of F1", "", "", f"{interval.low:.3f}–{interval.high:.3f}"
    yield name, "calibration error", "", "", f"{report.calibration.error:.3f}"


def table(lines: list[tuple[str, ...]], head: tuple[str, ...]) -> Iterator[str]:
    """Yield a Markdown table."""
    yield "| " + " | ".join(head) + " |"
    yield "|" + " --- |" * len(head)
    for line in lines:
        yield "| " + " | ".join(line) + " |"


def alone(name: str) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield how the rules do on a part without the trained model."""
    with lang.load("ru").select_pipes(disable=["joint_model"]):
        scored = dict(measured(HERE / name, nineteen()).scored())
    for label in ("relations lenient", "relations strict"):
        s = scored[label]
        yield name, f"{label}, rules alone", f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}"


def reliability(name: str, report: Report) -> Iterator[tuple[str, ...]]:
    """Yield the filled bins of a reliability table."""
    for b in report.calibration.bins:
        if b.count:
            low = f"{b.low:.1f}–{b.high:.1f}"
            yield name, low, str(b.count), f"{b.confidence:.3f}", f"{b.right:.3f}"


def weak() -> list[tuple[str, ...]]:
    """Return the rules that are right too seldom on train, by what `make calibrate` counted."""
    counts = lang.table("ru", "confidence")["rules"].items()
    bad = [(rule, of) for rule, of in counts if of[1] >= FEW and of[0] / of[1] < LEAST]
    return [(rule, f"{right} of {said}") for rule, (right, said) in bad]


def factrueval() -> Iterator[tuple[str, ...]]:
    """Yield track, what is counted, precision, recall and F1 on the devset."""
    report = score(DEVSET)
    tracks = {
        "names, with locorg": report.names.figures,
        "names, locorg as loc": report.merged.figures,
        "facts, easy": report.easy.figures,
        "facts, hard": report.hard.figures,
    }
    for label, figures in tracks.items():
        for kind, s in figures.items():
            yield label, kind, f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}"


def page() -> Iterator[str]:
    """Yield the lines of the whole report."""
    yield HEAD
    parts = {name: measured(HERE / name, nineteen()) for name in ("test", "dev", "train")}
    lines = [row for name, report in parts.items() for row in rows(name, report)]
    lines += [row for name in ("test", "dev") for row in alone(name)]
    yield from table(lines, ("corpus", "measure", "precision, or right", "recall", "F1, or share"))
    yield "\n## Facts by relation, corpus/test, lenient\n"
    scores = parts["test"].relations_lenient.by
    by = [
        (r, f"{s.precision:.2f}", f"{s.recall:.2f}", f"{s.f1:.2f}", str(s.wanted))
        for r, s in scores.items()
    ]
    yield from table(by, ("relation", "precision", "recall", "F1", "wanted"))
    yield "\n## Reliability of confidences\n"
    bins = [row for name in ("test", "dev") for row in reliability(name, parts[name])]
    yield from table(bins, ("corpus", "confidence", "facts", "mean confidence", "right"))
    yield f"\n## Rules right in less than {LEAST} of {FEW} or more facts on train\n"
    found = weak()
    yield from table(found, ("rule", "right")) if found else ("None.",)
    yield "\n## FactRuEval-2016, devset\n"
    if DEVSET.is_dir():
        yield from table(list(factrueval()), ("track", "of", "precision", "recall", "F1"))
    else:
        yield "Not measured: ../shared/data/factrueval is not beside this checkout."
    yield "\n## Entities in languages that the model was not trained on (corpus/zeroshot.py)\n"
    yield from table(list(zeroshot.rows()), ("language", "measure", "precision", "recall", "F1"))
    yield "\n## Gold facts by ../shared/score_gold.py\n"
    command = [sys.executable, GOLD]
    told = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  # ours
    yield "\n".join(re.findall(r"^(?:\w+: \d+ texts|ALL .*|No .*)$", told.stdout, re.M))


def main() -> None:
    text = "\n".join(page()) + "\n"
    (HERE / "QUALITY.md").write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
