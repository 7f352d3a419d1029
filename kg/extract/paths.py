"""Paths through a dependency tree, written in ``rules.toml``.

A path leads from a trigger to an argument in steps set apart by blanks::

    nsubj              down to a subject
    obl|nmod(с|со)     down to one of two relations, with one of these prepositions
    obl()=Ins          down, with no preposition, in the instrumental
    ^acl|amod          up, if what stands here is an acl or amod of it
    ^~                 up, by any relation over which a clause shares its subject
    obj@визит|поездка  down to an object with one of these lemmas

spaCy's DependencyMatcher (a port of Stanford's Semgrex) says the same and tries every path at
every token; walked from their triggers the same paths cost a small part of that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from kg.errors import OntologyError

STEP = re.compile(
    r"(?P<up>\^)?(?P<deps>~|\*|[\w:|]+?)?(?P<bare>\(\))?(?:\((?P<preps>[^()]+)\))?"
    r"(?:=(?P<case>[A-Z][a-z]+))?(?:@(?P<lemmas>[^\s=()]+))?"
)
SHARED = frozenset(
    ("obj", "obl", "nmod", "xcomp", "advcl", "ccomp", "conj", "iobj", "amod", "fixed", "acl")
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step, up or down; an empty set or name asks for nothing."""

    up: bool
    deps: frozenset[str]
    bare: bool
    preps: frozenset[str]
    case: str
    lemmas: frozenset[str]

    def taken(self, token: Token) -> Iterator[Token]:
        """Yield the tokens that the step leads to."""
        if not self.up:
            for child in token.children:
                if (not self.deps or child.dep_ in self.deps) and self._fits(child):
                    yield child
        elif token.head.i != token.i and (not self.deps or token.dep_ in self.deps):
            yield from filter(self._fits, (token.head,))

    def _fits(self, token: Token) -> bool:
        if self.lemmas and token.lemma_ not in self.lemmas:
            return False
        if self.case and self.case not in str(token.morph).split("|"):
            return False
        if self.preps or self.bare:
            said = [child.lemma_ for child in token.children if child.dep_ == "case"]
            return not said if self.bare else not self.preps.isdisjoint(said)
        return True


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """One compiled path; the same text is the same path."""

    text: str
    steps: tuple[Step, ...]

    def ends(self, trigger: Token) -> list[int]:
        """Return the places in the text of the tokens that the path leads to, in order."""
        here = {trigger.i: trigger}
        for step in self.steps:
            here = {there.i: there for token in here.values() for there in step.taken(token)}
        return sorted(here)


@cache
def compile_path(text: str) -> Path:
    """Return the compiled path; raises OntologyError for one that cannot be read."""
    steps = []
    for written in text.split():
        found = STEP.fullmatch(written)
        if found is None:
            raise OntologyError(f"cannot read the step {written!r} of the path {text!r}")
        steps.append(_step(found))
    return Path(text, tuple(steps))


def _step(found: re.Match[str]) -> Step:
    deps = found["deps"] or "*"
    return Step(
        up=bool(found["up"]),
        deps=SHARED if deps == "~" else frozenset(deps.split("|")) - {"*"},
        bare=bool(found["bare"]),
        preps=frozenset((found["preps"] or "").split("|")) - {""},
        case=f"Case={found['case']}" if found["case"] else "",
        lemmas=frozenset((found["lemmas"] or "").split("|")) - {""},
    )
