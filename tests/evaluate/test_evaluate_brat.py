"""BRAT files: the corpus's dialect, foreign corpora, and what is malformed."""

from __future__ import annotations

import pytest
from annotated_samples import ANN, TEXT, written

from kg.errors import InputError
from kg.evaluate.annotation import Form
from kg.evaluate.brat import read_brat
from kg.evaluate.mapping import Mapping, read_mapping


@pytest.fixture
def article(tmp_path):
    annotated, left_out = read_brat(written(tmp_path))
    assert not left_out
    return annotated


def test_markings_are_read_with_class_form_and_place(article):
    assert article.name == "one"
    assert article.text == TEXT
    marked = {TEXT[m.spans[0][0] : m.spans[0][1]]: (m.cls, m.form) for m in article.markings}
    assert len(article.markings) == 11
    assert marked["Харбин"] == ("City", Form.NAMED)
    assert marked["он"] == ("Person", Form.PRONOUN)
    assert marked["Завод"] == ("Facility", Form.NOMINAL)


def test_a_chain_is_one_thing_under_its_canonical_name(article):
    chain = {m.thing for m in article.markings if m.cls == "Person" and m.spans[0][0] != 93}
    assert len(chain) == 1
    assert article.things[chain.pop()].names == ("Иван Ладыгин", "Ладыгин")


def test_a_date_is_named_by_its_value(article):
    (date,) = (t for t in article.things.values() if t.cls == "Date")
    assert date.names == ("2024-05-15/2024-05-17",)


def test_relations_carry_modality_speaker_option_and_sentence(article):
    by = {s.relation: s for s in article.stated if not s.optional}
    assert by["visited"].modality == "Asserted"
    assert by["locatedIn"].modality == "Denied"
    assert by["locatedIn"].speaker == by["visited"].subject == by["metWith"].subject
    start, end = by["locatedIn"].sentence
    assert TEXT[start:end] == "Завод в Чите не откроют, сказал Ладыгин."
    assert [s.relation for s in article.stated if s.optional] == ["represents"]
    assert by["metWith"].subject_at == ((71, 73),)


def test_discontinuous_and_nested_markings(tmp_path):
    text = "Лебединский и Михайловский комбинаты города Губкина."
    ann = (
        "T1\tFacility 0 11;27 36\tЛебединский комбинаты\n"
        "T2\tFacility 14 36\tМихайловский комбинаты\n"
        "T3\tFacility 14 51\tМихайловский комбинаты города Губкина\n"
        "T4\tCity 44 51\tГубкина\n"
    )
    annotated, _ = read_brat(written(tmp_path, ann, text))
    spans = {m.spans for m in annotated.markings}
    assert ((0, 11), (27, 36)) in spans
    assert len({m.thing for m in annotated.markings}) == 4


def test_lines_that_end_in_windows_fashion(tmp_path):
    path = written(tmp_path, ANN.replace("\n", "\r\n"))
    (tmp_path / "one.txt").write_bytes(TEXT.replace(". ", ".\r\n").encode("utf-8-sig"))
    annotated, _ = read_brat(path)
    assert len(annotated.text) == len(TEXT)


def test_an_empty_annotation_is_an_article_without_markings(tmp_path):
    annotated, _ = read_brat(written(tmp_path, ""))
    assert (annotated.markings, annotated.stated) == ((), ())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("T12 Person 0 1\tx", "one.ann:35: cannot be read; BRAT has it as T1<TAB>Class"),
        ("T12\tPerson 0\tx", "BRAT has it as T1<TAB>Class 0 5<TAB>words"),
        ("T12\tPerson 0 10\tМинистр", "says 'Министр', but there the text has 'Губернатор'"),
        ("T12\tPerson 0 0\t", "T12 marks nothing"),
        ("T12\tPersona 0 10\tГубернатор", "unknown class 'Persona'; give --mapping"),
        ("T12\tEntity 0 10\tГубернатор", "unknown class 'Entity'"),
        ("T1\tPerson 28 40\tИван Ладыгин", "T1 stands there twice"),
        ("R7\tvisited Arg1:T3", "BRAT has it as R1<TAB>relation Arg1:T1 Arg2:T2"),
        ("R7\tvisited Arg1:T3 Arg2:T99", "one.ann:35: there is no T99"),
        ("R7\tvisits Arg1:T3 Arg2:T4", "unknown relation 'visits'"),
        ("*\tEquiv T3", "BRAT has it as *<TAB>Equiv T1 T2"),
        ("*\tEquiv T3 T77", "there is no T77"),
        ("A9\tForm T3 noun", "unknown form 'noun'; known: named, nominal, pronoun"),
        ("A9\tModality R1 Maybe", "unknown modality 'Maybe'; known: Asserted, "),
        ("#9\tSource R1\tT50", "there is no T50; name the mention"),
        ("something", "BRAT has it as a line that begins with T"),
    ],
)
def test_what_is_malformed_is_said_with_its_line(tmp_path, line, said):
    with pytest.raises(InputError) as fault:
        read_brat(written(tmp_path, ANN + line + "\n"))
    assert said in str(fault.value)
    assert "\n" not in str(fault.value)


