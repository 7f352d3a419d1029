"""JSON-LD, compacted with ``ontology/context.jsonld``, which is written into the file."""

from __future__ import annotations

import json
from itertools import groupby
from typing import cast

from pyoxigraph import Literal, NamedNode

from kg.errors import OntologyError
from kg.export.rdf import flat
from kg.graph import KnowledgeGraph
from kg.graph.terms import Terms
from kg.ontology import NAMESPACE
from kg.resources import ontology_dir
from kg.store import Node, Quad

Value = str | dict[str, str]


def compact(graph: KnowledgeGraph) -> bytes:
    """Return JSON-LD without graphs, a node an object, in the order of Turtle."""
    context = _Context()
    by_subject = groupby(cast("list[Quad]", flat(graph)), key=lambda quad: quad.subject)
    nodes = [context.node(subject, list(quads)) for subject, quads in by_subject]
    document = {"@context": context.source, "@graph": nodes}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


class _Context:
    def __init__(self) -> None:
        path = ontology_dir() / "context.jsonld"
        try:
            source = json.loads(path.read_bytes())["@context"]
        except (OSError, ValueError, KeyError) as error:
            raise OntologyError(f"{path.name} cannot be read: {error}; reinstall kg") from error
        self.source: dict[str, str | dict[str, str]] = source
        self._prefixes: dict[str, str] = {
            name: iri
            for name, iri in self.source.items()
            if isinstance(iri, str) and not name.startswith("@")
        }
        terms = {name: of for name, of in self.source.items() if isinstance(of, dict)}
        self._terms: dict[str, str] = {
            self._expanded(of["@id"]): name for name, of in terms.items()
        }
        self._types: dict[str, str] = {
            name: self._expanded(of.get("@type", "")) for name, of in terms.items()
        }

    def _expanded(self, name: str) -> str:
        prefix, colon, rest = name.partition(":")
        return self._prefixes[prefix] + rest if colon and prefix in self._prefixes else name

    def node(self, subject: NamedNode, quads: list[Quad]) -> dict[str, object]:
        """Return one object of the document."""
        found: dict[str, object] = {"@id": self._shortened(subject.value)}
        for predicate, same in groupby(quads, key=lambda quad: quad.predicate):
            values = [quad.object for quad in same]
            written: list[Value]
            if predicate == Terms.TYPE:
                key, written = "@type", [self._word(v) for v in values]
            else:
                key = self._word(predicate)
                written = [self._value(v, self._types.get(key, "")) for v in values]
            found[key] = written[0] if len(written) == 1 else written
        return found

    def _word(self, iri: Node) -> str:
        """Return a property or class: a term, a name in our vocabulary, or a compact IRI."""
        if iri.value in self._terms:
            return self._terms[iri.value]
        name: str = iri.value.removeprefix(NAMESPACE)
        ours = name != iri.value and name not in self.source
        return name if ours else self._shortened(iri.value)

    def _shortened(self, iri: str) -> str:
        for prefix, namespace in self._prefixes.items():
            rest = iri.removeprefix(namespace)
            if rest != iri and not rest.startswith("//"):
                return f"{prefix}:{rest}"
        return iri

    def _value(self, node: Node, expected: str) -> Value:
        if isinstance(node, NamedNode):
            short = self._shortened(node.value)
            return short if expected == "@id" else {"@id": short}
        return self._literal(node, expected)

    def _literal(self, literal: Literal, expected: str) -> Value:
        if literal.language:
            return {"@value": literal.value, "@language": literal.language}
        if literal.datatype.value == expected:
            return literal.value
        if literal.datatype.value == self._prefixes["xsd"] + "string":
            return {"@value": literal.value} if expected else literal.value
        return {"@value": literal.value, "@type": self._shortened(literal.datatype.value)}
