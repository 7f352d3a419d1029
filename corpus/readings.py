"""Measure kg on a folder of the corpus."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import kg
from kg.evaluate import Report, evaluate
from kg.evaluate.conventions import conventions
from kg.evaluate.reading import read_corpus
from kg.evaluate.system import read_system


def measured(folder: Path, relations: Collection[str] = ()) -> Report:
    """Return how kg reads the articles of a folder, counting only ``relations`` if given."""
    corpus = read_corpus([folder])
    gold = [a.annotated for a in corpus.articles]
    if relations:
        gold = [replace(a, relations=frozenset(relations)) for a in gold]
    return evaluate(gold, [read_system(next(iter(kg.read(a.text)))) for a in corpus.articles])


def nineteen() -> frozenset[str]:
    """Return the relations of the .gold format (../shared/gold/GUIDE.md)."""
    return frozenset(conventions().gold)
