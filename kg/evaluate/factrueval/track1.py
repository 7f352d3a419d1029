"""Track 1 of FactRuEval-2016: how well names of persons, organizations and places are found.

The rules are those of the organizers' comparator (scripts/dialent/task1, scripts/Readme.txt):

* Names are sets of tokens; of a gold mention only its name counts, not its descriptors: the
  quality of a pair is matched name tokens by matched, missed and superfluous ones.
* One answer goes with one mention of its class; what fits exactly goes together, the rest so
  that F1 of the text is highest.
* Mentions without a name, and those inside a larger one that may hold them, are not asked
  for, and what was matched with them is not counted. Of two on the same tokens one counts.

The comparator searches all ways of pairing, which takes exponential time. Here a pairing of
maximal weight is taken (networkx), the weights by Dinkelbach's method (1967) such that the sum
is highest where F1 is. The two can differ where mentions of two classes lie on the same tokens.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import networkx as nx

from kg.evaluate.factrueval.figures import Figures
from kg.evaluate.factrueval.gold import Document, Token
from kg.evaluate.factrueval.output import Marked

ORG, LOC, LOCORG, OVERALL = "org", "loc", "locorg", "overall"
NAMES = {"per": {"name", "patronymic", "nickname", "surname"}}
NAMES |= {cls: {"loc_name", "org_name"} for cls in (LOC, ORG, LOCORG)}
"""The tags of spans that are the name, by class."""
HOLDERS = {
    "per": {LOC, ORG, LOCORG},
    LOC: {LOC, ORG, LOCORG},
    ORG: {ORG, LOCORG},
    LOCORG: {ORG, LOCORG},
}
"""The classes that a mention of a class may be part of."""
EXACT = 1000.0
"""More than all other pairs of a text weigh together."""
SCALE = 10**6
TINY = 1 / SCALE
ROUNDS = 10
"""Dinkelbach's method converges faster than linearly; a few rounds are enough."""


@dataclass(frozen=True, slots=True)
class Item:
    """A mention or an answer as it is scored: its class and tokens, those of its name apart.

    ``ignored`` items are not asked for; ``twins`` are the indexes of those on the same tokens.
    """

    cls: str
    tokens: frozenset[Token]
    name: frozenset[Token] = frozenset()
    ignored: bool = False
    twins: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Slip:
    """A name that was missed, wrongly given, or found only in part, as ``instead`` has it."""

    document: str
    cls: str
    text: str
    sentence: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """The figures of track 1, by class and for ``overall``, and what went wrong."""

    figures: dict[str, Figures]
    missed: tuple[Slip, ...]
    wrong: tuple[Slip, ...]


def score_names(
    pairs: Iterable[tuple[Document, Sequence[Marked]]], *, locorg: bool = True
) -> Names:
    """Return how well the names of documents were marked.

    Without ``locorg`` that class counts as ``loc``, as with the comparator's option ``-l``.
    """
    classes = [cls for cls in NAMES if locorg or cls != LOCORG]
    figures = dict.fromkeys([*classes, OVERALL], Figures())
    missed: list[Slip] = []
    wrong: list[Slip] = []
    for document, marks in pairs:
        gold, given = _gold(document, merged=not locorg), _given(document, marks, merged=not locorg)
        matched = _matched(gold, given)
        for cls in classes:
            figures[cls] += _count(gold, given, matched, cls)
        figures[OVERALL] += _count(gold, given, matched)
        for i, item in enumerate(gold):
            if _counts(gold, i, matched):
                found = given[matched[i]] if i in matched else None
                if found is None or quality(item, found) < 1:
                    missed.append(_slip(document, item, found))
        idle = set(range(len(given))) - set(matched.values())
        wrong += [_slip(document, given[j]) for j in sorted(idle)]
    return Names(figures, tuple(missed), tuple(wrong))


def quality(gold: Item, given: Item) -> float:
    """Return how well an answer fits a mention, between 0 and 1."""
    missed = {t for t in gold.name - given.tokens if len(t.text) > 1 or t.text.isalpha()}
    hit, extra = len(gold.name & given.tokens), len(given.tokens - gold.tokens)
    counted = hit + len(missed) + extra
    return hit / counted if counted else _overlap(gold, given)


def _overlap(gold: Item, given: Item) -> float:
    if gold.cls != given.cls:
        return 0.0
    return len(gold.tokens & given.tokens) / len(gold.tokens | given.tokens)


