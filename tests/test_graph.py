"""What goes into a graph comes out of it, and nothing of it stays when it is removed."""

from __future__ import annotations

import time
from dataclasses import replace
from statistics import median

import pytest
from graph_samples import (
    FIRST_SENTENCE,
    HARBIN,
    HEILONGJIANG,
    HOSTILE,
    HUANG,
    PRIMORYE,
    SECOND_SENTENCE,
    E,
    Telling,
    cooperation,
    denial,
    hostile,
    shuffled,
    synthetic,
)
from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg import ontology as ontologies
from kg.errors import InputError, StoreError
from kg.graph import KnowledgeGraph
from kg.graph.terms import PREFIXES, Terms
from kg.model import Entity, Mention, Name, Value
from kg.ontology import ENTITY, NAMESPACE


def view(graph):
    return {q.triple for q in graph.quads() if isinstance(q.graph_name, DefaultGraph)}


def test_every_term_of_ours_is_declared_in_the_ontology():
    known = ontologies.load()
    source = (ontologies.ontology_dir() / "kg.ttl").read_text(encoding="utf-8")
    for name, term in vars(Terms).items():
        if isinstance(term, NamedNode) and term.value.startswith(NAMESPACE):
            local = term.value.removeprefix(NAMESPACE)
            assert f"\nkg:{local} a " in source or local in known.concepts, name
    with pytest.raises(AttributeError):
        _ = Terms.REFERRS_TO  # type: ignore[attr-defined]


def test_no_blank_nodes_and_no_text_or_origin_in_the_graph(graph):
    graph.add(hostile(), origin="/home/someone/secret.txt")
    for quad in graph.quads():
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.object, NamedNode | Literal)
        assert "/home/someone" not in str(quad)


def test_article_comes_back(graph):
    article = cooperation().article
    found = {a.id: a for a in graph.articles()}[article.id]
    assert found == replace(article, text="", frame=())


def test_entities_carry_all_their_names_and_their_finest_class(graph):
    by_iri = {e.iri: e for e in graph.entities()}
    assert by_iri[HEILONGJIANG.iri] == Entity(
        HEILONGJIANG.iri,
        "Province",
        "провинция Хэйлунцзян",
        (Name("Хэйлунцзян", "ru"), Name("黑龙江省", "zh")),
        HEILONGJIANG.same_as,
    )
    assert by_iri[HUANG.iri].aliases == (Name("黄世伟", "zh"),)


def test_the_most_frequent_name_is_the_label_and_the_smallest_of_several():
    graph = KnowledgeGraph()
    for number, normal in enumerate(("Бета", "Альфа", "Бета", "Альфа", "Бета")):
        told = Telling(f"Слово {number}.", title=str(number))
        told.mention("Слово", PRIMORYE, normal=normal)
        graph.add(told.resolution())
        (entity,) = graph.entities()
        assert entity.label == ("Бета", "Альфа", "Бета", "Альфа", "Бета")[number]
        labels = list(graph.query("SELECT ?l { ?e rdfs:label ?l ; skos:prefLabel ?l }"))
        assert labels == [(entity.label,)]


def test_an_entity_has_every_class_above_its_mentions(graph):
    rows = graph.query(f"SELECT ?t {{ <{HEILONGJIANG.iri}> a ?t }}")
    assert {row[0] for row in rows} == {
        NAMESPACE + c for c in ("Province", "Region", "Territory", "Place", ENTITY)
    }


def test_articles_that_disagree_on_a_class_are_counted():
    graph = KnowledgeGraph()
    firm = Entity(f"{E}organization/палата", "Organization", "Палата")
    for number, cls in enumerate(("Company", "Association", "Association")):
        told = Telling(f"Палата {number}.")
        told.mention("Палата", firm, cls)
        graph.add(told.resolution())
    assert graph.entities()[0].cls == "Association"


def test_facts_come_back_with_their_words(graph):
    (fact,) = graph.facts(relation="represents")
    assert (fact.subject.iri, fact.object.iri) == (HUANG.iri, HEILONGJIANG.iri)
    (claim,) = fact.claims
    text = cooperation().article.text
    for words in (claim.subject, claim.object):
        assert text[words.start : words.end] == words.text
    assert isinstance(claim.object, Mention)
    assert (claim.object.cls, claim.object.normal) == ("Province", "провинция Хэйлунцзян")
    assert claim.evidence.quote == SECOND_SENTENCE
    assert text[claim.evidence.start : claim.evidence.end] == SECOND_SENTENCE
    assert (claim.evidence.extractor, claim.evidence.score) == ("rules", 1.0)
    assert claim.evidence.article == cooperation().article.id


