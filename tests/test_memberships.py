"""Held posts as facts in themselves, and the dates of events apart from those of articles."""

from __future__ import annotations

from datetime import date

from graph_samples import FORUM, HARBIN, HUANG, PRIMORYE, Telling, cooperation

from kg import KnowledgeGraph, export
from kg.model import Resolution

POSTS = """SELECT ?post ?body ?date { ?m a kg:Membership ; kg:post ?post
  OPTIONAL { ?m kg:organization/rdfs:label ?body } OPTIONAL { ?m kg:asOf ?date } }
  ORDER BY ?post ?body"""


def posts(*resolutions: Resolution) -> list[tuple[str | None, ...]]:
    graph = KnowledgeGraph()
    for resolution in resolutions:
        graph.add(resolution)
    assert not list(graph.check())
    return list(graph.query(POSTS))


def told(text: str, published: date | None = date(2021, 8, 6)) -> Telling:
    return Telling(text, title="О постах", published=published)


def test_a_post_is_held_in_a_body_as_of_the_article():
    assert posts(cooperation()) == [("секретарь", "провинция Хэйлунцзян", "2021-08-06")]


def test_each_post_goes_with_the_body_next_to_it():
    text = "Хуан Шивэй – мэр Харбина и почётный гость Приморья."
    tale = told(text)
    huang, city = tale.mention("Хуан Шивэй", HUANG), tale.mention("Харбина", HARBIN)
    coast = tale.mention("Приморья", PRIMORYE, "FederalSubject")
    for post in ("мэр", "почётный гость"):
        tale.claim(huang, "holdsPost", tale.value(post, "langString", post), text)
    for body in (coast, city):
        tale.claim(huang, "represents", body, text)
    assert posts(tale.resolution()) == [
        ("мэр", "Харбин", "2021-08-06"),
        ("почётный гость", "Приморский край", "2021-08-06"),
    ]


def test_a_body_of_another_sentence_or_person_is_not_taken():
    text = "Хуан Шивэй – мэр. Он представляет Харбин."
    first, second = "Хуан Шивэй – мэр.", "Он представляет Харбин."
    tale = told(text, published=None)
    huang, he = tale.mention("Хуан Шивэй", HUANG), tale.mention("Он", HUANG)
    tale.claim(huang, "holdsPost", tale.value("мэр", "langString", "мэр"), first)
    tale.claim(he, "represents", tale.mention("Харбин", HARBIN), second)
    assert posts(tale.resolution()) == [("мэр", None, None)]


def test_what_is_planned_or_denied_makes_no_post():
    for modality, polarity in (("Planned", "Positive"), ("Denied", "Negative")):
        tale = told("Хуан Шивэй станет мэром.")
        huang = tale.mention("Хуан Шивэй", HUANG)
        post = tale.value("мэром", "langString", "мэр")
        tale.claim(
            huang, "holdsPost", post, tale.article.text, modality=modality, polarity=polarity
        )
        assert posts(tale.resolution()) == []


def test_a_post_named_at_an_event_is_as_of_its_date():
    text = "На форуме 5 августа выступил мэр Хуан Шивэй."
    tale = told(text, published=date(2021, 9, 1))
    huang, forum = tale.mention("Хуан Шивэй", HUANG), tale.mention("форуме", FORUM, "Conference")
    tale.claim(huang, "holdsPost", tale.value("мэр", "langString", "мэр"), text)
    tale.claim(huang, "participatesIn", forum, text)
    day = tale.value("5 августа", "date", "2021-08-05")
    tale.claim(forum, "takesPlaceOn", day, text)
    assert posts(tale.resolution()) == [("мэр", None, "2021-08-05")]


def test_a_statement_of_an_event_has_its_date_and_its_article_another():
    graph = KnowledgeGraph()
    graph.add(cooperation())
    query = """SELECT ?relation ?event ?article { ?s rdf:predicate ?relation ; kg:eventDate ?event ;
      prov:wasDerivedFrom/dcterms:date ?article } ORDER BY ?relation"""
    assert [(row[0].rpartition("#")[2], *row[1:]) for row in graph.query(query)] == [
        ("takesPlaceIn", "2021-08-05", "2021-08-06"),
        ("takesPlaceOn", "2021-08-05", "2021-08-06"),
    ]


def test_posts_go_and_come_with_their_article(tmp_path):
    graph = KnowledgeGraph()
    graph.add(cooperation())
    export(graph, tmp_path / "graph.ttl")
    again = KnowledgeGraph.open(tmp_path / "graph.ttl")
    assert set(again.quads()) == set(graph.quads())
    assert list(again.around("Хуан Шивэй").query(POSTS)) == list(graph.query(POSTS))
    assert not list(again.around("Харбин").query(POSTS))
    again.remove(cooperation().article.id)
    assert not list(again.query(POSTS))
