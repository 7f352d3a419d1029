"""The ontology agrees with itself, and the data of every language agree with it."""

import re
import subprocess
import sys
import tomllib
from itertools import combinations
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from kg import ontology
from kg.ontology import ENTITY, NAMESPACE, local

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "ontology"
ONTOLOGY = ontology.load()
TERRITORIES = {"Country", "Region", "District", "City"}
KINDS = {"Person", "Organization", "Location", "Facility", "Event"} | TERRITORIES
ABOVE_KINDS = {ENTITY, "Agent", "Place", "Territory"}
ENTITY_CLASSES = sorted(c for c in ONTOLOGY.classes if ENTITY in ONTOLOGY.ancestors(c))
TERM = re.compile(r"(?<![\w:/#])kg:(\w+)")
LANGUAGES = sorted(p for p in (ROOT / "kg" / "lang").iterdir() if p.is_dir() and p.name[0] != "_")


def graph() -> Graph:
    found = Graph()
    for path in (FOLDER / "kg.ttl", *sorted((FOLDER / "vocab").glob("*.ttl"))):
        found.parse(path, format="turtle")
    return found


GRAPH = graph()
DECLARED = {local(s) for s in GRAPH.subjects(RDF.type, None) if str(s).startswith(NAMESPACE)}
PROPERTIES = sorted(
    {
        s
        for kind in (OWL.ObjectProperty, OWL.DatatypeProperty)
        for s in GRAPH.subjects(RDF.type, kind)
        if str(s).startswith(NAMESPACE)
    }
)
CLASSES = [URIRef(c.iri) for c in ONTOLOGY.classes.values()]


def languages_of(term, predicate):
    return {value.language for value in GRAPH.objects(term, predicate)}


@pytest.mark.parametrize("term", CLASSES + PROPERTIES, ids=local)
def test_term_is_explained(term):
    assert languages_of(term, RDFS.label) == {"ru", "en", "zh"}
    assert languages_of(term, SKOS.definition) >= {"ru", "en"}
    assert GRAPH.value(term, RDFS.isDefinedBy) == URIRef("https://w3id.org/kg/ontology")


@pytest.mark.parametrize("name", ONTOLOGY.concepts)
def test_concept_is_explained(name):
    concept = ONTOLOGY.concepts[name]
    assert set(concept.labels) == {"ru", "en", "zh"}
    assert set(concept.definitions) >= {"ru", "en"}


@pytest.mark.parametrize("scheme", ["Modality", "Polarity"])
def test_concepts_stand_in_one_order(scheme):
    members = set(GRAPH.subjects(SKOS.inScheme, URIRef(NAMESPACE + scheme)))
    notations = [str(GRAPH.value(member, SKOS.notation)) for member in members]
    assert len(set(notations)) == len(members) > 1


def test_every_declared_label_is_said_once_a_language():
    for term in CLASSES + PROPERTIES:
        labels = [value.language for value in GRAPH.objects(term, RDFS.label)]
        assert len(labels) == len(set(labels)), local(term)


def test_labels_of_relations_are_distinct():
    for lang in ("ru", "en", "zh"):
        labels = [relation.label(lang) for relation in ONTOLOGY.relations.values()]
        assert len(labels) == len(set(labels))


@pytest.mark.parametrize("name", [n for n, r in ONTOLOGY.relations.items() if r.inverse])
def test_inverses_are_mutual_and_mirror_each_other(name):
    relation = ONTOLOGY.relations[name]
    other = ONTOLOGY.relations[relation.inverse]
    assert other.inverse == name
    assert (relation.domain, relation.range) == (other.range, other.domain)
    assert not relation.symmetric


@pytest.mark.parametrize("name", [n for n, r in ONTOLOGY.relations.items() if r.symmetric])
def test_symmetric_relation_has_one_set_of_classes(name):
    assert ONTOLOGY.relations[name].domain == ONTOLOGY.relations[name].range


