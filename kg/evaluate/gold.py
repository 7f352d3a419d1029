"""Read the .gold format: things and facts of a text, without places (tests/gold/README.md)."""

from __future__ import annotations

from pathlib import Path

from kg.errors import InputError
from kg.evaluate.annotation import Annotated, Stated, Thing
from kg.evaluate.conventions import Conventions, conventions
from kg.evaluate.text import read_text

_OPTIONAL = "optional"
_PARTS = 4
"""Of an E line as of an F line, the status aside."""


def read_gold(path: Path, text: Path | None = None) -> Annotated:
    """Return the article of a .gold file; its text is empty where none lies beside or in ``text``.

    Raises InputError, with the line, for what is malformed or unknown.
    """
    rules = conventions()
    beside = text or path.with_suffix(".txt")
    things: dict[str, Thing] = {}
    facts: list[tuple[int, str]] = []
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is no UTF-8; save it as UTF-8") from error
    for number, line in enumerate(lines, 1):
        if line.startswith("E "):
            thing = _thing(line, rules)
            if thing is None or thing.id in things:
                wanted = "E id Class name | other names, each id once, a class of the ontology"
                raise InputError(f"{path}:{number}: cannot be read; write {wanted}")
            things[thing.id] = thing
        elif line.startswith("F "):
            facts.append((number, line))
        elif line.strip() and not line.startswith("#"):
            raise InputError(f"{path}:{number}: begins with none of E, F and #; mend it")
    stated = tuple(_stated(path, number, line, things, rules) for number, line in facts)
    return Annotated(
        path.stem,
        read_text(beside) if beside.is_file() else "",
        things=things,
        stated=stated,
        classes=rules.kinds,
        relations=rules.gold,
        offsets=False,
        speakers=False,
    )


def _thing(line: str, rules: Conventions) -> Thing | None:
    parts = line.split(" ", 3)
    if len(parts) < _PARTS or not rules.knows(parts[2]):
        return None
    names = tuple(filter(None, (name.strip() for name in parts[3].split("|"))))
    return Thing(parts[1], parts[2], names) if names else None


def _stated(
    path: Path, number: int, line: str, things: dict[str, Thing], rules: Conventions
) -> Stated:
    modalities = {"planned": rules.other, "denied": rules.denied, _OPTIONAL: rules.asserted}
    status, said = "", line
    for word in modalities:
        if said.endswith(" " + word):
            status, said = word, said.removesuffix(" " + word)
    parts = said.split(" ", 3)
    if len(parts) < _PARTS:
        wanted = 'F subject relation object-or-"literal" status'
        raise InputError(f"{path}:{number}: cannot be read; write {wanted}")
    _, subject, relation, obj = parts
    literal = obj.startswith('"')
    unknown = {subject, *(() if literal else (obj,))} - set(things)
    if unknown:
        raise InputError(f"{path}:{number}: there is no {min(unknown)!r}; give it an E line")
    if relation not in rules.gold:
        raise InputError(f"{path}:{number}: the format has no relation {relation!r}; mend it")
    return Stated(
        subject,
        relation,
        obj.strip('"') if literal else obj,
        literal,
        modality=modalities.get(status, rules.asserted),
        optional=status == _OPTIONAL,
    )
