"""Track 3 against figures reckoned by hand from the rules of the comparator."""

from pathlib import Path

import pytest

from kg.evaluate.factrueval import track3
from kg.evaluate.factrueval.gold import Argument, Document, GoldFact
from kg.evaluate.factrueval.mapping import mapping
from kg.evaluate.factrueval.output import Answer
from kg.evaluate.factrueval.reading import read
from kg.evaluate.factrueval.track3 import score_facts

SAMPLE = Path(__file__).with_name("test_factrueval_devset")
WHO, POST, WHERE = ("Who", "Пётр Лугов"), ("Position", "мэр"), ("Where", "Зареченск")


def fact(kind, *arguments, unreal=False, difficult=False):
    given = tuple(Argument(role, frozenset(values), values[0]) for role, *values in arguments)
    return GoldFact("1-0", kind, given, unreal, difficult, "Так сказано.")


def document(*facts):
    return Document("book_1", "", (), (), (), facts)


def answer(*arguments, kind="Occupation"):
    return Answer(kind, arguments, "Так прочитано.", "rule")


def overall(gold, *answers, hard=False):
    """What was found of gold, was right of the answers, was asked for and answered."""
    figures = score_facts([(document(*gold), answers)], hard=hard).figures["overall"]
    return round(figures.found, 4), round(figures.right, 4), figures.gold, figures.system


MAYOR = fact(
    "occupation", ("who", "пётр лугов", "лугов"), ("position", "мэра"), ("where", "зареченск")
)
SHARED = round((1 + 2 / 3) / 2, 4)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([answer(WHO, POST, WHERE)], (1, 1, 1, 1)),
        ([answer(WHERE, WHO, POST)], (1, 1, 1, 1)),
        ([answer(WHO, POST)], (0.6, 0.6, 1, 1)),  # 1.5 of 2.5
        ([answer(WHO, WHERE)], (0.8, 0.8, 1, 1)),
        ([answer(WHO, POST, ("Where", "Москва"))], (0.4286, 0.4286, 1, 1)),  # 1.5 of 3.5
        ([answer(WHO, ("Position", "сторож"), WHERE)], (0.6667, 0.6667, 1, 1)),  # 2 of 3
        ([answer(POST)], (0, 0, 1, 1)),  # a post alone is not enough
        ([answer(POST, ("Who", "Иван Белов"))], (0, 0, 1, 1)),
        ([answer(WHO, kind="Meeting")], (0, 0, 1, 1)),
        ([], (0, 0, 1, 0)),
        # two that share: all arguments right, two of three pairs in one answer
        ([answer(WHO, WHERE), answer(WHO, POST)], (SHARED, 2 * SHARED, 1, 2)),
        ([answer(WHO, POST, WHERE), answer(WHO, POST, WHERE)], (1, 2, 1, 2)),
    ],
)
def test_a_fact_is_as_good_as_its_arguments(answers, expected):
    found, right, gold, system = overall([MAYOR], *answers)
    assert (found, gold, system) == (expected[0], expected[2], expected[3])
    assert right == pytest.approx(expected[1], abs=1e-3)


def test_easy_mode_ignores_the_difficult_and_what_went_with_it():
    hard = fact("occupation", ("who", "лугов"), ("where", "зареченск"), difficult=True)
    assert overall([hard], answer(("Who", "Лугов"), WHERE)) == (0, 0, 0, 0)
    assert overall([hard]) == (0, 0, 0, 0)
    assert overall([hard], answer(("Who", "Лугов"), WHERE), hard=True) == (1, 1, 1, 1)


def test_hard_mode_knows_no_facts_that_are_not_actual():
    planned = fact("occupation", ("who", "лугов"), ("where", "зареченск"), unreal=True)
    assert overall([planned], answer(("Who", "Лугов"), WHERE)) == (1, 1, 1, 1)
    assert overall([planned], answer(("Who", "Лугов"), WHERE), hard=True) == (0, 0, 0, 1)


def test_only_hard_mode_asks_for_the_phase():
    ended = fact("occupation", ("who", "лугов"), ("where", "зареченск"), ("фаза", "конец"))
    assert overall([ended], answer(("Who", "Лугов"), WHERE)) == (1, 1, 1, 1)
    assert overall([ended], answer(("Who", "Лугов"), WHERE), hard=True) == (0.8, 0.8, 1, 1)


def test_each_of_several_participants_is_an_argument():
    deal = fact(
        "deal", ("participant", "газпром"), ("participant", "белтрансгаз"), ("type", "займ")
    )
    given = answer(("Participant", "Газпром"), ("Participant", "Белтрансгаз"), kind="Deal")
    assert overall([deal], given) == (0.6667, 0.6667, 1, 1)


def test_a_text_without_facts_counts_what_is_stated_against_it():
    assert overall([], answer(WHO, POST)) == (0, 0, 0, 1)


def test_answers_are_dealt_out_for_the_best_f1():
    deputy = fact(
        "occupation", ("who", "лугов", "пётр лугов"), ("position", "депутат"), ("where", "дума")
    )
    answers = [answer(WHO, POST), answer(WHO, ("Position", "депутат"), ("Where", "Дума"))]
    found, right, gold, system = overall([deputy, MAYOR], *answers)
    assert (found, right, gold, system) == (1.6, 1.6, 2, 2)


def test_moving_answers_reaches_what_trying_all_ways_does(monkeypatch):
    posts = ["мэр", "депутат", "ректор", "тренер"]
    gold = [
        fact("occupation", ("who", "пётр лугов"), ("position", post), ("where", f"место {post}"))
        for post in posts
    ]
    answers = [answer(WHO, ("Position", post)) for post in posts[:3]]
    answers += [answer(WHO, ("Where", f"место {post}")) for post in posts[1:]]
    tried = overall(gold, *answers)
    monkeypatch.setattr(track3, "FEW", 0)
    assert overall(gold, *answers) == tried


def test_many_answers_of_one_person_are_dealt_out_soon():
    gold = [
        fact(
            "occupation",
            ("who", "пётр лугов"),
            ("position", f"пост {i}"),
            ("where", f"место номер {i}"),
        )
        for i in "абвгдежз"
    ]
    answers = [
        answer(WHO, ("Position", f"пост {i}"), ("Where", f"место номер {i}")) for i in "абвгдежз"
    ]
    found, *_ = overall(gold, *answers)
    assert found == 8


@pytest.mark.parametrize("hard", [True, False])
def test_gold_given_back_is_perfect(hard):
    pairs = []
    for gold in read(SAMPLE, mapping()):
        given = [
            Answer(f.kind, tuple((a.role, min(a.values)) for a in f.arguments), "", "")
            for f in gold.facts
            if not (hard and f.unreal)
        ]
        if not hard:
            given = [
                Answer(a.kind, tuple(x for x in a.arguments if x[0] != "фаза"), "", "")
                for a in given
            ]
        pairs.append((gold, given))
    facts = score_facts(pairs, hard=hard)
    assert all(figures.f1 == 1 for figures in facts.figures.values())
    assert facts.missed == facts.partial == facts.wrong == ()


def test_verdicts_tell_missed_partial_and_wrong():
    other = fact("meeting", ("participant", "белова"))
    facts = score_facts(
        [(document(MAYOR, other), [answer(WHO, POST), answer(("Who", "Иван Белов"), POST)])]
    )
    assert [v.gold for v in facts.missed] == [other]
    assert [v.gold for v in facts.partial] == [MAYOR]
    assert [str(v.answers[0]) for v in facts.wrong] == ["Who: Иван Белов; Position: мэр"]
