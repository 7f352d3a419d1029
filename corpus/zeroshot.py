"""How well the model finds entities in languages that it was not trained on.

    python corpus/zeroshot.py

20 English and 20 Chinese sentences of our own (``zeroshot``), with persons, places, organizations
and posts, nested ones too. Strict: the same span, and the same class; ``coarse``: a place is a
place, be it city or region. Both languages are read as the model reads Russian.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from kg.lang.joint import MODEL
from kg.neural.labels import NAMED, OWN, parts
from kg.neural.model import Model, load
from kg.ontology import load as ontology
from kg.standoff import read_standoff

FOLDER = Path(__file__).parent / "zeroshot"

Marked = tuple[int, int, str]


def coarse(cls: str) -> str:
    """Return the class, or the one that all places share."""
    known = cls in ontology().classes and ontology().is_a(cls, ["Place"])
    return "Place" if known else cls


def gold(path: Path) -> set[Marked]:
    """Return the markings of an .ann file."""
    return {(*p.spans[0], p.type) for p in read_standoff(path).places.values()}


def told(model: Model, text: str) -> set[Marked]:
    """Return the names and posts that the model sees, each sentence read by itself."""
    found, start = set[Marked](), 0
    for line in text.splitlines(keepends=True):
        for entity in model.read(line).entities(OWN):
            cls, form = parts(entity.cls)
            if form == NAMED:
                found.add((start + entity.start, start + entity.end, cls))
        start += len(line)
    return found


def rows() -> Iterator[tuple[str, str, str, str, str]]:
    """Yield language, measure, precision, recall and F1."""
    for path in sorted(FOLDER.glob("*.ann")):
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        true = gold(path)
        classes = {cls for *_, cls in true}
        said = {one for one in told(load(MODEL), text) if one[2] in classes}
        for label, fine in (("fine", True), ("coarse", False)):
            one, other = (
                {(a, b, cls if fine else coarse(cls)) for a, b, cls in marked}
                for marked in (said, true)
            )
            right = len(one & other)
            f1 = 2 * right / max(1, len(one) + len(other))
            shares = right / max(1, len(one)), right / len(other), f1
            yield path.stem, f"entities, {label}", *(f"{share:.3f}" for share in shares)


if __name__ == "__main__":
    for row in rows():
        sys.stdout.write("  ".join(row) + "\n")
