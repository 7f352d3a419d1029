"""BRAT articles as windows with numbered entities and relations."""

from __future__ import annotations

import pytest
from neural_samples import letters

from kg.errors import InputError
from kg.train.data import Labelled, Scheme, joined, read

LETTERS = letters()
TEXT = "Иван Ладыгин посетил Харбин. Там он встретился с мэром Ли Вэем. Город его ждал."
ANN = """\
T1\tPerson 0 12\tИван Ладыгин
T2\tCity 21 27\tХарбин
T3\tPerson 33 35\tон
T4\tPost 49 54\tмэром
T5\tPerson 55 62\tЛи Вэем
T6\tCity 64 69\tГород
R1\tvisited Arg1:T1 Arg2:T2
R2\tmetWith Arg1:T3 Arg2:T5
R3\tholdsPost Arg1:T5 Arg2:T4
R4\trepresents Arg1:T5 Arg2:T2
*\tEquiv T1 T3
*\tEquiv T2 T6
A1\tForm T3 pronoun
A2\tForm T6 nominal
A3\tForm T1 named
A4\tModality R3 Planned
A5\tOptional R4
A6\tNegation R2
"""


@pytest.fixture
def folder(tmp_path):
    return written(tmp_path / "articles")


def written(folder, ann=ANN, text=TEXT, name="one"):
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / f"{name}.ann").write_text(ann, encoding="utf-8")
    return folder


def taken(folder, size=192, symmetric=()):
    return read(folder, "kg", LETTERS, size, symmetric)


def told(example) -> set[tuple[str, str, str]]:
    """The relations of a window, as its words have them."""
    said = [words(example, entity) for entity in example.entities]
    return {(said[r.subject], r.relation, said[r.object]) for r in example.relations}


def words(example, entity) -> str:
    first, last, _ = entity
    return " ".join(w.text for w in example.window.words[first : last + 1])


def test_entities_are_words_of_a_window_with_their_label(folder):
    (example,) = taken(folder).examples
    assert [(words(example, e), e[2]) for e in example.entities] == [
        ("Иван Ладыгин", "Person"),
        ("Харбин", "City"),
        ("он", "Person:pronoun"),
        ("мэром", "Post"),
        ("Ли Вэем", "Person"),
        ("Город", "City:nominal"),
    ]
    assert example.article == "one"


def test_relations_carry_status_and_option(folder):
    (example,) = taken(folder).examples
    assert [r for r in example.relations if r.relation != "same"] == [
        Labelled(0, 1, "visited"),
        Labelled(2, 4, "metWith", "Denied"),
        Labelled(4, 3, "holdsPost", "Planned"),
        Labelled(4, 1, "represents", optional=True),
    ]


def test_what_is_optional_is_not_counted(folder):
    data = taken(folder)
    assert (data.articles, data.entities, data.relations, data.inside) == (1, 6, 3, 3)


def test_symmetric_relations_are_taken_both_ways(folder):
    data = taken(folder, symmetric={"metWith", "borders"})
    (example,) = data.examples
    met = [r for r in example.relations if r.relation == "metWith"]
    assert met == [Labelled(2, 4, "metWith", "Denied"), Labelled(4, 2, "metWith", "Denied")]
    assert (data.relations, data.inside) == (4, 4)


def test_what_stands_for_a_thing_is_the_same_as_all_of_its_chain_but_pronouns(tmp_path):
    text = "Иван Ладыгин, он же Ладыгин, сказал: я."
    ann = (
        "T1\tPerson 0 12\tИван Ладыгин\nT2\tPerson 14 16\tон\nT3\tPerson 20 27\tЛадыгин\n"
        "T4\tPerson 37 38\tя\n*\tEquiv T2 T1 T3 T4\nA1\tForm T2 pronoun\nA2\tForm T4 pronoun\n"
    )
    (example,) = taken(written(tmp_path, ann, text)).examples
    assert told(example) == {
        ("он", "same", "Иван Ладыгин"),
        ("он", "same", "Ладыгин"),
        ("я", "same", "Иван Ладыгин"),
        ("я", "same", "Ладыгин"),
    }


def test_descriptions_are_the_same_as_each_other(tmp_path):
    text = "Завод стоит, комбинат пуст."
    ann = (
        "T1\tOrganization 0 5\tЗавод\nT2\tOrganization 13 21\tкомбинат\n*\tEquiv T1 T2\n"
        "A1\tForm T1 nominal\nA2\tForm T2 nominal\n"
    )
    (example,) = taken(written(tmp_path, ann, text)).examples
    assert told(example) == {("Завод", "same", "комбинат"), ("комбинат", "same", "Завод")}


