"""Paths through a dependency tree, written in ``rules.toml`` and run by spaCy's matcher.

A path leads from a trigger to an argument in steps set apart by blanks::

    nsubj              down to a subject
    obl|nmod(с|со)     down to one of two relations, with one of these prepositions
    obl()=Ins          down, with no preposition, in the instrumental
    ^acl|amod          up, if what stands here is an acl or amod of it
    ^~                 up, by any relation over which a clause shares its subject
    obj@визит|поездка  down to an object with one of these lemmas

Steps become a pattern of spaCy's DependencyMatcher (a port of Stanford's Semgrex).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from kg.errors import OntologyError

STEP = re.compile(
    r"(?P<up>\^)?(?P<deps>~|\*|[\w:|]+?)?(?P<bare>\(\))?(?:\((?P<preps>[^()]+)\))?"
    r"(?:=(?P<case>[A-Z][a-z]+))?(?:@(?P<lemmas>[^\s=()]+))?"
)
SHARED = ("obj", "obl", "nmod", "xcomp", "advcl", "ccomp", "conj", "iobj", "amod", "fixed", "acl")
Pattern = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Path:
    """One compiled path: its pattern from any trigger on, and what the matcher cannot say.

    ``size`` is the position of the argument in a match; ``bare`` asks for no preposition.
    """

    text: str
    pattern: tuple[dict[str, Any], ...]
    argument: int
    bare: bool


def compile_path(text: str) -> Path:
    """Return the compiled path; raises OntologyError for one that cannot be read."""
    pattern: Pattern = [{"RIGHT_ID": "n0", "RIGHT_ATTRS": {}}]
    here, bare = 0, False
    for written in text.split():
        step = STEP.fullmatch(written)
        if step is None:
            raise OntologyError(f"cannot read the step {written!r} of the path {text!r}")
        here, bare = _add(pattern, here, step), bool(step["bare"])
    return Path(text, tuple(pattern), here, bare)


def _add(pattern: Pattern, here: int, step: re.Match[str]) -> int:
    deps = SHARED if step["deps"] == "~" else tuple((step["deps"] or "*").split("|"))
    relation = {} if deps == ("*",) else {"DEP": {"IN": list(deps)}}
    attributes: dict[str, Any] = {}
    if step["case"]:
        attributes["MORPH"] = {"IS_SUPERSET": [f"Case={step['case']}"]}
    if step["lemmas"]:
        attributes["LEMMA"] = {"IN": step["lemmas"].split("|")}
    if step["up"]:
        pattern[here]["RIGHT_ATTRS"].update(relation)
    else:
        attributes.update(relation)
    there = len(pattern)
    pattern.append(_node(here, there, "<" if step["up"] else ">", attributes))
    if step["preps"]:
        preposition = {"DEP": "case", "LEMMA": {"IN": step["preps"].split("|")}}
        pattern.append(_node(there, len(pattern), ">", preposition))
    return there


def _node(left: int, right: int, operator: str, attributes: dict[str, Any]) -> dict[str, Any]:
    return {
        "LEFT_ID": f"n{left}",
        "REL_OP": operator,
        "RIGHT_ID": f"n{right}",
        "RIGHT_ATTRS": attributes,
    }
