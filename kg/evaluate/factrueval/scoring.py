"""Run kg over the texts of FactRuEval-2016 and score what it finds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.errors import InputError
from kg.evaluate.factrueval.gold import Document
from kg.evaluate.factrueval.mapping import mapping
from kg.evaluate.factrueval.output import answers, marked, write
from kg.evaluate.factrueval.reading import read
from kg.evaluate.factrueval.report import Report
from kg.evaluate.factrueval.track1 import score_names
from kg.evaluate.factrueval.track3 import score_facts
from kg.model import Resolution
from kg.pipeline import read_article
from kg.resolve import resolve
from kg.sources.article import article


def score(
    folder: str | Path,
    *,
    write_to: str | Path | None = None,
    on_step: Callable[[Document], None] | None = None,
    system: Callable[[Document], Resolution] | None = None,
) -> Report:
    """Return how well kg does on the texts of a folder of FactRuEval-2016, such as its devset.

    With ``write_to`` the answers are written there as ``.task1`` and ``.task3`` files, which
    the organizers' own scripts can score. ``on_step`` is told of each text; ``system`` may
    stand for kg's pipeline. Raises InputError for a folder that cannot be read or written.
    """
    documents = read(Path(folder), mapping())
    target = Path(write_to) if write_to is not None else None
    if target is not None:
        try:
            target.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"{target}: not a folder to write to; name another") from error
    names, facts = [], []
    for document in documents:
        resolution = (system or resolved)(document)
        names.append((document, marked(resolution, mapping())))
        facts.append((document, answers(resolution, mapping())))
        if target is not None:
            write(target, document.name, names[-1][1], facts[-1][1])
        if on_step is not None:
            on_step(document)
    return Report(
        len(documents),
        score_names(names),
        score_names(names, locorg=False),
        score_facts(facts),
        score_facts(facts, hard=True),
    )


def resolved(document: Document) -> Resolution:
    """Return what kg makes of a text, read as ``kg build`` reads it."""
    found = article(document.text, document.name)
    if found.text != document.text:
        raise InputError(f"{document.name}: has signs that no graph can hold; clean the text")
    return resolve(read_article(found))