@pytest.mark.parametrize(
    ("relation", "datatype", "normal", "text"),
    [
        ("holdsPost", "langString", "секретарь", "секретарь"),
        ("takesPlaceOn", "date", "2021-08-05", "5 августа 2021 года"),
    ],
)
def test_values_come_back(graph, relation, datatype, normal, text):
    (fact,) = graph.facts(relation=relation)
    assert isinstance(fact.object, Value)
    assert (fact.object.datatype, fact.object.normal) == (datatype, normal)
    assert fact.object == fact.claims[0].object
    body = cooperation().article.text
    assert body[fact.object.start : fact.object.end] == text == fact.object.text


@pytest.mark.parametrize("datatype", ["date", "gYearMonth", "gYear"])
def test_dates_are_typed(datatype):
    normal = {"date": "2021-08-05", "gYearMonth": "2021-08", "gYear": "2021"}[datatype]
    told = Telling("Форум в Харбине в 2021 году.")
    forum = told.mention("Форум", Entity(f"{E}event/f", "Event", "форум"))
    told.claim(forum, "takesPlaceOn", told.value("2021", datatype, normal), told.article.text)
    graph = KnowledgeGraph()
    graph.add(told.resolution())
    query = "SELECT ?d (datatype(?d) AS ?t) { ?e kg:takesPlaceOn ?d }"
    assert list(graph.query(query)) == [(normal, PREFIXES["xsd"] + datatype)]


def test_claims_of_one_fact_in_one_article_are_one_statement_with_the_strongest_modality(graph):
    (fact,) = graph.facts(relation="cooperatesWith", denied=False)
    assert [c.evidence.quote for c in fact.claims] == [FIRST_SENTENCE, SECOND_SENTENCE]
    assert {c.modality for c in fact.claims} == {"Planned"}
    statements = graph.query("SELECT ?c { ?s rdf:predicate kg:cooperatesWith ; kg:confidence ?c }")
    assert sorted(statements) == [("0.9",), ("0.9",)]  # one of each article


def test_only_the_sentence_with_a_speaker_is_attributed(graph):
    (fact,) = graph.facts(relation="cooperatesWith", denied=False)
    speakers = [c.attributed_to and c.attributed_to.text for c in fact.claims]
    assert speakers == [None, "Хуан Шивэй"]


def test_a_symmetric_statement_stands_once_and_its_triple_both_ways(graph):
    both = graph.query("SELECT ?a ?b { ?a kg:cooperatesWith ?b }")
    assert set(both) == {(HEILONGJIANG.iri, PRIMORYE.iri), (PRIMORYE.iri, HEILONGJIANG.iri)}
    (fact,) = graph.facts(relation="cooperatesWith")
    first, second = sorted((HEILONGJIANG.iri, PRIMORYE.iri))
    assert (fact.subject.iri, fact.object.iri) == (first, second)
    mentions = {m: e for r in (cooperation(), denial()) for m, e in r.referents}
    for claim in fact.claims:
        ends = {(m.start, m.end, m.text): e.iri for m, e in mentions.items()}
        for words, iri in ((claim.subject, first), (claim.object, second)):
            assert ends[words.start, words.end, words.text] == iri


def test_denied_facts_are_told_and_give_no_triple():
    graph = KnowledgeGraph()
    graph.add(denial())
    assert not graph.query("ASK { ?a kg:cooperatesWith ?b }").bool
    (fact,) = graph.facts(relation="cooperatesWith")
    assert [c.polarity for c in fact.claims] == ["Negative"]
    assert list(graph.facts(relation="cooperatesWith", denied=False)) == []


def test_affirmed_and_denied_in_one_article_are_two_statements():
    told = Telling("Альфа с Бетой. Альфа не с Бетой.")
    one, two = told.mention("Альфа", PRIMORYE), told.mention("Бетой", HARBIN)
    told.claim(one, "twinnedWith", two, "Альфа с Бетой.")
    told.claim(one, "twinnedWith", two, "Альфа не с Бетой.", polarity="Negative", modality="Denied")
    graph = KnowledgeGraph()
    graph.add(told.resolution())
    assert graph.counts().statements == 2 and graph.counts().facts == 1
    assert graph.query("ASK { ?a kg:twinnedWith ?b }").bool


