"""What the formats and measures need to know of classes, relations and modalities, by name.

The names stand in ``corpus.toml`` and in the ontology, never in Python.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kg.errors import OntologyError
from kg.ontology import Ontology, load


@dataclass(frozen=True, slots=True)
class Conventions:
    """The names of ``corpus.toml`` together with those of the ontology."""

    ontology: Ontology
    literal: frozenset[str]
    date: str
    post: str
    scored: frozenset[str]
    contained: frozenset[str]
    relations: frozenset[str]
    gold: frozenset[str]
    first_day: frozenset[str]
    last_day: frozenset[str]
    modalities: tuple[str, ...]
    asserted: str
    denied: str
    other: str
    negative: str
    same: float
    alike: float

    def coarse(self, cls: str) -> str:
        """Return the coarse class that a class is or lies below; the literal ones are coarse."""
        return cls if cls in self.literal else self.ontology.kind(cls)

    def knows(self, cls: str) -> bool:
        """Tell whether things of a text can be of this class."""
        return cls in self.literal or _kind(self.ontology, cls) is not None

    @property
    def kinds(self) -> frozenset[str]:
        """The coarse classes of entities: the ontology's mutually disjoint ones."""
        return _kinds(self.ontology)

    def symmetric(self, relation: str) -> bool:
        """Tell whether a relation holds either way."""
        known = self.ontology.relations.get(relation)
        return known is not None and known.symmetric

    def dated(self, relation: str) -> bool:
        """Tell whether a relation's object is a date."""
        return relation in self.first_day or relation in self.last_day

    def group(self, modality: str) -> str:
        """Return the one of asserted, denied and other that a modality belongs to."""
        return modality if modality in {self.asserted, self.denied} else self.other


@cache
def _kinds(ontology: Ontology) -> frozenset[str]:
    return frozenset(kind for cls in ontology.classes if (kind := _kind(ontology, cls)))


def _kind(ontology: Ontology, cls: str) -> str | None:
    try:
        return ontology.kind(cls)
    except OntologyError:
        return None


@cache
def conventions() -> Conventions:
    """Return the conventions; read once."""
    text = (resources.files("kg.evaluate") / "corpus.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    classes, relations, modality = data["classes"], data["relations"], data["modality"]
    ontology = load()
    return Conventions(
        ontology=ontology,
        literal=frozenset(classes["literal"]),
        date=classes["date"],
        post=classes["post"],
        scored=frozenset(classes["scored"]),
        contained=frozenset(classes["contained"]),
        relations=frozenset({*relations["guideline"], *ontology.relations}),
        gold=frozenset(relations["gold"]),
        first_day=frozenset(relations["first_day"]),
        last_day=frozenset(relations["last_day"]),
        modalities=tuple(dict.fromkeys((*modality["guideline"], *ontology.scheme("Modality")))),
        asserted=modality["asserted"],
        denied=modality["denied"],
        other=modality["other"],
        negative=modality["negative"],
        same=data["names"]["same"],
        alike=data["names"]["literal"],
    )
