"""Track 1 against figures reckoned by hand from the rules of the comparator."""

from pathlib import Path

import pytest

from kg.evaluate.factrueval.gold import Document, Part, Spoken, Token
from kg.evaluate.factrueval.mapping import mapping
from kg.evaluate.factrueval.output import Marked
from kg.evaluate.factrueval.reading import read
from kg.evaluate.factrueval.track1 import score_names

SAMPLE = Path(__file__).with_name("test_factrueval_devset")


def document(text, *spoken):
    """A text of words parted by spaces; each mention is a class and spans of tag and words."""
    tokens, start = [], 0
    for number, word in enumerate(text.split()):
        tokens.append(Token(str(number), start, start + len(word), word, 0))
        start += len(word) + 1
    mentions = tuple(
        Spoken(str(n), cls, tuple(_part(tag, words, tokens) for tag, words in parts))
        for n, (cls, *parts) in enumerate(spoken)
    )
    return Document("book_1", text, tuple(tokens), (text,), mentions, ())


def _part(tag, words, tokens):
    wanted = words.split()
    spots = range(len(tokens) - len(wanted) + 1)
    at = next(i for i in spots if [t.text for t in tokens[i : i + len(wanted)]] == wanted)
    return Part(words, tag, tuple(tokens[at : at + len(wanted)]), quoted=False)


def marks(gold, *named):
    """Answers: class and words, at their first place."""
    return [
        Marked(gold.text.index(words), gold.text.index(words) + len(words), cls)
        for cls, words in named
    ]


def overall(gold, *named, locorg=True):
    """What was right, asked for and answered."""
    figures = score_names([(gold, marks(gold, *named))], locorg=locorg).figures["overall"]
    return round(figures.right, 4), figures.gold, figures.system


PERSON = document("Вчера Пётр Лугов уехал", ("per", ("name", "Пётр"), ("surname", "Лугов")))
COMPANY = document(
    "холдинг Северный мост", ("org", ("org_descr", "холдинг"), ("org_name", "Северный мост"))
)
OFFICE = document(
    "мэрия Зареченска закрыта",
    ("org", ("org_descr", "мэрия"), ("loc_name", "Зареченска")),
    ("locorg", ("loc_name", "Зареченска")),
)
UNNAMED = document("этот холдинг закрыт", ("org", ("org_descr", "холдинг")))


@pytest.mark.parametrize(
    ("gold", "named", "expected"),
    [
        (PERSON, [("per", "Пётр Лугов")], (1, 1, 1)),
        (PERSON, [("per", "Лугов")], (0.5, 1, 1)),
        (PERSON, [("per", "Пётр Лугов уехал")], (0.6667, 1, 1)),
        (PERSON, [("org", "Пётр Лугов")], (0, 1, 1)),
        (PERSON, [("per", "Вчера")], (0, 1, 1)),
        (PERSON, [], (0, 1, 0)),
        # a descriptor may be there or not
        (COMPANY, [("org", "Северный мост")], (1, 1, 1)),
        (COMPANY, [("org", "холдинг Северный мост")], (1, 1, 1)),
        (COMPANY, [("org", "холдинг Северный")], (0.5, 1, 1)),
        # what is inside another name is not asked for
        (OFFICE, [("org", "мэрия Зареченска")], (1, 1, 1)),
        (OFFICE, [("org", "мэрия Зареченска"), ("locorg", "Зареченска")], (1, 1, 1)),
        (OFFICE, [("locorg", "Зареченска")], (0, 1, 0)),
        (OFFICE, [("loc", "Зареченска")], (0, 1, 1)),
        # nor is what has no name
        (UNNAMED, [("org", "холдинг")], (0, 0, 0)),
        (UNNAMED, [], (0, 0, 0)),
        (UNNAMED, [("org", "закрыт")], (0, 0, 1)),
    ],
)
def test_names_count_by_their_tokens(gold, named, expected):
    assert overall(gold, *named) == expected


def test_without_locorg_it_is_a_place():
    gold = document("Зареченск решил", ("locorg", ("loc_name", "Зареченск")))
    assert overall(gold, ("loc", "Зареченск")) == (0, 1, 1)
    assert overall(gold, ("loc", "Зареченск"), locorg=False) == (1, 1, 1)
    figures = score_names([(gold, [])], locorg=False).figures
    assert list(figures) == ["per", "loc", "org", "overall"]


def test_of_two_mentions_on_the_same_tokens_one_counts():
    twice = ("org", ("org_name", "Заря"))
    gold = document("Заря вышла", twice, twice)
    assert overall(gold, ("org", "Заря")) == (1, 1, 1)
    assert overall(gold, ("org", "Заря"), ("org", "Заря вышла")) == (1, 1, 1)
    both = document(
        "Кремль решил", ("org", ("org_name", "Кремль")), ("loc", ("org_name", "Кремль"))
    )
    assert overall(both) == (0, 1, 0)
    assert overall(both, ("org", "Кремль"), ("loc", "Кремль")) == (1, 1, 1)


def test_answers_are_dealt_out_for_the_best_f1():
    gold = document(
        "Пётр Лугов Иван Белов",
        ("per", ("name", "Пётр"), ("surname", "Лугов")),
        ("per", ("name", "Иван"), ("surname", "Белов")),
    )
    # the first answer overlaps both; only apart do both count
    right, _, _ = overall(gold, ("per", "Пётр Лугов Иван"), ("per", "Лугов"))
    assert right == round(1 / 4 + 1 / 2, 4)


def test_signs_that_touch_a_word_are_no_tokens():
    (gold, _) = read(SAMPLE, mapping())
    start = gold.text.index("«Северный")
    answers = [Marked(start, start + len("«Северный мост»"), "org")]
    figures = score_names([(gold, answers)]).figures
    assert figures["org"].right == 1


def test_gold_given_back_is_perfect():
    pairs = []
    for gold in read(SAMPLE, mapping()):
        ends = [(s.tokens[0].start, s.tokens[-1].end, s.cls) for s in gold.spoken]
        pairs.append((gold, [Marked(*end) for end in ends]))
    for locorg in (True, False):
        names = score_names(pairs, locorg=locorg)
        assert all(figures.f1 == 1 for figures in names.figures.values())
        assert names.missed == names.wrong == ()


def test_nothing_given_is_perfectly_precise_as_with_the_organizers():
    figures = score_names([(PERSON, [])]).figures["overall"]
    assert (figures.precision, figures.recall, figures.f1) == (1, 0, 0)


def test_slips_say_where_they_are():
    names = score_names([(PERSON, marks(PERSON, ("per", "Лугов"), ("org", "Вчера")))])
    (missed,), (wrong,) = names.missed, names.wrong
    assert (missed.text, missed.instead) == ("Пётр Лугов", "Лугов")
    assert (wrong.cls, wrong.text, wrong.sentence) == ("org", "Вчера", PERSON.text)