def test_removing_every_article_leaves_nothing(graph):
    graph.add(hostile())
    for resolution in (hostile(), cooperation(), denial()):
        assert graph.remove(resolution.article.id)
        assert not graph.has(resolution.article.id)
    assert list(graph.quads()) == []
    assert not graph.remove("никогда не было")


@pytest.mark.parametrize("gone", range(4))
def test_removing_is_as_if_it_had_never_been_added(gone):
    made = [cooperation(), denial(), hostile(), synthetic(3)]
    graph, expected = KnowledgeGraph(), KnowledgeGraph()
    for number, resolution in enumerate(made):
        graph.add(resolution)
        if number != gone:
            expected.add(resolution)
    graph.remove(made[gone].article.id)
    assert set(graph.quads()) == set(expected.quads())


def test_a_view_opened_anew_is_revised_the_same(tmp_path):
    made = [synthetic(n) for n in range(4)]
    with KnowledgeGraph.open(tmp_path / "s", writable=True) as graph:
        for resolution in made:
            graph.add(resolution)
    expected = KnowledgeGraph()
    for resolution in made[2:]:
        expected.add(resolution)
    with KnowledgeGraph.open(tmp_path / "s", writable=True) as graph:
        graph.remove(made[0].article.id)
    with KnowledgeGraph.open(tmp_path / "s", writable=True) as graph:
        graph.remove(made[1].article.id)
        assert set(graph.quads()) == set(expected.quads())


def test_order_does_not_matter():
    made = [cooperation(), denial(), hostile(), synthetic(1), synthetic(2)]
    graph, other = KnowledgeGraph(), KnowledgeGraph()
    for resolution in made:
        graph.add(resolution)
    for resolution in shuffled(made):
        other.add(resolution)
    assert set(graph.quads()) == set(other.quads())


def test_an_article_is_added_once(graph):
    before = set(graph.quads())
    assert graph.add(cooperation()) is False
    assert graph.add(cooperation(), origin="/a") is False
    assert set(graph.quads()) == before


def test_an_origin_with_a_new_text_leaves_the_old_article(tmp_path):
    old, new = cooperation(), denial()
    with KnowledgeGraph.open(tmp_path / "s", writable=True) as graph:
        graph.add(old, origin="/a")
        graph.add(old, origin="/b")
    with KnowledgeGraph.open(tmp_path / "s", writable=True) as graph:
        assert graph.article_of("/a") == old.article.id
        graph.add(new, origin="/a")
        assert graph.has(old.article.id), "/b still has it"
        graph.add(new, origin="/b")
        assert not graph.has(old.article.id)
        assert graph.article_of("/b") == new.article.id
        expected = KnowledgeGraph()
        expected.add(new)
        assert set(graph.quads()) == set(expected.quads())
        graph.remove(new.article.id)
        assert graph.article_of("/a") is None


@pytest.mark.parametrize(
    "broken",
    [
        lambda r: replace(r, article=replace(r.article, title="\ud83d")),
        lambda r: replace(r, article=replace(r.article, lang="no such")),
        lambda r: replace(r, facts=(replace(r.facts[0], relation="unheardOf"),)),
        lambda r: replace(
            r, referents=((r.referents[0][0], replace(PRIMORYE, iri="http://e/ <x>")),)
        ),
    ],
)
def test_what_rdf_cannot_hold_is_told_and_nothing_is_written(graph, broken):
    graph.remove(cooperation().article.id)
    before = set(graph.quads())
    with pytest.raises(InputError) as caught:
        graph.add(broken(cooperation()))
    assert cooperation().article.id in str(caught.value) and "\n" not in str(caught.value)
    assert set(graph.quads()) == before


def test_hostile_strings_come_back_as_they_are(graph):
    graph.add(hostile())
    labels = {e.label for e in graph.entities()}
    assert set(HOSTILE) <= labels
    facts = [f for f in graph.facts(relation="holdsPost") if f.object.normal in HOSTILE]
    assert {f.claims[0].evidence.quote for f in facts} == {hostile().article.text}
    (url,) = (a.url for a in graph.articles() if a.id == hostile().article.id)
    assert url == "javascript:alert(1)"
    assert not graph.query(
        "ASK { ?a schema:url ?u FILTER(isIRI(?u) && !strstarts(str(?u), 'http')) }"
    ).bool