@pytest.mark.parametrize("name", ONTOLOGY.relations)
def test_relation_joins_declared_classes(name):
    relation = ONTOLOGY.relations[name]
    assert {*relation.domain, *relation.range} <= set(ONTOLOGY.classes)
    kind = {local(k) for k in GRAPH.objects(URIRef(relation.iri), RDF.type)}
    assert ("ObjectProperty" in kind) == bool(relation.range)


@pytest.mark.parametrize("name", ONTOLOGY.classes)
def test_no_class_is_below_itself(name):
    above = {c for parent in ONTOLOGY.classes[name].parents for c in ONTOLOGY.ancestors(parent)}
    assert name not in above


def test_kinds_are_the_disjoint_classes():
    assert {c for c in ONTOLOGY.classes if c in ENTITY_CLASSES and _is_kind(c)} == KINDS
    for one, other in combinations(sorted(KINDS), 2):
        assert not ONTOLOGY.is_a(one, {other})


def _is_kind(name: str) -> bool:
    return name not in ABOVE_KINDS and ONTOLOGY.kind(name) == name


@pytest.mark.parametrize("name", [c for c in ENTITY_CLASSES if c not in ABOVE_KINDS])
def test_class_has_one_kind(name):
    assert len(KINDS & set(ONTOLOGY.ancestors(name))) == 1


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.ttl")), ids=lambda p: p.name)
def test_turtle_names_declared_terms(path):
    named = set(TERM.findall(path.read_text(encoding="utf-8")))
    assert {name for name in named if not name.endswith("Shape")} <= DECLARED


def test_context_names_declared_terms():
    named = set(TERM.findall((FOLDER / "context.jsonld").read_text(encoding="utf-8")))
    assert named <= DECLARED


def table(path: Path) -> dict:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def classes_in(folder: Path) -> set[str]:
    """Every class that the data of a language name."""
    rules = table(folder / "rules.toml")["rule"]
    grammar = table(folder / "grammar.toml")
    found = {row["thing"] for row in rules if "thing" in row}
    for key in ("subject_class", "object_class", "object_not"):
        found |= {name for row in rules for name in row.get(key, ())}
    found |= set(grammar["labels"].values())
    found |= {name for group in grammar["groups"].values() for name in group}
    for name in ("descriptor", "organization", "place"):
        path = next(folder.glob(f"{name}s.toml"))
        found |= {row["class"] for row in table(path)[name]}
    return found - {""}


@pytest.mark.parametrize("folder", LANGUAGES, ids=lambda p: p.name)
def test_language_names_declared_classes(folder):
    assert classes_in(folder) <= set(ENTITY_CLASSES)


@pytest.mark.parametrize("folder", LANGUAGES, ids=lambda p: p.name)
def test_rules_name_declared_relations_and_are_finished(folder):
    rules = table(folder / "rules.toml")["rule"]
    assert {row["relation"] for row in rules} <= set(ONTOLOGY.relations)
    assert [row["id"] for row in rules if not (row["yes"] and row["no"])] == []
    ids = [row["id"] for row in rules]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("folder", LANGUAGES, ids=lambda p: p.name)
def test_modality_names_declared_concepts(folder):
    modality = table(folder / "modality.toml")
    named = {*modality["concepts"].values(), *modality["governors"]}
    assert named <= set(ONTOLOGY.concepts)


def test_page_has_a_look_for_every_kind_and_modality():
    style = table(ROOT / "kg" / "draw" / "style.toml")
    assert set(style["class"]) == KINDS
    assert set(style["dash"]) == set(ONTOLOGY.scheme("Modality"))


def test_readme_of_the_ontology_is_up_to_date():
    command = [sys.executable, "-m", "kg", "ontology", "--markdown"]
    said = subprocess.run(command, capture_output=True, check=True, cwd=ROOT, encoding="utf-8")
    written = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert said.stdout == written, "run: make ontology"
