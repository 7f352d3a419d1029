"""What an article states, each fact once however often it is stated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.evaluate.annotation import Annotated, Stated
from kg.evaluate.conventions import Conventions
from kg.model import Span

Key = tuple[str, str, str, bool]


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation between two things of an article, and the sentences that state it.

    Of a symmetric relation the ends stand in order of their ids.
    """

    said: tuple[Stated, ...]

    @property
    def subject(self) -> str:
        """The id of the first thing."""
        return self.said[0].subject

    @property
    def relation(self) -> str:
        """The name of the relation."""
        return self.said[0].relation

    @property
    def object(self) -> str:
        """The id of the second thing, or the text of a literal."""
        return self.said[0].object

    @property
    def literal(self) -> bool:
        """Whether the object is a text."""
        return self.said[0].literal

    @property
    def subject_at(self) -> tuple[tuple[Span, ...], ...]:
        """Where the first thing is marked in each of the sentences, as far as that is known."""
        return tuple(stated.subject_at for stated in self.said if stated.subject_at)

    @property
    def object_at(self) -> tuple[tuple[Span, ...], ...]:
        """Where the object is marked."""
        return tuple(stated.object_at for stated in self.said if stated.object_at)

    @property
    def modalities(self) -> frozenset[str]:
        """All that the sentences give it."""
        return frozenset(stated.modality for stated in self.said)

    @property
    def speakers(self) -> frozenset[str]:
        """The ids of those whom the sentences attribute it to."""
        return frozenset(stated.speaker for stated in self.said if stated.speaker)

    @property
    def confidence(self) -> float:
        """The highest confidence of its sentences, as the graph keeps it."""
        return max(stated.confidence for stated in self.said)


@dataclass(frozen=True, slots=True)
class Held:
    """The facts of an article, or its denials: those that count, and the optional ones."""

    firm: tuple[Fact, ...]
    optional: tuple[Fact, ...]


def held(
    annotated: Annotated, gold: Annotated, rules: Conventions, *, denied: bool = False
) -> Held:
    """Return what an article states of the relations that gold's readers looked for.

    ``denied``: what it denies instead. A fact is optional if each of its sentences is.
    """
    stated = [
        _ordered(s, rules)
        for s in annotated.stated
        if (gold.relations is None or s.relation in gold.relations)
        and (s.modality == rules.denied) is denied
    ]
    firm = _grouped(s for s in stated if not s.optional)
    optional = _grouped(s for s in stated if s.optional)
    others = (fact for key, fact in optional.items() if key not in firm)
    return Held(tuple(firm.values()), tuple(others))


def _ordered(stated: Stated, rules: Conventions) -> Stated:
    if stated.literal or stated.subject <= stated.object or not rules.symmetric(stated.relation):
        return stated
    return replace(
        stated,
        subject=stated.object,
        object=stated.subject,
        subject_at=stated.object_at,
        object_at=stated.subject_at,
    )


def _grouped(stated: Iterable[Stated]) -> dict[Key, Fact]:
    found: dict[Key, list[Stated]] = {}
    for one in stated:
        found.setdefault((one.subject, one.relation, one.object, one.literal), []).append(one)
    return {key: Fact(tuple(said)) for key, said in found.items()}
