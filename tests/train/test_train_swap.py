"""Names in place of names."""

from __future__ import annotations

import random

import pytest
from neural_samples import letters

from kg.standoff import read_standoff
from kg.train.data import read
from kg.train.swap import Article, Names


class Always(random.Random):
    """Dice that swap whatever can be."""

    def random(self) -> float:
        return 0.0


ALWAYS = Always()


def article(folder, name: str, text: str, *marks: str, chain: str = "") -> Article:
    """An article; a mark is a class and the words that are of it, perhaps a Form after them.

    Words are looked for after those of the mark before, those of a +class from the beginning.
    """
    lines: list[str] = []
    begin = 0
    for i, mark in enumerate(marks, 1):
        cls, words, *form = mark.split("|")
        at = text.index(words, begin if cls[0] != "+" else 0)
        cls, begin = cls.removeprefix("+"), at + len(words)
        lines.append(f"T{i}\t{cls} {at} {at + len(words)}\t{words}")
        lines += [f"A{i}\tForm T{i} {f}" for f in form]
    lines += [f"*\tEquiv {chain}"] if chain else []
    return written(folder, name, text, "\n".join(lines) + "\n")


def written(folder, name: str, text: str, ann: str) -> Article:
    path = folder / f"{name}.ann"
    path.write_text(ann, encoding="utf-8")
    path.with_suffix(".txt").write_text(text, encoding="utf-8")
    return Article(name, text, read_standoff(path))


def marked(found: Article) -> list[str]:
    """What is marked, as the text has it."""
    return [found.text[slice(*p.spans[0])] for p in found.found.places.values()]


def test_a_name_changes_wherever_it_stands_in_the_forms_of_the_other(tmp_path):
    one = article(tmp_path, "one", "Самара ждёт. В Самаре тихо.", "City|Самара", "City|Самаре")
    other = article(tmp_path, "two", "В Казани снег, Казань спит.", "City|Казани", "City|Казань")
    third = article(tmp_path, "three", "Москва ждёт. В Москве дождь.", "City|Москва", "City|Москве")
    swapped = Names([one, other, third]).swapped(one, ALWAYS)
    assert swapped.text == "Москва ждёт. В Москве тихо."
    assert marked(swapped) == ["Москва", "Москве"]
    assert one.text.startswith("Самара"), "the article itself stays"


def test_a_body_called_after_its_town_changes_with_it(tmp_path):
    one = article(
        tmp_path, "one", "Мэрия Самары закрыта, сказал Лось.",
        "Organization|Мэрия Самары", "+City|Самары", "Person|Лось",
    )  # fmt: skip
    other = article(tmp_path, "two", "Из Караганды едут.", "City|Караганды")
    swapped = Names([one, other]).swapped(one, ALWAYS)
    assert swapped.text == "Мэрия Караганды закрыта, сказал Лось."
    assert marked(swapped) == ["Мэрия Караганды", "Караганды", "Лось"]


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("В Самару едут.", ["City|Самару"]),  # another case
        ("Харбин ждёт.", ["City|Харбин"]),  # another gender
        ("Самара ждёт.", ["Person|Самара"]),  # another class
        ("СССР ждёт.", ["City|СССР"]),  # an abbreviation
        ("Samara ждёт.", ["City|Samara"]),
        ("Город ждёт.", ["City|Город|nominal"]),
    ],
)
def test_what_does_not_fit_is_not_taken(tmp_path, text, marks):
    one = article(tmp_path, "one", "Москва ждёт.", "City|Москва")
    other = article(tmp_path, "two", text, *marks)
    assert Names([one, other]).swapped(one, ALWAYS) == one


def test_a_word_also_written_small_is_no_name(tmp_path):
    one = article(tmp_path, "one", "Встреча прошла. Ярмарка ждёт.", "Event|Встреча")
    other = article(tmp_path, "two", "Ярмарка прошла, и встреча.", "Event|Ярмарка")
    assert Names([one, other]).swapped(one, ALWAYS) == one


def test_names_of_one_chain_become_one_other(tmp_path):
    one = article(
        tmp_path, "one", "Иван Громов молчит. Громов устал.", "Person|Иван Громов", "Person|Громов",
        chain="T1 T2",
    )  # fmt: skip
    half = article(tmp_path, "two", "Пётр Седов молчит.", "Person|Пётр Седов")
    assert Names([one, half]).swapped(one, ALWAYS) == one, "how is he called in short?"
    full = article(
        tmp_path, "three", "Пётр Седов ушёл. Куда Седов ушёл?", "Person|Пётр Седов", "Person|Седов",
        chain="T1 T2",
    )  # fmt: skip
    swapped = Names([one, half, full]).swapped(one, ALWAYS)
    assert swapped.text == "Пётр Седов молчит. Седов устал."


def test_pieces_and_what_overlaps_are_left(tmp_path):
    ann = "T1\tCity 0 6;10 14\tСамара ждёт\nT2\tCity 0 6\tСамара\nT3\tCity 2 9\tмара не\n"
    one = written(tmp_path, "one", "Самара не ждёт.", ann)
    other = article(tmp_path, "two", "Москва.", "City|Москва")
    assert Names([one, other]).swapped(one, ALWAYS) == one


def test_data_hold_the_swapped_beside_what_they_were_made_from(tmp_path):
    article(tmp_path, "one", "Самара ждёт.", "City|Самара")
    article(tmp_path, "two", "Москва ждёт.", "City|Москва")
    once = read(tmp_path, "kg", letters(), 192)
    data = read(tmp_path, "kg", letters(), 192, swaps=8)
    assert (data.articles, data.entities) == (once.articles, once.entities) == (2, 2)
    assert len(data.examples) == 9 * len(once.examples)
    said = [e.window.words[0].text for e in data.examples if e.article == "one"]
    assert said[0] == "Самара"
    assert set(said) == {"Самара", "Москва"}
    assert all(e.entities == [(0, 0, "City")] for e in data.examples)
    again = read(tmp_path, "kg", letters(), 192, swaps=8)
    assert [e.window for e in data.examples] == [e.window for e in again.examples]
