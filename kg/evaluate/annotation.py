"""The one record that a gold article and a system's reading of it are both brought to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kg.model import Span


class Form(StrEnum):
    """By what a marking stands for its thing: a name, a common noun or a pronoun."""

    NAMED = "named"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Marking:
    """A stretch of text, in one piece or in several, that stands for a thing.

    ``spans`` are sorted, disjoint and half-open, in characters of the article's text; ``cls``
    is a class of the ontology or of the guideline, ``thing`` the id of a thing.
    """

    spans: tuple[Span, ...]
    cls: str
    thing: str
    form: Form = Form.NAMED


@dataclass(frozen=True, slots=True)
class Thing:
    """What markings stand for.

    ``names[0]`` is the canonical name: nominative; of a date the ISO value, of a post the
    nominative. ``names`` is empty where the annotators wrote none down.
    """

    id: str
    cls: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """A relation as one sentence states it.

    ``object`` is the id of a thing, or the text of a literal. ``subject_at`` and ``object_at``
    are the spans of the very markings that the relation was drawn between, if it was;
    ``sentence`` is the span of the sentence. ``confidence`` is between 0 and 1.
    """

    subject: str
    relation: str
    object: str
    literal: bool
    modality: str
    speaker: str | None = None
    optional: bool = False
    sentence: Span = (0, 0)
    extractor: str = ""
    confidence: float = 1.0
    subject_at: tuple[Span, ...] = ()
    object_at: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Annotated:
    """One article and all that is marked in it.

    ``text`` and ``markings`` are empty for a gold format without offsets. ``classes`` and
    ``relations`` are those that the annotators looked for, None for all that there are: what a
    system finds of others is neither right nor wrong. Nor did those of every corpus look for
    places, modalities and speakers.
    """

    name: str
    text: str
    markings: tuple[Marking, ...] = ()
    things: Mapping[str, Thing] = field(default_factory=dict)
    stated: tuple[Stated, ...] = ()
    classes: frozenset[str] | None = None
    relations: frozenset[str] | None = None
    offsets: bool = True
    modalities: bool = True
    speakers: bool = True
