"""Read an article as kg does, and write down what it found as an annotator would."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg import lang
from kg.evaluate.annotation import Annotated, Form, Marking, Stated, Thing
from kg.evaluate.conventions import Conventions, conventions
from kg.model import Article, Claim, Entity, Fact, Mention, Resolution, Value
from kg.pipeline import read_article
from kg.resolve import resolve

_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_STEM = 4
"""Letters that an inflected name, or an adjective made of it, shares with the name."""


def read_system(article: Article) -> Annotated:
    """Return what the pipeline finds in an article. Raises InputError as it does."""
    return from_resolution(resolve(read_article(article)), article.origin)


def from_resolution(resolution: Resolution, name: str = "") -> Annotated:
    """Return an article's resolution, and the dates in it, as an annotated article.

    Posts are marked where a claim speaks of them; the pipeline hands out no others.
    """
    rules, article = conventions(), resolution.article
    things: dict[str, Thing] = {}
    markings: set[Marking] = set()
    for mention, entity in resolution.referents:
        names = (entity.label, *(alias.text for alias in entity.aliases))
        things[entity.iri] = Thing(entity.iri, entity.cls, tuple(dict.fromkeys(names)))
        form = Form.NAMED if is_name(mention, entity, article.text) else Form.NOMINAL
        span = (mention.start, mention.end)
        markings.add(Marking((span,), mention.cls, entity.iri, form))
    for value, cls in _values(resolution, rules):
        thing = Thing(f"{cls} {_iso(value)}", cls, (_iso(value),))
        things[thing.id] = thing
        markings.add(Marking(((value.start, value.end),), cls, thing.id))
    return Annotated(
        name or article.id,
        article.text,
        tuple(sorted(markings, key=lambda m: (m.spans, m.cls, m.thing))),
        things,
        tuple(_stated(resolution, rules)),
    )


def _values(resolution: Resolution, rules: Conventions) -> Iterator[tuple[Value, str]]:
    """Yield the dates of an article outside its frame, and the posts that claims speak of."""
    article = resolution.article
    for value in lang.grammar(article.lang).dates(article.text, article.published):
        if not any(start <= value.start < end for start, end in article.frame):
            yield value, rules.date
    for fact in resolution.facts:
        if isinstance(fact.object, Value) and not rules.dated(fact.relation):
            for claim in fact.claims:
                if isinstance(claim.object, Value):
                    yield claim.object, rules.post


def _iso(value: Value) -> str:
    """Return the value of a date as the guideline writes it, of a post its nominative."""
    days = (value.normal, value.until) if value.until else (value.normal,)
    return "/".join(f"XXXX-{d.removeprefix('--')}" if d.startswith("--") else d for d in days)


def _stated(resolution: Resolution, rules: Conventions) -> Iterator[Stated]:
    who = dict(resolution.referents)
    for fact in resolution.facts:
        for claim in fact.claims:
            yield _said(fact, claim, who, rules)


def _said(fact: Fact, claim: Claim, who: dict[Mention, Entity], rules: Conventions) -> Stated:
    other, speaker = fact.object, claim.attributed_to
    source = who.get(speaker) if speaker else None
    literal = isinstance(other, Value)
    denied = claim.polarity == rules.negative or claim.modality == rules.denied
    return Stated(
        fact.subject.iri,
        fact.relation,
        _iso(other) if isinstance(other, Value) else other.iri,
        literal,
        modality=rules.denied if denied else claim.modality,
        speaker=source.iri if source else None,
        sentence=(claim.evidence.start, claim.evidence.end),
        extractor=claim.evidence.extractor,
        confidence=claim.evidence.score,
        subject_at=((claim.subject.start, claim.subject.end),),
        object_at=((claim.object.start, claim.object.end),),
    )


def is_name(mention: Mention, entity: Entity, text: str) -> bool:
    """Tell whether the words of a mention are a name, not a noun or a pronoun that points to one.

    The record does not say: провинция and она carry the name of what they point to. A name has
    a capital within a sentence, or begins as a capitalised word of the thing's names does
    (приморский: Приморье).
    """
    if not mention.named:
        return False
    words = list(_WORDS.finditer(mention.text))
    if not words or re.search(r"\d|[A-Z«\"]", mention.text):
        return True
    capitals = [w for w in words if w.group()[0] != w.group()[0].lower()]
    begins = not re.search(r"[\w,;:(–—-]\s*$", text[: mention.start])
    first = capitals[:1] if begins and words[0] in capitals else []
    if len(capitals) > len(first):
        return True
    names = (entity.label, *(alias.text for alias in entity.aliases))
    parts = {w.casefold() for name in names for w in _WORDS.findall(name) if w[0] != w[0].lower()}
    return any(_alike(w.group().casefold(), part) for w in words for part in parts)


def _alike(word: str, name: str) -> bool:
    size = min(_STEM, len(name), len(word))
    return size > 1 and word[:size] == name[:size] and abs(len(word) - len(name)) <= len(name)
