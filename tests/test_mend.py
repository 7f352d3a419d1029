"""What the parser hangs wrongly beside names is mended."""

from __future__ import annotations

import pytest

import kg
from kg import lang
from kg.extract import stated
from kg.mentions import find


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "Итогом стало соглашение между заводом «Бета» и харбинской компанией «Гамма».",
            ("завод «Бета»", "signedAgreementWith", "Гамма"),
        ),
        (
            "Итогом стало соглашение между уссурийским заводом «Бета» и харбинской компанией"
            " «Гамма».",
            ("завод «Бета»", "signedAgreementWith", "Гамма"),
        ),
        (
            "Хилокский завод «Бета», подконтрольный предпринимателю из Харбина Ли Миню, закрыт.",
            ("Ли Минь", "owns", "завод «Бета»"),
        ),
        (
            "25 лет дружбы: Чита и Хайлар продлили побратимский договор",
            ("Хайлар", "twinnedWith", "Чита"),
        ),
    ],
)
def test_names_hang_where_they_belong(text, fact):
    article, doc = kg.Article("a", text), lang.load("ru")(text)
    rules = stated(article, doc, find(article, doc))  # whatever is believed of it
    said = [(c.subject.normal, c.relation, c.object.normal) for c in rules]
    assert fact in said or fact[::-1] in said


def test_one_thing_is_put_in_anothers_place():
    facts = kg.build([kg.Article("a", "Делегация Читы поедет не в Пекин, а в Чанчунь.")]).facts()
    told = {f.object.label: f.claims[0].polarity for f in facts if f.relation == "visited"}
    assert told == {"Пекин": "Negative", "Чанчунь": "Positive"}


def test_an_unknown_abbreviation_ends_no_sentence():
    text = "Чита и Сянъян (пров. Хубэй) решили породниться."
    facts = kg.build([kg.Article("a", text)]).facts()
    assert "twinnedWith" in {f.relation for f in facts}
