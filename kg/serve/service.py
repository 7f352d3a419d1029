"""What the endpoint says of itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat, Triple

from kg.graph.terms import Terms

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
RESULTS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD",
)  # fmt: skip


def description(address: str, writable: bool) -> bytes:
    """Return it as Turtle, for the endpoint at ``address``."""
    service = NamedNode(address.partition("?")[0] + "#service")

    def said(name: str, value: str) -> Triple:
        return Triple(service, NamedNode(SD + name), NamedNode(value))

    triples = [
        Triple(service, Terms.TYPE, NamedNode(SD + "Service")),
        said("endpoint", address.partition("?")[0]),
        said("supportedLanguage", SD + "SPARQL11Query"),
        said("feature", SD + "UnionDefaultGraph"),
        *(said("resultFormat", FORMATS + name) for name in RESULTS),
    ]
    if writable:
        triples.append(said("supportedLanguage", SD + "SPARQL11Update"))
    prefixes = {"sd": SD, "formats": FORMATS}
    return pyoxigraph.serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b""
