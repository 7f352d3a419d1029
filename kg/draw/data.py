"""The graph as the page holds it: lists that point at each other by position."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.draw.communities import communities
from kg.draw.look import Mark, Style
from kg.errors import OntologyError
from kg.graph.iris import of_claim
from kg.model import Article, Claim, Entity, Evidence, Fact, Mention, Value
from kg.ontology import ENTITY, Ontology, Term

Row = list[object]
"""A record as JSON knows it; its columns are named where ``js/graph.js`` unpacks them."""

# Bidirectional overrides reorder what stands around them, control characters and lone
# surrogates have no place in HTML. Each is replaced by one character: offsets still hold.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Records:
    """The graph in rows; ``edges`` are the positions of facts drawn as lines, with both ends."""

    kinds: list[Row]
    classes: list[Row]
    relations: list[Row]
    modalities: list[Row]
    articles: list[Row]
    sentences: list[Row]
    entities: list[Row]
    facts: list[Row]
    edges: list[tuple[int, int, int]]
    polarities: list[str]
    denied: int
    lineless: list[int]

    def labels(self) -> list[str]:
        """Return the names of the entities, by position."""
        return [str(row[1]) for row in self.entities]


def clean(text: str) -> str:
    """Return the text with a space for every character that could disturb a page."""
    return _SURROGATE.sub("\ufffd", _UNSAFE.sub(" ", text))


def tabulate(
    entities: Iterable[Entity],
    facts: Iterable[Fact],
    articles: Iterable[Article],
    ontology: Ontology,
    style: Style,
    *,
    lang: str,
    sentences: bool,
) -> Records:
    """Return the graph in rows, in an order that does not depend on the order given."""
    found = sorted(facts, key=_fact_key)
    things = {e.iri: e for e in entities}
    for fact in found:
        for thing in (fact.subject, fact.object):
            if isinstance(thing, Entity):
                things.setdefault(thing.iri, thing)
    ordered = [things[iri] for iri in sorted(things)]
    return _Tabulation(ontology, style, lang, sentences, {a.id: a for a in articles}).run(
        ordered, found
    )


def _fact_key(fact: Fact) -> tuple[str, str, str, str]:
    thing = fact.object
    other = (thing.iri, "") if isinstance(thing, Entity) else (thing.normal, thing.datatype)
    return (fact.subject.iri, fact.relation, *other)


def _claim_key(claim: Claim) -> tuple[str, int, int, int, str, str]:
    where = claim.evidence
    return (where.article, where.start, claim.subject.start, claim.object.start, *_tone(claim))


def _tone(claim: Claim) -> tuple[str, str]:
    return claim.modality, claim.polarity


@dataclass
class _Tabulation:
    """The rows so far; what each method returns is a row or a position in one of the lists."""

    ontology: Ontology
    style: Style
    lang: str
    sentences: bool
    known: dict[str, Article]
    articles: dict[str, int] = field(default_factory=dict)
    quotes: dict[tuple[int, int, str], int] = field(default_factory=dict)

    def run(self, things: Sequence[Entity], facts: Sequence[Fact]) -> Records:
        cited = {c.evidence.article for f in facts for c in f.claims} | set(self.known)
        self.articles = {name: i for i, name in enumerate(sorted(cited))}
        classes = sorted({e.cls for e in things})
        kinds = self._kinds(classes)
        relations = sorted({f.relation for f in facts})
        modalities = self._modalities(facts)
        position = {e.iri: i for i, e in enumerate(things)}
        rows: list[Row] = []
        edges = []
        denied = modalities.index(self.style.denied_modality)
        lineless = {denied, modalities.index(self.style.open_modality)}
        for fact in facts:
            claims = [self._claim(fact, c, modalities) for c in sorted(fact.claims, key=_claim_key)]
            tones = {_number(c[1]) for c in claims}
            tone = min(tones - lineless or tones - {denied}, default=denied)
            subject = position[fact.subject.iri]
            if isinstance(fact.object, Entity):
                thing: object = position[fact.object.iri]
                if tone not in lineless:
                    edges.append((len(rows), subject, position[fact.object.iri]))
            else:
                thing = _value(fact.object)
            rows.append([subject, relations.index(fact.relation), thing, tone, claims])
        grouped = communities(len(things), [(a, b) for _, a, b in edges])
        return Records(
            kinds=[[k, self._label(k), m.shape, m.light, m.dark] for k, m in kinds.items()],
            classes=[
                [c, self._label(c), list(kinds).index(self._kind(c)), self._above(c)]
                for c in classes
            ],
            relations=[self._relation(name) for name in relations],
            modalities=[self._modality(name) for name in modalities],
            articles=[_article(name, self.known.get(name)) for name in self.articles],
            sentences=[[a, clean(quote), start] for a, start, quote in self.quotes],
            entities=[
                [*_entity(e, classes.index(e.cls)), number]
                for e, number in zip(things, grouped, strict=True)
            ],
            facts=rows,
            edges=edges,
            polarities=self._polarities(),
            denied=denied,
            lineless=sorted(lineless),
        )

    def _kind(self, cls: str) -> str:
        try:
            return self.ontology.kind(cls)
        except OntologyError:  # a class above the kinds, or of another ontology
            return cls

    def _above(self, cls: str) -> list[str]:
        """The class with all above it that an entity has too."""
        if cls not in self.ontology.classes:
            return [clean(cls)]
        return [c for c in self.ontology.ancestors(cls) if self.ontology.is_a(c, (ENTITY,))]

    def _kinds(self, classes: Iterable[str]) -> dict[str, Mark]:
        """The kinds met, in the order of ``style.toml``, others after them."""
        met = {self._kind(c) for c in classes}
        styled = [k for k in self.style.marks if k in met]
        others = sorted(met - set(styled))
        return {k: self.style.marks.get(k, self.style.other) for k in styled + others}

    def _modalities(self, facts: Iterable[Fact]) -> list[str]:
        known = list(self.ontology.scheme("Modality"))
        met = {c.modality for f in facts for c in f.claims}
        extra = {*met, self.style.denied_modality, self.style.open_modality}.difference(known)
        return known + sorted(extra)

    def _polarities(self) -> list[str]:
        """What is not denied, and what is."""
        denied = self.style.denied_polarity
        affirmed = [name for name in self.ontology.scheme("Polarity") if name != denied]
        return [*affirmed[:1], denied]

    def _term(self, name: str) -> Term | None:
        tables = (self.ontology.classes, self.ontology.relations, self.ontology.concepts)
        return next((table[name] for table in tables if name in table), None)

    def _label(self, name: str) -> str:
        term = self._term(name)
        return clean(term.label(self.lang) if term else name)

    def _relation(self, name: str) -> Row:
        relation = self.ontology.relations.get(name)
        symmetric = bool(relation and relation.symmetric)
        inverse = relation.inverse if relation else ""
        back = self._label(inverse) if inverse else ""
        return [clean(name), self._label(name), back, int(symmetric)]

    def _modality(self, name: str) -> Row:
        return [clean(name), self._label(name), list(self.style.dashes.get(name, (3, 3)))]

    def _claim(self, fact: Fact, claim: Claim, modalities: Sequence[str]) -> Row:
        denied = claim.polarity == self.style.denied_polarity
        modality = self.style.denied_modality if denied else claim.modality
        where = claim.evidence
        key = (self.articles[where.article], where.start, where.quote if self.sentences else "")
        sentence = self.quotes.setdefault(key, len(self.quotes))
        marks = [*_span(claim.subject, where), *_span(claim.object, where)]
        row: Row = [sentence, modalities.index(modality), round(where.score, 4)]
        row += marks if self.sentences else [0, 0, 0, 0]
        row += [modalities.index(claim.modality), *self._iris(fact, claim)]
        return [*row, clean(claim.attributed_to.normal)] if claim.attributed_to else row

    def _iris(self, fact: Fact, claim: Claim) -> tuple[str, str]:
        """What follows the last slash in the IRIs of a claim's statement and evidence."""
        article = self.known.get(claim.evidence.article)
        try:
            found = of_claim(fact, claim, article, self.ontology) if article else ("", "")
        except ValueError:  # what only a page can hold
            return "", ""
        statement, evidence = (iri.rpartition("/")[2] for iri in found)
        return statement, evidence


def _span(part: Mention | Value, where: Evidence) -> tuple[int, int]:
    """Where a mention stands within the quote; (0, 0) where it stands outside."""
    start, end = part.start - where.start, part.end - where.start
    return (start, end) if 0 <= start < end <= len(where.quote) else (0, 0)


def _entity(entity: Entity, cls: int) -> Row:
    key = hashlib.sha256(entity.iri.encode("utf-8", "replace")).hexdigest()[:10]
    aliases = [[clean(a.text), clean(a.lang)] for a in sorted(set(entity.aliases))]
    same = [clean(iri) for iri in entity.same_as]
    return [key, clean(entity.label), cls, aliases, same, clean(entity.iri), clean(entity.lang)]


def _value(value: Value) -> Row:
    return [clean(value.normal or value.text), value.datatype, clean(value.until)]


def _article(name: str, article: Article | None) -> Row:
    if article is None:
        return ["", "", "", "", "", clean(name)]
    published = article.published.isoformat() if article.published else ""
    told = (article.title, article.publisher, published, article.url, article.lang, name)
    return [*map(clean, told)]


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