def test_a_name_that_is_said_to_be_one_is_what_others_stand_for(folder):
    (example,) = taken(folder).examples
    same = {said for said in told(example) if said[1] == "same"}
    assert same == {("он", "same", "Иван Ладыгин"), ("Город", "same", "Харбин")}


def test_the_labels_are_those_that_occur(folder):
    assert taken(folder).scheme() == Scheme(
        "kg",
        ("City", "City:nominal", "Person", "Person:pronoun", "Post"),
        ("holdsPost", "metWith", "represents", "same", "visited"),
        ("Asserted", "Denied", "Planned"),
    )


def test_a_window_has_the_relations_that_it_holds_whole(folder):
    one, other, third = taken(folder, size=50).examples
    assert told(one) == {("Иван Ладыгин", "visited", "Харбин")}
    assert told(other) == {("он", "metWith", "Ли Вэем"), ("Ли Вэем", "holdsPost", "мэром")}
    assert [words(other, e) for e in other.entities] == ["он", "мэром", "Ли Вэем"]
    assert (told(third), [words(third, e) for e in third.entities]) == (set(), ["Город"])


def test_an_entity_over_a_windows_edge_is_dropped_but_counted(tmp_path):
    ann = (
        "T1\tOrganization 0 11\tабвг деёж з\nT2\tCity 10 11\tз\nT3\tCity 0 4\tабвг\n"
        "R1\tlocatedIn Arg1:T1 Arg2:T2\nR2\tpartOf Arg1:T3 Arg2:T3\n"
    )
    data = taken(written(tmp_path, ann, "абвг деёж з"), size=13)
    one, other = data.examples
    assert [words(one, e) for e in one.entities] == ["абвг"]
    assert [words(other, e) for e in other.entities] == ["з"]
    assert told(one) | told(other) == {("абвг", "partOf", "абвг")}
    assert (data.entities, data.relations) == (3, 2)


def test_what_is_no_run_of_whole_words_is_dropped(tmp_path):
    ann = (
        "T1\tPerson 0 4;13 20\tИван посетил\nT2\tCity 21 24\tХар\nT3\tCity 21 27\tХарбин\n"
        "R1\tvisited Arg1:T1 Arg2:T3\n"
    )
    (example,) = taken(written(tmp_path, ann)).examples
    assert [words(example, e) for e in example.entities] == ["Харбин"]
    assert example.relations == []


def test_what_cannot_be_read_is_skipped_and_named(folder):
    written(folder, ANN + "something\n", name="broken")
    written(folder, ANN + "R9\tvisited Arg1:T1 Arg2:T99\n", name="dangling")
    (written(folder, name="foreign") / "foreign.ann").write_bytes(ANN.encode("cp1251"))
    (written(folder, name="text") / "text.txt").write_bytes(TEXT.encode("cp1251"))
    (written(folder, name="alone") / "alone.txt").unlink()
    data = taken(folder)
    assert data.articles == 1
    assert [s.split(":")[0] for s in data.skipped] == [
        "alone.ann", "broken.ann", "dangling.ann", "foreign.ann", "text.ann",
    ]  # fmt: skip
    assert [e.article for e in data.examples] == ["one"]


def test_a_folder_without_articles(tmp_path):
    with pytest.raises(InputError) as fault:
        taken(tmp_path)
    assert str(fault.value).startswith(f"{tmp_path} holds no BRAT articles; give a folder with")
    written(tmp_path, "something\n")
    with pytest.raises(InputError, match="holds no BRAT articles"):
        taken(tmp_path)


def test_an_article_without_words_or_without_annotation(tmp_path):
    written(tmp_path, "", "", name="empty")
    written(tmp_path, "", name="bare")
    data = taken(tmp_path)
    assert (data.articles, data.entities) == (2, 0)
    assert [(e.article, e.entities) for e in data.examples] == [("bare", [])]
    assert data.scheme() == Scheme("kg", (), (), ("Asserted",))


def test_folders_of_one_name_are_one(folder, tmp_path):
    more = written(tmp_path / "more", "T1\tCountry 0 6\tРоссия\n", "Россия", name="two")
    foreign = read(folder, "other", LETTERS, 192)
    both, alone = joined([taken(folder), foreign, taken(more)])
    assert (both.name, both.articles, both.entities, both.relations) == ("kg", 2, 7, 3)
    assert [e.article for e in both.examples] == ["one", "two"]
    assert {"Country", "Post"} < set(both.scheme().classes)
    assert (alone.name, alone.examples) == ("other", foreign.examples)
