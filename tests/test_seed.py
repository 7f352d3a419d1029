"""What the article that kg was made for must give; skipped where it does not lie beside."""

from pathlib import Path

import pytest

import kg

SEED = Path(__file__).parents[2] / "shared" / "gold" / "d01_seed.txt"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SEED.is_file(), reason="../shared is not beside this checkout"),
]
FACTS = [
    ("Хуан Шивэй", "represents", "Горком КПК Суйфэньхэ"),
    ("Хуан Шивэй", "holdsPost", "секретарь"),
    ("Владимир Ощепков", "represents", "Россия"),
    ("Управление коммерции провинции Хэйлунцзян", "organizes", "онлайн-презентация"),
    (
        "Агентство международного сотрудничества Приморского края РФ",
        "organizes",
        "онлайн-презентация",
    ),
    ("онлайн-презентация", "takesPlaceOn", "2021-08-05"),
    ("железная дорога Суйфэньхэ-Гродеково", "connects", "Суйфэньхэ"),
    ("железная дорога Суйфэньхэ-Гродеково", "connects", "Гродеково"),
    ("Хэйлунцзян", "cooperatesWith", "регионы России"),
]


@pytest.fixture(scope="module")
def graph():
    return kg.build(kg.read(SEED))


@pytest.fixture(scope="module")
def facts(graph):
    return {
        (f.subject.label, f.relation, getattr(f.object, "label", "") or f.object.normal): f
        for f in graph.facts()
    }


@pytest.mark.parametrize("expected", FACTS, ids=lambda f: " ".join(f))
def test_the_seed_states_it_in_a_sentence_of_its_own(facts, expected):
    subject, relation, other = expected
    fact = facts.get(expected) or facts.get((other, relation, subject))
    assert fact is not None
    text = SEED.read_text(encoding="utf-8")
    assert all(claim.evidence.quote in text for claim in fact.claims)


def test_the_characters_in_brackets_are_another_name(graph):
    (huang,) = graph.find("黄世伟")
    assert huang.label == "Хуан Шивэй"


def test_the_frame_and_adjectives_make_no_people(graph):
    people = {e.label for e in graph.entities() if e.cls == "Person"}
    assert people == {"Хуан Шивэй", "Владимир Ощепков"}


def test_a_two_digit_year_is_of_this_century(facts):
    assert not [fact for fact in facts if fact[2].startswith("19")]


def test_the_graph_conforms(graph):
    assert not list(graph.check())
