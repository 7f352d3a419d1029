"""What kg finds in the terms of FactRuEval, written, scored and shown."""

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.evaluate.factrueval import __main__ as entry
from kg.evaluate.factrueval import score
from kg.evaluate.factrueval.mapping import mapping
from kg.evaluate.factrueval.output import answers, marked, write
from kg.model import Article, Claim, Evidence, Extraction, Mention, Resolution, Value
from kg.resolve import resolve

SAMPLE = Path(__file__).with_name("test_factrueval_devset")


class Told:
    """A text with what is said in it, as if kg had read it."""

    def __init__(self, text):
        self.article = Article("book_1", text)
        self.mentions, self.claims = [], []

    def mention(self, text, cls, *, normal="", named=True, nth=0):
        start = -1
        for _ in range(nth + 1):
            start = self.article.text.index(text, start + 1)
        found = Mention(start, start + len(text), text, cls, normal or text, named)
        self.mentions.append(found)
        return found

    def post(self, text):
        start = self.article.text.index(text)
        return Value(start, start + len(text), text, "langString", text.lower())

    def claim(self, subject, relation, other, *, polarity="Positive", by="rule", sentence=0):
        evidence = Evidence("book_1", sentence, sentence + 1, "Так сказано.", by, 1.0)
        self.claims.append(Claim(subject, relation, other, "Asserted", polarity, None, evidence))

    @property
    def resolution(self):
        return resolve(Extraction(self.article, tuple(self.mentions), tuple(self.claims)))

    def answers(self):
        return [str(answer) for answer in answers(self.resolution, mapping())]

    def marked(self):
        found = marked(self.resolution, mapping())
        return [(m.cls, self.article.text[m.start : m.end]) for m in found]


def test_names_are_marked_but_no_pronouns_descriptions_and_events():
    told = Told("Пётр Лугов приехал. Он открыл завод и форум Восток.")
    told.mention("Пётр Лугов", "Person")
    told.mention("Он", "Person", normal="Пётр Лугов")
    told.mention("завод", "Plant", named=False)
    told.mention("форум Восток", "Conference")
    assert told.marked() == [("per", "Пётр Лугов")]


def test_a_territory_is_a_place_where_the_text_says_where():
    told = Told("Китай строит мост в Китай (Россия) через Амур.")
    told.mention("Китай", "Country")
    told.mention("Китай", "Country", nth=1)
    told.mention("Россия", "Country")
    told.mention("Амур", "WaterBody")
    assert [cls for cls, _ in told.marked()] == ["locorg", "loc", "loc", "loc"]


def test_names_inside_names_are_marked_too():
    told = Told("мэрия Зареченска")
    told.mention("мэрия Зареченска", "GovernmentOrganization")
    told.mention("Зареченска", "City", normal="Зареченск")
    assert told.marked() == [("org", "мэрия Зареченска"), ("locorg", "Зареченска")]


def test_a_name_that_ends_another_of_its_class_is_no_answer():
    told = Told("агентство Рейтер из мэрии Зареченска")
    told.mention("агентство Рейтер", "NewsMediaOrganization")
    told.mention("Рейтер", "Organization")
    told.mention("мэрии Зареченска", "GovernmentOrganization")
    told.mention("Зареченска", "City", normal="Зареченск")
    assert told.marked() == [
        ("org", "агентство Рейтер"),
        ("org", "мэрии Зареченска"),
        ("locorg", "Зареченска"),
    ]


def test_a_common_noun_or_a_pronoun_with_a_capital_is_no_name():
    told = Told("Компания растёт. Мы рады, сообщили в компании «Зари».")
    told.mention("Компания", "Company", normal="Заря")
    told.mention("Мы", "Company", normal="Заря")
    told.mention("«Зари»", "Company", normal="Заря")
    assert told.marked() == [("org", "«Зари»")]


def test_a_post_is_joined_with_the_body_said_after_it():
    told = Told("депутат Думы, тренер «Зари» Пётр Лугов")
    who = told.mention("Пётр Лугов", "Person")
    duma, club = told.mention("Думы", "Organization"), told.mention("«Зари»", "Organization")
    for post in ("депутат", "тренер"):
        told.claim(who, "holdsPost", told.post(post))
    for body in (duma, club):
        told.claim(who, "represents", body)
    assert told.answers() == [
        "Who: Пётр Лугов; Position: депутат; Where: Думы",
        "Who: Пётр Лугов; Position: тренер; Where: Зари",
    ]


def test_a_body_before_its_post_goes_with_it_too():
    told = Told("российский министр Пётр Лугов")
    who, where = told.mention("Пётр Лугов", "Person"), told.mention("российский", "Country")
    told.claim(who, "holdsPost", told.post("министр"))
    told.claim(who, "represents", where)
    assert told.answers() == ["Who: Пётр Лугов; Position: министр; Where: российский"]


