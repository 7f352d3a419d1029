"""The records of an annotated text of FactRuEval-2016."""

from __future__ import annotations

from dataclasses import dataclass

from kg.evaluate.factrueval.spelling import alike, plain


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign of a text; ``sentence`` is its sentence's number, from 0."""

    id: str
    start: int
    end: int
    text: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Part:
    """A span inside a mention: the name, a descriptor, a post, as its ``tag`` says."""

    id: str
    tag: str
    tokens: tuple[Token, ...]
    quoted: bool

    @property
    def text(self) -> str:
        """The tokens, plainly spelt and joined by spaces."""
        return plain(" ".join(token.text for token in self.tokens))


@dataclass(frozen=True, slots=True)
class Spoken:
    """A mention of an object: its class and the spans that it is made of."""

    id: str
    cls: str
    parts: tuple[Part, ...]

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of all spans, each once, in order of text."""
        return tuple(sorted({t for p in self.parts for t in p.tokens}, key=lambda t: t.start))


@dataclass(frozen=True, slots=True)
class Thing:
    """An object of a text, with every plain string that may stand for it in an answer."""

    id: str
    spoken: tuple[Spoken, ...]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Argument:
    """A role in a fact, the plain strings that fill it, and how the annotators wrote it."""

    role: str
    values: frozenset[str]
    shown: str

    def is_filled_by(self, role: str, value: str) -> bool:
        """Tell whether an answer's role and value are this one's, letters aside."""
        return role == self.role and any(alike(known, value) for known in self.values)


@dataclass(frozen=True, slots=True)
class GoldFact:
    """A fact that the annotators found; ``sentence`` is the one with most of its arguments.

    ``unreal`` marks what is only possible, future or denied, which hard mode does not ask for;
    ``difficult`` what easy mode does not.
    """

    id: str
    kind: str
    arguments: tuple[Argument, ...]
    unreal: bool
    difficult: bool
    sentence: str

    def __str__(self) -> str:
        marks = " (difficult)" * self.difficult + " (not actual)" * self.unreal
        return "; ".join(f"{a.role}: {a.shown}" for a in self.arguments) + marks


@dataclass(frozen=True, slots=True)
class Document:
    """One text with its layers; ``sentences`` as they stand in the text."""

    name: str
    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[str, ...]
    spoken: tuple[Spoken, ...]
    facts: tuple[GoldFact, ...]
