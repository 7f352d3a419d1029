"""The scores of a system on FactRuEval-2016, and how they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.evaluate.factrueval.figures import HEAD
from kg.evaluate.factrueval.track1 import Names, Slip
from kg.evaluate.factrueval.track3 import Facts, Verdict


@dataclass(frozen=True, slots=True)
class Report:
    """The scores of tracks 1 and 3, each in both ways of the organizers.

    ``names`` tells territories that act (locorg) from mere places (loc), ``merged`` does not;
    ``easy`` and ``hard`` are the modes of track 3.
    """

    documents: int
    names: Names
    merged: Names
    easy: Facts
    hard: Facts

    def __str__(self) -> str:
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield f"FactRuEval-2016, {self.documents} texts, by the rules of its comparator"
        tables = (
            ("track 1: names, with locorg", self.names.figures),
            ("track 1: names, locorg as loc", self.merged.figures),
            ("track 3: facts, easy", self.easy.figures),
            ("track 3: facts, hard", self.hard.figures),
        )
        for title, figures in tables:
            yield f"\n{title:32} {HEAD}"
            yield from (f"  {name:30} {row}" for name, row in figures.items())

    def errors(self) -> str:
        """Return what was missed, found in part and wrong, each with its sentence.

        Facts are those of easy mode, names those with locorg taken for loc.
        """
        facts = self.easy
        lines = [line for v in (*facts.missed, *facts.partial, *facts.wrong) for line in _judged(v)]
        lines += [_slipped("missed", slip) for slip in self.merged.missed]
        lines += [_slipped("wrong", slip) for slip in self.merged.wrong]
        return "\n".join(lines) + "\n"


def _judged(verdict: Verdict) -> Iterator[str]:
    """Yield the lines of one fact that is not wholly right."""
    given = [f"{answer} ({answer.extractor})" for answer in verdict.answers]
    if verdict.gold is None:
        answer = verdict.answers[0]
        yield f"wrong {answer.kind.lower()} {verdict.document}: {given[0]}"
        yield f"    {_line(answer.sentence)}"
        return
    how = f"partly ({verdict.quality:.2f})" if given else "missed"
    yield f"{how} {verdict.gold.kind} {verdict.document}: {verdict.gold}"
    yield from (f"    given: {answer}" for answer in given)
    yield f"    {_line(verdict.gold.sentence)}"


def _slipped(what: str, slip: Slip) -> str:
    instead = f", given: {slip.instead}" if slip.instead else ""
    return f"{what} {slip.cls} {slip.document}: {slip.text}{instead}\n    {_line(slip.sentence)}"


def _line(sentence: str) -> str:
    return " ".join(sentence.split())
