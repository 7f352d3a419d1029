"""The page: what it shows, and that hostile text stays text."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

import pytest
from annotated_samples import Hand, written
from bs4 import BeautifulSoup

from kg.evaluate import evaluate, measure
from kg.evaluate.brat import read_brat
from kg.evaluate.page import page, pieces

HOSTILE = "<script>alert(1)</script> \"onload='x' {{ 7*7 }} </style> \u202e Чита"


@pytest.fixture
def shown(tmp_path):
    gold, _ = read_brat(written(tmp_path))
    wrong = replace(gold.stated[2], relation="owns")
    stated = (*gold.stated[:2], *gold.stated[3:], wrong)
    return page(evaluate([gold], [replace(gold, stated=stated)]))


def test_the_page_tells_figures_facts_and_text(shown):
    soup = BeautifulSoup(shown, "html.parser")
    missed = soup.select_one(".fact.missed")
    assert "Иван Ладыгин — visited → Харбин" in missed.text
    assert "посетил Харбин" in missed.select_one("blockquote").text
    assert "owns" in soup.select_one(".fact.wrong").text
    assert "mentions strict" in soup.select_one("table").text
    assert soup.select_one(".text mark.right").text == "Губернатор"


def test_facts_are_filtered_by_relation_without_a_script(shown):
    soup = BeautifulSoup(shown, "html.parser")
    ids = {box["id"]: box.parent.text.strip() for box in soup.select("input[type=radio]")}
    (key,) = (key for key, name in ids.items() if name == "owns")
    assert len(soup.select(f".fact.{key}")) == 1
    assert f"body:has(#{key}:checked) .fact:not(.{key})" in shown


def test_the_policy_allows_this_style_alone(shown):
    soup = BeautifulSoup(shown, "html.parser")
    policy = soup.select_one("meta[http-equiv]")["content"]
    style = re.search(r"<style>(.*?)</style>", shown, re.DOTALL).group(1)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert not soup.select("script, [src], [style], [onload]")
    assert {link["href"] for link in soup.select("[href]")} == {"data:,"}


def test_hostile_text_is_escaped():
    hand = Hand(HOSTILE, name=HOSTILE)
    hand.mark("a", "City", (0, 9), names=(HOSTILE,))
    hand.mark("b", "City", (0, len(HOSTILE)), names=(HOSTILE,))
    hand.say("a", "twinnedWith", "b", sentence=(0, len(HOSTILE)))
    gold = hand.done()
    for system in (gold, replace(gold, markings=(), stated=(), things={})):
        shown = page(evaluate([gold], [system], [HOSTILE]))
        soup = BeautifulSoup(shown, "html.parser")
        assert "<script" not in shown
        assert shown.count("</style>") == 1
        assert not soup.select("[onload]")
        assert "\u202e" not in shown
        assert soup.select_one(".text").text == HOSTILE.replace("\u202e", "\ufffd")


def test_pieces_make_up_the_text():
    text = "абвгдежз"
    ours, theirs = Hand(text), Hand(text)
    ours.mark("a", "City", (0, 6))
    ours.mark("b", "Person", (1, 2))
    theirs.mark("a", "City", (2, 7))
    found = list(pieces(measure(ours.done(), theirs.done())))
    assert "".join(piece.text for piece in found) == text
    assert [(p.text, p.look) for p in found] == [
        ("а", "missed"),
        ("б", "missed"),
        ("вгде", "right"),
        ("ж", "wrong"),
        ("з", ""),
    ]


def test_a_page_of_nothing():
    assert "0 articles" in page(evaluate([], []))
