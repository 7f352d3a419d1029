"""The .gold format, kg's own reading as an annotation, and how files are found."""

from __future__ import annotations

import pytest
from annotated_samples import ANN, TEXT, written
from graph_samples import cooperation, denial

from kg.errors import InputError
from kg.evaluate.annotation import Form
from kg.evaluate.gold import read_gold
from kg.evaluate.reading import is_factrueval, read_beside, read_corpus
from kg.evaluate.system import from_resolution

GOLD = """\
# a comment
E lad Person Иван Ладыгин | Ладыгин
E amur Region Амурская область
E khab City Харбин
F lad holdsPost "первый заместитель"
F lad represents amur
F lad visited khab planned
F amur cooperatesWith khab denied
F lad visited amur optional
"""


def gold(folder, text=GOLD):
    path = folder / "one.gold"
    path.write_text(text, encoding="utf-8")
    return path


def test_gold_things_and_facts(tmp_path):
    annotated = read_gold(gold(tmp_path))
    assert annotated.things["lad"].names == ("Иван Ладыгин", "Ладыгин")
    said = [(s.relation, s.object, s.literal, s.modality, s.optional) for s in annotated.stated]
    assert said == [
        ("holdsPost", "первый заместитель", True, "Asserted", False),
        ("represents", "amur", False, "Asserted", False),
        ("visited", "khab", False, "Other", False),
        ("cooperatesWith", "khab", False, "Denied", False),
        ("visited", "amur", False, "Asserted", True),
    ]
    assert (annotated.text, annotated.offsets, annotated.markings) == ("", False, ())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("E x Person", ":10: cannot be read; write E id Class name"),
        ("E x Human Иван", "a class of the ontology"),
        ("E lad Person Иван", "each id once"),
        ("E x Person |", "cannot be read"),
        ("F lad visited", "write F subject relation object"),
        ("F lad visited nobody", "there is no 'nobody'; give it an E line"),
        ("F lad hates khab", "the format has no relation 'hates'"),
        ("G lad", "begins with none of E, F and #"),
    ],
)
def test_gold_that_is_malformed(tmp_path, line, said):
    with pytest.raises(InputError) as fault:
        read_gold(gold(tmp_path, GOLD + line + "\n"))
    assert said in str(fault.value)


def test_a_resolution_becomes_an_annotation():
    resolution = cooperation()
    annotated = from_resolution(resolution, "one")
    assert annotated.text == resolution.article.text
    heilongjiang = resolution.referents[0][1]
    assert annotated.things[heilongjiang.iri].names[0] == heilongjiang.label
    classes = {m.cls for m in annotated.markings}
    assert {"Province", "FederalSubject", "Person", "Date", "Post"} <= classes
    (date,) = (t for t in annotated.things.values() if t.cls == "Date")
    assert date.names == ("2021-08-05",)
    modalities = [s.modality for s in annotated.stated if s.relation == "cooperatesWith"]
    assert modalities == ["Discussed", "Planned"]
    said = next(s for s in annotated.stated if s.modality == "Planned")
    assert annotated.things[said.speaker or ""].names[0] == "Хуан Шивэй"
    assert (said.extractor, said.confidence, said.literal) == ("rules", 0.9, False)
    assert next(s for s in annotated.stated if s.relation == "holdsPost").literal


def test_a_negative_claim_is_denied():
    said = {s.relation: s.modality for s in from_resolution(denial()).stated}
    assert said == {"cooperatesWith": "Denied", "visited": "Asserted"}


@pytest.mark.slow
def test_the_pipeline_tells_names_from_what_points_to_them(ru):
    text = (
        "Выставка «Станкострой» прошла в Челябинске. Китайские компании привезли станки. "
        "Губернатор Иван Петров посетил провинцию Хэйлунцзян. Провинция сотрудничает с "
        "Приморским краем. 5 мая он встретился с мэром Чэнем."
    )
    annotated = from_resolution(ru.told(text))
    forms = {text[slice(*m.spans[0])]: m.form for m in annotated.markings}
    assert forms["Хэйлунцзян"] is forms["Иван Петров"] is forms["Челябинске"] is Form.NAMED
    assert forms["Провинция"] is Form.NOMINAL
    assert forms.get("он", Form.NOMINAL) is Form.NOMINAL
    assert [m.cls for m in annotated.markings if m.cls == "Date"] == ["Date"]


def test_a_corpus_is_a_folder_or_files(tmp_path):
    for name in ("b", "a"):
        written(tmp_path, name=name)
    (tmp_path / "notes.md").write_text("x")
    assert [g.annotated.name for g in read_corpus([tmp_path]).articles] == ["a", "b"]
    assert [g.annotated.name for g in read_corpus([tmp_path / "b.ann"]).articles] == ["b"]
    assert [g.annotated.name for g in read_corpus([tmp_path], ["b"]).articles] == ["b"]


def test_texts_may_lie_elsewhere(tmp_path):
    written(tmp_path / "texts")
    path = tmp_path / "one.ann"
    path.write_text(ANN, encoding="utf-8")
    with pytest.raises(InputError, match="put the text beside"):
        read_corpus([path])
    (found,) = read_corpus([path], texts=[tmp_path / "texts"]).articles
    assert found.annotated.text == TEXT
    assert found.text == tmp_path / "texts" / "one.txt"


def test_a_corpus_that_is_none(tmp_path):
    (tmp_path / "empty").mkdir()
    path = written(tmp_path)
    with pytest.raises(InputError, match=r"no gold there; give \.ann or \.gold"):
        read_corpus([tmp_path / "empty"])
    with pytest.raises(InputError, match="does not exist"):
        read_corpus([tmp_path / "none"])
    with pytest.raises(InputError, match="of no known format"):
        read_corpus([path.with_suffix(".txt")])
    with pytest.raises(InputError, match="there is no article 'two'"):
        read_corpus([path], ["two"])
    gold(tmp_path)
    with pytest.raises(InputError, match=r"several formats: \.ann \.gold"):
        read_corpus([tmp_path])
    with pytest.raises(InputError, match="have one name"):
        read_corpus([path, written(tmp_path / "more")])


def test_another_annotation_has_the_same_articles(tmp_path):
    corpus = read_corpus([written(tmp_path)])
    other = tmp_path / "other"
    with pytest.raises(InputError, match=r"give --system one with \.ann files"):
        list(read_beside(other, corpus))
    other.mkdir()
    with pytest.raises(InputError, match="leave its article out by --only"):
        list(read_beside(other, corpus))
    (other / "one.ann").write_text(ANN, encoding="utf-8")
    assert list(read_beside(other, corpus)) == [corpus.articles[0].annotated]


def test_factrueval_is_known_by_its_files(tmp_path):
    assert not is_factrueval([tmp_path])
    (tmp_path / "book_1.objects").write_text("")
    assert is_factrueval([tmp_path])
    assert not is_factrueval([tmp_path, tmp_path])
