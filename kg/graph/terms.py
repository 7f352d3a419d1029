"""The IRIs that Python may name: how a fact is known, never what is known.

Classes and relations of the domain come from ``kg.ontology``; a term that is not listed here
cannot be written by mistake, for a wrong name raises AttributeError.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote, urlsplit

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.ontology import NAMESPACE

BASE = "https://w3id.org/kg/"
ENTITIES = f"{BASE}entity/"
ARTICLES = f"{BASE}article/"
STATEMENTS = f"{BASE}statement/"
EVIDENCE = f"{BASE}evidence/"
CUES = f"{BASE}cue/"
MENTIONS = f"{BASE}mention/"
MEMBERSHIPS = f"{BASE}membership/"
SELECTOR = "/selector"

PREFIXES = {
    "article": ARTICLES,
    "c": CUES,
    "dcterms": "http://purl.org/dc/terms/",
    "e": ENTITIES,
    "ev": EVIDENCE,
    "itsrdf": "http://www.w3.org/2005/11/its/rdf#",
    "kg": NAMESPACE,
    "m": MENTIONS,
    "ms": MEMBERSHIPS,
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "st": STATEMENTS,
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Declared in every export, and known to every query."""

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that RDF may hold and XML has no way to write."""

VIEW = DefaultGraph()
"""Where the plain triples stand."""


def _term(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


class Terms:
    """The structural and provenance terms, under short names."""

    TYPE = _term("rdf:type")
    SUBJECT = _term("rdf:subject")
    PREDICATE = _term("rdf:predicate")
    OBJECT = _term("rdf:object")
    REIFIES = _term("rdf:reifies")
    RDF_STATEMENT = _term("rdf:Statement")
    LABEL = _term("rdfs:label")
    PREF_LABEL = _term("skos:prefLabel")
    ALT_LABEL = _term("skos:altLabel")
    SAME_AS = _term("owl:sameAs")
    # The Internationalization Tag Set has a term for just this: the IRI elsewhere of the thing
    # that a stretch of text stands for. owl:sameAs would say that the stretch is the thing.
    IDENTITY = _term("itsrdf:taIdentRef")

    ENTITY = _term("kg:Entity")
    ARTICLE = _term("kg:Article")
    STATEMENT = _term("kg:Statement")
    MENTION = _term("kg:Mention")
    EVIDENCE_CLASS = _term("kg:Evidence")
    SELECTOR_CLASS = _term("kg:Selector")
    MODALITY = _term("kg:modality")
    POLARITY = _term("kg:polarity")
    POSITIVE = _term("kg:Positive")
    CONFIDENCE = _term("kg:confidence")
    ATTRIBUTED_TO = _term("kg:attributedTo")
    EVIDENCE = _term("kg:evidence")
    EXTRACTOR = _term("kg:extractor")
    CUE = _term("kg:cue")
    CUE_CLASS = _term("kg:Cue")
    EVENT_DATE = _term("kg:eventDate")
    AS_OF = _term("kg:asOf")
    STATED_BY = _term("kg:statedBy")
    SUBJECT_MENTION = _term("kg:subjectMention")
    OBJECT_MENTION = _term("kg:objectMention")
    REFERS_TO = _term("kg:refersTo")
    MENTION_CLASS = _term("kg:mentionClass")
    NORMAL_FORM = _term("kg:normalForm")
    ALTERNATIVE_FORM = _term("kg:alternativeForm")

    DERIVED_FROM = _term("prov:wasDerivedFrom")
    # A statement may stand in several sentences; this says whose words each of them is.
    SPOKEN_BY = _term("prov:wasAttributedTo")
    HAS_SOURCE = _term("oa:hasSource")
    HAS_SELECTOR = _term("oa:hasSelector")
    EXACT = _term("oa:exact")
    START = _term("oa:start")
    END = _term("oa:end")

    TITLE = _term("dcterms:title")
    PUBLISHER = _term("dcterms:publisher")
    DATE = _term("dcterms:date")
    LANGUAGE = _term("dcterms:language")
    IDENTIFIER = _term("dcterms:identifier")
    URL = _term("schema:url")


def concept(name: str) -> NamedNode:
    """Return the IRI of an ontology term that a record names, such as a modality."""
    return NamedNode(NAMESPACE + name)


def typed(lexical: str, datatype: str) -> Literal:
    """Return a literal of an XML Schema type."""
    return Literal(lexical, datatype=NamedNode(PREFIXES["xsd"] + datatype))


def article_iri(identifier: str) -> NamedNode:
    """Return the IRI of an article, which is also the name of its graph."""
    return NamedNode(ARTICLES + quote(identifier, safe=""))


def minted(base: str, *parts: object) -> NamedNode:
    """Return an IRI below ``base`` made from what ``parts`` say, and from nothing else."""
    content = "\0".join(str(part) for part in parts).encode()
    return NamedNode(base + hashlib.sha256(content).hexdigest()[:16])


def statement_iri(
    article: str, subject: object, predicate: object, obj: object, polarity: str
) -> NamedNode:
    """Return the IRI of what an article says of two terms."""
    return minted(STATEMENTS, article, subject, predicate, obj, polarity)


def evidence_iri(article: str, start: int, end: int, statement: NamedNode) -> NamedNode:
    """Return the IRI of a sentence as the evidence of a statement."""
    return minted(EVIDENCE, article, start, end, statement.value)


def selector_of(node: NamedNode) -> NamedNode:
    """Return the IRI of the selector of a mention or of an evidence."""
    return NamedNode(node.value + SELECTOR)


def web_address(url: str) -> NamedNode | Literal:
    """Return an IRI for a web address; a literal for what only looks like one, or may not be one.

    So that nobody who follows the IRIs of a graph runs ``javascript:`` that came with the news.
    """
    try:
        if urlsplit(url).scheme in {"http", "https"} and urlsplit(url).netloc:
            return NamedNode(url)
    except UnicodeEncodeError:
        raise
    except ValueError:
        pass
    return Literal(url)