def test_a_missing_text_and_a_wrong_encoding(tmp_path):
    path = written(tmp_path)
    (tmp_path / "one.txt").unlink()
    with pytest.raises(InputError, match="put the text beside"):
        read_brat(path)
    (tmp_path / "one.txt").write_bytes(TEXT.encode("cp1251"))
    with pytest.raises(InputError, match="save it as UTF-8"):
        read_brat(path)


FOREIGN = """\
T1\tPERSON 28 40\tИван Ладыгин
T2\tPERSON 134 141\tЛадыгин
T3\tCITY 49 55\tХарбин
T4\tPROFESSION 0 10\tГубернатор
T5\tAGE 56 65\t15–17 мая
T6\tCITY 110 114\tЧите
T7\tPERSON 93 100\tЛи Вэем
E1\tVisit:T3
R1\tALTERNATIVE_NAME Arg1:T1 Arg2:T2\t
R2\tWORKS_AS Arg1:T2 Arg2:T4\t
R3\tSPOUSE Arg1:T1 Arg2:T7\t
R4\tWORKPLACE Arg1:T4 Arg2:T3\t
R5\tAGE_IS Arg1:T1 Arg2:T5\t
R6\tALTERNATIVE_NAME Arg1:T1 Arg2:T4\t
R7\tWORKPLACE Arg1:T1 Arg2:T3\t
N1\tReference T3 Wikidata:Q1\tХарбин
N2\tReference T7 Wikidata:Q2\tЛи, Вэй
N3\tReference T1 Wikidata:NULL\tнет данных
N4\tReference T6 Wikidata:Q1\tХарбин
"""


def test_a_foreign_corpus_is_mapped_and_the_rest_counted(tmp_path):
    annotated, left_out = read_brat(written(tmp_path, FOREIGN), mapping=read_mapping("nerel"))
    assert {m.cls for m in annotated.markings} == {"Person", "City", "Post"}
    things = {annotated.text[slice(*m.spans[0])]: m.thing for m in annotated.markings}
    assert things["Иван Ладыгин"] == things["Ладыгин"] != things["Губернатор"]
    assert things["Харбин"] == things["Чите"], "one reference is one thing"
    assert annotated.things[things["Ли Вэем"]].names == ("Вэй Ли", "Ли, Вэй")
    assert annotated.things[things["Ладыгин"]].names == ()
    assert [s.relation for s in annotated.stated] == ["holdsPost", "represents"]
    assert left_out == {
        "AGE (class)": 1,
        "SPOUSE (relation)": 1,
        "AGE_IS (relation)": 1,
        "E lines (events)": 1,
        "relations between classes that the ontology does not allow": 1,
    }
    assert annotated.relations is not None
    assert "metWith" not in annotated.relations, "nobody looked for it"
    assert not annotated.modalities


def test_a_foreign_corpus_without_a_mapping_is_refused(tmp_path):
    with pytest.raises(InputError, match="unknown class 'PERSON'; give --mapping"):
        read_brat(written(tmp_path, FOREIGN))


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[classes", "is no mapping"),
        ("[classes]\nPER = 'Human'", "there is no class 'Human'"),
        ("[relations]\nREL = 'hates'", "there is no relation 'hates'"),
        ("[kinds]\nPER = 'Person'", "other parts than"),
        ("classes = 3", "is no table of names"),
    ],
)
def test_a_mapping_that_is_none(tmp_path, toml, said):
    path = tmp_path / "m.toml"
    path.write_text(toml, encoding="utf-8")
    with pytest.raises(InputError, match=said.replace("[", r"\[")):
        read_mapping(str(path))


def test_mappings_are_found_by_file_and_by_name(tmp_path):
    with pytest.raises(InputError, match="give --mapping a TOML file"):
        read_mapping(str(tmp_path / "none.toml"))
    path = tmp_path / "m.toml"
    path.write_text("[classes]\nPER = 'Person'\n", encoding="utf-8")
    assert read_mapping(str(path)) == Mapping({"PER": "Person"})
    assert read_mapping("nerel").classes["CITY"] == "City"
