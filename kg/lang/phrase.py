"""What a language finds in a text: stretches of tokens that stand for something."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Mention, Name, Value


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens ``start`` to ``end`` (half-open) that name a thing; ``head`` governs the others.

    ``cls``, ``normal``, ``named`` and ``aliases`` are as in kg.model.Mention. ``opaque`` is
    true of a name that is quoted whole, in which no other names are to be looked for;
    ``plural`` of a group of things; ``adjective`` of a place named by its adjective; ``guessed``
    where nothing but a recognizer's label gives the class; ``owner`` of an adjective that means
    the territory of a body. ``whole`` is where a name ends of which only the beginning is one
    word of the sentence: in визит делегации в Читу who goes where is still to be read.
    """

    start: int
    end: int
    head: int
    cls: str
    normal: str
    named: bool = True
    aliases: tuple[Name, ...] = ()
    opaque: bool = False
    plural: bool = False
    adjective: bool = False
    guessed: bool = False
    owner: bool = False
    whole: int = 0

    def holds(self, other: Phrase) -> bool:
        """Tell whether ``other`` lies inside, and is not the same stretch."""
        inside = self.start <= other.start and other.end <= self.end
        return inside and (self.start, self.end) != (other.start, other.end)

    def overlaps(self, other: Phrase) -> bool:
        """Tell whether the two share a token."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Found:
    """A mention or a value with its place among the tokens of the Doc.

    Tokens ``start`` to ``end`` (half-open); ``head`` governs the others; ``plural`` marks a
    group, ``adjective`` a place named by its adjective, ``post`` the name of a post, ``seen``
    a description that only the model sees: rules read its words one by one.
    """

    start: int
    end: int
    head: int
    item: Mention | Value
    plural: bool = False
    adjective: bool = False
    post: bool = False
    seen: bool = False

    def holds(self, other: Found) -> bool:
        """Tell whether ``other`` lies inside, and is not the same stretch."""
        inside = self.start <= other.start and other.end <= self.end
        return inside and (self.start, self.end) != (other.start, other.end)
