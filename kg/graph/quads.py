"""One resolved article as quads: its mentions, its statements, and where each one stands.

    article ←oa:hasSource── mention ──kg:refersTo→ entity
       ↑                       ↑ kg:subjectMention, kg:objectMention
       └prov:wasDerivedFrom─ statement ──kg:evidence→ evidence (oa:hasSource → article)

Mentions and evidence each have a selector: the exact words, and their place in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from kg.errors import InputError
from kg.graph.memberships import Stated, event_dates, memberships
from kg.graph.terms import (
    CUES,
    MENTIONS,
    Terms,
    article_iri,
    concept,
    evidence_iri,
    minted,
    selector_of,
    statement_iri,
    typed,
    web_address,
)
from kg.model import Article, Claim, Cue, Entity, Fact, Mention, Resolution, Value
from kg.ontology import Ontology
from kg.store import Node, Quad

Party = tuple[Mention | Value, Node]
Triple = tuple[NamedNode, NamedNode, Node]


def article_quads(resolution: Resolution, ontology: Ontology) -> tuple[Quad, ...]:
    """Return the named graph of an article, each quad once, in order of text.

    Raises InputError for what RDF cannot hold (half a surrogate pair, an IRI with a space) and
    for a class or relation that the ontology does not know.
    """
    try:
        writer = _Writer(resolution, ontology)
        graph = writer.iri
        return tuple(Quad(*triple, graph) for triple in dict.fromkeys(writer.triples()))
    except UnicodeEncodeError as error:
        message = f"article {resolution.article.id} holds half a surrogate pair; save it as UTF-8"
        raise InputError(message) from error
    except ValueError as error:
        message = f"article {resolution.article.id} cannot be written as RDF: {error}"
        raise InputError(message) from error


@dataclass(slots=True)
class _Sentence:
    """What is said in one sentence of one statement."""

    quote: str
    extractors: set[str] = field(default_factory=set)
    speakers: set[NamedNode] = field(default_factory=set)
    cues: set[Cue] = field(default_factory=set)


@dataclass(slots=True)
class _Statement:
    """The claims of one fact in one article, as they gather."""

    polarity: str
    modalities: set[str] = field(default_factory=set)
    scores: list[float] = field(default_factory=list)
    mentions: dict[NamedNode, set[NamedNode]] = field(default_factory=dict)
    sentences: dict[tuple[int, int], _Sentence] = field(default_factory=dict)


class _Writer:
    def __init__(self, resolution: Resolution, ontology: Ontology) -> None:
        self._article = resolution.article
        self._facts = resolution.facts
        self._ontology = ontology
        self._referents = resolution.referents
        self._entities = {(m.start, m.end, m.cls): e for m, e in resolution.referents}
        self.iri = article_iri(resolution.article.id)
        self._stated: list[Stated] = []

    def triples(self) -> Iterator[Triple]:
        yield from self._head(self._article)
        for mention, entity in self._parties():
            yield from self._mention(mention, entity)
        for value, relation in self._values():
            node = self._place(value, relation)
            yield from self._stands(node, Terms.MENTION, value.start, value.end, value.text)
        gathered: dict[tuple[NamedNode, NamedNode, Node, str], _Statement] = {}
        for fact in self._facts:
            for claim in fact.claims:
                self._gather(gathered, fact, claim)
        dates = event_dates(self._stated, self._ontology)
        for key, statement in gathered.items():
            yield from self._statement(*key[:3], statement)
            for end in (key[0], key[2]):
                if end in dates:
                    yield (self._iri(*key), Terms.EVENT_DATE, dates[end])
        yield from memberships(self._article, self.iri, self._stated, self._ontology)

    def _head(self, article: Article) -> Iterator[Triple]:
        yield (self.iri, Terms.TYPE, Terms.ARTICLE)
        yield (self.iri, Terms.IDENTIFIER, Literal(article.id))
        yield (self.iri, Terms.LANGUAGE, Literal(article.lang))
        if article.title:
            yield (self.iri, Terms.TITLE, self._words(article.title))
        if article.publisher:
            article.publisher.encode()  # Oxigraph's own word for half a pair is another
            yield (self.iri, Terms.PUBLISHER, Literal(article.publisher))
        if article.published:
            yield (self.iri, Terms.DATE, typed(article.published.isoformat(), "date"))
        if article.url:
            yield (self.iri, Terms.URL, web_address(article.url))

    def _words(self, text: str) -> Literal:
        return Literal(text, language=self._article.lang)

    def _parties(self) -> Iterator[tuple[Mention, Entity]]:
        """Yield every mention that is resolved or claimed, the first of each place and entity."""
        claimed = (
            pair
            for fact in self._facts
            for claim in fact.claims
            for pair in ((claim.subject, fact.subject), (claim.object, fact.object))
        )
        seen = set()
        for mention, entity in (*self._referents, *claimed):
            if isinstance(mention, Mention) and isinstance(entity, Entity):
                known = self._entity(mention, entity)
                key = (mention.start, mention.end, known.iri)
                if key not in seen:
                    seen.add(key)
                    yield mention, known

    def _values(self) -> Iterator[tuple[Value, str]]:
        for fact in self._facts:
            for claim in fact.claims:
                if isinstance(claim.object, Value):
                    yield claim.object, fact.relation

    def _entity(self, mention: Mention, otherwise: Entity) -> Entity:
        return self._entities.get((mention.start, mention.end, mention.cls), otherwise)

    def _mention(self, mention: Mention, entity: Entity) -> Iterator[Triple]:
        node = self._place(mention, entity.iri)
        if mention.cls not in self._ontology.classes:
            raise ValueError(f"the ontology has no class {mention.cls!r}")
        yield (node, Terms.REFERS_TO, NamedNode(entity.iri))
        yield (node, Terms.MENTION_CLASS, concept(mention.cls))
        yield (node, Terms.NORMAL_FORM, self._words(mention.normal))
        for name in mention.aliases:
            yield (node, Terms.ALTERNATIVE_FORM, Literal(name.text, language=name.lang))
        for iri in entity.same_as:
            yield (node, Terms.IDENTITY, NamedNode(iri))
        yield from self._stands(node, Terms.MENTION, mention.start, mention.end, mention.text)

    def _place(self, words: Mention | Value, stands_for: str) -> NamedNode:
        return minted(MENTIONS, self._article.id, words.start, words.end, stands_for)

    def _stands(
        self, node: NamedNode, cls: NamedNode, start: int, end: int, text: str
    ) -> Iterator[Triple]:
        selector = selector_of(node)
        yield (node, Terms.TYPE, cls)
        yield (node, Terms.HAS_SOURCE, self.iri)
        yield (node, Terms.HAS_SELECTOR, selector)
        yield (selector, Terms.TYPE, Terms.SELECTOR_CLASS)
        yield (selector, Terms.EXACT, self._words(text))
        yield (selector, Terms.START, typed(str(start), "integer"))
        yield (selector, Terms.END, typed(str(end), "integer"))

    def _gather(
        self,
        gathered: dict[tuple[NamedNode, NamedNode, Node, str], _Statement],
        fact: Fact,
        claim: Claim,
    ) -> None:
        if fact.relation not in self._ontology.relations:
            raise ValueError(f"the ontology has no relation {fact.relation!r}")
        relation = self._ontology.relations[fact.relation]
        first, second = self._ends(fact, claim)
        if relation.symmetric and str(second[1]) < str(first[1]):
            first, second = second, first
        key = (_iri(first[1]), NamedNode(relation.iri), second[1], claim.polarity)
        statement = gathered.setdefault(key, _Statement(claim.polarity))
        statement.modalities.add(claim.modality)
        statement.scores.append(claim.evidence.score)
        for role, (words, node) in ((Terms.SUBJECT_MENTION, first), (Terms.OBJECT_MENTION, second)):
            stands_for = fact.relation if isinstance(words, Value) else _iri(node).value
            statement.mentions.setdefault(role, set()).add(self._place(words, stands_for))
        span = (claim.evidence.start, claim.evidence.end)
        sentence = statement.sentences.setdefault(span, _Sentence(claim.evidence.quote))
        sentence.extractors.update(claim.evidence.extractors)
        if claim.evidence.cue:
            sentence.cues.add(claim.evidence.cue)
        if claim.attributed_to:
            sentence.speakers.add(self._speaker(claim.attributed_to))
        if concept(claim.polarity) == Terms.POSITIVE:
            self._stated.append(
                Stated(
                    self._iri(*key),
                    key[0],
                    fact.relation,
                    key[2],
                    asserted=claim.modality == self._ontology.scheme("Modality")[0],
                    sentence=span,
                    words=(claim.object.start, claim.object.end),
                )
            )

    def _iri(self, subject: NamedNode, predicate: NamedNode, obj: Node, polarity: str) -> NamedNode:
        return statement_iri(self._article.id, subject, predicate, obj, polarity)

    def _ends(self, fact: Fact, claim: Claim) -> tuple[Party, Party]:
        """Return both parties of a claim: the words, and what they stand for."""
        subject = NamedNode(self._entity(claim.subject, fact.subject).iri)
        if isinstance(claim.object, Value):
            return (claim.subject, subject), (claim.object, self._literal(claim.object))
        if isinstance(fact.object, Value):
            raise ValueError(f"a claim of {fact.relation!r} has no value though its fact has one")
        obj = NamedNode(self._entity(claim.object, fact.object).iri)
        return (claim.subject, subject), (claim.object, obj)

    def _literal(self, value: Value) -> Literal:
        if value.datatype == "langString":
            return self._words(value.normal)
        return typed(value.normal, value.datatype)

    def _speaker(self, mention: Mention) -> NamedNode:
        entity = self._entities.get((mention.start, mention.end, mention.cls))
        if entity is None:
            raise ValueError(f"the speaker {mention.text!r} is not among the resolved mentions")
        return NamedNode(entity.iri)

    def _statement(
        self, subject: NamedNode, predicate: NamedNode, obj: Node, statement: _Statement
    ) -> Iterator[Triple]:
        node = self._iri(subject, predicate, obj, statement.polarity)
        yield (node, Terms.TYPE, Terms.STATEMENT)
        yield (node, Terms.TYPE, Terms.RDF_STATEMENT)
        yield (node, Terms.SUBJECT, subject)
        yield (node, Terms.PREDICATE, predicate)
        yield (node, Terms.OBJECT, obj)
        yield (node, Terms.MODALITY, concept(self._strongest(statement.modalities)))
        yield (node, Terms.POLARITY, concept(statement.polarity))
        # Further sentences of the article do not make the surest one less sure.
        yield (node, Terms.CONFIDENCE, _decimal(max(statement.scores)))
        yield (node, Terms.DERIVED_FROM, self.iri)
        for role, mentions in statement.mentions.items():
            for mention in sorted(mentions, key=str):
                yield (node, role, mention)
        for (start, end), sentence in statement.sentences.items():
            place = evidence_iri(self._article.id, start, end, node)
            yield (node, Terms.EVIDENCE, place)
            yield from self._stands(place, Terms.EVIDENCE_CLASS, start, end, sentence.quote)
            for extractor in sorted(sentence.extractors):
                yield (place, Terms.EXTRACTOR, Literal(extractor))
            for cue in sorted(sentence.cues):
                word = minted(CUES, self._article.id, cue.start, cue.end)
                yield (place, Terms.CUE, word)
                yield from self._stands(word, Terms.CUE_CLASS, cue.start, cue.end, cue.text)
            for speaker in sorted(sentence.speakers, key=str):
                yield (node, Terms.ATTRIBUTED_TO, speaker)
                yield (place, Terms.SPOKEN_BY, speaker)

    def _strongest(self, modalities: Iterable[str]) -> str:
        order = self._ontology.scheme("Modality")
        unknown = sorted(set(modalities) - set(order))
        if unknown:
            raise ValueError(f"the ontology has no modality {unknown[0]!r}")
        return min(modalities, key=order.index)


def _iri(node: Node) -> NamedNode:
    if not isinstance(node, NamedNode):
        raise ValueError(f"{node} stands where an entity must")
    return node


def _decimal(score: float) -> Literal:
    if not 0 <= score <= 1:
        raise ValueError(f"the score {score} is not between 0 and 1")
    # With a point, for Turtle then writes it as a bare number; no more digits than Oxigraph keeps.
    return typed(str(Decimal(str(round(score, 4))).normalize() + Decimal("0.0")), "decimal")
