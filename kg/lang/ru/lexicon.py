"""The word lists of Russian, ready for look-up by token."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import razdel
from spacy.tokens import Doc, Token

from kg.lang import table, words
from kg.lang.ru.chinese import cases
from kg.lang.ru.morphology import analyzer
from kg.model import Name

Key = frozenset[str]
STEM = 3
"""Letters that a town and an adjective made of it share."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A known name: its usual form, class and other names."""

    name: str
    cls: str
    aliases: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Descriptor:
    """A noun that gives the class of what it names; see ``descriptors.toml``.

    ``before`` and ``after`` tell how many words of the descriptor stand on each side of its
    head (железная дорога: 1, 0; пункт пропуска: 0, 1).
    """

    lemma: str
    cls: str
    plain: bool
    before: int = 0
    after: int = 0


@cache
def forms(word: str) -> Key:
    """Return the word and its dictionary forms in lower case, ``ё`` as ``е``."""
    lower = word.lower()
    found = {lower, *(p.normal_form for p in analyzer().parse(lower))}
    return frozenset(form.replace("ё", "е") for form in found)


def token_forms(token: Token) -> Key:
    """Return the forms under which a token may stand in a list."""
    return forms(token.text) | {token.lemma_.replace("ё", "е")}


@cache
def declined(word: str) -> Key:
    """Return every form of a word of a listed name, in small letters, ``ё`` as ``е``."""
    found = {word.lower(), *cases(word.lower())}
    first, dash, rest = word.partition("-")
    if dash and rest[:1].islower():  # Комсомольск-на-Амуре: only the first part declines
        return frozenset(form + dash + rest.lower() for form in declined(first))
    for parse in analyzer().parse(word)[:2]:
        if parse.tag.POS in {"NOUN", "ADJF"}:
            found |= {f.word for f in parse.lexeme if "plur" not in f.tag or "plur" in parse.tag}
    return frozenset(form.replace("ё", "е") for form in found)


class Index:
    """Names of several words, found by the forms of their first word."""

    def __init__(self, entries: Sequence[tuple[str, Entry]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[Key, ...], str, Entry]]] = defaultdict(list)
        for name, entry in entries:
            parts = tuple(declined(token.text) for token in razdel.tokenize(name))
            for form in parts[0]:
                self._by_first[form].append((parts, name, entry))

    def at(self, doc: Doc, i: int) -> tuple[int, Entry] | None:
        """Return the end and the entry of the longest name that begins at token ``i``."""
        best: tuple[int, Entry] | None = None
        for form in sorted(token_forms(doc[i])):
            for parts, name, entry in self._by_first.get(form, ()):
                end = i + len(parts)
                if (best and end <= best[0]) or end > len(doc):
                    continue
                pairs = zip(doc[i:end], parts, strict=True)
                matches = all(token_forms(t) & part for t, part in pairs) and _cased(doc[i], name)
                if matches and (len(parts) > 1 or not _ambiguous(doc[i])):
                    best = end, entry
        return best


def _ambiguous(token: Token) -> bool:
    """Tell whether a word may be no name: Находка and Вена at the start of a sentence."""
    return bool(token.is_sent_start) and not token.ent_type_ and is_common(token)


def can_qualify(token: Token) -> bool:
    """Tell whether the dictionary holds a word for an adjective that may be: not Цзямусы."""
    return any(parse.tag.POS == "ADJF" for parse in analyzer().parse(token.lower_))


def _cased(first: Token, name: str) -> bool:
    """A name begins with a capital; an abbreviation is all capitals."""
    text = first.text
    return text.isupper() if name.isupper() and len(name) > 1 else text[:1].isupper()


def _entries(kind: str) -> Iterator[tuple[str, Entry, list[str]]]:
    for row in table("ru", f"{kind}s")[kind]:
        name = row["name"]
        aliases = [Name(alias, "ru") for alias in row.get("aliases", ())]
        aliases += [Name(row[code], code) for code in ("en", "zh") if code in row]
        entry = Entry(name, row["class"], tuple(aliases))
        for known in (name, *row.get("aliases", ())):
            yield known, entry, row.get("adjectives", [])


@cache
def names() -> Index:
    """Return the index of known places and organizations."""
    kinds = ("place", "organization")
    return Index([(name, entry) for kind in kinds for name, entry, _ in _entries(kind)])


