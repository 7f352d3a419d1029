"""A read-only view of ``ontology/*.ttl``: the only place where classes and relations exist."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SDO, SKOS, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.errors import OntologyError
from kg.resources import ontology_dir

NAMESPACE = "https://w3id.org/kg/ontology#"
ENTITY = "Entity"
"""The class above all that texts speak of; what lies outside it says how a fact is known."""


@dataclass(frozen=True, slots=True)
class Term:
    """A class, a relation or a concept, with its labels and definitions by language."""

    name: str
    iri: str
    labels: dict[str, str]
    definitions: dict[str, str]

    def label(self, lang: str) -> str:
        """Return the label in ``lang``, in English where it has none, else the name."""
        return self.labels.get(lang) or self.labels.get("en") or self.name


@dataclass(frozen=True, slots=True)
class Class(Term):
    """A class and the names of the classes right above it."""

    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relation(Term):
    """A property between entities, or from an entity to a literal.

    ``domain`` and ``range`` list classes of which one must hold; a relation to a literal has
    an empty ``range`` and a ``datatype`` (a local name of XML Schema or RDF, ``""`` for none).
    """

    domain: tuple[str, ...]
    range: tuple[str, ...]
    datatype: str
    symmetric: bool
    inverse: str


@dataclass(frozen=True, slots=True)
class Nary:
    """A class whose nodes are the facts of one relation, with what qualifies them.

    After the W3C Note "Defining N-ary Relations on the Semantic Web", pattern 1. ``cls`` and
    the properties are IRIs; ``qualifiers`` gives for a relation the property that its object
    becomes.
    """

    cls: str
    relation: str
    subject: str
    object: str
    qualifiers: dict[str, str]


class Ontology:
    """Classes, relations and vocabularies read from one folder of Turtle files."""

    def __init__(self, folder: Path) -> None:
        self._graph = Graph()
        for path in (folder / "kg.ttl", *sorted((folder / "vocab").glob("*.ttl"))):
            self._graph.parse(path, format="turtle")
        self.classes = {c.name: c for c in map(self._class, self._own(OWL.Class))}
        self.relations = {
            r.name: r
            for kind in (OWL.ObjectProperty, OWL.DatatypeProperty)
            for r in map(self._relation, self._own(kind))
            if r.domain and all(ENTITY in self.ancestors(c) for c in r.domain)
        }
        self._kinds = self._partition()

    def _own(self, kind: Node) -> list[URIRef]:
        found = {s for s in self._graph.subjects(RDF.type, kind) if isinstance(s, URIRef)}
        return sorted(s for s in found if s.startswith(NAMESPACE))

    def _texts(self, term: URIRef, predicate: URIRef) -> dict[str, str]:
        values = self._graph.objects(term, predicate)
        return {v.language or "": str(v) for v in values if isinstance(v, Literal)}

    def _names(self, term: URIRef, *predicates: URIRef) -> tuple[str, ...]:
        objects = {o for p in predicates for o in self._graph.objects(term, p)}
        return tuple(sorted(local(o) for o in objects if str(o).startswith(NAMESPACE)))

    def _class(self, iri: URIRef) -> Class:
        labels, definitions = self._texts(iri, RDFS.label), self._texts(iri, SKOS.definition)
        return Class(local(iri), str(iri), labels, definitions, self._names(iri, RDFS.subClassOf))

    def _relation(self, iri: URIRef) -> Relation:
        ranges = list(self._graph.objects(iri, RDFS.range))
        datatypes = [r for r in ranges if str(r).startswith((str(XSD), str(RDF), str(RDFS)))]
        inverse = self._names(iri, OWL.inverseOf)
        return Relation(
            local(iri),
            str(iri),
            self._texts(iri, RDFS.label),
            self._texts(iri, SKOS.definition),
            domain=self._names(iri, RDFS.domain, SDO.domainIncludes),
            range=self._names(iri, RDFS.range, SDO.rangeIncludes),
            datatype=local(datatypes[0]) if datatypes else "",
            symmetric=(iri, RDF.type, OWL.SymmetricProperty) in self._graph,
            inverse=inverse[0] if inverse else "",
        )

    def _partition(self) -> frozenset[str]:
        disjoint = self._graph.value(None, RDF.type, OWL.AllDisjointClasses)
        members = self._graph.value(disjoint, OWL.members) if disjoint else None
        if members is None:
            raise OntologyError("kg.ttl declares no owl:AllDisjointClasses; add the entity kinds")
        return frozenset(local(m) for m in Collection(self._graph, members))

    @cached_property
    def nary(self) -> tuple[Nary, ...]:
        """The classes of nodes that stand for facts of a relation."""
        own = URIRef(NAMESPACE + "reifiedRelation")
        return tuple(
            Nary(
                str(cls),
                local(relation),
                self._one(cls, "subjectProperty"),
                self._one(cls, "objectProperty"),
                {
                    local(source): str(qualifier)
                    for qualifier, source in self._pairs("qualifierRelation")
                    if (qualifier, RDFS.domain, cls) in self._graph
                },
            )
            for cls, relation in sorted(self._graph.subject_objects(own))
        )

    def _one(self, cls: Node, name: str) -> str:
        found = self._graph.value(cls, URIRef(NAMESPACE + name))
        if found is None:
            raise OntologyError(f"{local(cls)} has no kg:{name}; add it beside kg:reifiedRelation")
        return str(found)

    def _pairs(self, name: str) -> list[tuple[Node, Node]]:
        return sorted(self._graph.subject_objects(URIRef(NAMESPACE + name)))

    @cached_property
    def begin(self) -> frozenset[str]:
        """The relations that say when something begins: sub-properties of schema:startDate."""
        found = self._graph.subjects(RDFS.subPropertyOf, SDO.startDate)
        return frozenset(local(relation) for relation in found)

    @cached_property
    def concepts(self) -> dict[str, Term]:
        """The concepts of the SKOS schemes (modality, polarity) by local name."""
        return {
            local(iri): Term(
                local(iri),
                str(iri),
                self._texts(iri, SKOS.prefLabel),
                self._texts(iri, SKOS.definition),
            )
            for iri in self._own(SKOS.Concept)
        }

    def scheme(self, name: str) -> tuple[str, ...]:
        """Return the local names of a SKOS scheme's concepts, in the order of their notation."""
        iri = URIRef(NAMESPACE + name)
        found = self._graph.subjects(SKOS.inScheme, iri)
        return tuple(
            local(c) for c in sorted(found, key=lambda c: str(self._graph.value(c, SKOS.notation)))
        )

    def ancestors(self, cls: str) -> tuple[str, ...]:
        """Return ``cls`` and every class above it, nearest first.

        Raises OntologyError for an unknown class.
        """
        if cls not in self.classes:
            raise OntologyError(f"unknown class {cls!r}; kg ontology lists them")
        found = [cls]
        for name in found:
            found += [p for p in self.classes[name].parents if p not in found]
        return tuple(found)

    def kind(self, cls: str) -> str:
        """Return the one of the mutually disjoint classes that ``cls`` is or lies below."""
        for name in self.ancestors(cls):
            if name in self._kinds:
                return name
        raise OntologyError(f"class {cls!r} lies below none of the disjoint entity classes")

    def is_a(self, cls: str, allowed: Iterable[str]) -> bool:
        """Tell whether ``cls`` is one of ``allowed`` or lies below one."""
        return not set(self.ancestors(cls)).isdisjoint(allowed)

    def allows(self, relation: str, subject: str, obj: str | None) -> bool:
        """Tell whether the classes fit domain and range; ``obj`` is None for a literal."""
        rel = self.relations[relation]
        fits = not rel.range if obj is None else self.is_a(obj, rel.range)
        return fits and self.is_a(subject, rel.domain)


def local(iri: object) -> str:
    """Return what follows the last ``#`` or ``/`` of an IRI."""
    return str(iri).rpartition("#")[2].rpartition("/")[2]


@cache
def load(folder: Path | None = None) -> Ontology:
    """Return the ontology in ``folder``, kg's own by default; read once."""
    return Ontology(folder or ontology_dir())
