"""A page, Turtle or JSON-LD about one thing of the graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pyoxigraph
from markupsafe import Markup, escape
from pyoxigraph import NamedNode, RdfFormat

from kg import ontology
from kg.export import BUILT_IN
from kg.graph import KnowledgeGraph
from kg.graph.terms import ARTICLES, BASE, ENTITIES, PREFIXES
from kg.model import Claim, Entity, Fact
from kg.serve.pages import rendered

FORMS = ("text/html", "text/turtle", "application/ld+json")


def described(graph: KnowledgeGraph, iri: str, media: str, lang: str) -> bytes | None:
    """Return what the graph says of ``iri`` in one of ``FORMS``; None if it does not know it."""
    triples = graph.about(iri)
    if not triples:
        return None
    if media == "text/html":
        return _page(graph, iri, triples, lang).encode()
    if iri.startswith(ENTITIES):
        suffix = ".ttl" if media == "text/turtle" else ".jsonld"
        return BUILT_IN[suffix](graph.around(iri))
    form = RdfFormat.TURTLE if media == "text/turtle" else RdfFormat.JSON_LD
    return pyoxigraph.serialize(triples, format=form, prefixes=PREFIXES) or b""


def href(iri: str) -> str:
    """Return where a thing is shown: by this server, or where its address says; "" if nowhere."""
    if iri.startswith(ontology.NAMESPACE):
        return ""
    if iri.startswith(BASE):
        return "/" + quote(iri.removeprefix(BASE))
    return iri if iri.startswith(("http://", "https://")) else ""


@dataclass(frozen=True, slots=True)
class _Line:
    """A fact of an entity as its page shows it."""

    other: str
    link: str
    claims: list[dict[str, Any]]


def _page(
    graph: KnowledgeGraph, iri: str, triples: tuple[pyoxigraph.Triple, ...], lang: str
) -> str:
    found = graph.find(iri) if iri.startswith(ENTITIES) else ()
    if not found:
        return rendered("thing.html", lang, iri=iri, short=_short(iri), rows=list(_rows(triples)))
    entity = found[0]
    return rendered(
        "entity.html",
        lang,
        entity=entity,
        cls=_word(entity.cls, lang),
        groups=_groups(graph, entity, lang),
        same_as=[same for same in entity.same_as if same.startswith(("http://", "https://"))],
    )


def _rows(triples: tuple[pyoxigraph.Triple, ...]) -> Iterator[tuple[str, str, str]]:
    """Yield predicate, object as text, and the object's page, for things that are no entities."""
    for triple in sorted(triples, key=str):
        node = triple.object
        if isinstance(node, NamedNode):
            yield _short(triple.predicate.value), _short(node.value), href(node.value)
        else:
            yield _short(triple.predicate.value), getattr(node, "value", str(node)), ""


def _groups(graph: KnowledgeGraph, entity: Entity, lang: str) -> dict[str, list[_Line]]:
    titles = {article.id: article for article in graph.articles()}
    groups: dict[str, list[_Line]] = {}
    for fact in graph.facts(about=entity):
        forward = fact.subject.iri == entity.iri
        other = fact.object if forward else fact.subject
        name = other.label if isinstance(other, Entity) else other.normal
        claims = [_claim(claim, titles, lang) for claim in fact.claims]
        link = href(other.iri) if isinstance(other, Entity) else ""
        groups.setdefault(_heading(fact, forward, lang), []).append(_Line(name, link, claims))
    return dict(sorted(groups.items()))


def _heading(fact: Fact, forward: bool, lang: str) -> str:
    relations = ontology.load().relations
    relation = relations.get(fact.relation)
    if relation is None:
        return fact.relation
    if forward or relation.symmetric:
        return relation.label(lang)
    inverse = relations.get(relation.inverse)
    return inverse.label(lang) if inverse else f"← {relation.label(lang)}"


def _claim(claim: Claim, articles: dict[str, Any], lang: str) -> dict[str, Any]:
    article = articles[claim.evidence.article]
    return {
        "sentence": _marked(claim),
        "modality": _word(claim.modality, lang),
        "kind": claim.modality,
        "confidence": f"{claim.evidence.score:.2f}",
        "speaker": claim.attributed_to.normal if claim.attributed_to else "",
        "title": article.title or article.id,
        "article": href(ARTICLES + quote(article.id, safe="")),
        "date": article.published.isoformat() if article.published else "",
        "publisher": article.publisher,
        "url": article.url if article.url.startswith(("http://", "https://")) else "",
    }


def _marked(claim: Claim) -> Markup:
    """Return the sentence with the words of both parties marked, everything escaped."""
    start, quote_ = claim.evidence.start, claim.evidence.quote
    spans = sorted({(m.start - start, m.end - start) for m in (claim.subject, claim.object)})
    shown, at = Markup(), 0
    for begin, end in spans:
        if at <= begin < end <= len(quote_):
            shown += escape(quote_[at:begin]) + Markup("<mark>%s</mark>") % quote_[begin:end]
            at = end
    return shown + escape(quote_[at:])


def _word(name: str, lang: str) -> str:
    known = ontology.load()
    term = known.classes.get(name) or known.concepts.get(name)
    return term.label(lang) if term else name


def _short(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
