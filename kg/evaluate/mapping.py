"""Bring the classes and relations of another corpus to those of the ontology."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from kg.errors import InputError
from kg.evaluate.conventions import Conventions, conventions

_PARTS = {"classes", "relations", "same"}
_SAME = {"relations", "references", "spellings", "unknown"}


@dataclass(frozen=True, slots=True)
class Mapping:
    """Foreign names and ours, and what makes two foreign markings the same thing.

    ``same`` are foreign relations that are an equivalence; with ``references`` markings that an
    ``N`` line gives one reference are one thing, with ``spellings`` those of one class that are
    spelled alike. ``unknown`` are references that name no entry.
    """

    classes: Table[str, str] = field(default_factory=dict)
    relations: Table[str, str] = field(default_factory=dict)
    same: frozenset[str] = frozenset()
    references: bool = False
    spellings: bool = False
    unknown: frozenset[str] = frozenset()


def read_mapping(source: str) -> Mapping:
    """Return the mapping in a TOML file, or the one that kg has under a name (``nerel``).

    Raises InputError for a file that is none, and for names that the ontology does not have.
    """
    path, own = Path(source), resources.files("kg.neural") / f"{source}.toml"
    try:
        if not path.exists() and source.isidentifier() and own.is_file():
            text = own.read_text(encoding="utf-8")
        else:
            text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except OSError as error:
        raise InputError(f"{source}: {error.strerror}; give --mapping a TOML file") from error
    except ValueError as error:  # no TOML, or no UTF-8
        raise InputError(f"{source} is no mapping: {error}; see kg/neural/nerel.toml") from error
    return _checked(source, data, conventions())


def _checked(source: str, data: dict[str, object], rules: Conventions) -> Mapping:
    same = data.get("same", {})
    if set(data) - _PARTS or not isinstance(same, dict) or set(same) - _SAME:
        raise InputError(f"{source} has other parts than [classes], [relations] and [same]")
    classes, relations = _names(source, data, "classes"), _names(source, data, "relations")
    for cls in classes.values():
        if not rules.knows(cls):
            raise InputError(f"{source}: there is no class {cls!r}; kg ontology lists them")
    for relation in relations.values():
        if relation not in rules.relations:
            raise InputError(f"{source}: there is no relation {relation!r}; kg ontology lists them")
    return Mapping(
        classes,
        relations,
        frozenset(map(str, same.get("relations", []))),
        references=bool(same.get("references")),
        spellings=bool(same.get("spellings")),
        unknown=frozenset(map(str, same.get("unknown", []))),
    )


def _names(source: str, data: dict[str, object], part: str) -> dict[str, str]:
    table = data.get(part, {})
    if not isinstance(table, dict) or not all(isinstance(v, str) for v in table.values()):
        raise InputError(f"{source}: [{part}] is no table of names; write FOREIGN = 'ours'")
    return dict(table)
