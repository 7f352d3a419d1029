"""Read a store back into the records of ``kg.model``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from pyoxigraph import Literal, NamedNode

from kg.graph.terms import VIEW, Terms, article_iri, selector_of
from kg.model import Article, Claim, Cue, Entity, Evidence, Fact, Mention, Name, Span, Value
from kg.ontology import ENTITY, Ontology, local
from kg.store import Node, Quad, Store

Place = tuple[NamedNode, NamedNode]
"""A node, and the graph it stands in."""


class Records:
    """What a store holds, as records, each built once; for one reading, not across writes.

    A record of a damaged graph has empty fields where something is missing; ``check`` tells.
    """

    def __init__(self, store: Store, ontology: Ontology) -> None:
        self._store = store
        self._ontology = ontology
        self._articles: dict[NamedNode, Article] = {}
        self._entities: dict[NamedNode, Entity] = {}
        self._mentions: dict[Place, Mention] = {}

    def article(self, iri: NamedNode) -> Article:
        """Return an article without its text, which is not kept."""
        if iri not in self._articles:
            node = self._node((iri, iri))
            self._articles[iri] = Article(
                id=node.text(Terms.IDENTIFIER) or local(iri.value),
                text="",
                title=node.text(Terms.TITLE),
                url=node.text(Terms.URL),
                publisher=node.text(Terms.PUBLISHER),
                published=_date(node.text(Terms.DATE)),
                lang=node.text(Terms.LANGUAGE),
            )
        return self._articles[iri]

    def entity(self, iri: NamedNode) -> Entity:
        """Return an entity under its label and its finest class."""
        if iri not in self._entities:
            node = _Node(self._store.match(iri, None, None, VIEW))
            self._entities[iri] = Entity(
                iri.value,
                self._finest(iri, node.names(Terms.TYPE)),
                node.text(Terms.PREF_LABEL) or local(iri.value),
                _forms(node.all(Terms.ALT_LABEL)),
                tuple(n.value for n in node.all(Terms.SAME_AS)),
                getattr(node.one(Terms.PREF_LABEL), "language", None) or "",
            )
        return self._entities[iri]

    def mention(self, place: Place) -> Mention:
        """Return the mention of an entity."""
        if place not in self._mentions:
            node = self._node(place)
            (start, end), text = self._where(place)
            self._mentions[place] = Mention(
                start,
                end,
                text,
                min(node.names(Terms.MENTION_CLASS), default=ENTITY),
                node.text(Terms.NORMAL_FORM),
                aliases=_forms(node.all(Terms.ALTERNATIVE_FORM)),
            )
        return self._mentions[place]

    def facts(self, statements: Iterable[Place], *, denied: bool) -> Iterator[Fact]:
        """Yield the facts that statements make, sorted by label; claims by date and place."""
        claims: dict[tuple[NamedNode, NamedNode, Node], list[Claim]] = {}
        for place in dict.fromkeys(statements):
            node = self._node(place)
            subject, predicate = node.iri(Terms.SUBJECT), node.iri(Terms.PREDICATE)
            obj = node.one(Terms.OBJECT)
            if not (subject and predicate and obj):
                continue
            if denied or node.one(Terms.POLARITY) == Terms.POSITIVE:
                key = (subject, predicate, obj)
                claims.setdefault(key, []).extend(self._claims(place, node, predicate, obj))
        facts = [self._fact(*key, found) for key, found in claims.items() if found]
        yield from sorted(facts, key=_by_label)

    def _fact(
        self, subject: NamedNode, predicate: NamedNode, obj: Node, claims: list[Claim]
    ) -> Fact:
        ordered = tuple(sorted(claims, key=self._by_date))
        thing = self.entity(obj) if isinstance(obj, NamedNode) else _value(obj, ordered[0].object)
        return Fact(self.entity(subject), local(predicate.value), thing, ordered)

    def _claims(
        self, place: Place, node: _Node, predicate: NamedNode, obj: Node
    ) -> Iterator[Claim]:
        """Yield a claim for each sentence of a statement, and each speaker in it."""
        graph = place[1]
        subjects = self._all(node, Terms.SUBJECT_MENTION, graph)
        objects = self._all(node, Terms.OBJECT_MENTION, graph)
        score = float(node.text(Terms.CONFIDENCE) or 0)
        for iri in node.iris(Terms.EVIDENCE):
            evidence = self._node((iri, graph))
            span, quote = self._where((iri, graph))
            extractors = ", ".join(n.value for n in evidence.all(Terms.EXTRACTOR))
            other = _nearest(objects, span)
            cue = self._cue(evidence.iri(Terms.CUE), graph)
            for speaker in (*evidence.iris(Terms.SPOKEN_BY),) or (None,):
                yield Claim(
                    subject=_nearest(subjects, span),
                    relation=local(predicate.value),
                    object=other if isinstance(obj, NamedNode) else _value(obj, other),
                    modality=_name(node.one(Terms.MODALITY)),
                    polarity=_name(node.one(Terms.POLARITY)),
                    attributed_to=self._speaker(speaker, graph, span) if speaker else None,
                    evidence=Evidence(self.article(graph).id, *span, quote, extractors, score, cue),
                )

    def _cue(self, iri: NamedNode | None, graph: NamedNode) -> Cue | None:
        if iri is None:
            return None
        (start, end), text = self._where((iri, graph))
        return Cue(start, end, text)

    def _speaker(self, entity: NamedNode, graph: NamedNode, span: Span) -> Mention:
        found = self._store.match(None, Terms.REFERS_TO, entity, graph)
        return _nearest([self.mention((q.subject, graph)) for q in found], span)

    def _all(self, node: _Node, role: NamedNode, graph: NamedNode) -> list[Mention]:
        return [self.mention((iri, graph)) for iri in node.iris(role)]

    def _node(self, place: Place) -> _Node:
        node, graph = place
        return _Node(self._store.match(node, None, None, graph))

    def _where(self, place: Place) -> tuple[Span, str]:
        selector = self._node((selector_of(place[0]), place[1]))
        span = int(selector.text(Terms.START) or 0), int(selector.text(Terms.END) or 0)
        return span, selector.text(Terms.EXACT)

    def _finest(self, iri: NamedNode, classes: list[str]) -> str:
        known = [c for c in classes if c in self._ontology.classes]
        above = {a for c in known for a in self._ontology.ancestors(c)[1:]}
        leaves = sorted(set(classes) - above)
        if len(leaves) < 2:
            return leaves[0] if leaves else ENTITY
        # The articles disagree: most mentions decide, then the name.
        votes = Counter(
            _name(q.object)
            for mention in self._store.match(None, Terms.REFERS_TO, iri)
            for q in self._store.match(
                mention.subject, Terms.MENTION_CLASS, None, mention.graph_name
            )
        )
        return min(leaves, key=lambda c: (-votes[c], c))

    def _by_date(self, claim: Claim) -> tuple[str, str, int, int, str]:
        evidence = claim.evidence
        published = self.article(article_iri(evidence.article)).published
        speaker = claim.attributed_to.text if claim.attributed_to else ""
        return (str(published or ""), evidence.article, evidence.start, evidence.end, speaker)


class _Node:
    """The properties of one node, each with its values in order of spelling."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._values: dict[NamedNode, list[Node]] = {}
        for quad in quads:
            self._values.setdefault(quad.predicate, []).append(quad.object)

    def all(self, predicate: NamedNode) -> list[Node]:
        return sorted(self._values.get(predicate, ()), key=str)

    def one(self, predicate: NamedNode) -> Node | None:
        return next(iter(self.all(predicate)), None)

    def text(self, predicate: NamedNode) -> str:
        found = self.one(predicate)
        return found.value if found else ""

    def iris(self, predicate: NamedNode) -> list[NamedNode]:
        return [n for n in self.all(predicate) if isinstance(n, NamedNode)]

    def iri(self, predicate: NamedNode) -> NamedNode | None:
        return next(iter(self.iris(predicate)), None)

    def names(self, predicate: NamedNode) -> list[str]:
        return [local(n.value) for n in self.all(predicate)]


def _nearest(mentions: list[Mention], span: Span) -> Mention:
    """Return the first mention within a sentence, else the one nearest to it."""
    if not mentions:
        return Mention(span[0], span[0], "", ENTITY, "")
    return min(
        mentions,
        key=lambda m: (max(span[0] - m.start, m.end - span[1], 0), m.start, m.end),
    )


def _value(literal: Node, words: Mention | Value) -> Value:
    plain = isinstance(literal, Literal) and literal.language is None
    datatype = local(literal.datatype.value) if isinstance(literal, Literal) and plain else ""
    return Value(words.start, words.end, words.text, datatype or "langString", literal.value)


def _forms(literals: list[Node]) -> tuple[Name, ...]:
    names = (Name(n.value, n.language or "") for n in literals if isinstance(n, Literal))
    return tuple(sorted(names))


def _name(node: object) -> str:
    return local(node.value) if isinstance(node, NamedNode) else ""


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _by_label(fact: Fact) -> tuple[str, ...]:
    other = fact.object
    shown = (other.label, other.iri) if isinstance(other, Entity) else (other.normal, "")
    return (fact.subject.label, fact.relation, *shown, fact.subject.iri)
