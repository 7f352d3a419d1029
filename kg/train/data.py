"""BRAT articles as windows with numbered entities and relations."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from kg.errors import InputError
from kg.neural.labels import FORM, NAMED, PRONOUN, SAME, labelled
from kg.neural.words import Pieces, Window, Word, windows, words
from kg.standoff import Standoff, read_standoff
from kg.train.swap import Article, Names

ASSERTED = "Asserted"

WAYS = 2
"""In how many ways an article is cut into windows for training: so that what one cut parts
another holds together, and a network sees no sentence only at the edge."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A relation between the ids of two places."""

    one: str
    other: str
    relation: str
    status: str = ASSERTED
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Scheme:
    """The labels of one way to annotate; 0 of ``classes`` is no entity."""

    name: str
    classes: tuple[str, ...]
    relations: tuple[str, ...]
    statuses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A relation between the entities at two places of ``Example.entities``.

    One that careful readers differ on is ``optional``: neither to be found nor to be left out.
    """

    subject: int
    object: int
    relation: str
    status: str = ASSERTED
    optional: bool = False


@dataclass(slots=True)
class Example:
    """A window and what is annotated in it.

    ``entities`` are (first word, last word, class), both inclusive, in words of the window.
    Those are not that do not begin and end with words, stand in several pieces or over a
    window's edge, nor their relations.
    """

    article: str
    window: Window
    entities: list[tuple[int, int, str]] = field(default_factory=list)
    relations: list[Labelled] = field(default_factory=list)


@dataclass(slots=True)
class Data:
    """A folder's articles; ``entities`` and ``relations`` count what is annotated in them.

    ``inside`` counts the relations within a sentence; ``skipped`` names what cannot be read.
    """

    name: str
    examples: list[Example] = field(default_factory=list)
    articles: int = 0
    entities: int = 0
    relations: int = 0
    inside: int = 0
    skipped: list[str] = field(default_factory=list)

    def scheme(self) -> Scheme:
        """Return the labels that occur."""
        classes = {c for e in self.examples for *_, c in e.entities}
        relations = {r.relation for e in self.examples for r in e.relations}
        statuses = {r.status for e in self.examples for r in e.relations} | {ASSERTED}
        return Scheme(self.name, tuple(sorted(classes)), tuple(sorted(relations)),
                      tuple(sorted(statuses)))  # fmt: skip


def read(
    folder: Path, name: str, pieces: Pieces, size: int, symmetric: Collection[str] = (),
    ways: int = 1, swaps: int = 0,
) -> Data:  # fmt: skip
    """Return the annotated articles of a folder, those that cannot be read skipped and named.

    ``symmetric`` relations are taken both ways, whichever way they are drawn. Each article is
    cut into windows in so many ``ways``, and stands there ``swaps`` times more with names
    exchanged, which are not counted. Raises InputError where there is none at all.
    """
    data = Data(name)
    articles: list[Article] = []
    for path in sorted(folder.glob("*.ann")):
        try:
            found = read_standoff(path)
            text = path.with_suffix(".txt").read_text(encoding="utf-8-sig")
        except (InputError, OSError, UnicodeDecodeError) as error:
            data.skipped.append(f"{path.name}: {error}")
            continue
        articles.append(Article(path.stem, text, found))
    if not articles:
        raise InputError(f"{folder} holds no BRAT articles; give a folder with .txt and .ann")
    data.articles = len(articles)
    names, dice = Names(articles if swaps else ()), random.Random(name)  # noqa: S311  # no secrets
    for article in articles:
        _count(data, article, pieces, symmetric)
        for one in (article, *(names.swapped(article, dice) for _ in range(swaps))):
            data.examples += _examples(one, pieces, size, symmetric, ways)
    return data


def joined(parts: Sequence[Data]) -> list[Data]:
    """Return the data of some folders, those of one name as one."""
    found: dict[str, Data] = {}
    for part in parts:
        whole = found.setdefault(part.name, Data(part.name))
        whole.examples += part.examples
        whole.articles += part.articles
        whole.entities += part.entities
        whole.relations += part.relations
        whole.inside += part.inside
        whole.skipped += part.skipped
    return list(found.values())


def _count(data: Data, article: Article, pieces: Pieces, symmetric: Collection[str]) -> None:
    said = words(article.text, pieces)
    at = dict(_placed(article.found, said))
    sure = [d for d in _stated(article.found, symmetric) if not d.optional]
    data.entities += len(article.found.places)
    data.relations += len(sure)
    data.inside += sum(_sentence(d.one, at, said) == _sentence(d.other, at, said) for d in sure)


def _examples(
    article: Article, pieces: Pieces, size: int, symmetric: Collection[str], ways: int
) -> Iterator[Example]:  # fmt: skip
    found = article.found
    said = words(article.text, pieces)
    at = dict(_placed(found, said))
    forms = {a.target: a.value for a in found.attributes if a.type == FORM and a.value != NAMED}
    drawn = list(_stated(found, symmetric))
    drawn += [_Drawn(one, other, SAME) for one, other in _same(found, forms)]
    begin = 0
    cuts = (windows(said, pieces, size, size * way // ways) for way in range(ways))
    for window in chain.from_iterable(cuts):
        begin = begin if begin < len(said) else 0
        end = begin + len(window.words)
        example = Example(article.name, window)
        number: dict[str, int] = {}
        for key in sorted(at, key=lambda k: at[k]):
            first, last = at[key]
            if begin <= first and last < end:
                number[key] = len(example.entities)
                cls = labelled(found.places[key].type, forms.get(key, NAMED))
                example.entities.append((first - begin, last - begin, cls))
        example.relations = [
            Labelled(number[d.one], number[d.other], d.relation, d.status, d.optional)
            for d in drawn if d.one in number and d.other in number
        ]  # fmt: skip
        yield example
        begin = end


def _placed(found: Standoff, said: Sequence[Word]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield what begins and ends with words, by id: first and last word."""
    starts = {word.start: i for i, word in enumerate(said)}
    ends = {word.end: i for i, word in enumerate(said)}
    for key, place in found.places.items():
        (start, end), *more = place.spans
        if not more and start in starts and end in ends:
            yield key, (starts[start], ends[end])


def _sentence(key: str, at: Mapping[str, tuple[int, int]], said: Sequence[Word]) -> int | str:
    """Return the number of the sentence where something stands; of what has no place, its id."""
    return said[at[key][0]].sentence if key in at else key


def _stated(found: Standoff, symmetric: Collection[str]) -> Iterator[_Drawn]:
    status = {a.target: a.value for a in found.attributes if a.type == "Modality"}
    status |= {a.target: "Denied" for a in found.attributes if a.type == "Negation"}
    optional = {a.target for a in found.attributes if a.type == "Optional"}
    for key, link in found.links.items():
        said = status.get(key, ASSERTED)
        drawn = _Drawn(link.one, link.other, link.type, said, key in optional)
        yield drawn
        if link.type in symmetric:
            yield replace(drawn, one=drawn.other, other=drawn.one)


def _same(found: Standoff, forms: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each described or pronominal mention with each other of its chain but pronouns."""
    for _, mentions in found.chains:
        told = [key for key in mentions if forms.get(key) != PRONOUN]
        yield from (
            (key, other) for key in mentions if key in forms for other in told if other != key
        )
