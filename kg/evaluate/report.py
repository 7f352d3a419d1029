"""The figures of a whole run, as plain fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kg.evaluate.article import Measured
from kg.evaluate.calibration import Calibration, calibrate
from kg.evaluate.chains import Chained
from kg.evaluate.conventions import conventions
from kg.evaluate.sampling import Intervals, bootstrap
from kg.evaluate.scores import Figures, Mean, Score, Scores, Share
from kg.evaluate.statuses import Modality

PROTOCOL = (
    "mentions: by coarse class, those that gold takes for names; strict: same spans; lenient: "
    "overlap of more than half (Jaccard); described: nouns and pronouns",
    "relations: over all pairs of things of an article, a fact once an article; optional gold "
    "facts are neither missed nor wrong, denied ones must not be stated as not denied",
    "lenient: names overlap as in score_gold.py, or things of one coarse class are aligned, or "
    "the words that the fact was drawn from overlap by more than half with a gold marking",
    "strict: things aligned one to one, of one coarse class; posts and dates the same",
    "pairs are one to one, as many as can be",
    "modality, denials, attribution, calibration: lenient; of several modalities of a fact one "
    "in common is right; attribution: of right facts",
    "dates: found leniently; date values: same ISO value; normal names: of aligned things the "
    "label or another name is one of gold's; B³: over markings that both have leniently",
    "macro: mean over the classes or relations that gold or the system has; 95 % intervals: 1000 "
    "resamplings of articles; all else micro",
)


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured, over all articles; ``articles`` has each apart, with its facts."""

    articles: tuple[Measured, ...]
    mentions_strict: Scores
    mentions_lenient: Scores
    described_strict: Scores
    described_lenient: Scores
    relations_strict: Scores
    relations_lenient: Scores
    modality: Modality
    denied: Score
    attribution: Score
    dates: Score
    date_values: Share
    names: Share
    resolution_named: Mean
    resolution_described: Mean
    mentions_interval: Intervals
    relations_interval: Intervals
    calibration: Calibration
    protocol: tuple[str, ...] = PROTOCOL
    remarks: tuple[str, ...] = field(default=())

    def figures(self) -> dict[str, float]:
        """Return each overall figure under its name, 0 to 1, in the order of the table."""
        found: dict[str, float] = {}
        for name, score in self.scored():
            for kind in ("precision", "recall", "f1"):
                found[f"{name} {kind}"] = getattr(score, kind)
        for name, share in self.shares():
            found[name] = share.value
        found["calibration error"] = self.calibration.error
        return found

    def scored(self) -> tuple[tuple[str, Figures], ...]:
        """Return all that has precision, recall and F1, by name."""
        return (
            ("mentions strict", self.mentions_strict.micro),
            ("mentions strict macro", self.mentions_strict.macro),
            ("mentions lenient", self.mentions_lenient.micro),
            ("mentions lenient macro", self.mentions_lenient.macro),
            ("described strict", self.described_strict.micro),
            ("described lenient", self.described_lenient.micro),
            ("relations strict", self.relations_strict.micro),
            ("relations strict macro", self.relations_strict.macro),
            ("relations lenient", self.relations_lenient.micro),
            ("relations lenient macro", self.relations_lenient.macro),
            ("denials", self.denied),
            ("attribution", self.attribution),
            ("dates", self.dates),
            ("B³ named", self.resolution_named),
            ("B³ described", self.resolution_described),
        )

    def shares(self) -> tuple[tuple[str, Share], ...]:
        """Return all that is a share, by name."""
        return (
            ("modality exact", self.modality.exact),
            ("modality grouped", self.modality.grouped),
            ("date values", self.date_values),
            ("normal names", self.names),
        )


def summed(articles: Sequence[Measured], remarks: Sequence[str] = ()) -> Report:
    """Return the report of articles that were measured each."""
    date = conventions().date

    def scores(of: Callable[[Measured], Scores]) -> Scores:
        return Scores.added(map(of, articles))

    lenient = scores(lambda a: a.mentions_lenient)
    return Report(
        tuple(articles),
        scores(lambda a: a.mentions_strict),
        lenient,
        scores(lambda a: a.described_strict),
        scores(lambda a: a.described_lenient),
        scores(lambda a: a.relations_strict),
        scores(lambda a: a.relations_lenient),
        sum((a.modality for a in articles), Modality()),
        sum((a.denied for a in articles), Score()),
        sum((a.attribution for a in articles), Score()),
        lenient.by.get(date, Score()),
        sum((a.dates for a in articles), Share()),
        sum((a.names for a in articles), Share()),
        sum((a.chains_named for a in articles), Chained()).mean,
        sum((a.chains_described for a in articles), Chained()).mean,
        bootstrap([a.mentions_strict.micro for a in articles]),
        bootstrap([a.relations_lenient.micro for a in articles]),
        calibrate(judged for a in articles for judged in a.judged),
        remarks=tuple(remarks),
    )
