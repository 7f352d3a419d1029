"""What the model's finds become: names, references, claims and their confidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from kg import lang
from kg.extract import admission, extract, learned
from kg.extract.confidence import Grounds, believed, confidence, features, unaided
from kg.lang.phrase import Found, Phrase
from kg.mentions import find
from kg.mentions.learned import phrases, settled
from kg.model import Claim, Evidence, Mention
from kg.neural import READING
from kg.neural.model import Entity, Reading, Related
from kg.ontology import load


class Told(Reading):
    """A reading that says what a test has it say, in words of the text."""

    def __init__(
        self, text: str, names: dict[str, str], general: dict[str, str] | None = None,
        said: tuple[tuple[str, str, str, float], ...] = (), score: float = 0.9,
    ) -> None:  # fmt: skip
        self._text, self._said, self._score = text, said, score
        self._names = {"kg": names, "nerel": general or {}}

    def entities(self, scheme: str) -> list[Entity]:
        found = []
        for words, cls in self._names[scheme].items():
            start = self._text.index(words)
            found.append(Entity(start, start + len(words), cls, self._score))
        return found

    def relations(self, scheme: str, spans: object) -> Iterator[Related]:
        assert isinstance(spans, list)
        texts = [self._text[start:end] for (start, end), _ in spans]
        for one, relation, other, score in self._said:
            if one in texts and other in texts:
                yield Related(texts.index(one), texts.index(other), relation, score, "Asserted")


def claims_of(ru, text: str, reading: Reading) -> list[Claim]:
    doc = ru.nlp(text)
    doc.user_data[READING] = reading
    article = ru.article(text)
    return list(extract(article, doc, find(article, doc)).claims)


def names_of(ru, text: str, reading: Reading, known: Sequence[Phrase] = ()) -> set[str]:
    return {p.normal for p in phrases(ru.nlp(text), reading, known, lang.grammar("ru"))}


def test_every_doc_keeps_what_the_model_read(ru):
    for text in ("", "  \n", "Мэр Читы приехал в Хэйхэ."):
        assert isinstance(ru.nlp(text).user_data[READING], Reading)


def test_a_name_needs_both_kinds_of_labels(ru):
    text = "Бумаги подписал УКТЭ."
    own = {"УКТЭ": "Organization"}
    assert names_of(ru, text, Told(text, own)) == set()
    assert names_of(ru, text, Told(text, own, {"УКТЭ": "CITY"})) == set()
    assert names_of(ru, text, Told(text, own, {"УКТЭ": "ORGANIZATION"})) == {"УКТЭ"}


def test_what_it_is_quite_sure_of_needs_but_one(ru):
    text = "Бумаги подписала наньнинская мэрия."
    own = {"наньнинская мэрия": "Organization"}
    assert names_of(ru, text, Told(text, own, score=0.95)) == set()
    assert names_of(ru, text, Told(text, own, score=0.98)) == {"наньнинская мэрия"}


def test_a_description_that_only_the_model_sees_is_a_thing(ru):
    text = "Дочка фабрики «Заря» торгует в Наньнине."
    names = {"Дочка": "Organization:nominal", "Наньнине": "City"}
    reading = Told(text, names, said=(("Дочка", "locatedIn", "Наньнине", 0.99),))
    (claim,) = [c for c in claims_of(ru, text, reading) if c.subject.text == "Дочка"]
    assert claim.evidence.extractors == ("model",)
    assert not claim.subject.named


def test_rules_read_the_words_of_a_description_that_only_the_model_sees(ru):
    text = "Харбин является побратимом Читы."
    described = {"побратимом Читы": "City:nominal"}
    said = {(c.relation, c.object.normal) for c in claims_of(ru, text, Told(text, described))}
    assert ("twinnedWith", "Чита") in said


def test_of_a_person_a_description_is_a_post(ru):
    text = "Племянник уехал."
    assert names_of(ru, text, Told(text, {"Племянник": "Person:nominal"})) == set()


def test_a_description_ends_where_the_model_ends_it(ru):
    text = "Приехал ректор вуза д-ра Хишама."
    assert "вуза" not in found_in(ru, text, Told(text, {}))
    assert "вуза" in found_in(ru, text, Told(text, {"вуза": "Organization:nominal"}))


def test_what_the_model_says_of_a_quoted_name_is_of_the_thing(ru):
    text = "Кондитерское производственное объединение «Амта» украшает Читу."
    names = {"Амта": "Organization", "Читу": "City"}
    reading = Told(text, names, said=(("Амта", "locatedIn", "Читу", 0.99),))
    assert ("locatedIn", "Чита") in {
        (c.relation, c.object.normal) for c in claims_of(ru, text, reading)
    }


def test_what_the_model_marks_needs_no_name(ru):
    text = "Компания работает в Хэйхэ."
    said = (("Компания", "locatedIn", "Хэйхэ", 0.99),)
    unmarked = Told(text, {"Хэйхэ": "City"}, said=said)
    marked = Told(text, {"Компания": "Organization:nominal", "Хэйхэ": "City"}, said=said)
    assert "Компания" not in {c.subject.text for c in claims_of(ru, text, unmarked)}
    assert "Компания" in {c.subject.text for c in claims_of(ru, text, marked)}


@pytest.mark.parametrize(
    ("text", "words", "cls", "general"),
    [
        ("Открыли завод в порту.", "завод", "Facility", "FACILITY"),
    ],
)
def test_what_is_no_name(ru, text, words, cls, general):
    assert names_of(ru, text, Told(text, {words: cls}, {words: general})) == set()


def test_what_the_rules_know_already_is_not_found_again(ru):
    text = "Мэр Читы приехал."
    reading = Told(text, {"Читы": "City"}, {"Читы": "CITY"})
    assert names_of(ru, text, reading) == {"Чита"}
    assert names_of(ru, text, reading, ru.phrases(text)) == set()


def test_a_reference_takes_the_name_that_the_model_points_to(ru):
    text = "Сергей Ладыгин приехал. Было тепло. Шло лето. Пели птицы. Он устал."
    reading = Told(
        text, {"Сергей Ладыгин": "Person", "Он": "Person:pronoun"},
        said=(("Он", "same", "Сергей Ладыгин", 0.9),),
    )  # fmt: skip
    doc = ru.nlp(text)
    doc.user_data[READING] = reading
    found = {f.item.text: f.item.normal for f in find(ru.article(text), doc)}
    assert found["Он"] == "Сергей Ладыгин"


TEXT = "«Снежный барс» из Читы радует Хэйхэ."
SURE = (("Читы", "cooperatesWith", "Хэйхэ", 0.99),)


def test_the_model_alone_makes_a_claim_if_it_is_sure(ru):
    names = {"Читы": "City", "Хэйхэ": "City"}
    found = claims_of(ru, TEXT, Told(TEXT, names, said=SURE))
    (claim,) = [c for c in found if c.relation == "cooperatesWith"]
    assert claim.evidence.extractors == ("model",)
    assert claim.evidence.score == confidence("ru", Grounds("cooperatesWith", "", 0.99))
    unsure = (("Читы", "cooperatesWith", "Хэйхэ", 0.05),)
    found = claims_of(ru, TEXT, Told(TEXT, names, said=unsure))
    assert not [c for c in found if c.relation == "cooperatesWith"]


@pytest.mark.parametrize("relation", ["same", "worksFor", "takesPlaceOn"])
def test_what_the_ontology_does_not_allow_is_not_claimed(ru, relation):
    said = (("Читы", relation, "Хэйхэ", 0.99),)
    found = claims_of(ru, TEXT, Told(TEXT, {"Читы": "City", "Хэйхэ": "City"}, said=said))
    assert not [c for c in found if "model" in c.evidence.extractors]


def test_rule_and_model_are_surer_than_either(ru):
    text = "Чита сотрудничает с Хэйхэ."
    said = (("Чита", "cooperatesWith", "Хэйхэ", 0.95),)
    silent = claims_of(ru, text, Told(text, {}))
    both = claims_of(ru, text, Told(text, {}, said=said))
    (one,), (other,) = (
        [c for c in found if c.relation == "cooperatesWith"] for found in (silent, both)
    )
    assert other.evidence.extractors == (*one.evidence.extractors, "model")
    assert other.evidence.score > one.evidence.score
    assert other.evidence.score > confidence("ru", Grounds("cooperatesWith", "", 0.95))


def test_the_model_is_not_heard_where_a_rule_reads_the_clause(ru):
    text = "Чита не сотрудничает с Хэйхэ."
    said = (("Хэйхэ", "cooperatesWith", "Чита", 0.95),)
    found = claims_of(ru, text, Told(text, {}, said=said))
    assert [c.modality for c in found if c.relation == "cooperatesWith"] == ["Denied"]


def test_a_plan_that_only_the_model_sees_is_a_plan(ru):
    text = "Чита намерена порадовать Хэйхэ."
    said = (("Чита", "cooperatesWith", "Хэйхэ", 0.99),)
    found = claims_of(ru, text, Told(text, {}, said=said))
    (claim,) = [c for c in found if c.relation == "cooperatesWith"]
    assert (claim.modality, claim.evidence.cue.text) == ("Planned", "намерена")


def test_of_two_in_a_row_holds_what_their_verb_says(ru):
    text = "Чита и Хэйхэ планируют порадовать друг друга, сообщил Пётр Лисицын."
    said = (("Чита", "cooperatesWith", "Хэйхэ", 0.99),)
    (claim,) = [
        c for c in claims_of(ru, text, Told(text, {}, said=said)) if c.relation == "cooperatesWith"
    ]
    assert (claim.modality, claim.evidence.cue.text) == ("Planned", "планируют")
    assert claim.attributed_to is not None
    assert claim.attributed_to.normal == "Пётр Лисицын"


@pytest.mark.parametrize(
    ("second", "modality", "speaker"),
    [
        ("Порадовать планируют и Хэйхэ, сообщил Пётр Лисицын.", "Planned", "Пётр Лисицын"),
        ("Снег не радовал Хэйхэ.", "Asserted", None),  # whom Чита did not, is not told
    ],
)
def test_what_lies_in_two_sentences_is_put_as_the_second_puts_it(ru, second, modality, speaker):
    text = f"Чита радует соседей. {second}"
    said = (("Чита", "cooperatesWith", "Хэйхэ", 0.999),)
    (claim,) = [
        c for c in claims_of(ru, text, Told(text, {}, said=said)) if c.relation == "cooperatesWith"
    ]
    assert claim.modality == modality
    assert (claim.attributed_to and claim.attributed_to.normal) == speaker


def test_a_clause_denies_nothing_of_the_one_beside_it(ru):
    text = "Чита не поедет в Далянь: на эти дни назначена встреча в Хэйхэ."
    said = (("Чита", "cooperatesWith", "Хэйхэ", 0.99),)
    (claim,) = [
        c for c in claims_of(ru, text, Told(text, {}, said=said)) if c.relation == "cooperatesWith"
    ]
    assert claim.modality != "Denied"


def test_of_both_directions_the_surer_is_believed(ru):
    text = "Сою Амурская область поставляет в Хэйхэ."
    names = {"Амурская область": "Region", "Хэйхэ": "City"}
    sides = ("Амурская область", "Хэйхэ")
    said = tuple((*way, p) for way, p in ((sides, 0.9), (sides[::-1], 0.95)))
    told = tuple((one, "exportsTo", other, p) for one, other, p in said)
    found = believed(claims_of(ru, text, Told(text, names, said=told)))
    ways = {(c.subject.text, c.object.text) for c in found if c.relation == "exportsTo"}
    assert ways == {sides}, "a rule says so too"


def test_what_was_is_not(ru):
    text = "Ранее порт Усть-Тальма радовал «Снежный барс»."
    names = {"порт Усть-Тальма": "Facility", "Снежный барс": "Organization"}
    said = (("Снежный барс", "owns", "порт Усть-Тальма", 0.99),)
    found = claims_of(ru, text, Told(text, names, said=said))
    assert not [c for c in found if c.relation == "owns"]


@pytest.mark.parametrize(
    ("word", "claimed"), [("Бывший посол", False), ("Экс-посол", False), ("Новый посол", True)]
)
def test_a_former_post_is_held_no_more(ru, word, claimed):
    text = f"{word} Анголы Пётр Лисицын молчал."
    said = (("Пётр Лисицын", "represents", "Анголы", 0.99),)
    found = claims_of(ru, text, Told(text, {}, said=said))
    assert any(c.relation == "represents" for c in found) is claimed


def test_a_symmetric_relation_is_as_probable_either_way():
    one, other = (0, 4), (19, 24)
    here, there = (Found(0, 1, 0, Mention(*at, "Чита", "City", "Чита")) for at in (one, other))
    seen = [learned.Learned(here, "cooperatesWith", there, 0.7, "model", "")]
    assert learned.Look(tuple(seen)).chances() == {
        (one, "cooperatesWith", other): 0.7, (other, "cooperatesWith", one): 0.7,
    }  # fmt: skip


def test_the_model_speaks_for_a_rule_by_its_odds():
    table = {"rules": {"cooperate": (9, 10)}, "overall": 0.9}
    alone = features(Grounds("cooperatesWith", "", 0.5), table)
    ruled = features(Grounds("cooperatesWith", "cooperate", 0.5), table)
    assert alone == [0.0, 0.0, 0.0, 0.0, 0.0]
    assert ruled[:3] == [0.0, 0.0, 1.0]
    assert features(Grounds("cooperatesWith", "cooperate", None), table)[:2] == [0.0, 1.0]
    assert ruled[3] == pytest.approx(2.197, abs=0.001)


def test_a_rule_unknown_to_the_table_counts_as_any():
    table = {"rules": {}, "overall": 0.9}
    assert features(Grounds("cooperatesWith", "new", 0.5), table)[3] == pytest.approx(
        2.197, abs=0.001
    )


def test_without_a_model_a_rule_is_worth_its_share(ru):
    text = "Мэр Читы Олег Терентьев приехал в Хэйхэ."
    doc = ru.nlp(text)
    del doc.user_data[READING]
    article = ru.article(text)
    claims = extract(article, doc, find(article, doc)).claims
    scores = {c.evidence.extractor: c.evidence.score for c in claims}
    assert scores["post"] == unaided("ru", Grounds("holdsPost", "post", None))
    assert scores["post"] > confidence("ru", Grounds("holdsPost", "post", None))


def test_evidence_lists_what_found_it():
    evidence = Evidence("a", 0, 1, "x", "post, model", 0.9)
    assert evidence.extractors == ("post", "model")
    assert replace(evidence, extractor="post").extractors == ("post",)


def test_of_two_rules_the_surer_stands():
    def said(score: float, extractor: str) -> Claim:
        mention = Mention(0, 1, "x", "City", "x")
        other = Mention(2, 3, "y", "City", "y")
        evidence = Evidence("a", 0, 3, "x y", extractor, score)
        return Claim(mention, "borders", other, "Asserted", "Positive", None, evidence)

    (kept,) = admission.unique([said(0.6, "one"), said(0.9, "two"), said(0.99, "model")], "model")
    assert kept.evidence.extractor == "two"


def found_in(ru, text: str, reading: Reading) -> dict[str, tuple[str, str]]:
    doc = ru.nlp(text)
    doc.user_data[READING] = reading
    mentions = [f.item for f in find(ru.article(text), doc) if isinstance(f.item, Mention)]
    return {m.text: (load().kind(m.cls), m.normal) for m in mentions}


def names_in(ru, text: str, reading: Reading) -> dict[str, str]:
    doc = ru.nlp(text)
    doc.user_data[READING] = reading
    found = (f.item for f in find(ru.article(text), doc))
    return {m.text: m.normal for m in found if isinstance(m, Mention) and m.named}


@pytest.mark.parametrize(
    ("text", "words", "cls", "general", "before", "after"),
    [
        (
            "Открыли «Голос Онона» в Чите.", "Голос Онона", "Event", "EVENT",
            ("Organization", "Голос Онона"), ("Event", "Голос Онона"),
        ),
        (
            "Это томский бюджет.", "томский", "City", "CITY",
            ("Region", "Томская область"), ("City", "Томск"),
        ),
        (
            "Приехали гости из Аштарака.", "Аштарака", "Region", "STATE_OR_PROVINCE",
            ("City", "Аштарак"), ("Region", "Аштарак"),
        ),
        (
            "Участвует черняховский комбинат «Инстер».", "черняховский", "City", "CITY",
            None, ("City", "Черняховск"),
        ),
        (
            "Избран член Конгресса США.", "Конгресса США", "Organization", "ORGANIZATION",
            ("Event", "Конгресс США"), ("Organization", "Конгресс США"),
        ),
        (
            "Мэр Читы приехал.", "Читы", "Region", "STATE_OR_PROVINCE",
            ("City", "Чита"), ("City", "Чита"),
        ),
    ],
)  # fmt: skip
def test_where_the_grammar_but_guesses_the_model_says_the_class(
    ru, text, words, cls, general, before, after
):  # fmt: skip
    alone = found_in(ru, text, Told(text, {}))
    told = found_in(ru, text, Told(text, {words: cls}, {words: general}))
    quoted = f"«{words}»"
    assert alone.get(words, alone.get(quoted)) == before
    assert told.get(words, told.get(quoted)) == after
    unsure = found_in(ru, text, Told(text, {words: cls}, {words: "PRODUCT"}))
    assert unsure == alone


@pytest.mark.parametrize(
    ("text", "words", "normal"),
    [
        ("Выступил Комитет защиты журналистов.", "Комитет защиты журналистов", None),
        ("Прибыл глава Совета муфтиев России.", "Совета муфтиев России", "Совет муфтиев России"),
        (
            "Это лидер Социалистической рабочей партии Британии.",
            "Социалистической рабочей партии Британии",
            "Социалистическая рабочая партия Британии",
        ),
    ],
)
def test_a_name_goes_as_far_as_the_model_marks_it(ru, text, words, normal):
    normal = normal or words
    assert words not in names_in(ru, text, Told(text, {}))
    reading = Told(text, {words: "Organization"}, {words: "ORGANIZATION"})
    assert names_in(ru, text, reading)[words] == normal
    alone = Told(text, {words: "Organization"})
    assert words not in names_in(ru, text, alone)
    described = Told(text, {words: "Organization:nominal"}, {words: "ORGANIZATION"})
    assert words not in names_in(ru, text, described)


def test_a_description_goes_as_far_as_the_model_marks_it(ru):
    text = "Вчера приехала делегация из Кралева."
    words = "делегация из Кралева"
    assert words not in found_in(ru, text, Told(text, {}))
    found = found_in(ru, text, Told(text, {words: "Organization:nominal"}))
    assert found[words] == ("Organization", words)
    assert words not in names_in(ru, text, Told(text, {words: "Organization:nominal"}))


def test_a_listed_name_keeps_its_extent(ru):
    text = "Это обсудит Госдума России."
    reading = Told(text, {"Госдума России": "Organization"}, {"Госдума России": "ORGANIZATION"})
    assert names_in(ru, text, reading) == names_in(ru, text, Told(text, {}))


def test_a_person_of_one_name_can_be_a_place(ru):
    text = "Работали с Каннын."
    doc, start = ru.nlp(text), text.index("Каннын")
    span = doc.char_span(start, start + 6)
    person = Phrase(span.start, span.end, span.start, "Person", "Каннын")
    reading = Told(text, {"Каннын": "City"}, {"Каннын": "CITY"})
    (place,) = settled(doc, reading, [person], lang.grammar("ru"))
    assert (place.cls, place.guessed) == ("City", True)


GUEST = "Министр Ли Мин приехал в Читу. Её встретил мэр."


def test_a_pronoun_that_agrees_in_form_alone_means_nothing(ru):
    def meaning(reading: Reading) -> tuple[str, str] | None:
        return found_in(ru, GUEST, reading).get("Её")

    assert meaning(Told(GUEST, {})) == ("City", "Чита")
    names = {"Ли Мин": "Person", "Читу": "City", "Её": "Person:pronoun"}
    assert meaning(Told(GUEST, names)) is None
    named = Told(GUEST, names, said=(("Её", "same", "Ли Мин", 0.6),))
    assert meaning(named) == ("Person", "Ли Мин")
    for fits in ("Country:pronoun", "Topic:pronoun"):  # a place is one; the ontology has no Topic
        assert meaning(Told(GUEST, {**names, "Её": fits})) == ("City", "Чита")


@pytest.mark.parametrize(("score", "normal"), [(0.6, "Хэйхэ"), (0.9, "Чита")])
def test_the_model_overrules_agreement_where_it_is_sure(ru, score, normal):
    text = "Чита готовит форум. Гостей ждут и из города Хэйхэ. Его представит мэр."
    cities = {"Чита": "City", "Хэйхэ": "City", "Его": "City:pronoun"}
    reading = Told(text, cities, said=(("Его", "same", "Чита", score),))
    assert found_in(ru, text, reading)["Его"][1] == normal
