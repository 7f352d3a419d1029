"""The layers of an annotated text, and the strings that count as the same."""

from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError, OntologyError
from kg.evaluate.factrueval.mapping import mapping, parse
from kg.evaluate.factrueval.reading import read
from kg.evaluate.factrueval.spelling import alike, plain
from kg.extract.rules import rule_book

SAMPLE = Path(__file__).with_name("test_factrueval_devset")
DEVSET = Path(__file__).parents[3] / "shared" / "data" / "factrueval" / "devset"
KINDS = {"occupation": 211, "ownership": 17, "deal": 30, "meeting": 5}


@pytest.fixture
def sample():
    return read(SAMPLE, mapping())


@pytest.fixture
def broken(tmp_path):
    """A copy of the sample, to be spoilt."""
    return Path(copytree(SAMPLE, tmp_path / "devset"))


def test_documents_come_in_the_order_of_their_numbers(sample):
    assert [document.name for document in sample] == ["book_1", "book_2"]


def test_tokens_know_their_sentence(sample):
    document = sample[0]
    assert document.sentences[0].startswith("Мэр Зареченска")
    assert document.sentences[1].startswith("Белова возглавляет")
    assert all(document.text[t.start : t.end] == t.text for t in document.tokens)
    assert [t.sentence for t in document.tokens if t.text in {"Мэр", "холдинг"}] == [0, 1]


def test_mentions_have_the_classes_of_track_1(sample):
    assert [s.cls for s in sample[0].spoken] == [
        "per", "locorg", "per", "per", "org", "loc", "org", "locorg",
    ]  # fmt: skip


def test_an_object_goes_by_its_names_in_any_order_and_by_its_mentions(sample):
    meeting = sample[0].facts[1]
    who = meeting.arguments[1].values
    assert {"белова анна", "анна белова", "белова", "анну белову"} <= who


def test_a_name_may_be_quoted_and_have_its_descriptor(sample):
    ownership = sample[0].facts[3]
    what = ownership.arguments[1].values
    assert {"северный мост", '"северный мост"', 'холдинг "северный мост"'} <= what
    assert 'холдинг "северный мост' in what  # from the first to the last token


def test_a_fact_says_whether_it_is_difficult_or_not_actual(sample):
    marks = [(f.kind, f.difficult, f.unreal) for f in sample[0].facts]
    assert marks == [
        ("occupation", False, False),
        ("meeting", False, False),
        ("occupation", True, False),
        ("ownership", False, True),
    ]


def test_a_fact_has_the_sentence_that_holds_most_of_it(sample):
    first, second = sample[0].sentences
    assert [f.sentence for f in sample[0].facts] == [first, first, second, second]


def test_the_phase_is_an_argument(sample):
    assert [a.role for a in sample[0].facts[3].arguments] == ["owner", "property", "фаза"]


def test_a_text_may_have_no_facts(sample):
    assert sample[1].facts == ()


def test_a_folder_without_texts_is_refused(tmp_path):
    with pytest.raises(InputError, match="give the devset"):
        read(tmp_path, mapping())


def test_a_missing_layer_is_named(broken):
    (broken / "book_1.coref").unlink()
    with pytest.raises(InputError, match=r"book_1\.coref: cannot be read"):
        read(broken, mapping())


@pytest.mark.parametrize(
    ("layer", "old", "new"),
    [
        ("facts", "obj4", "obj99"),
        ("facts", "span11", "span99"),
        ("objects", "13 14", "13 99"),
        ("spans", "# 100 Мэр", "# 999 Мэр"),
        ("tokens", "100 0 3 Мэр", "100 ноль 3 Мэр"),
        ("spans", "11 job", "11"),
    ],
)
def test_layers_that_do_not_fit_are_refused(broken, layer, old, new):
    path = broken / f"book_1.{layer}"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match="book_1: its layers do not fit"):
        read(broken, mapping())


def test_the_real_devset_is_read():
    if not DEVSET.is_dir():
        pytest.skip(f"needs the corpus in {DEVSET}")
    documents = read(DEVSET, mapping())
    assert len(documents) == 122
    kinds = [fact.kind for document in documents for fact in document.facts]
    assert {kind: kinds.count(kind) for kind in KINDS} == KINDS
    assert sum(len(document.spoken) for document in documents) == 2610
    for document in documents:
        assert all(document.text[t.start : t.end] == t.text for t in document.tokens)
        assert all(fact.sentence in document.text for fact in document.facts)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("я", "ю", False),
        ("оон", "ооо", True),
        ("мид", "мвд", True),
        ("мид", "мчс", False),
        ("газпрому", "газпрома", True),
        ("газпромом", "газпрома", True),  # nine letters: two may differ
        ("президентом", "президент", True),
        ("президентами", "президент", False),
    ],
)
def test_longer_strings_may_differ_more(one, other, same):
    assert alike(one, other) is same


@given(st.text(max_size=12), st.text(max_size=12))
def test_likeness_does_not_depend_on_order(one, other):
    assert alike(one, other) == alike(other, one)
    assert alike(one, one)


def test_plain_strings_close_the_spaces_between_tokens():
    assert plain("зав . кафедрой ( и . о . )") == "зав. кафедрой (и. о.)"


def test_the_mapping_knows_only_what_the_ontology_has():
    table = """
[gold]
[classes]
Person = "per"
[whereabouts]
before = []
[polarity]
stated = ["Positive"]
[[facts]]
kind = "Meeting"
relation = "hasMet"
subject = "Participant"
object = "Participant"
"""
    with pytest.raises(OntologyError, match="no hasMet"):
        parse(table)
    with pytest.raises(OntologyError, match="no Human"):
        parse(table.replace("Person", "Human").replace("hasMet", "metWith"))


def test_the_extractors_of_the_mapping_are_rules():
    known = {rule.id for rule in rule_book("ru").rules}
    assert {name for pattern in mapping().patterns for name in pattern.by} <= known


def test_the_nearest_class_above_decides():
    classes = mapping()
    named = ["Person", "Company", "Plant", "Bridge", "City", "Meeting"]
    assert [classes.cls(name) for name in named] == ["per", "org", "org", "loc", "locorg", ""]
