"""Languages: each a folder with a spaCy pipeline, word lists and rules."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import import_module, resources
from typing import Any, Protocol, cast

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.errors import InputError
from kg.lang.phrase import Phrase
from kg.model import Value
from kg.registry import languages

BUILT_IN = ("ru",)


class Grammar(Protocol):
    """What a language folder knows of names, beyond what its pipeline tags."""

    def phrases(self, doc: Doc) -> list[Phrase]:
        """Return names and descriptions, in order of text."""

    def posts(self, doc: Doc, phrases: list[Phrase]) -> list[Phrase]:
        """Return the posts named (министр экономики), each as short as the text names it."""

    def former(self, doc: Doc, i: int) -> bool:
        """Tell whether the post at token ``i`` is one that was held before (экс-мэр)."""

    def leads(self, token: Token) -> bool:
        """Tell whether a place is where something goes, not where it is: дорога в Китай."""

    def dates(self, text: str, published: date | None) -> list[Value]:
        """Return the dates named."""

    def placed(self, token: Token, kind: str) -> Phrase | None:
        """Return the place of a coarse class that a word is an adjective of (томский)."""

    def pronouns(self, doc: Doc) -> list[Phrase]:
        """Return pronouns of the third person, with an empty class."""

    def agrees(self, pronoun: Token, noun: Token) -> bool:
        """Tell whether a pronoun can stand for a noun, by gender and number."""

    def general(self, doc: Doc, description: Phrase) -> bool:
        """Tell whether a description's noun is a general one, which its complement only locates."""

    def selects(self, pronoun: Token) -> tuple[str, ...]:
        """Return the classes that the verb of a pronoun asks for; none if it does not care."""

    def alike(self) -> list[frozenset[str]]:
        """Return sets of classes that descriptions do not keep apart."""

    def owned(self, body: Phrase, owner: Phrase) -> Phrase:
        """Return a body under the name of its territory instead of an adjective."""

    def people(self) -> tuple[str, ...]:
        """Return the class of persons."""

    def pairs(self, name: str, cls: str) -> Iterator[tuple[int, int, str, str]]:
        """Yield start, end, class and name of the places that a name joins by a dash."""

    def happenings(self, doc: Doc, event: Phrase) -> Iterator[Phrase]:
        """Yield verbs before ``event`` that tell of the event it names (встретились: встреча)."""

    def describes(self, doc: Doc, description: Phrase, named: Phrase) -> bool:
        """Tell whether a description's noun can mean what was named."""

    def nominative(self, doc: Doc, start: int, end: int, head: int) -> str:
        """Return tokens ``start`` to ``end`` with their head in the dictionary's case."""

    def head(self, span: Span) -> int:
        """Return the token of a value that others govern."""


@cache
def load(code: str) -> Language:
    """Return the spaCy pipeline of a language, by its ISO 639-1 code; loaded once.

    Raises InputError for a language that kg does not know.
    """
    return cast("Language", _module(code).build())


@cache
def grammar(code: str) -> Grammar:
    """Return the grammar of a language; raises InputError for an unknown one."""
    return cast("Grammar", _module(code).grammar)


def _module(code: str) -> Any:  # noqa: ANN401  # a module, whose two names are checked by use
    if code in BUILT_IN:
        return import_module(f"kg.lang.{code}")
    if code in languages:
        return languages.get(code)
    known = ", ".join(sorted({*languages.get_all(), *BUILT_IN}))
    raise InputError(f"unknown language {code!r}; known: {known}")


@cache
def table(code: str, name: str) -> dict[str, Any]:
    """Return ``kg/lang/<code>/<name>.toml`` as read by tomllib."""
    path = resources.files("kg.lang") / code / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def words(code: str, name: str) -> frozenset[str]:
    """Return the entries of ``kg/lang/<code>/<name>.txt``: one a line, ``#`` starts a comment."""
    text = (resources.files("kg.lang") / code / f"{name}.txt").read_text(encoding="utf-8")
    entries = (line.partition("#")[0].strip() for line in text.splitlines())
    return frozenset(entry for entry in entries if entry)