def test_what_a_fuller_answer_says_is_left_out():
    told = Told("мэр Зареченска Пётр Лугов. мэр Пётр Лугов")
    who, where = told.mention("Пётр Лугов", "Person"), told.mention("Зареченска", "City")
    again = told.mention("Пётр Лугов", "Person", nth=1)
    told.claim(who, "holdsPost", told.post("мэр"))
    told.claim(who, "represents", where)
    told.claim(again, "holdsPost", told.post("мэр"), sentence=30)
    assert told.answers() == ["Who: Пётр Лугов; Position: мэр; Where: Зареченска"]


def test_a_body_without_a_post_is_an_answer():
    told = Told("Пётр Лугов из Думы")
    told.claim(told.mention("Пётр Лугов", "Person"), "represents", told.mention("Думы", "Company"))
    assert told.answers() == ["Who: Пётр Лугов; Where: Думы"]


def test_a_pronoun_is_given_by_the_name_it_stands_for():
    told = Told("Пётр Лугов приехал. Он встретил Анну Белову.")
    told.mention("Пётр Лугов", "Person")
    he = told.mention("Он", "Person", normal="Пётр Лугов")
    told.claim(he, "metWith", told.mention("Анну Белову", "Person", normal="Анна Белова"))
    assert told.answers() == ["Participant: Пётр Лугов; Participant: Анну Белову"]


def test_what_is_denied_is_no_answer():
    told = Told("Лугов не владеет Зарёй")
    who, what = told.mention("Лугов", "Person"), told.mention("Зарёй", "Company")
    told.claim(who, "owns", what, polarity="Negative")
    assert told.answers() == []


def test_who_buys_makes_a_deal_and_owns():
    told = Told("Лугов купил Зарю")
    who, what = told.mention("Лугов", "Person"), told.mention("Зарю", "Company")
    told.claim(who, "owns", what, by="acquire")
    assert told.answers() == [
        "Owner: Лугов; Property: Зарю",
        "Participant: Лугов; Participant: Зарю; Type: купля/продажа",
    ]


def test_files_have_the_formats_of_the_organizers(tmp_path):
    told = Told("Лугов купил ООО: Заря\nПлюс")
    who = told.mention("Лугов", "Person")
    what = told.mention("ООО: Заря\nПлюс", "Company")
    told.claim(who, "owns", what)
    told.claim(who, "holdsPost", told.post("купил"))
    resolution = told.resolution
    write(tmp_path, "book_1", marked(resolution, mapping()), answers(resolution, mapping()))
    assert (tmp_path / "book_1.task1").read_text(encoding="utf-8") == "per 0 5\norg 12 14\n"
    assert (tmp_path / "book_1.task3").read_text(encoding="utf-8") == (
        "Occupation\nWho : Лугов\nPosition : купил\n"
        "\nOwnership\nOwner : Лугов\nProperty : ООО Заря Плюс\n"
    )


def silent(document):
    return Resolution(Article(document.name, document.text), (), ())


def mayor(document):
    told = Told(document.text)
    if document.name == "book_1":
        who = told.mention("Пётр Лугов", "Person")
        told.claim(who, "holdsPost", told.post("Мэр"))
        told.claim(who, "represents", told.mention("Зареченска", "City"))
    return told.resolution


def test_a_system_that_finds_nothing_gets_nothing():
    report = score(SAMPLE, system=silent)
    for figures in (report.names, report.merged, report.easy, report.hard):
        assert (figures.figures["overall"].found, figures.figures["overall"].f1) == (0, 0)


def test_a_report_shows_figures_and_errors(tmp_path):
    steps = []
    report = score(SAMPLE, system=mayor, write_to=tmp_path / "out", on_step=steps.append)
    assert report.documents == len(steps) == 2
    assert report.easy.figures["occupation"].f1 == 1
    assert "occupation                      1.0000  1.0000  1.0000" in str(report)
    errors = report.errors()
    assert "missed meeting book_1: participant: Лугов Пётр; participant: Белова Анна" in errors
    assert "missed org book_1: холдинг «Северный мост" in errors
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["book_1.task1", "book_1.task3", "book_2.task1", "book_2.task3"]


def test_a_folder_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="name another"):
        score(SAMPLE, system=silent, write_to=tmp_path / "out")


def test_the_entry_says_a_mistake_in_one_line(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["kg.evaluate.factrueval", str(tmp_path)])
    assert entry.main() == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.slow
def test_the_entry_runs_kg_over_the_texts(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["kg.evaluate.factrueval", str(SAMPLE), "--errors"])
    assert entry.main() == 0
    out = capsys.readouterr().out
    assert "track 3: facts, hard" in out
    assert "missed ownership book_1" in out
