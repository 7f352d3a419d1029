"""``kg facts``: what the graph says, each fact with the sentences that say it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

import click

from kg.cli.arguments import GRAPH
from kg.cli.opening import opened
from kg.cli.terminal import line, say
from kg.errors import InputError
from kg.model import Article, Claim, Entity, Fact, Value
from kg.ontology import Ontology, load

LANG = "ru"


@click.command
@GRAPH
@click.option("--about", metavar="NAME", help="Only facts about this, by any of its names.")
@click.option("--relation", metavar="R", help="Only this relation; kg ontology lists them.")
@click.option("--modality", metavar="M", help="Only what is said so: Asserted, Planned, …")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Give the first N facts.")
@click.option("--json", "as_json", is_flag=True, help="Write a JSON object a line.")
def command(
    graph: str,
    about: str | None,
    relation: str | None,
    modality: str | None,
    limit: int | None,
    *,
    as_json: bool,
) -> None:
    """List facts with the sentences that say them.

    GRAPH is a graph file, a store's folder or the address of a SPARQL server.

    \b
    kg facts graph.ttl --about Хэйлунцзян
    kg facts archive.kg --relation visited --modality Planned --json
    """
    ontology = load()
    wanted = None if modality is None else _modality(ontology, modality)
    with opened(graph) as source:
        found = source.facts(about=about, relation=relation)
        if wanted is not None:
            found = _said_as(wanted, found)
        facts = tuple(islice(found, limit))
        articles = {article.id: article for article in source.articles()}
    for fact in facts:
        if as_json:
            click.echo(json.dumps(_record(fact, articles), ensure_ascii=False))
        else:
            click.echo("\n".join(_lines(fact, articles, ontology)))
    if not facts:
        say("no facts of that kind")


def _modality(ontology: Ontology, name: str) -> str:
    known = {concept.casefold(): concept for concept in ontology.scheme("Modality")}
    if name.casefold() not in known:
        raise InputError(f"there is no modality {name!r}; known are {', '.join(known.values())}")
    return known[name.casefold()]


def _said_as(modality: str, facts: Iterable[Fact]) -> Iterator[Fact]:
    """Yield the facts that are said in this modality, with the claims that say them so."""
    for fact in facts:
        claims = tuple(claim for claim in fact.claims if claim.modality == modality)
        if claims:
            yield replace(fact, claims=claims)


def _lines(fact: Fact, articles: dict[str, Article], ontology: Ontology) -> Iterator[str]:
    relation = ontology.relations.get(fact.relation)
    label = f"{relation.label(LANG)} ({fact.relation})" if relation else fact.relation
    yield line(f"{fact.subject.label} — {label} → {_name(fact.object)}")
    for claim in fact.claims:
        yield f"    «{line(claim.evidence.quote)}»"
        yield "    " + line(", ".join(_source(claim, articles[claim.evidence.article], ontology)))


def _source(claim: Claim, article: Article, ontology: Ontology) -> Iterator[str]:
    """Yield what is to be known of a claim besides its sentence."""
    yield article.title or article.url or article.id
    if article.published:
        yield article.published.isoformat()
    if claim.modality not in ontology.scheme("Modality")[:1] and claim.modality:
        concept = ontology.concepts.get(claim.modality)
        yield concept.label(LANG) if concept else claim.modality
    if claim.attributed_to:
        yield f"говорит {claim.attributed_to.normal}"
    yield f"{claim.evidence.score:.2f}"


def _name(thing: Entity | Value) -> str:
    return thing.label if isinstance(thing, Entity) else thing.normal


def _record(fact: Fact, articles: dict[str, Article]) -> dict[str, object]:
    return {
        "subject": _thing(fact.subject),
        "relation": fact.relation,
        "object": _thing(fact.object),
        "claims": [_claim(claim, articles[claim.evidence.article]) for claim in fact.claims],
    }


def _thing(thing: Entity | Value) -> dict[str, str]:
    if isinstance(thing, Value):
        return {"value": thing.normal, "datatype": thing.datatype}
    return {"iri": thing.iri, "class": thing.cls, "label": thing.label}


def _claim(claim: Claim, article: Article) -> dict[str, object]:
    evidence = claim.evidence
    return {
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "modality": claim.modality,
        "polarity": claim.polarity,
        "attributed_to": claim.attributed_to.normal if claim.attributed_to else None,
        "extractor": evidence.extractor,
        "score": evidence.score,
        "article": article.id,
        "title": article.title,
        "url": article.url,
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else None,
    }