def _gold(document: Document, *, merged: bool) -> list[Item]:
    bare = []
    for spoken in document.spoken:
        cls = LOC if merged and spoken.cls == LOCORG else spoken.cls
        name = frozenset(t for p in spoken.parts if p.tag in NAMES[cls] for t in p.tokens)
        bare.append(Item(cls, frozenset(spoken.tokens), name))
    return [_placed(item, i, bare) for i, item in enumerate(bare)]


def _placed(item: Item, place: int, items: Sequence[Item]) -> Item:
    """Return an item with what its neighbours make of it."""
    others = [(i, o) for i, o in enumerate(items) if i != place and o.cls in HOLDERS[item.cls]]
    inside = any(item.tokens < other.tokens for _, other in others)
    twins = tuple(i for i, other in others if item.tokens == other.tokens)
    return replace(item, ignored=inside or not item.name, twins=twins)


def _given(document: Document, marks: Sequence[Marked], *, merged: bool) -> list[Item]:
    """Return answers as tokens; signs that touch a word are left out (Token.isIgnored)."""
    tokens = document.tokens
    words = [
        token
        for before, token, after in zip((None, *tokens), tokens, (*tokens[1:], None), strict=False)
        if len(token.text) > 1
        or token.text.isalpha()
        or not ((before and before.end == token.start) or (after and after.start == token.end))
    ]
    items = []
    for mark in marks:
        inside = frozenset(t for t in words if mark.start <= t.start and t.end <= mark.end)
        items.append(Item(LOC if merged and mark.cls == LOCORG else mark.cls, inside))
    return items


def _matched(gold: Sequence[Item], given: Sequence[Item]) -> dict[int, int]:
    """Return which answer goes with which mention so that F1 is highest."""
    overlaps = {
        (i, j): overlap
        for i, item in enumerate(gold)
        for j, answer in enumerate(given)
        if (overlap := _overlap(item, answer))
    }
    matched: dict[int, int] = {}
    reached = -1.0
    for _ in range(ROUNDS):
        figures = _count(gold, given, matched)
        if figures.f1 <= reached:
            break
        reached = figures.f1
        graph = nx.Graph()
        for (i, j), overlap in overlaps.items():
            # F1 is 2 * right / (gold + given): who goes with an ignored one is not in it.
            worth = max(reached, TINY) if _is_spare(gold, i) else 2 * quality(gold[i], given[j])
            worth += EXACT * (overlap == 1)
            graph.add_edge((False, i), (True, j), weight=round(worth * SCALE))
        pairs = nx.max_weight_matching(graph)
        matched = dict(sorted((i, j) for (_, i), (_, j) in map(sorted, pairs)))
    return matched


def _is_spare(gold: Sequence[Item], place: int) -> bool:
    """Tell whether a mention is ignored, or will be once the twin before it is matched."""
    item = gold[place]
    return item.ignored or any(t < place and gold[t].cls == item.cls for t in item.twins)


def _count(
    gold: Sequence[Item], given: Sequence[Item], matched: dict[int, int], cls: str = ""
) -> Figures:
    """Return the figures of a text, for one class or for all."""
    own = {i: j for i, j in matched.items() if cls in ("", gold[i].cls)}
    asked = [i for i, g in enumerate(gold) if cls in ("", g.cls) and _counts(gold, i, own)]
    right = sum(quality(gold[i], given[own[i]]) for i in asked if i in own)
    taken = set(matched.values())
    idle = sum(1 for j, g in enumerate(given) if j not in taken and cls in ("", g.cls))
    return Figures(right, right, len(asked), sum(i in own for i in asked) + idle)


def _counts(gold: Sequence[Item], place: int, matched: dict[int, int]) -> bool:
    """Tell whether a mention is asked for; of twins it is the one that was found."""
    item = gold[place]
    if item.ignored:
        return False
    for twin in item.twins:
        if (place in matched) != (twin in matched):
            return place in matched
        return place < twin if gold[twin].cls == item.cls else item.cls == ORG
    return True


def _slip(document: Document, item: Item, instead: Item | None = None) -> Slip:
    first = min(item.tokens, key=lambda t: t.start, default=None)
    sentence = document.sentences[first.sentence] if first else ""
    found = _words(document, instead) if instead else ""
    return Slip(document.name, item.cls, _words(document, item), sentence, found)


def _words(document: Document, item: Item) -> str:
    if not item.tokens:
        return ""
    start, end = min(t.start for t in item.tokens), max(t.end for t in item.tokens)
    return document.text[start:end]
