"""The Russian pipeline: one tree a sentence, lemmas that fit the tags, nothing loaded early."""

from __future__ import annotations

import subprocess
import sys

import pytest
from spacy.language import Language

from kg import lang
from kg.errors import InputError

TANGLED = (
    "Ярмарка у реки\n\nНа ярмарку, что открылась вчера в Чите, приехали, по словам мэра, гости "
    "из двадцати городов – и не только из Забайкалья (их было 40), но и из Хулун-Буира! "
    "«Кто, если не мы?» – спросил один.\n  Другие: ели, пили, пели. 5–6 мая\n"
)
OLD = "import sys; before = set(sys.modules); {}; print('\\n'.join(set(sys.modules) - before))"


def run(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", OLD.format(code)],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return set(done.stdout.split())


@pytest.mark.parametrize("text", [TANGLED, "Мост", "!", "\n\nМост открыт", "Мост\n \nоткрыт.\n"])
def test_every_sentence_has_one_root_and_no_cycle(ru, text):
    doc = ru.doc(text)
    assert doc.text == text
    for sent in doc.sents:
        assert [t for t in sent if t.head == t] == [sent.root]
        for token in sent:
            assert token == sent.root or sent.root in token.ancestors
            assert token.head in sent


def test_parsing_keeps_the_sentences_of_the_tokenizer(ru):
    bounds = [s.start_char for s in ru.doc(TANGLED).sents]
    assert bounds == [s.start_char for s in ru.nlp.make_doc(TANGLED).sents]


def test_nothing_is_made_of_an_empty_text(ru):
    assert len(ru.doc("")) == 0
    assert ru.phrases("") == []


@pytest.mark.parametrize(
    ("sentence", "word", "lemma"),
    [
        ("Рабочие мыли окна из стали.", "стали", "сталь"),
        ("Города стали побратимами.", "стали", "стать"),
        ("Путь лежит через три села.", "села", "село"),
        ("Делегация села в поезд.", "села", "сесть"),
        ("Печь топят углём.", "Печь", "печь"),
        ("У моста новые опоры.", "моста", "мост"),
        ("Её встретили цветами.", "цветами", "цвет"),
    ],
)
def test_lemmas_agree_with_tags(ru, sentence, word, lemma):
    assert next(t.lemma_ for t in ru.doc(sentence) if t.text == word) == lemma


def test_white_space_is_tagged_as_such(ru):
    assert {t.pos_ for t in ru.doc("Мост  открыт\n\nвчера") if t.is_space} == {"SPACE"}


@pytest.mark.parametrize(
    "name", ["slovnet_morph", "slovnet_syntax", "slovnet_ner", "pymorphy_lemmatizer"]
)
def test_the_components_are_spacy_factories(ru, name):
    assert Language.has_factory(name)
    assert name in ru.nlp.pipe_names


def test_the_recognizer_knows_people_places_and_bodies(ru):
    doc = ru.doc("Олег Тарханов из Читы работает в Сбербанке.")
    assert [(e.text, e.label_) for e in doc.ents] == [
        ("Олег Тарханов", "PER"), ("Читы", "LOC"), ("Сбербанке", "ORG"),
    ]  # fmt: skip


def test_a_text_reads_the_same_alone_and_in_company(ru):
    one, other = "Мост соединил Читу и Хэйхэ.", "Мэр Читы Олег Тарханов посетил порт."
    joined, alone = ru.doc(f"{one}\n\n{other}"), [*ru.doc(one), *ru.doc(other)]
    here = [(t.text, t.tag_, t.lemma_, t.dep_) for t in joined if not t.is_space]
    assert here == [(t.text, t.tag_, t.lemma_, t.dep_) for t in alone]


def test_importing_a_language_loads_no_model():
    code = (
        "import kg.lang, kg.lang.ru as ru; "
        "assert not ru.neural._navec.cache_info().currsize; "
        "assert not ru.neural._model.cache_info().currsize; "
        "assert not ru.morphology.analyzer.cache_info().currsize"
    )
    assert "kg.lang.ru.neural" in run(code)


def test_neither_pymorphy2_nor_natasha_nor_pkg_resources_is_imported():
    code = "import kg.lang; kg.lang.load('ru')('Мост открыт.')"
    roots = {name.partition(".")[0] for name in run(code)}
    assert roots.isdisjoint({"pymorphy2", "natasha", "pkg_resources"})


def test_an_unknown_language_is_named_with_the_known():
    with pytest.raises(InputError, match=r"unknown language 'tlh'; known: .*ru"):
        lang.load("tlh")
    with pytest.raises(InputError, match="unknown language"):
        lang.grammar("../ru")
