"""Posts joined to their holders by the rest of the text."""

import pytest

import kg


def said(text: str) -> set[tuple[str, str, str]]:
    graph = kg.build([kg.Article("a", text)])
    facts = {(f.subject.label, f.relation, f.object) for f in graph.facts()}
    return {(s, r, getattr(o, "label", None) or o.normal) for s, r, o in facts}


def test_a_post_said_again_stands_for_its_holder() -> None:
    text = (
        "Губернатор Амурской области Сергей Ладыгин провёл встречу.\n"
        "В четверг губернатор посетил Харбин."
    )
    assert ("Сергей Ладыгин", "visited", "Харбин") in said(text)


def test_a_post_of_another_body_does_not() -> None:
    text = (
        "Губернатор Амурской области Сергей Ладыгин провёл встречу.\n"
        "В четверг губернатор Приморского края посетил Харбин."
    )
    assert not any(relation == "visited" for _, relation, _ in said(text))


@pytest.mark.parametrize("mark", [",", " –", " и"])
def test_two_posts_before_a_name(mark: str) -> None:
    text = f"Депутат{mark} глава комитета по культуре Олег Терентьев приехал."
    posts = {o for _, r, o in said(text) if r == "holdsPost"}
    assert posts == {"депутат", "глава"}
