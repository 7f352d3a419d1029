"""Checks of the ontology written as SPARQL: each finds nothing, and can find something."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SDO, SKOS, Graph

from kg import ontology
from kg.graph.shapes import relation_shapes

FOLDER = Path(__file__).parents[2] / "ontology"
CHECKS = {
    path.stem: path.read_text("utf-8") for path in (Path(__file__).parent / "checks").iterdir()
}
PREFIXES = {
    "dcterms": DCTERMS, "owl": OWL, "rdf": RDF, "rdfs": RDFS, "sdo": SDO, "skos": SKOS,
    "kg": "https://w3id.org/kg/ontology#",
}  # fmt: skip
BROKEN = {
    "label-missing": 'kg:x a owl:Class ; rdfs:label "икс"@ru , "x"@en .',
    "definition-missing": 'kg:x a skos:Concept ; skos:definition "икс"@ru .',
    "not-defined-by": "kg:x a owl:ObjectProperty ; rdfs:isDefinedBy <http://e/other> .",
    "several-domains": "kg:x rdfs:domain kg:Person , kg:Place .",
    "inverse-not-mutual": "kg:x owl:inverseOf kg:y ; rdfs:domain kg:A . kg:y rdfs:range kg:B .",
    "cycle": "kg:x rdfs:subPropertyOf kg:y . kg:y rdfs:subPropertyOf kg:x .",
    "undeclared": "kg:Person rdfs:seeAlso kg:nothing .",
    "disjoint-through-alignment": "kg:x rdfs:subClassOf kg:City , kg:Person .",
    "licence-missing": "<http://e/o> a owl:Ontology .",
    "symmetric-with-two-ends": "kg:x a owl:SymmetricProperty ; rdfs:domain kg:A .",
}  # fmt: skip


@pytest.fixture(scope="module")
def whole() -> Graph:
    """All that stands in the folder: terms, vocabularies, alignments and shapes."""
    graph = Graph()
    for path in FOLDER.rglob("*.ttl"):
        if "examples" not in path.parts:
            graph.parse(path, format="turtle")
    graph.parse(FOLDER / "context.jsonld", format="json-ld")
    return graph


def broken(snippet: str) -> Graph:
    heads = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    return Graph().parse(data=heads + snippet, format="turtle")


@pytest.mark.parametrize("name", CHECKS)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own JSON-LD reader
def test_the_ontology_passes(whole, name):
    assert not [tuple(row) for row in whole.query(CHECKS[name], initNs=PREFIXES)]


@pytest.mark.parametrize("name", CHECKS)
def test_the_check_can_fail(whole, name):
    disjoint = [t for t in whole if t[1] in (OWL.members, RDF.first, RDF.rest)]
    graph = broken(BROKEN[name])
    for triple in (*disjoint, *whole.triples((None, RDF.type, OWL.AllDisjointClasses))):
        graph.add(triple)
    assert list(graph.query(CHECKS[name], initNs=PREFIXES))


def test_the_shapes_of_relations_are_current():
    written = (FOLDER / "shapes" / "relations.ttl").read_text("utf-8")
    assert written == relation_shapes(ontology.load()), "run kg ontology --shapes"


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.rq")), ids=lambda path: path.name)
def test_queries_name_declared_terms(whole, path):
    named = set(re.findall(r"(?<![\w/#])kg:(\w+)", path.read_text("utf-8")))
    known = {str(s).rpartition("#")[2] for s in whole.subjects(RDF.type, None)}
    assert named <= known
