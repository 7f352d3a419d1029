"""Tokens and sentences; the Doc holds the text unchanged."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from kg.lang.ru.tokenizer import RazdelTokenizer, tokens

tokenize = RazdelTokenizer(Vocab())
TEXT = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from([
            "мост", "г.", "А.", "«", "»", " ", "  ", "\n", "\n\n", "\t", "\xa0", "满洲里", "5-го",
            "10–12", "…", "?!", "№", "\u200b", "(", "12.05.2024", "К", "ё", "\u0301", "\U0001f309",
        ])
    ).map("".join),
)  # fmt: skip


@given(TEXT)
@example("")
@example(" \n ")
@example("\nМост открыт \n\n  Вчера.")
@example("Мост\u2028открыт\r\nвчера\x85")
def test_the_doc_holds_the_text_unchanged(text):
    doc = tokenize(text)
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)


@given(TEXT)
def test_tokens_are_disjoint_and_hold_all_but_white_space(text):
    here = 0
    for start, end, _first in tokens(text):
        assert here <= start < end
        assert not text[here:start].strip()
        here = end
    assert not text[here:].strip()


@given(TEXT)
def test_a_sentence_stays_in_its_paragraph(text):
    for sent in tokenize(text).sents:
        assert "\n" not in sent.text.strip()


def sentences(text: str) -> list[str]:
    return [sent.text.strip() for sent in tokenize(text).sents]


def test_a_headline_without_a_full_stop_is_a_sentence_of_its_own():
    text = "В Чите открыли мост\n\nМост открыли вчера. Движение началось."
    assert sentences(text) == ["В Чите открыли мост", "Мост открыли вчера.", "Движение началось."]


@pytest.mark.parametrize(
    "sentence",
    [
        "На встречу приехал А. Б. Тарханов из г. Чита.",
        "Порт построят в 2025 г. на берегу реки.",
        "«Мост открыт!» – сказал он.",
        "Вложили 12,5 млн руб. и 3 тыс. юаней.",
    ],
)
def test_an_abbreviation_ends_no_sentence(sentence):
    assert sentences(sentence) == [sentence]


def test_a_run_of_hanzi_is_one_token():
    assert "满洲里" in [t.text for t in tokenize("город Маньчжурия (满洲里), КНР")]
