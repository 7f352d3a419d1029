"""The shapes let pass what kg writes, and stop what it must not write."""

from __future__ import annotations

import gc
import tracemalloc

import pytest
from graph_samples import denial, hostile, synthetic

from kg import KnowledgeGraph


def test_what_kg_writes_conforms(graph):
    graph.add(hostile())
    graph.add(synthetic(1))
    assert not list(graph.check())


def damaged(graph, pattern, delete, insert):
    """Damage the first node that fits a pattern, in its graph."""
    graph._store.update(
        "PREFIX kg: <https://w3id.org/kg/ontology#>\n"
        "PREFIX oa: <http://www.w3.org/ns/oa#>\n"
        "PREFIX prov: <http://www.w3.org/ns/prov#>\n"
        "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>\n"
        "PREFIX dcterms: <http://purl.org/dc/terms/>\n"
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
        f"DELETE {{ {delete} }} INSERT {{ {insert} }} WHERE {{ {pattern} }}"
    )
    return {(v.path.rpartition("#")[2].rpartition("/")[2], v.message) for v in graph.check()}


@pytest.mark.parametrize(
    ("pattern", "delete", "insert", "path"),
    [
        ("?e skos:prefLabel ?o", "?e skos:prefLabel ?o", "", "prefLabel"),
        ("?e a kg:City", "", '?e skos:prefLabel "другое"@ru', "prefLabel"),
        ("?e a kg:City", "", "?e a kg:Nonsense", "type"),
        ("?e a kg:City", "?e a kg:Entity", "", "type"),
    ],
)
def test_a_damaged_entity_is_found(graph, pattern, delete, insert, path):
    assert path in {p for p, _ in damaged(graph, pattern, delete, insert)}


@pytest.mark.parametrize(
    ("property_", "value"),
    [
        ("rdf:subject", ""),
        ("rdf:subject", "<http://e/a>, <http://e/b>"),
        ("rdf:predicate", ""),
        ("rdf:predicate", "kg:unheardOf"),
        ("rdf:object", ""),
        ("kg:modality", ""),
        ("kg:polarity", "kg:Positive, kg:Negative"),
        ("kg:confidence", "1.5"),
        ("kg:confidence", "-0.1"),
        ("kg:confidence", '"sure"'),
        ("prov:wasDerivedFrom", ""),
        ("prov:wasDerivedFrom", "<http://e/elsewhere>"),
        ("kg:evidence", ""),
        ("kg:subjectMention", ""),
        ("kg:objectMention", "<http://e/nowhere>"),
    ],
)
def test_a_damaged_statement_is_found(graph, property_, value):
    pattern = f"GRAPH ?g {{ ?s a kg:Statement ; {property_} ?o }}"
    insert = f"GRAPH ?g {{ ?s {property_} {value} }}" if value else ""
    found = damaged(graph, pattern, f"GRAPH ?g {{ ?s {property_} ?o }}", insert)
    assert property_.partition(":")[2] in {path for path, _ in found}


@pytest.mark.parametrize(
    ("cls", "property_", "value"),
    [
        ("Mention", "oa:hasSource", ""),
        ("Mention", "oa:hasSelector", ""),
        ("Mention", "kg:refersTo", "<http://e/a>, <http://e/b>"),
        ("Mention", "kg:mentionClass", ""),
        ("Mention", "kg:mentionClass", "kg:Nonsense"),
        ("Mention", "kg:normalForm", ""),
        ("Evidence", "oa:hasSource", ""),
        ("Evidence", "oa:hasSelector", ""),
        ("Evidence", "kg:extractor", ""),
        ("Selector", "oa:exact", '""@ru'),
        ("Selector", "oa:start", "100000"),
        ("Selector", "oa:start", "-1"),
        ("Selector", "oa:end", ""),
        ("Article", "dcterms:identifier", ""),
        ("Article", "dcterms:language", ""),
        ("Article", "dcterms:title", '"одно"@ru, "другое"@ru'),
        ("Article", "dcterms:date", '"вчера"'),
    ],
)
def test_a_damaged_source_is_found(graph, cls, property_, value):
    pattern = f"GRAPH ?g {{ ?s a kg:{cls} ; {property_} ?o }}"
    insert = f"GRAPH ?g {{ ?s {property_} {value} }}" if value else ""
    found = damaged(graph, pattern, f"GRAPH ?g {{ ?s {property_} ?o }}", insert)
    assert property_.partition(":")[2] in {path for path, _ in found}


def test_a_violation_names_its_article_and_node(graph):
    article = denial().article.id
    graph._store.update(
        "PREFIX kg: <https://w3id.org/kg/ontology#>\n"
        f"WITH <https://w3id.org/kg/article/{article}>\n"
        "DELETE { ?s kg:polarity ?o } WHERE { ?s kg:polarity ?o }"
    )
    found = list(graph.check())
    assert {v.article for v in found} == {f"https://w3id.org/kg/article/{article}"}
    assert all(v.node.startswith("https://w3id.org/kg/statement/") for v in found)
    assert {v.message for v in found} == {"A statement has one kg:polarity."}
    assert "Хуан Шивэй – Харбин" in {v.label for v in found}


@pytest.mark.parametrize("delete", ["?e rdfs:label ?x", "?s kg:normalForm ?x"])
def test_a_violation_is_told_with_what_people_call_the_node(graph, delete):
    graph._store.update(
        "PREFIX kg: <https://w3id.org/kg/ontology#>\n"
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
        f"DELETE {{ GRAPH ?g {{ {delete} }} }} WHERE {{ GRAPH ?g {{ {delete} }} }} ;\n"
        f"DELETE WHERE {{ {delete} }}"
    )
    called = {v.label for v in graph.check()}
    names = {q.value for (q,) in graph.query("SELECT ?n { ?e skos:prefLabel ?n }").rows}
    words = {q.value for (q,) in graph.query("SELECT ?n { ?e oa:exact ?n }").rows}
    assert called
    assert called <= names | words


def test_one_article_is_in_memory_at_a_time():
    def peak(articles: int) -> int:
        graph = KnowledgeGraph()
        for number in range(articles):
            graph.add(synthetic(number, mentions=10, statements=5))
        assert not list(graph.check())  # what is loaded once
        tracemalloc.start()
        assert not list(graph.check())
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    # What the validator leaves in circles waits for the collector, which waits the longer the
    # more objects there are; those of the other tests are put out of its sight.
    gc.collect()
    gc.freeze()
    gc.collect()
    try:
        assert peak(60) < 1.6 * peak(24)
    finally:
        gc.unfreeze()
