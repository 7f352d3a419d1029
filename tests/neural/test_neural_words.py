"""Words, their pieces, and the windows that a model reads at once."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from neural_samples import letters, spelling

from kg.neural.words import Pieces, Word, windows
from kg.neural.words import words as words_of

LETTERS = letters()
SHORT = st.text("абв", min_size=1, max_size=6)
TEXTS = st.lists(
    st.lists(SHORT, min_size=1, max_size=12).map(lambda said: " ".join(said).capitalize() + "."),
    max_size=8,
).map("\n".join)


def words(text: str) -> list[Word]:
    return words_of(text, LETTERS)


def cut(text: str, size: int):
    return list(windows(words(text), LETTERS, size))


def said(window) -> str:
    return " ".join(word.text for word in window.words)


@given(st.text() | TEXTS)
def test_words_stand_where_they_say_and_leave_nothing_out(text):
    found = words(text)
    assert all(text[w.start : w.end] == w.text for w in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert "".join(w.text for w in found) == "".join(text.split())


@given(st.text() | TEXTS)
def test_sentences_are_numbered_upwards(text):
    numbers = [w.sentence for w in words(text)]
    assert all(0 <= other - one <= 1 for one, other in pairwise(numbers))
    assert numbers[:1] in ([], [0])


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("вице-премьер", ["вице", "-", "премьер"]),
        ("Ту-214", ["Ту", "-", "214"]),
        ("COVID19", ["COVID", "19"]),
        ("10:30", ["10", ":", "30"]),
        ("«Чита».", ["«", "Чита", "»", "."]),
        ("a_b", ["a", "_", "b"]),
        ("👍🏽", ["👍", "🏽"]),
    ],
)
def test_hyphens_digits_and_signs_are_words_of_their_own(text, split):
    found = words(text)
    assert [w.text for w in found] == split
    assert [w.glued for w in found] == [False] + [True] * (len(split) - 1)


def test_of_chinese_each_piece_is_a_word():
    # 哈尔滨 has one piece here, 市长 one, 好 none.
    pieces = Pieces({"<s>": 0, "</s>": 0, "<unk>": 0, "哈尔滨": -3, "哈": -2, "尔": -2, "市长": -2})
    found = words_of("в 哈尔滨市长好2024", pieces)
    assert [w.text for w in found] == ["в", "哈尔滨", "市长", "好", "2024"]
    assert [w.glued for w in found] == [False, False, True, True, True]


def test_what_follows_white_space_is_not_glued():
    assert [w.glued for w in words("в\u00a0Чите\n(и")] == [False, False, False, True]


def test_sentences_end_at_full_stops_and_at_lines():
    found = words("Он был в Чите. Она нет\nА мы да")
    assert [w.text for w in found if w.sentence == 1] == ["Она", "нет"]
    assert found[-1].sentence == 2


@pytest.mark.parametrize("text", ["", " ", "\n \n\t"])
def test_no_words_have_no_windows(text):
    assert words(text) == []
    assert cut(text, 8) == []


@given(TEXTS, st.integers(3, 40))
def test_every_word_is_in_one_window_of_the_size(text, size):
    found = cut(text, size)
    assert [w for window in found for w in window.words] == words(text)
    assert all(len(window.pieces) <= size for window in found)


@given(TEXTS, st.integers(3, 40))
def test_the_pieces_of_a_windows_words_stand_side_by_side(text, size):
    for window in cut(text, size):
        begins = [1, *(last + 1 for last in window.last)]
        assert begins == [*window.first, len(window.pieces) - 1]
        assert (window.pieces[0], window.pieces[-1]) == (LETTERS.start, LETTERS.end)
        for word, first, last in zip(window.words, window.first, window.last, strict=True):
            spelled = LETTERS.of(word.text, word.glued)[: size - 2]
            assert window.pieces[first : last + 1] == spelled


@given(TEXTS, st.integers(3, 40))
def test_only_a_sentence_that_is_too_long_is_cut(text, size):
    lengths: dict[int, int] = {}
    for word in words(text):
        spelled = LETTERS.of(word.text, word.glued)
        lengths[word.sentence] = lengths.get(word.sentence, 0) + len(spelled)
    for one, other in pairwise(cut(text, size)):
        if one.words[-1].sentence == other.words[0].sentence:
            assert one.words[0].sentence == one.words[-1].sentence
            assert lengths[one.words[0].sentence] > size - 2


def test_as_many_sentences_as_have_room_are_read_at_once():
    text = "Аб вг\nДе жз\nИк лм"  # each of 6 pieces
    assert [said(w) for w in cut(text, 20)] == ["Аб вг Де жз Ик лм"]
    assert [said(w) for w in cut(text, 19)] == ["Аб вг Де жз", "Ик лм"]
    assert [said(w) for w in cut(text, 8)] == ["Аб вг", "Де жз", "Ик лм"]


def test_a_sentence_that_is_too_long_is_cut_where_the_window_is_full():
    text = "Аб\nвг де жз ик лм\nно"
    assert [said(w) for w in cut(text, 11)] == ["Аб", "вг де жз", "ик лм но"]


def test_a_word_that_is_too_long_keeps_its_place():
    (before, long, after) = cut("аб " + "в" * 50 + " где", 10)
    assert (long.words[0].start, long.words[0].end) == (3, 53)
    assert len(long.pieces) == 10
    assert (said(before), said(after)) == ("аб", "где")


def test_a_word_is_spelled_in_the_most_probable_way():
    pieces = spelling(**{"▁": -5, "▁аб": -3, "в": -1.5, "▁а": -1, "бв": -2, "а": -9, "б": -9})
    ids = {name: i for i, name in enumerate(("▁", "▁аб", "в", "▁а", "бв", "а", "б"), 4)}
    assert pieces.of("абв", glued=False) == (ids["▁а"], ids["бв"])
    assert pieces.of("аб", glued=False) == (ids["▁аб"],)
    assert pieces.of("бв", glued=True) == (ids["бв"],)


def best(word: str, scores: dict[str, float]) -> float:
    """How probable the most probable of all spellings is."""
    inner = range(1, len(word))
    ways = (
        [word[a:b] for a, b in pairwise((0, *cuts, len(word)))]
        for count in range(len(word))
        for cuts in combinations(inner, count)
    )
    return max(sum(scores[p] for p in way) for way in ways if all(p in scores for p in way))


@given(
    st.dictionaries(st.text("аб", min_size=1, max_size=4), st.integers(-20, -1), max_size=12),
    st.text("аб", min_size=1, max_size=9),
)
def test_no_spelling_is_more_probable(scores, word):
    scores = {"а": -15, "б": -15} | scores
    names = list(scores)
    spelled = [names[i - 4] for i in spelling(**scores).of(word, glued=True)]
    assert "".join(spelled) == word
    assert sum(scores[piece] for piece in spelled) == best(word, scores)


def test_unknown_letters_are_unknown_pieces():
    known = LETTERS.of("ба", glued=True)
    assert LETTERS.of("б語а", glued=True) == (known[0], LETTERS.unknown, known[1])
    assert LETTERS.of("😀", glued=True) == (LETTERS.unknown,)


def test_letters_are_spelled_in_their_common_form():
    pieces = spelling(**{"▁": -1, "fi": -1, "1": -1})
    assert pieces.of("ﬁ", glued=True) == pieces.of("fi", glued=True)
    assert pieces.of("１", glued=True) == pieces.of("1", glued=True)
