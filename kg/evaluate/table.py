"""The report as rows of a table, and its errors as lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.evaluate.article import FactOutcome, Measured, MentionOutcome, Outcome
from kg.evaluate.report import Report
from kg.evaluate.sampling import Interval, Intervals
from kg.evaluate.scores import Figures, Mean, Score, Scores

Rows = list[list[str]]
OVERALL = ["", "P", "R", "F1", "right", "said", "wanted", "95 % P", "95 % R", "95 % F1"]
BY_NAME = ["", "P", "R", "F1", "right", "P", "R", "F1", "right", "said", "wanted"]


@dataclass(frozen=True, slots=True)
class Section:
    """A table under a title; its first row is its head."""

    title: str
    rows: Rows


def sections(report: Report) -> Iterator[Section]:
    """Yield the tables of a report; what gold and the system have nothing of is left out."""
    yield Section(f"{len(report.articles)} articles", [OVERALL, *_overall(report)])
    shares = [[n, f"{s.value:.3f}", f"{s.right} of {s.of}"] for n, s in report.shares() if s.of]
    if shares:
        yield Section("right of those compared", [["", "share", "count"], *shares])
    for title, strict, lenient in (
        ("mentions: strict, lenient", report.mentions_strict, report.mentions_lenient),
        ("described: strict, lenient", report.described_strict, report.described_lenient),
        ("relations: strict, lenient", report.relations_strict, report.relations_lenient),
    ):
        if lenient.by:
            yield Section(title, [BY_NAME, *_by_name(strict, lenient)])
    if report.modality.confusion:
        yield Section("modality: gold down, system across", _confusion(report.modality.confusion))
    bins = [b for b in report.calibration.bins if b.count]
    if bins:
        head = ["confidence", "facts", "mean", "right"]
        rows = [
            [f"{b.low:.1f}–{b.high:.1f}", str(b.count), f"{b.confidence:.3f}", f"{b.right:.3f}"]
            for b in bins
        ]
        error = f"expected error {report.calibration.error:.3f}"
        yield Section(f"calibration: {error}", [head, *rows])


def _overall(report: Report) -> Iterator[list[str]]:
    intervals = {
        "mentions strict": report.mentions_interval,
        "relations lenient": report.relations_interval,
    }
    for name, score in report.scored():
        match score:
            case Score(said=said, wanted=wanted) if said or wanted:
                counts = [str(score.right), str(said), str(wanted)]
            case Mean(count=count) if count:
                counts = ["", "", f"of {count}"]
            case _:
                continue
        yield [name, *_figures(score), *counts, *_bounds(intervals.get(name))]


def _by_name(strict: Scores, lenient: Scores) -> Iterator[list[str]]:
    for name, score in lenient.by.items():
        exact = strict.by.get(name, Score())
        counts = [str(score.right), str(score.said), str(score.wanted)]
        yield [name, *_figures(exact), str(exact.right), *_figures(score), *counts]


def _figures(score: Figures) -> list[str]:
    return [f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}"]


def _bounds(intervals: Intervals | None) -> list[str]:
    if intervals is None:
        return ["", "", ""]
    return [_range(i) for i in (intervals.precision, intervals.recall, intervals.f1)]


def _range(interval: Interval) -> str:
    return f"{interval.low:.3f}–{interval.high:.3f}"


def _confusion(confusion: Mapping[tuple[str, str], int]) -> Rows:
    down, across = sorted({g for g, _ in confusion}), sorted({s for _, s in confusion})
    return [
        ["", *across],
        *([gold, *(str(confusion.get((gold, s), 0)) for s in across)] for gold in down),
    ]


def errors(report: Report) -> Iterator[str]:
    """Yield what was missed and wrong, article by article, each with its sentence."""
    for article in report.articles:
        yield from _article_errors(article)


def _article_errors(article: Measured) -> Iterator[str]:
    facts = [f for f in article.facts if f.outcome is not Outcome.RIGHT]
    mentions = [m for m in article.mentions if m.outcome is not Outcome.RIGHT or m.extent]
    if facts or mentions:
        yield f"{article.name}:"
    for fact in facts:
        yield f"  {fact.outcome} {told(fact)}"
        yield from ([f"      «{fact.quote}»"] if fact.quote else [])
    for mention in mentions:
        yield f"  {marked(mention)}"
        yield f"      «{mention.quote}»"


def told(fact: FactOutcome) -> str:
    """Return a fact with all that is to be known of it besides its sentence."""
    notes = [*(fact.gold or fact.system)]
    if fact.gold and fact.system and fact.gold != fact.system:
        notes.append(f"said as {', '.join(fact.system)}")
    if fact.extractors:
        notes.append(f"{', '.join(fact.extractors)} {fact.confidence:.2f}")
    return f"{fact} ({'; '.join(notes)})"


def marked(mention: MentionOutcome) -> str:
    """Return a marking with what became of it."""
    what = "extent" if mention.extent else str(mention.outcome)
    instead = f", found as «{mention.extent}»" if mention.extent else ""
    return f"{what} {mention.cls} «{mention.words}»{instead}"
