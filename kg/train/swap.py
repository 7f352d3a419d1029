"""Articles with names in place of names: what is said must be learnt, not who says it."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.lang.ru.morphology import VARIANTS, analyzer
from kg.neural.labels import FORM, NAMED
from kg.standoff import Place, Standoff

_TOKEN = re.compile(r"[^\W\d_]+|\d+|\s+|.", re.DOTALL)
_RUSSIAN = re.compile(r"[А-Яа-яЁё]+")

SHARE = 0.6
"""How many of the names of an article are swapped."""

Shape = tuple[object, ...]
"""What two strings share that may stand in one place: their words' case, number and gender."""


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its annotations."""

    name: str
    text: str
    found: Standoff


class Names:
    """The names of some articles, by class, each in the forms in which it occurs."""

    def __init__(self, articles: Sequence[Article]) -> None:
        """Take the names of some articles."""
        texts = (article.text for article in articles)
        self._small = {t for text in texts for t in _TOKEN.findall(text) if t.islower()}
        self._forms: dict[str, dict[str, dict[Shape, str]]] = defaultdict(dict)
        for article in articles:
            for cls, called, places in self._groups(article):
                forms = {_shape(words): words for _, words in places}
                self._forms[cls].setdefault(called, {}).update(forms)

    def swapped(self, article: Article, dice: random.Random) -> Article:
        """Return an article with some of its names exchanged for others of their class.

        A name becomes the same other one wherever the article has it (mention replacement: Dai
        and Adel 2020), and only where that one occurs somewhere in each of the forms needed; what
        holds other names, such as a body called after its town, changes with them.
        """
        changes: set[tuple[int, int, str]] = set()
        groups = list(self._groups(article))
        used = {called for _, called, _ in groups}
        for cls, _, places in groups:
            wanted = {_shape(words) for _, words in places}
            known = self._forms[cls].items()
            fit = [called for called, f in known if wanted <= f.keys() and called not in used]
            if fit and dice.random() < SHARE:
                other = dice.choice(fit)
                used.add(other)
                forms = self._forms[cls][other]
                changes |= {(*p.spans[0], forms[_shape(words)]) for p, words in places}
        return _changed(article, sorted(changes))

    def _groups(self, article: Article) -> Iterator[tuple[str, str, list[tuple[Place, str]]]]:
        """Yield the names that hold no other mention, those of one thing together.

        What is yielded is their class, what tells the thing from others, and where they stand.
        A word that is also written small is no name: it begins a sentence.
        """
        chains = {key: f"={i}" for i, (_, keys) in enumerate(article.found.chains) for key in keys}
        forms = {a.target for a in article.found.attributes if a.type == FORM and a.value != NAMED}
        groups: dict[tuple[str, str], list[tuple[Place, str]]] = defaultdict(list)
        for place in _whole(article.found.places):
            words = article.text[slice(*place.spans[0])]
            own = {t.lower() for t in _TOKEN.findall(words) if t.isalpha()} - self._small
            if words[0].isupper() and own and place.id not in forms:
                groups[place.type, chains.get(place.id, _called([words]))].append((place, words))
        for (cls, _), places in groups.items():
            yield cls, _called([words for _, words in places]), places


def _whole(places: Mapping[str, Place]) -> Iterator[Place]:
    """Yield what stands in one piece and has no bound of another in it."""
    bounds = {at for p in places.values() for span in p.spans for at in span}
    for place in places.values():
        start, end = place.spans[0]
        if len(place.spans) == 1 and start < end and not any(start < b < end for b in bounds):
            yield place


def _called(names: Sequence[str]) -> str:
    """Return what tells a thing from others: its longest name, as the dictionary has it."""
    return " ".join(_lemma(w) for w in _TOKEN.findall(max(names, key=len)))


def _changed(article: Article, changes: Sequence[tuple[int, int, str]]) -> Article:
    parts: list[str] = []
    moves: list[tuple[int, int]] = []
    at, moved = 0, 0
    for start, end, words in changes:
        parts += [article.text[at:start], words]
        moved += len(words) - (end - start)
        moves.append((end, moved))
        at = end
    text = "".join([*parts, article.text[at:]])

    def now(old: int) -> int:
        return old + max((m for m in moves if m[0] <= old), default=(0, 0))[1]

    found = article.found
    places = {
        key: replace(p, spans=tuple((now(start), now(end)) for start, end in p.spans))
        for key, p in found.places.items()
    }
    return Article(article.name, text, replace(found, places=places))


def _shape(name: str) -> Shape:
    return tuple(_form(token) for token in _TOKEN.findall(name))


@cache
def _form(token: str) -> object:
    """Return what a token's place asks of it; of what is not Russian, which script it has."""
    if not token.isalpha():
        return "" if token.isdigit() else token
    if not _RUSSIAN.fullmatch(token):
        return token.isascii()
    first, *more = analyzer().parse(token)
    like = [r for r in more if r.normal_form == first.normal_form]
    forms = {
        (str(r.tag.number), str(r.tag.gender), VARIANTS.get(str(r.tag.case), str(r.tag.case)))
        for r in (first, *like)
    }
    return str(first.tag.POS), token.isupper(), token[0].isupper(), frozenset(forms)


@cache
def _lemma(token: str) -> str:
    return str(analyzer().parse(token)[0].normal_form) if token.isalpha() else token
