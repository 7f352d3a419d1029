"""The straight line: articles in, a graph out, whatever the order and the parts."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from itertools import permutations
from types import SimpleNamespace

import catalogue
import pytest

import kg
from kg import lang, pipeline
from kg.errors import InputError
from kg.export import rdf
from kg.graph import KnowledgeGraph
from kg.pipeline import Step, build, read_article
from kg.resolve import resolve
from kg.sources import article

FAIR = """Ярмарка у реки

«Маяк Хасана», 18.05.2024. Просмотров: 968

В Чите 5 мая открылась ярмарка «Осенний мост». Её организаторы – мэрия Читы и компания «Заречный \
лесхоз». Мэр Читы Олег Тарханов встретился с мэром Хэйхэ Лю Чжаоминем (刘兆民).

Фото: компания «Снежный барс»

Читайте также:
Губернатор Пётр Лисицын посетил Далянь
"""
PORT = """Порт продан

Мэрия Хэйхэ опровергла слухи. Порт Усть-Тальма не принадлежит компании «Заречный лесхоз»: порт \
приобрела компания «Снежный барс». Тарханов заявил, что Чита сотрудничает с Хэйхэ.
"""
GUESTS = "Читу посетил губернатор Приморья Пётр Лисицын. Приморский край граничит с КНР."
TEXTS = (FAIR, PORT, GUESTS)


def news(text, origin="-"):
    return article(text, origin)


def written(graph, writer=rdf.nquads):
    return writer(graph)


def facts(graph):
    return {str(fact) for fact in graph.facts(denied=False)}


@pytest.fixture(scope="module")
def whole():
    return build(news(text) for text in TEXTS)


@pytest.mark.parametrize("order", list(permutations(range(3)))[1:], ids=str)
def test_any_order_gives_the_same_bytes(whole, order):
    graph = build(news(TEXTS[i]) for i in order)
    for writer in (rdf.nquads, rdf.turtle):
        assert written(graph, writer) == written(whole, writer)


RAILWAY = "Железная дорога Гродеково – Суйфэньхэ открыта. Пункт пропуска Ая – Баю закрыт."
HASHED = (
    "import sys, kg; from kg.export import rdf; from kg.sources import article; "
    "sys.stdout.buffer.write(rdf.nquads(kg.build([article(t, '-') for t in sys.argv[1:]])))"
)


def test_another_process_gives_the_same_bytes():
    made = {
        subprocess.run(
            [sys.executable, "-c", HASHED, RAILWAY, FAIR],
            env=os.environ | {"PYTHONHASHSEED": str(seed)},
            capture_output=True,
            check=True,
            timeout=60,
        ).stdout
        for seed in range(3)
    }
    assert len(made) == 1


def test_parts_made_apart_merge(whole, tmp_path):
    parts = [build([news(text)]) for text in TEXTS]
    merged = tmp_path / "merged.nq"
    merged.write_bytes(b"".join(written(part) for part in parts))
    with KnowledgeGraph.open(merged) as graph:
        assert facts(graph) == facts(whole)
        assert graph.counts() == whole.counts()


def test_the_same_thing_in_two_articles_is_one(whole):
    (town,) = whole.find("Чита")
    (company,) = whole.find("Заречный лесхоз")
    (mayor,) = whole.find("Олег Тарханов")
    assert {town.cls, company.cls, mayor.cls} == {"City", "Company", "Person"}


def test_nothing_is_taken_from_dateline_captions_and_tail(whole):
    assert not [f for f in whole.facts() if "Далянь" in str(f)]
    assert [a.published for a in whole.articles() if a.title == "Ярмарка у реки"] != [None]
    alone = build([news(FAIR)])
    with pytest.raises(InputError):
        list(alone.facts(about="Снежный барс"))
    assert "ярмарка «Осенний мост» — takesPlaceOn → 2024-05-05" in facts(alone)


def test_the_graph_holds_its_shapes(whole):
    assert not list(whole.check())


def test_a_denied_fact_stands_with_its_claim_only(whole):
    said = {str(f): {c.polarity for c in f.claims} for f in whole.facts(relation="owns")}
    assert said == {
        "Заречный лесхоз — owns → порт Усть-Тальма": {"Negative"},
        "Снежный барс — owns → порт Усть-Тальма": {"Positive"},
    }
    rows = list(whole.query("SELECT ?name { ?who kg:owns ?port . ?who rdfs:label ?name }"))
    assert [str(cell) for row in rows for cell in row if "барс" in str(cell)]
    assert len(rows) == 1


def test_every_fact_shows_its_sentence(whole):
    texts = {read.id: read.text for read in map(news, TEXTS)}
    for fact in whole.facts():
        for claim in fact.claims:
            evidence = claim.evidence
            assert texts[evidence.article][evidence.start : evidence.end] == evidence.quote


def test_steps_are_counted():
    steps = []
    build([news(GUESTS), news(GUESTS)], on_step=steps.append)
    first, again = steps
    assert isinstance(first, Step)
    assert first.new
    assert first.mentions >= 4
    assert first.claims >= 3
    assert (again.new, again.mentions) == (False, 0)


def test_an_article_alone():
    extraction = read_article(news(GUESTS))
    resolution = resolve(extraction)
    assert extraction.article == resolution.article == news(GUESTS)
    assert {str(f) for f in resolution.facts} >= {"Пётр Лисицын — visited → Чита"}
    assert len(resolution.referents) == len(set(extraction.mentions))


# ---- a store


def test_a_text_that_the_store_holds_is_skipped(tmp_path, monkeypatch):
    build([news(GUESTS, "a.txt")], store=tmp_path / "store").close()
    monkeypatch.setattr(pipeline, "read_article", None)  # nothing may be read anew
    steps = []
    build([news(GUESTS, "a.txt")], store=tmp_path / "store", on_step=steps.append).close()
    assert [step.new for step in steps] == [False]


def test_a_changed_file_replaces_what_it_held(tmp_path):
    store = tmp_path / "store"
    build([news(GUESTS, "a.txt"), news(PORT, "b.txt")], store=store).close()
    with build([news(FAIR, "a.txt")], store=store) as graph:
        assert written(graph) == written(build([news(FAIR), news(PORT)]))


def test_a_text_in_two_files_stays_until_both_have_changed(tmp_path):
    store = tmp_path / "store"
    build([news(GUESTS, "a.txt"), news(GUESTS, "b.txt")], store=store).close()
    with build([news(PORT, "a.txt")], store=store) as graph:
        assert written(graph) == written(build([news(GUESTS), news(PORT)]))
    with build([news(PORT, "b.txt")], store=store) as graph:
        assert written(graph) == written(build([news(PORT)]))


def test_removal_leaves_nothing(tmp_path):
    store = tmp_path / "store"
    build([news(text, f"{n}.txt") for n, text in enumerate(TEXTS)], store=store).close()
    with KnowledgeGraph.open(store, writable=True) as graph:
        assert graph.remove(news(PORT).id)
        assert written(graph) == written(build([news(FAIR), news(GUESTS)]))
        for text in (FAIR, GUESTS):
            assert graph.remove(news(text).id)
        assert list(graph.quads()) == []


def test_a_store_holds_what_a_build_in_memory_does(tmp_path, whole):
    with build([news(text) for text in TEXTS], store=tmp_path / "store") as graph:
        assert written(graph) == written(whole)


# ---- what cannot be used


def klingon():
    return article("Heghlu'meH QaQ jajvam.", "k.txt", lang="tlh")


def test_an_unknown_language_goes_to_on_skip_and_loses_nothing_else():
    skipped = []
    graph = build([klingon(), news(GUESTS)], on_skip=skipped.append)
    (skip,) = skipped
    assert skip.origin == "k.txt"
    assert "unknown language 'tlh'" in skip.reason
    assert graph.counts().articles == 1


def test_an_unknown_language_raises_without_on_skip():
    with pytest.raises(InputError, match="unknown language 'tlh'; known: "):
        build([klingon()])


def test_a_text_too_long_for_the_pipeline_loses_nothing_else():
    skipped = []
    long = article("Мост открыли.\n" * 75_000, "long.txt")
    graph = build([long, news(GUESTS)], on_skip=skipped.append)
    assert [skip.origin for skip in skipped] == ["long.txt"]
    assert graph.counts().articles == 1


def test_a_dateline_in_the_year_one_loses_nothing():
    odd = kg.Article("odd", "Вчера открыли порт.", published=date.min)
    assert build([odd]).counts().articles == 1


@pytest.mark.parametrize(
    "text", ["x", "。", "«", "(", "№", "—", "\u200b", "👍", "满洲里", "5 мая", "..", "а" * 3000]
)
def test_texts_that_say_nothing_make_an_article_without_facts(text):
    counts = build([news(text)]).counts()
    assert (counts.articles, counts.facts) == (1, 0)


HOSTILE = [
    "}} ; DROP ALL ; {",
    "<script>alert(1)</script>",
    "=cmd|A0",
    "../../etc/passwd",
    "Снежный \\ барс",
    pytest.param('"Снежный барс"'),
    pytest.param(""),
    pytest.param("'"),
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_end_as_text(name):
    graph = build([news(f"Компания «{name}» и мэрия Хэйхэ подписали соглашение.")])
    assert not list(graph.check())
    assert all(entity.label.strip("«»\"'") for entity in graph.entities())


@pytest.mark.xfail(reason="the word lists are looked for inside kg alone", raises=FileNotFoundError)
def test_a_language_from_outside_is_used(ru, monkeypatch):
    outside = SimpleNamespace(build=lambda: ru.nlp, grammar=lang.grammar("ru"))
    monkeypatch.setitem(catalogue.REGISTRY, ("kg", "languages", "xx"), outside)
    assert build([article("Мост открыт.", "-", lang="xx")]).counts().articles == 1


def test_what_is_only_asked_is_a_claim_and_no_plain_triple():
    graph = build([news("Сотрудничает ли Приморский край с провинцией Цзилинь?")])
    (fact,) = graph.facts(relation="cooperatesWith")
    assert {claim.modality for claim in fact.claims} == {"Questioned"}
    assert not list(graph.facts(relation="cooperatesWith", denied=False))
    assert b"kg:cooperatesWith e:" not in rdf.turtle(graph)
