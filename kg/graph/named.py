"""Named queries: SPARQL files with a title, and parameters that never become query text.

A file begins with comments that say what it asks and what must be given:

    # title.en: Who spoke for a place or a body in a year
    # param: place text
    # param: year integer = 2021

Each parameter is a variable that the query projects; its column is not shown. The values are
handed to the engine as terms (SPARQL-dev SEP-0007), so that nothing in them is ever parsed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.errors import InputError
from kg.graph.terms import typed
from kg.resources import ontology_dir

TITLE = re.compile(r"#\s*title(?:\.([a-z]{2}))?:\s*(.+)")
PARAMETER = re.compile(r"#\s*param:\s*([A-Za-z_]\w*)\s+([a-z]+)(?:\s*=\s*(.*))?")
KINDS = ("text", "iri", "date", "integer", "decimal")
IRI = re.compile('[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\\\\ud800-\udfff]+')

Binding = NamedNode | Literal


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query must be given: a variable's name, the kind of its value, and a default.

    ``kind`` is one of text, iri, date, integer, decimal; without a ``default`` (None) a value
    is required.
    """

    name: str
    kind: str
    default: str | None = None

    def term(self, value: str) -> Binding:
        """Return a value as an RDF term; InputError if it is not of the kind."""
        try:
            match self.kind:
                case "iri" if IRI.fullmatch(value):
                    return NamedNode(value)
                case "date":
                    return typed(date.fromisoformat(value).isoformat(), "date")
                case "integer":
                    return typed(str(int(value)), "integer")
                case "decimal":
                    number = Decimal(value)
                    if number.is_finite():
                        return typed(f"{number:f}", "decimal")
                case "text":
                    value.encode()
                    return Literal(value)
        except (ValueError, InvalidOperation):
            pass
        raise InputError(f"the parameter {self.name} is no {self.kind}: {value!r}")


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query under a name, with titles by language ("" where a title names none)."""

    name: str
    titles: dict[str, str]
    parameters: tuple[Parameter, ...]
    text: str

    def title(self, lang: str) -> str:
        """Return the title in ``lang``, in English where it has none, else the name."""
        titles = self.titles
        return titles.get(lang) or titles.get("en") or titles.get("") or self.name

    def bindings(self, values: Mapping[str, str]) -> dict[str, Binding]:
        """Return the terms of all parameters, by name.

        Raises InputError for one that is unknown, missing, or not of its kind.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in values:
            if name not in known:
                listed = f"its parameters are {', '.join(known)}" if known else "it has none"
                raise InputError(f"the query {self.name} has no parameter {name!r}; {listed}")
        found = {}
        for name, parameter in known.items():
            value = values.get(name, parameter.default)
            if value is None:
                raise InputError(f"the query {self.name} needs --param {name}={parameter.kind}")
            found[name] = parameter.term(value)
        return found


def parsed(name: str, text: str) -> NamedQuery:
    """Return the query that ``text`` is, as its first comments describe it.

    Raises InputError for a parameter of no known kind, or declared twice.
    """
    titles: dict[str, str] = {}
    parameters: dict[str, Parameter] = {}
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            break
        if title := TITLE.fullmatch(line.strip()):
            titles[title[1] or ""] = title[2]
        elif declared := PARAMETER.fullmatch(line.strip()):
            parameter = Parameter(declared[1], declared[2], declared[3])
            if parameter.kind not in KINDS:
                known = ", ".join(KINDS)
                raise InputError(f"{name}: {parameter.kind} is no kind of parameter; use {known}")
            if parameter.name in parameters:
                raise InputError(f"{name}: the parameter {parameter.name} stands twice; keep one")
            parameters[parameter.name] = parameter
    return NamedQuery(name, titles, tuple(parameters.values()), text)


def shipped() -> dict[str, NamedQuery]:
    """Return the queries of ``ontology/queries`` by name, in order of name."""
    paths = sorted((ontology_dir() / "queries").glob("*.rq"))
    return {path.stem: _read(path) for path in paths}


def own(name: str) -> NamedQuery:
    """Return the shipped query of that name; InputError lists them if there is none."""
    known = shipped()
    if name not in known:
        raise InputError(f"kg has no query {name!r}; it has {', '.join(known)}")
    return known[name]


def _read(path: Path) -> NamedQuery:
    return parsed(path.stem, path.read_text(encoding="utf-8"))