@pytest.mark.parametrize(
    "name", ["хэйлунцзян", "ПРОВИНЦИЯ  Хэйлунцзян", "«Хэйлунцзян»", "黑龙江省", HEILONGJIANG.iri]
)
def test_find_by_any_name(graph, name):
    assert [e.iri for e in graph.find(name)] == [HEILONGJIANG.iri]


def test_yo_is_ye():
    told = Telling("Королёв.")
    told.mention("Королёв", Entity(f"{E}city/королёв", "City", "Королёв"))
    graph = KnowledgeGraph()
    graph.add(told.resolution())
    assert graph.find("КОРОЛЕВ") and graph.find("королёв") and not graph.find("Королев-2")


def test_facts_about(graph):
    found = [f.relation for f in graph.facts(about="хуан шивэй")]
    assert found == ["holdsPost", "represents", "visited"]
    (entity,) = graph.find("Харбин")
    assert [f.relation for f in graph.facts(about=entity)] == ["visited", "takesPlaceIn"]
    assert [f.relation for f in graph.facts(about=entity, relation="visited")] == ["visited"]
    assert list(graph.facts(relation="representedBy")) == list(graph.facts(relation="represents"))


@pytest.mark.parametrize(
    ("arguments", "near"),
    [({"relation": "cooperateWith"}, "cooperatesWith"), ({"about": "Хэйлунцзянь"}, "Хэйлунцзян")],
)
def test_unknown_names_list_those_like_them(graph, arguments, near):
    with pytest.raises(InputError, match=near):
        graph.facts(**arguments)


def test_around_follows_hops_and_keeps_names(graph):
    one = graph.around("Харбин")
    assert {f.relation for f in one.facts()} == {"visited", "takesPlaceIn"}
    two = graph.around("Харбин", hops=2)
    assert {f.relation for f in two.facts()} == {
        "visited",
        "takesPlaceIn",
        "represents",
        "holdsPost",
        "takesPlaceOn",
    }
    assert set(two.entities()) <= set(graph.entities())
    assert set(two.facts()) <= set(graph.facts())
    assert view(two) <= view(graph)
    assert not list(two.check())
    with pytest.raises(InputError, match="did you mean Харбин"):
        graph.around("Харбини")


def test_networkx_has_what_is_not_denied(graph):
    network = graph.networkx()
    edge = network.edges[*sorted((HEILONGJIANG.iri, PRIMORYE.iri)), "cooperatesWith"]
    assert (edge["weight"], edge["modality"], edge["quote"]) == (2, "Planned", FIRST_SENTENCE)
    assert network.nodes[HUANG.iri] == {
        "label": "Хуан Шивэй",
        "cls": "Person",
        "names": "黄世伟",
        "holdsPost": "секретарь",
    }
    assert (edge["first"], edge["last"], edge["label"]) == (
        "2021-08-06",
        "2021-08-06",
        "сотрудничает с",
    )
    assert len(network.edges) == 4


def test_rdflib_copy_is_flat_and_spelled_the_same(graph):
    graph.add(hostile())
    copy = graph.rdflib()
    assert len(copy) == len(list(graph.quads()))
    copy.remove((None, None, None))
    assert graph.counts().articles == 3


def test_counts(graph):
    counts = graph.counts()
    assert (counts.articles, counts.entities, counts.statements, counts.facts) == (2, 5, 7, 6)
    assert counts.mentions == 13


def test_a_store_that_grows_is_not_read(tmp_path):
    with KnowledgeGraph.open(tmp_path / "s", writable=True) as writer:
        writer.add(cooperation())
        with pytest.raises(StoreError, match="in use"):
            KnowledgeGraph.open(tmp_path / "s")
        writer.add(denial())
    with KnowledgeGraph.open(tmp_path / "s") as reader:
        assert reader.counts().articles == 2
        with pytest.raises(StoreError, match="writable=True"):
            reader.add(synthetic(0))


def test_adding_costs_the_same_however_many_there_are():
    graph = KnowledgeGraph()
    made = [synthetic(n) for n in range(120)]
    spent = []
    for resolution in made:
        start = time.process_time()
        graph.add(resolution)
        spent.append(time.process_time() - start)
    # The median: a pause of the garbage collector, long beside other tests' things, is not it.
    assert median(spent[80:]) < 2 * median(spent[:40])
