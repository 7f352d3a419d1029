"""Each measure against figures that are worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from annotated_samples import Hand, written
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.evaluate import Annotated, evaluate, measure
from kg.evaluate.annotation import Form
from kg.evaluate.article import Outcome
from kg.evaluate.brat import read_brat
from kg.evaluate.calibration import calibrate
from kg.evaluate.conventions import conventions
from kg.evaluate.mentions import pair
from kg.evaluate.names import norm, same_literal, same_name
from kg.evaluate.sampling import bootstrap
from kg.evaluate.scores import Mean, Score, Scores, Share
from kg.evaluate.spans import jaccard

TEXT = "Иван Петров едет в Москву и Читу. Он рад. Глава Читы ждёт Петрова 5 мая."
RULES = conventions()


def figures(score):
    return round(score.precision, 4), round(score.recall, 4), round(score.f1, 4)


def at(words: str, nth: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def gold() -> Hand:
    hand = Hand(TEXT)
    hand.mark("petrov", "Person", at("Иван Петров"), names=("Иван Петров", "Петров"))
    hand.mark("petrov", "Person", at("Петрова"))
    hand.mark("petrov", "Person", at("Он"), form=Form.PRONOUN)
    hand.mark("moscow", "City", at("Москву"), names=("Москва",))
    hand.mark("chita", "City", at("Читу"), names=("Чита",))
    hand.mark("chita", "City", at("Читы"))
    hand.mark("day", "Date", at("5 мая"), names=("2024-05-05",))
    return hand


def system() -> Hand:
    hand = Hand(TEXT)
    hand.mark("p1", "Person", at("Иван Петров"), names=("Иван Петров",))
    hand.mark("p2", "Person", at("Петрова"), names=("Петров",))
    hand.mark("p1", "Person", at("Он"), form=Form.NOMINAL)
    # In other words: 6 of 8 characters.
    hand.mark("m", "City", at("в Москву"), names=("город Москва на реке",))
    hand.mark("c", "City", at("Читы"), names=("Чита",))
    hand.mark("c2", "Region", at("Читу"), names=("Читинская область",))
    hand.mark("d", "Date", at("5 мая"), names=("2023-05-05",))
    return hand


def test_mentions_strict_and_lenient():
    found = measure(gold().done(), system().done())
    # Of six names: Иван Петров, Петрова, Читы and 5 мая in the same words; Читу is a Region.
    assert found.mentions_strict.micro == Score(4, 6, 6)
    assert found.mentions_strict.by["Person"] == Score(2, 2, 2)
    assert found.mentions_strict.by["City"] == Score(1, 2, 3)
    assert found.mentions_strict.by["Region"] == Score(0, 1, 0)
    assert found.mentions_lenient.by["City"] == Score(2, 2, 3)
    assert figures(found.mentions_lenient.micro) == (0.8333, 0.8333, 0.8333)
    assert found.described_strict.by == {"Person": Score(1, 1, 1)}


def test_finer_classes_count_as_the_coarse_one_above():
    one, other = Hand(TEXT), Hand(TEXT)
    one.mark("x", "Region", at("Читу"))
    other.mark("x", "FederalSubject", at("Читу"))
    found = measure(one.done(), other.done())
    assert found.mentions_strict.by == {"Region": Score(1, 1, 1)}


def test_a_lenient_pairing_is_the_largest_one():
    one, other = Hand(TEXT), Hand(TEXT)
    one.mark("a", "City", (0, 8))
    one.mark("b", "City", (0, 6))
    # The first overlaps best with 0–8, which alone could take 0–11.
    other.mark("c", "City", (0, 7))
    other.mark("d", "City", (0, 11))
    paired = pair(one.done(), other.done(), RULES, strict=False)
    assert len(paired.pairs) == 2


def test_half_an_overlap_is_not_enough():
    assert jaccard([(0, 2)], [(0, 4)]) == 0.5
    one, other = Hand(TEXT), Hand(TEXT)
    one.mark("a", "City", (0, 2))
    other.mark("a", "City", (0, 4))
    assert not pair(one.done(), other.done(), RULES, strict=False).pairs


def test_discontinuous_markings_overlap_by_their_pieces():
    assert jaccard([(0, 4), (10, 14)], [(0, 4), (10, 12)]) == 0.75


def test_what_nobody_looked_for_is_not_scored():
    ours = replace(gold().done(), classes=frozenset({"Person"}), relations=frozenset({"visited"}))
    theirs = system()
    theirs.say("p1", "owns", "c")
    found = measure(ours, theirs.done())
    assert set(found.mentions_strict.by) == {"Person"}
    assert found.relations_lenient.micro == Score()


def stated(hand: Hand, *facts: tuple[str, ...]) -> Annotated:
    for fact in facts:
        hand.say(*fact)
    return hand.done()


def test_relations_strict_and_lenient():
    ours = stated(
        gold(),
        ("petrov", "visited", "moscow"),
        ("petrov", "visited", "moscow", "Planned"),
        ("petrov", "visited", "chita"),
        ("petrov", "holdsPost", "глава"),
    )
    theirs = stated(
        system(),
        ("p1", "visited", "m"),  # right in both: aligned by the marking
        ("p2", "visited", "c"),  # right leniently: the other half of Петров
        ("p1", "holdsPost", "глава города"),  # right leniently: one word more
        ("p1", "visited", "c2"),  # wrong
    )
    found = measure(ours, theirs)
    assert found.relations_lenient.micro == Score(3, 4, 3)
    assert found.relations_lenient.by["visited"] == Score(2, 3, 2)
    assert found.relations_strict.by == {
        "holdsPost": Score(0, 1, 1),
        "visited": Score(1, 3, 2),
    }


def test_macro_is_the_mean_over_relations():
    scores = Scores({"a": Score(1, 1, 2), "b": Score(0, 1, 0), "c": Score()})
    assert scores.macro == Mean(0.5, 0.25, pytest.approx(1 / 3), 2)
    assert scores.micro == Score(1, 2, 2)


def test_the_very_words_of_a_fact_make_its_thing():
    ours, theirs = Hand(TEXT), Hand(TEXT)
    ours.mark("x", "Person", at("Иван Петров"), names=("совсем иначе",))
    ours.mark("x", "Person", at("Петрова"))
    ours.mark("m", "City", at("Москву"), names=("Москва",))
    ours.say("x", "visited", "m")
    theirs.mark("y", "Person", at("Он"), names=("Пётр",))
    theirs.mark("z", "City", at("Москву"), names=("Москва",))
    theirs.say("y", "visited", "z", subject_at=(at("Петрова"),))
    assert measure(ours.done(), theirs.done()).relations_lenient.micro == Score(1, 1, 1)


def test_symmetric_relations_hold_either_way_and_once():
    ours, theirs = gold(), gold()
    ours.say("moscow", "twinnedWith", "chita")
    theirs.say("chita", "twinnedWith", "moscow")
    theirs.say("moscow", "twinnedWith", "chita")
    found = measure(ours.done(), theirs.done())
    assert found.relations_lenient.micro == found.relations_strict.micro == Score(1, 1, 1)


def test_the_direction_of_others_counts():
    ours, theirs = gold(), gold()
    ours.say("moscow", "locatedIn", "chita")
    theirs.say("chita", "locatedIn", "moscow")
    assert measure(ours.done(), theirs.done()).relations_lenient.micro == Score(0, 1, 1)


def test_optional_facts_are_neither_missed_nor_wrong():
    ours, theirs = gold(), gold()
    ours.say("petrov", "visited", "chita", optional=True)
    ours.say("petrov", "visited", "moscow", optional=True)
    theirs.say("petrov", "visited", "chita")
    theirs.say("moscow", "locatedIn", "chita", optional=True)
    found = measure(ours.done(), theirs.done())
    assert found.relations_lenient.micro == Score()
    assert found.judged == ()


def test_denied_facts():
    ours, theirs = gold(), gold()
    ours.say("petrov", "visited", "chita", "Denied")
    ours.say("petrov", "visited", "moscow", "Denied")
    theirs.say("petrov", "visited", "chita")  # wrong: the text denies it
    theirs.say("petrov", "visited", "moscow", "Denied")  # no stated fact, but a denial found
    found = measure(ours.done(), theirs.done())
    assert found.relations_lenient.micro == Score(0, 1, 0)
    assert found.denied == Score(1, 1, 2)


def test_pairs_of_facts_are_as_many_as_can_be():
    ours, theirs = Hand(), Hand()
    for hand in (ours, theirs):
        hand.thing("p", "Person", "Иван")
    ours.say("p", "holdsPost", "глава города Читы")
    ours.say("p", "holdsPost", "глава города")
    # The first agrees with both of gold, the second with the first alone.
    theirs.say("p", "holdsPost", "глава города")
    theirs.say("p", "holdsPost", "города Читы")
    found = measure(replace(ours.done(), offsets=False), theirs.done())
    assert found.relations_lenient.micro.right == 2


@pytest.mark.parametrize(
    ("said", "wanted", "relation", "lenient", "strict"),
    [
        ("2024-05-15", "2024-05", "takesPlaceOn", True, False),
        ("2024-05", "2024-05-15", "takesPlaceOn", False, False),
        ("2024-05-15", "2024-05-15/2024-05-17", "takesPlaceOn", True, True),
        ("2024-05-15", "2024-05-15/2024-05-17", "endsOn", False, False),
        ("2024-05-17", "2024-05-15/2024-05-17", "endsOn", True, True),
        ("министр экономики", "министр", "holdsPost", True, False),
        ("Министр", "«министр»", "holdsPost", True, True),
        ("министр экономики края", "глава экономики края", "holdsPost", True, False),
        ("секретарь", "министр", "holdsPost", False, False),
    ],
)
def test_literals(said, wanted, relation, lenient, strict):
    assert same_literal([said], wanted, relation, RULES) is lenient
    assert same_literal([said], wanted, relation, RULES, exact=True) is strict


def test_names():
    assert norm("«Ёлка  –  Дальний»,") == "елка-дальний"
    assert same_name(["провинция хэйлунцзян"], ["хэйлунцзян"], "Region", RULES) is False
    assert same_name(["а б в"], ["а б в г д"], "Region", RULES), "three words of five"
    assert same_name(["форум в чите"], ["форум"], "Event", RULES), "one within the other"


def test_modality_and_confusion():
    ours = stated(
        gold(),
        ("petrov", "visited", "moscow", "Planned"),
        ("petrov", "visited", "chita"),
        ("petrov", "represents", "chita", "Expected"),
        ("petrov", "owns", "chita", "Denied"),
    )
    theirs = stated(
        gold(),
        ("petrov", "visited", "moscow", "Planned"),
        ("petrov", "visited", "moscow", "Asserted"),
        ("petrov", "visited", "chita", "Planned"),
        ("petrov", "represents", "chita", "Possible"),
        ("petrov", "owns", "chita", "Denied"),
    )
    found = measure(ours, theirs).modality
    assert found.exact == Share(2, 4)
    assert found.grouped == Share(3, 4)
    assert found.confusion == {
        ("Planned", "Planned"): 1,
        ("Asserted", "Planned"): 1,
        ("Expected", "Possible"): 1,
        ("Denied", "Denied"): 1,
    }


def test_attribution_is_of_right_facts():
    ours, theirs = gold(), gold()
    ours.say("petrov", "visited", "moscow", speaker="petrov")
    ours.say("moscow", "locatedIn", "chita", speaker="petrov")
    ours.say("petrov", "owns", "chita", speaker="petrov")
    theirs.say("petrov", "visited", "moscow", speaker="petrov")
    theirs.say("moscow", "locatedIn", "chita", speaker="chita")
    theirs.say("petrov", "represents", "chita", speaker="petrov")
    assert measure(ours.done(), theirs.done()).attribution == Score(1, 2, 2)


def test_dates_and_normal_names():
    found = measure(gold().done(), system().done())
    report = evaluate([gold().done()], [system().done()])
    assert report.dates == Score(1, 1, 1)
    assert found.dates == Share(0, 1), "found, but in another year"
    # p1 or p2, m and c are aligned; m is called город Москва на реке.
    assert found.names == Share(2, 3)


def test_b_cubed():
    found = measure(gold().done(), system().done())
    # Five names both have: Иван Петров, Петрова (in two), Москву, Читы, of the entities four.
    # Петров's are each alone: precision 1, recall 1/2.
    assert (found.chains_named.precision, found.chains_named.recall) == (4, 3)
    assert found.chains_named.count == 4
    # He: with Иван Петров, of three in gold.
    mean = found.chains_described.mean
    assert (mean.precision, mean.recall) == (1, pytest.approx(2 / 3))
    merged = system()
    merged.markings = [replace(m, thing="p1") for m in merged.markings if m.cls == "Person"]
    mean = measure(gold().done(), merged.done()).chains_named.mean
    assert mean == Mean(1, 1, 1, 2)


def test_calibration():
    table = calibrate([(0.8, True), (0.8, True), (0.8, False), (1.0, True), (0.7, False)])
    counts = {b.low: b.count for b in table.bins if b.count}
    assert counts == {0.7: 1, 0.8: 3, 0.9: 1}
    assert table.error == pytest.approx((1 * 0.7 + 3 * (0.8 - 2 / 3) + 0) / 5)
    assert calibrate([]).error == 0
    assert len(table.bins) == 10


def test_calibration_is_over_facts_that_are_right_or_wrong():
    ours, theirs = gold(), gold()
    ours.say("petrov", "visited", "moscow")
    ours.say("petrov", "visited", "chita", optional=True)
    theirs.say("petrov", "visited", "moscow", confidence=0.6)
    theirs.say("petrov", "visited", "moscow", confidence=0.9)
    theirs.say("petrov", "visited", "chita", confidence=0.5)
    theirs.say("petrov", "owns", "chita", confidence=0.4)
    assert sorted(measure(ours.done(), theirs.done()).judged) == [(0.4, False), (0.9, True)]


def test_bootstrap_is_seeded_and_holds_the_figure():
    articles = [Score(8, 10, 12), Score(1, 5, 9), Score(6, 6, 7), Score(0, 3, 0)]
    found = bootstrap(articles)
    assert found == bootstrap(articles)
    many = [Score(n % 7, 7, 9) for n in range(40)]
    assert bootstrap(many) != bootstrap(many, seed=1)
    total = sum(articles, Score())
    assert found.f1.low < total.f1 < found.f1.high
    assert found.recall.low < total.recall < found.recall.high


def test_bootstrap_of_one_of_nothing_and_of_none():
    assert bootstrap([Score(1, 2, 4)]).precision.low == 0.5
    assert bootstrap([Score(1, 2, 4)]).recall.high == 0.25
    assert bootstrap([Score()]).f1.high == 0
    assert bootstrap([]).f1.high == 0


def test_other_texts_are_refused():
    with pytest.raises(InputError, match="different texts"):
        measure(gold().done(), replace(gold().done(), text=TEXT + "!"))
    with pytest.raises(ValueError, match="shorter"):
        evaluate([gold().done()], [])


def test_outcomes_tell_facts_and_sentences(tmp_path):
    annotated, _ = read_brat(written(tmp_path))
    facts = measure(annotated, replace(annotated, stated=())).facts
    assert {f.outcome for f in facts} == {Outcome.MISSED}
    assert str(facts[2]) == "Иван Ладыгин — visited → Харбин"
    assert facts[2].quote.startswith("Губернатор Амурской")
    assert facts[-1].denied
    mentions = measure(annotated, replace(annotated, markings=annotated.markings[1:])).mentions
    missed = [m for m in mentions if m.outcome is Outcome.MISSED]
    assert [(m.cls, m.words) for m in missed] == [("Post", "Губернатор")]


def test_a_perfect_system_is_perfect(tmp_path):
    annotated, _ = read_brat(written(tmp_path))
    report = evaluate([annotated], [annotated])
    found = report.figures()
    # There are denials, speakers and dates in it: nothing but the error may be 0.
    assert {name for name, value in found.items() if value != 1} == {"calibration error"}
    assert found["calibration error"] == 0


def test_an_empty_system_is_nothing(tmp_path):
    annotated, _ = read_brat(written(tmp_path))
    empty = Annotated(annotated.name, annotated.text)
    for ours, theirs in ((annotated, empty), (empty, annotated), (empty, empty)):
        assert set(evaluate([ours], [theirs]).figures().values()) <= {0.0, 1.0}
    assert set(evaluate([annotated], [empty]).figures().values()) == {0.0}
    assert set(evaluate([], []).figures().values()) == {0.0}


CLASSES = ("Person", "City", "Region", "Date", "Post")
PLACES = st.tuples(st.integers(0, 30), st.integers(1, 12))


@st.composite
def articles(draw: st.DrawFn) -> Annotated:
    hand = Hand(TEXT)
    keys = draw(st.lists(st.sampled_from("abcdef"), min_size=2, max_size=6, unique=True))
    for key in keys:
        cls = draw(st.sampled_from(CLASSES))
        hand.thing(key, cls, f"имя {key}")
        for start, size in draw(st.lists(PLACES, max_size=3, unique=True)):
            hand.mark(key, cls, (start, start + size), form=draw(st.sampled_from(list(Form))))
    for _ in range(draw(st.integers(0, 5))):
        hand.say(
            draw(st.sampled_from(keys)),
            draw(st.sampled_from(["visited", "twinnedWith", "takesPlaceOn"])),
            draw(st.sampled_from([*keys, "текст"])),
            draw(st.sampled_from(RULES.modalities)),
            optional=draw(st.booleans()),
        )
    return hand.done()


@given(articles(), articles())
def test_figures_lie_between_nothing_and_all(ours, theirs):
    report = evaluate([ours], [theirs])
    assert all(0 <= value <= 1 for value in report.figures().values())
    strict, lenient = report.mentions_strict.micro, report.mentions_lenient.micro
    described = report.described_strict.micro, report.described_lenient.micro
    assert strict.right + described[0].right <= lenient.right + described[1].right
    assert strict.wanted == lenient.wanted
    assert report.relations_strict.micro.right <= report.relations_lenient.micro.right


@given(articles())
def test_whoever_agrees_with_himself_is_right(article):
    report = evaluate([article], [article])
    for score in (report.mentions_strict, report.mentions_lenient, report.relations_lenient):
        assert score.micro.right == score.micro.wanted == score.micro.said
    assert report.modality.exact.right == report.modality.exact.of
