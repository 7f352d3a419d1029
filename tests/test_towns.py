"""Places meant by adjectives, and what follows from them."""

from __future__ import annotations

import pytest

import kg
from kg.lang.ru import towns


@pytest.mark.parametrize(
    ("adjective", "name"),
    [("хайфонский", "Хайфон"), ("хилокский", "Хилок"), ("миасский", "Миасс"),
     ("улан-удэнский", "Улан-Удэ")],
)  # fmt: skip
def test_the_dictionary_knows_the_town(adjective: str, name: str) -> None:
    entry = towns.meant(adjective)
    assert entry is not None
    assert entry.name == name


@pytest.mark.parametrize("adjective", ["технический", "советский", "морской", "логистический"])
def test_other_adjectives_mean_no_town(adjective: str) -> None:
    assert towns.meant(adjective) is None


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Хилокский «Кедр» остановил линию.", ("Кедр", "locatedIn", "Хилок")),
        ("Приехали гости из монгольских аймаков – Увс и Хувсгел.",
         ("Увс", "locatedIn", "Монголия")),
        ("Забайкальский экспорт вырос.\n\nЭкспорт края: Китай – 91%, Монголия – 4%.",
         ("Забайкальский край", "exportsTo", "Монголия")),
        ("По мосту Кани-Курган – Хэйхэ пошли машины.",
         ("мост Кани-Курган – Хэйхэ", "connects", "Кани-Курган")),
    ],
)  # fmt: skip
def test_facts(text: str, fact: tuple[str, str, str]) -> None:
    graph = kg.build([kg.Article("a", text)])
    said = {(f.subject.label, f.relation, getattr(f.object, "label", "")) for f in graph.facts()}
    assert fact in said
