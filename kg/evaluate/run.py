"""A run kept in a file, and what has changed since."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.evaluate.article import Measured, Outcome
from kg.evaluate.report import Report
from kg.evaluate.scores import Scores

FORMAT = "kg evaluate 1"
Fact = tuple[str, str]
"""The name of an article and a fact in it, in words."""


@dataclass(frozen=True, slots=True)
class Run:
    """What two runs are compared by."""

    figures: dict[str, float]
    articles: frozenset[str]
    right: frozenset[Fact]
    wrong: frozenset[Fact]


@dataclass(frozen=True, slots=True)
class Change:
    """What one run has that an earlier one had not; facts are those of articles of both.

    ``figures`` are name, then and now; ``gained`` and ``lost`` are right facts, ``spoiled`` and
    ``mended`` wrong ones that came and went.
    """

    figures: tuple[tuple[str, float, float], ...]
    gained: tuple[Fact, ...]
    lost: tuple[Fact, ...]
    spoiled: tuple[Fact, ...]
    mended: tuple[Fact, ...]
    only_then: tuple[str, ...]
    only_now: tuple[str, ...]


def record(report: Report) -> dict[str, object]:
    """Return a report as what JSON can hold; ``read_run`` reads it again."""
    return {
        "format": FORMAT,
        "figures": report.figures(),
        "protocol": list(report.protocol),
        "remarks": list(report.remarks),
        "intervals": {
            "mentions strict": asdict(report.mentions_interval),
            "relations lenient": asdict(report.relations_interval),
        },
        "mentions": {
            "strict": _counts(report.mentions_strict),
            "lenient": _counts(report.mentions_lenient),
        },
        "described": {
            "strict": _counts(report.described_strict),
            "lenient": _counts(report.described_lenient),
        },
        "relations": {
            "strict": _counts(report.relations_strict),
            "lenient": _counts(report.relations_lenient),
        },
        "modality": [[*cell, n] for cell, n in sorted(report.modality.confusion.items())],
        "calibration": asdict(report.calibration),
        "facts": {article.name: _facts(article) for article in report.articles},
    }


def _counts(scores: Scores) -> dict[str, dict[str, int]]:
    return {name: asdict(score) for name, score in scores.by.items()}


def _facts(article: Measured) -> dict[str, list[str]]:
    return {
        str(outcome): sorted(
            ("denied: " if f.denied else "") + str(f) for f in article.facts if f.outcome is outcome
        )
        for outcome in Outcome
    }


def save(report: Report, path: Path) -> None:
    """Write a report to a JSON file."""
    text = json.dumps(record(report), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def read_run(path: Path) -> Run:
    """Return the run in a file that ``save`` wrote. Raises InputError for any other file."""
    try:
        return _run(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; give a file that --save wrote") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(f"{path} is no kept run; give a file that --save wrote") from error


def _run(data: Any) -> Run:  # noqa: ANN401  # whatever JSON held
    """Return the run in a record; whatever it raises, it is none."""
    if data["format"] != FORMAT:
        raise ValueError(data["format"])
    facts = data["facts"]
    figures = {name: float(value) for name, value in data["figures"].items()}
    return Run(
        figures,
        frozenset(facts),
        frozenset((name, fact) for name in facts for fact in facts[name][Outcome.RIGHT]),
        frozenset((name, fact) for name in facts for fact in facts[name][Outcome.WRONG]),
    )


def change(then: Run, report: Report) -> Change:
    """Return what has changed from an earlier run to a report."""
    now = _run(json.loads(json.dumps(record(report))))
    both = then.articles & now.articles

    def more(one: frozenset[Fact], other: frozenset[Fact]) -> tuple[Fact, ...]:
        return tuple(sorted(fact for fact in one - other if fact[0] in both))

    return Change(
        tuple((name, then.figures.get(name, 0.0), value) for name, value in now.figures.items()),
        more(now.right, then.right),
        more(then.right, now.right),
        more(now.wrong, then.wrong),
        more(then.wrong, now.wrong),
        tuple(sorted(then.articles - both)),
        tuple(sorted(now.articles - both)),
    )


def change_lines(found: Change) -> Iterator[str]:
    """Yield a change in lines: the figures that moved, then the facts."""
    for name, then, now in found.figures:
        if then != now:
            yield f"{name}: {then:.3f} → {now:.3f} ({now - then:+.3f})"
    for articles, when in ((found.only_then, "the earlier run"), (found.only_now, "this run")):
        if articles:
            yield f"only in {when}, which the figures show: {', '.join(articles)}"
    for title, facts in (
        ("got right", found.gained),
        ("broke", found.lost),
        ("newly wrong", found.spoiled),
        ("no longer wrong", found.mended),
    ):
        yield f"{title}: {len(facts)}"
        yield from (f"    {name}: {fact}" for name, fact in facts)
