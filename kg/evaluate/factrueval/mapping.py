"""Which of kg's classes and relations answer FactRuEval, as ``factrueval.toml`` has it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from kg.errors import OntologyError
from kg.ontology import load


@dataclass(frozen=True, slots=True)
class Pattern:
    """How a relation's claims become answers of one ``kind``.

    ``subject`` and ``object`` are the roles of its ends; ``beside`` is a relation of the same
    subject whose object fills the role ``where``; ``also`` are fixed arguments. ``by`` names
    the extractors whose claims are meant, none for all.
    """

    kind: str
    relation: str
    subject: str
    object: str
    beside: str = ""
    where: str = ""
    also: tuple[tuple[str, str], ...] = ()
    by: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mapping:
    """The whole of the file; ``gold`` turns the corpus' classes into those of ``.task1``.

    ``whereabouts`` turns a class into another behind one of the words of ``before``.
    """

    gold: dict[str, str]
    classes: dict[str, str]
    whereabouts: dict[str, str]
    before: frozenset[str]
    stated: frozenset[str]
    patterns: tuple[Pattern, ...] = field(default=())

    def cls(self, cls: str) -> str:
        """Return the class of ``.task1`` for one of the ontology's, ``""`` for none."""
        above = load().ancestors(cls)
        return next((self.classes[name] for name in above if name in self.classes), "")


@cache
def mapping() -> Mapping:
    """Return kg's own mapping. Raises OntologyError where it names what does not exist."""
    text = resources.files(__package__).joinpath("factrueval.toml").read_text(encoding="utf-8")
    return parse(text)


def parse(text: str) -> Mapping:
    """Return the mapping in a TOML text. Raises OntologyError for names the ontology lacks."""
    table = tomllib.loads(text)
    where = dict(table["whereabouts"])
    before = frozenset(where.pop("before"))
    patterns = tuple(_pattern(entry) for entry in table["facts"])
    stated = frozenset(table["polarity"]["stated"])
    relations = {name for p in patterns for name in (p.relation, p.beside) if name}
    _check(set(table["classes"]), set(load().classes))
    _check(relations, set(load().relations))
    _check(set(stated), set(load().concepts))
    return Mapping(table["gold"], table["classes"], where, before, stated, patterns)


def _pattern(entry: dict[str, Any]) -> Pattern:  # a table of TOML
    beside = entry.get("beside", {})
    return Pattern(
        entry["kind"],
        entry["relation"],
        entry["subject"],
        entry["object"],
        beside.get("relation", ""),
        beside.get("object", ""),
        tuple(entry.get("also", {}).items()),
        frozenset(entry.get("by", ())),
    )


def _check(used: set[str], known: set[str]) -> None:
    if unknown := sorted(used - known):
        raise OntologyError(f"factrueval.toml: the ontology has no {', '.join(unknown)}; rename")