@cache
def adjectives() -> dict[str, Entry]:
    """Return places by the lemma of their relational adjective (``китайский``: Китай)."""
    return {adj: entry for _, entry, adjs in _entries("place") for adj in adjs}


@cache
def capitals() -> dict[str, str]:
    """Return the capital or administrative centre of a territory by the territory's name."""
    return {
        row["name"]: row["capital"] for row in table("ru", "places")["place"] if "capital" in row
    }


@cache
def seat(adjective: str) -> Entry | None:
    """Return the town that an adjective of a region can mean as well: омский, Омск."""
    region = adjectives().get(adjective)
    capital = capitals().get(region.name, "") if region else ""
    same = capital.lower()[:STEM] == adjective[:STEM]
    return next((e for name, e, _ in _entries("place") if same and name == capital), None)


@cache
def descriptors() -> dict[str, tuple[tuple[tuple[Key, ...], Descriptor], ...]]:
    """Return descriptors by the lemma of their head, the longest first."""
    found: dict[str, list[tuple[tuple[Key, ...], Descriptor]]] = defaultdict(list)
    for row in table("ru", "descriptors")["descriptor"]:
        for lemma in row["lemmas"]:
            parts = tuple(lemma.split())
            head = next((i for i, w in enumerate(parts) if _is_noun(w)), len(parts) - 1)
            entry = Descriptor(
                lemma, row["class"], row.get("plain", False), head, len(parts) - head - 1
            )
            found[parts[head]].append((tuple(forms(part) for part in parts), entry))
    return {k: tuple(sorted(v, key=lambda e: -len(e[0]))) for k, v in found.items()}


def _is_noun(word: str) -> bool:
    return any(p.tag.POS == "NOUN" and "nomn" in p.tag for p in analyzer().parse(word)[:2])


def descriptor(doc: Doc, i: int) -> Descriptor | None:
    """Return the descriptor whose head is token ``i``; hyphenated nouns by their last part.

    A descriptor written with a capital (Северо-Восток) is one only so.
    """
    token = doc[i]
    if token.pos_ not in {"NOUN", "PROPN", "X", "ADJ", "VERB"}:
        return None
    whole = [token.lemma_, *sorted(forms(token.text))]
    titles = [form.title() for form in whole if token.text.istitle()]
    last = token.lemma_.rpartition("-")[2]
    bare = [last.removeprefix(p) for p in table("ru", "grammar")["words"]["prefixes"]]
    for lemma in (*whole, *titles, last, *(b for b in bare if b != last)):
        for parts, found in descriptors().get(lemma, ()):
            start = i - found.before
            window = doc[max(start, 0) : i + found.after + 1]
            if len(window) == len(parts) and all(
                t.i == i or part & token_forms(t) for part, t in zip(parts, window, strict=True)
            ):
                return found if found.cls else None
    return None


def is_known(token: Token) -> bool:
    """Tell whether the dictionary has a word at all."""
    return any(p.is_known for p in analyzer().parse(token.text))


def is_common(token: Token) -> bool:
    """Tell whether the dictionary has a word first of all as a common noun."""
    readings = [p for p in analyzer().parse(token.text) if p.is_known]
    proper = {"Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Abbr"}
    return bool(readings) and not proper & set(map(str, readings[0].tag.grammemes))


def is_post(token: Token) -> bool:
    """Tell whether a token is a noun that names a post."""
    listed = words("ru", "posts")
    lemmas = {token.lemma_, *forms(token.text)}
    lemmas |= {lemma.rpartition("-")[2] for lemma in lemmas}
    # замакима, замминистра: the deputy of a listed post, in the genitive
    for prefix in table("ru", "grammar")["words"]["deputy"]:
        if token.lower_.startswith(prefix) and len(token) > len(prefix) + 3:
            lemmas |= forms(token.lower_.removeprefix(prefix))
    return token.pos_ in {"NOUN", "PROPN", "ADJ", "X"} and not listed.isdisjoint(lemmas)


def is_occupation(token: Token) -> bool:
    """Tell whether a token names what a person may be in a body: экономист, член."""
    return token.pos_ == "NOUN" and token.lemma_ in words("ru", "occupations")
