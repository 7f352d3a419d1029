"""What the model that comes with kg reads in a text."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from neural_samples import letters

from kg.neural import pack
from kg.neural.labels import parts
from kg.neural.model import Model, Reading, _placed, _Read, load
from kg.neural.words import windows, words

NEWS = (
    "Министр транспорта России Иван Ладыгин посетил Хабаровск и встретился там с директором "
    "компании «Газпром» Петром Соколовым. Переговоры прошли в среду в правительстве "
    "Хабаровского края."
)
LONG = " ".join([NEWS] * 250)
"""More than 5,000 words."""

ODD = {
    "nothing": "",
    "a space": " ",
    "spaces": " \n\t\u00a0 \u3000",
    "one word": "Чита",
    "one sign": ".",
    "emoji": "😀👍🏽 🇷🇺",
    "a long word": "щ" * 3_000,
    "Chinese": "哈尔滨市长会见了俄罗斯代表团。",
    "control characters": "Чита\x00\x1b[31m\ufeff и Омск\u202e",
    "a letter of many": "\ufdfa ½ ﬁ",
    "the names of pieces": "<s> </s> <unk> ▁Чита",
}


@pytest.fixture(scope="module")
def model() -> Model:
    return load("base")


@pytest.fixture(scope="module")
def long(model) -> Reading:
    return model.read(LONG)


def crossing(entities) -> bool:
    return any(
        a.start < b.start < a.end < b.end or b.start < a.start < b.end < a.end
        for a, b in combinations(entities, 2)
    )


def spans(entities):
    return [((e.start, e.end), e.cls) for e in entities]


@pytest.mark.parametrize(
    ("scheme", "person", "city", "company"),
    [("kg", "Person", "City", "Organization"), ("nerel", "PERSON", "CITY", "ORGANIZATION")],
)
def test_a_person_a_city_and_a_company_are_found(model, scheme, person, city, company):
    entities = model.read(NEWS).entities(scheme)
    found = {(parts(e.cls)[0], NEWS[e.start : e.end]) for e in entities}
    assert (person, "Иван Ладыгин") in found
    assert (city, "Хабаровск") in found
    assert any(cls == company and "Газпром" in text for cls, text in found)


@pytest.mark.parametrize("scheme", ["kg", "nerel"])
@pytest.mark.parametrize("text", [NEWS, *ODD.values()], ids=["news", *ODD])
def test_entities_stand_on_words_in_the_order_of_the_text(model, scheme, text):
    entities = model.read(text).entities(scheme)
    said = words(text, model._pieces)
    assert {e.start for e in entities} <= {w.start for w in said}
    assert {e.end for e in entities} <= {w.end for w in said}
    assert all(e.start < e.end for e in entities)
    assert all(e.cls in model.scheme(scheme).classes[1:] for e in entities)
    assert all(0 < e.score <= 1 for e in entities)
    assert entities == sorted(entities, key=lambda e: (e.start, -e.end))
    assert not crossing(entities)


@pytest.mark.parametrize("text", ["", " ", ODD["spaces"]], ids=["nothing", "space", "spaces"])
def test_a_text_without_words_has_nothing(model, text):
    reading = model.read(text)
    assert reading.entities("kg") == []
    assert list(reading.relations("kg", [((0, 0), "Person"), ((0, 0), "City")])) == []


def test_the_likelier_of_two_spans_that_cross_is_an_entity(model):
    (window,) = windows(words("аб вг де жз ик", letters()), letters(), 64)
    scheme = pack.Scheme("kg", ("", "City", "Person"), (), ("Asserted",), 1, 0, 0)
    scores = np.zeros((5, 16, 4), dtype=np.float32)
    scores[..., 0] = 99  # of another scheme, so it must not matter
    scores[..., 1] = 9
    for first, last, cls, score in (
        (0, 2, 2, 12),
        (1, 3, 3, 13),  # crosses the one before and is likelier
        (2, 2, 2, 10),  # within
        (3, 4, 2, 11),  # crosses too
        (4, 4, 3, 10),
        (4, 5, 3, 99),  # over the end
    ):
        scores[first, last - first, cls] = score
    read = _Read(window, None, None, None, scores)
    found = Reading(_Labels(scheme), [read]).entities("kg")
    told = [(e.start, e.end, e.cls) for e in found]
    assert told == [(3, 11, "Person"), (6, 8, "City"), (12, 14, "Person")]
    assert found[0].score == pytest.approx(np.exp(13) / (np.exp(13) + 2 * np.exp(9)), abs=0.02)


class _Labels:
    """A model of which only the labels are asked."""

    def __init__(self, scheme: pack.Scheme) -> None:
        self.scheme = {"kg": scheme}.__getitem__


@pytest.mark.parametrize("scheme", ["kg", "nerel"])
def test_relations_are_between_the_spans_asked_for(model, scheme):
    reading, labels = model.read(NEWS), model.scheme(scheme)
    asked = spans(reading.entities(scheme))
    found = list(reading.relations(scheme, asked))
    assert found
    assert all(0 <= r.subject < len(asked) and 0 <= r.object < len(asked) for r in found)
    assert all(r.subject != r.object for r in found)
    assert all(0 <= r.score <= 1 for r in found)
    assert {r.relation for r in found} <= set(labels.relations)
    assert {r.status for r in found} <= set(labels.statuses)


def test_a_visit_is_seen_between_person_and_city_alone(model):
    start = NEWS.index("Хабаровск")
    asked = [((start, start + 9), "City"), ((26, 38), "Person")]
    visits = [r for r in model.read(NEWS).relations("kg", asked) if r.relation == "visited"]
    best = max(visits, key=lambda r: r.score)
    assert (best.subject, best.object) == (1, 0)
    assert best.score > 0.5


@pytest.mark.parametrize(
    "asked",
    [
        [],
        [((26, 38), "Person")],
        [((26, 38), "Person"), ((5_000, 5_010), "City")],
        [((26, 38), "Person"), ((25, 26), "City")],
    ],
    ids=["none", "one", "beyond the text", "a space"],
)
def test_there_are_no_relations_without_two_spans_of_words(model, asked):
    assert list(model.read(NEWS).relations("kg", asked)) == []


def test_spans_inside_words_and_labels_unheard_of_are_asked_for_as_well(model):
    asked = [((27, 30), "Person:unheard"), ((0, len(NEWS)), "Organization")]
    assert all({r.subject, r.object} == {0, 1} for r in model.read(NEWS).relations("kg", asked))


def test_a_span_over_a_windows_edge_is_not_asked_for():
    one, other = windows(words("аб вг. Де жз.", letters()), letters(), 9)
    scheme = pack.Scheme("kg", ("", "City", "Person"), (), ("Asserted",), 4, 0, 0)
    asked = [((0, 5), "City"), ((3, 9), "City"), ((7, 9), "Person"), ((7, 40), "City")]
    assert list(_placed(one, asked, scheme)) == [(0, (0, 1, 5))]
    assert list(_placed(other, asked, scheme)) == [(2, (0, 0, 6))]


def test_windows_far_apart_are_not_related(long):
    far = LONG.rindex("Хабаровск ")
    asked = [((26, 38), "Person"), ((far, far + 9), "City")]
    assert list(long.relations("kg", asked)) == []


def test_a_long_text_is_read_to_its_end(long):
    entities = long.entities("kg")
    assert len(LONG.split()) > 5_000
    assert not crossing(entities)
    assert any(LONG[e.start : e.end] == "Иван Ладыгин" for e in entities[-20:])
    related = list(long.relations("kg", spans(entities)))
    assert max(r.subject for r in related) > 0.9 * len(entities)


def test_two_reads_say_the_same(model):
    said = []
    for _ in range(2):
        reading = model.read(NEWS)
        entities = reading.entities("kg")
        said.append((entities, list(reading.relations("kg", spans(entities)))))
        model.read("Другой текст.")
    assert said[0] == said[1]


def test_the_model_is_loaded_once(model):
    assert load("base") is model
