"""The records that pass between the stages.

All are frozen. Offsets are half-open and count characters of ``Article.text``;
``article.text[m.start:m.end] == m.text`` holds for every mention, value and quote.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Article:
    """One news text, as read from its source.

    ``frame`` holds the sorted, disjoint spans of ``text`` that no fact is taken from: the
    dateline, captions, and the tail after the story. ``id`` is derived from the text alone.
    ``origin`` says where the text was read from (a path, or ``path#record``).
    """

    id: str
    text: str
    title: str = ""
    url: str = ""
    publisher: str = ""
    published: date | None = None
    lang: str = "ru"
    frame: tuple[Span, ...] = ()
    origin: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A name and the language tag (BCP 47) it is written in."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that stands for an entity.

    ``cls`` is the local name of an ontology class, ``normal`` the name in the nominative.
    ``named`` is false where a common noun stands for the thing (``переговоры``), which is
    then known inside its article only. ``aliases`` are other names given on the spot.
    """

    start: int
    end: int
    text: str
    cls: str
    normal: str
    named: bool = True
    aliases: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """A stretch of text that stands for a literal.

    ``datatype`` is the local name of an XML Schema type (``date``, ``gYearMonth``, ``gYear``)
    or ``langString``; ``normal`` its lexical form; ``until`` the last day of a range.
    """

    start: int
    end: int
    text: str
    datatype: str
    normal: str
    until: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Cue:
    """The word that gives a claim its modality (планирует, не, возможно)."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a claim stands: the sentence, word for word, and what found it.

    ``score`` is a confidence between 0 and 1; ``extractor`` names the rule, the model or both;
    ``cue`` is what the modality was taken from, none where the sentence plainly asserts.
    """

    article: str
    start: int
    end: int
    quote: str
    extractor: str
    score: float
    cue: Cue | None = None

    @property
    def extractors(self) -> tuple[str, ...]:
        """All that found it, each by its name."""
        return tuple(self.extractor.split(", "))


@dataclass(frozen=True, slots=True)
class Claim:
    """What one sentence says of two things.

    ``relation`` is the local name of an ontology property, ``modality`` and ``polarity``
    those of concepts in ``ontology/vocab``; ``attributed_to`` is the speaker, if there is one.
    """

    subject: Mention
    relation: str
    object: Mention | Value
    modality: str
    polarity: str
    attributed_to: Mention | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found in one article, before mentions are known to be the same."""

    article: Article
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing in the world, under a deterministic IRI.

    ``label`` is its name in the nominative, in the language ``lang``; ``aliases`` are all others,
    each with its language; ``same_as`` are IRIs elsewhere.
    """

    iri: str
    cls: str
    label: str
    aliases: tuple[Name, ...] = ()
    same_as: tuple[str, ...] = ()
    lang: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation between two things, and all claims that state (or deny) it."""

    subject: Entity
    relation: str
    object: Entity | Value
    claims: tuple[Claim, ...]

    def __str__(self) -> str:
        other = self.object.label if isinstance(self.object, Entity) else self.object.normal
        return f"{self.subject.label} — {self.relation} → {other}"


@dataclass(frozen=True, slots=True)
class Resolution:
    """One article after resolution: who each mention is, and what is said of whom.

    ``referents`` pairs every mention with its entity, in order of text.
    """

    article: Article
    referents: tuple[tuple[Mention, Entity], ...]
    facts: tuple[Fact, ...]
