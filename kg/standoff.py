"""The lines of a BRAT .ann file as they stand there (brat.nlplab.org/standoff.html)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import InputError
from kg.model import Span

_PLACES = re.compile(r"(?P<type>\S+) (?P<spans>\d+ \d+(?:;\d+ \d+)*)")
_RELATION = re.compile(r"(?P<type>\S+) \w+:(?P<one>T\S+) \w+:(?P<other>T\S+)\s*")
_EQUIV = re.compile(r"Equiv(?: T\S+){2,}\s*")
_ATTRIBUTE = re.compile(r"(?P<type>\S+) (?P<target>[TRE]\S+)(?: (?P<value>\S+))?\s*")
_ABOUT = re.compile(r"(?P<type>\S+) (?P<target>\S+)(?: (?P<value>.+?))?\s*")
_WANTED = {
    "T": "T1<TAB>Class 0 5<TAB>words",
    "R": "R1<TAB>relation Arg1:T1 Arg2:T2",
    "*": "*<TAB>Equiv T1 T2",
    "A": "A1<TAB>Name T1 value",
    "#": "#1<TAB>Name T1<TAB>words",
    "N": "N1<TAB>Reference T1 base:id<TAB>words",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A T line."""

    id: str
    type: str
    spans: tuple[Span, ...]
    words: str
    line: int


@dataclass(frozen=True, slots=True)
class Link:
    """An R line: two T lines in a relation."""

    id: str
    type: str
    one: str
    other: str
    line: int


@dataclass(frozen=True, slots=True)
class Remark:
    """An A, N or # line: what is said of another line."""

    type: str
    target: str
    value: str
    line: int


@dataclass(slots=True)
class Standoff:
    """All lines of a file; ``events`` is how many E lines there are, which are not read."""

    places: dict[str, Place] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    chains: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    attributes: list[Remark] = field(default_factory=list)
    references: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    events: int = 0


def read_standoff(path: Path) -> Standoff:
    """Return the lines of an .ann file.

    Raises InputError that names the line for one that is malformed, says an id twice, or
    refers to a T or R line that is not there.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is no UTF-8; save it as UTF-8") from error
    found = Standoff()
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            _take(found, line.rstrip("\r"), number, path)
    for target, number in _targets(found):
        if target not in found.places and target not in found.links:
            raise InputError(f"{path}:{number}: there is no {target}; mend the file")
    return found


def _take(found: Standoff, line: str, number: int, path: Path) -> None:
    key, _, rest = line.partition("\t")
    body, _, words = rest.partition("\t")
    match line[0]:
        case "T" if m := _PLACES.fullmatch(body):
            pairs = (span.split() for span in m["spans"].split(";"))
            spans = tuple(sorted((int(start), int(end)) for start, end in pairs))
            place = Place(key, m["type"], spans, words, number)
            _once(key, found.places, number, path)
            found.places[key] = place
        case "R" if m := _RELATION.fullmatch(body):
            _once(key, found.links, number, path)
            found.links[key] = Link(key, m["type"], m["one"], m["other"], number)
        case "*" if _EQUIV.fullmatch(body):
            found.chains.append((number, tuple(body.split()[1:])))
        case "A" | "M" if m := _ATTRIBUTE.fullmatch(body):
            found.attributes.append(Remark(m["type"], m["target"], m["value"] or "", number))
        case "N" if m := _ABOUT.fullmatch(body):
            found.references.append(
                Remark(m["type"], m["target"], f"{m['value'] or ''}\t{words.strip()}", number)
            )
        case "#" if m := _ABOUT.fullmatch(body):
            found.notes.append(Remark(m["type"], m["target"], words.strip(), number))
        case "E":
            found.events += 1
        case first:
            wanted = _WANTED.get(first.replace("M", "A"), "a line that begins with T, R, *, A or #")
            raise InputError(f"{path}:{number}: cannot be read; BRAT has it as {wanted}")


def _once(key: str, known: object, number: int, path: Path) -> None:
    if isinstance(known, dict) and key in known:
        raise InputError(f"{path}:{number}: {key} stands there twice; give it another number")


def _targets(found: Standoff) -> Iterator[tuple[str, int]]:
    for link in found.links.values():
        yield link.one, link.line
        yield link.other, link.line
    for number, chain in found.chains:
        yield from ((key, number) for key in chain)
    for remark in (*found.attributes, *found.references, *found.notes):
        if remark.target[0] in "TR":  # others are of events, or notes on the whole file
            yield remark.target, remark.line
