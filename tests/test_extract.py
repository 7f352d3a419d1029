"""What sentences are taken to say: who, to whom, how surely, and by whose word."""

from __future__ import annotations

import pytest

import kg
from kg.extract import clause, extract
from kg.extract.arguments import Reader
from kg.extract.fold import Folded, Unit, fold
from kg.lang.phrase import Found
from kg.model import Mention
from kg.sources import article

BARS, PORT, HEIHE = "Снежный барс", "порт Усть-Тальма", "мэрия Хэйхэ"
KRAI, JILIN = "Приморский край", "Цзилинь"

STATED = {
    # apposition: the verb governs «компания», which «Снежный барс» names
    "Компания «Снежный барс» приобрела порт Усть-Тальма.": {f"{BARS} — owns → {PORT}"},
    "Пётр Лисицын, губернатор Приморского края, посетил Харбин.": {
        "Пётр Лисицын — visited → Харбин", "Пётр Лисицын — holdsPost → губернатор",
        f"Пётр Лисицын — represents → {KRAI}",
    },
    "Пётр Лисицын (губернатор Приморского края) посетил Харбин.": {
        "Пётр Лисицын — holdsPost → губернатор", "Пётр Лисицын — visited → Харбин",
    },
    # coordination
    "Пётр Лисицын и Анна Рябова посетили Харбин.": {
        "Пётр Лисицын — visited → Харбин", "Анна Рябова — visited → Харбин",
    },
    "Пётр Лисицын посетил Харбин, Хэйхэ и Далянь.": {
        "Пётр Лисицын — visited → Харбин", "Пётр Лисицын — visited → Хэйхэ",
        "Пётр Лисицын — visited → Далянь",
    },
    "Приморский край, Амурская область и Забайкальский край сотрудничают с провинцией Цзилинь.": {
        f"{KRAI} — cooperatesWith → {JILIN}", f"Амурская область — cooperatesWith → {JILIN}",
        f"Забайкальский край — cooperatesWith → {JILIN}",
    },
    "Амурская и Иркутская области сотрудничают с провинцией Цзилинь.": {
        f"Амурская область — cooperatesWith → {JILIN}",
        f"Иркутская область — cooperatesWith → {JILIN}",
    },
    "Компания «Снежный барс» приобрела порт Усть-Тальма и сотрудничает с мэрией Хэйхэ.": {
        f"{BARS} — owns → {PORT}", f"{BARS} — cooperatesWith → {HEIHE}",
    },
    # passive
    "Порт Усть-Тальма был приобретён компанией «Снежный барс».": {f"{BARS} — owns → {PORT}"},
    "Соглашение подписано компанией «Снежный барс» и мэрией Хэйхэ.": {
        f"{BARS} — signedAgreementWith → {HEIHE}",
    },
    # participles
    "В Чите открылась ярмарка «Осенний мост», организованная компанией «Снежный барс».": {
        f"{BARS} — organizes → ярмарка «Осенний мост»",
        "ярмарка «Осенний мост» — takesPlaceIn → Чита",
    },
    "Компания «Снежный барс», выкупившая порт Усть-Тальма, сотрудничает с мэрией Хэйхэ.": {
        f"{BARS} — owns → {PORT}", f"{BARS} — cooperatesWith → {HEIHE}",
    },
    # a relative clause
    "Компания «Снежный барс», которая владеет портом Усть-Тальма, сотрудничает с мэрией Хэйхэ.": {
        f"{BARS} — owns → {PORT}", f"{BARS} — cooperatesWith → {HEIHE}",
    },
    # free word order
    "Портом Усть-Тальма владеет компания «Снежный барс».": {f"{BARS} — owns → {PORT}"},
    # between X and Y
    "Соглашение о сотрудничестве между Приморским краем и провинцией Цзилинь действует.": {
        f"{KRAI} — cooperatesWith → {JILIN}",
    },
    "Сотрудничество между Приморским краем и провинцией Цзилинь продолжается.": {
        f"{KRAI} — cooperatesWith → {JILIN}",
    },
    # posts and whose they are
    "Министр торговли Приморского края Анна Рябова встретилась с мэром Хэйхэ Лю Чжаоминем.": {
        "Анна Рябова — metWith → Лю Чжаоминь", "Анна Рябова — holdsPost → министр торговли",
        f"Анна Рябова — represents → {KRAI}", "Лю Чжаоминь — represents → Хэйхэ",
    },
    # brackets
    "Мэр Читы Олег Тарханов (на фото справа) посетил (впервые) город Хэйхэ (КНР).": {
        "Олег Тарханов — visited → Хэйхэ",
    },
    # names without a verb
    "Гости видели мэрию Хэйхэ.": {f"{HEIHE} — hasJurisdiction → Хэйхэ"},
    "Железная дорога Гродеково – Суйфэньхэ закрыта.": {
        "железная дорога Гродеково – Суйфэньхэ — connects → Гродеково",
        "железная дорога Гродеково – Суйфэньхэ — connects → Суйфэньхэ",
    },
    # dates
    "Форум «Осенний мост» пройдёт с 10 по 12 июня в Чите.": {
        "форум «Осенний мост» — takesPlaceOn → 2024-06-10",
        "форум «Осенний мост» — endsOn → 2024-06-12",
        "форум «Осенний мост» — takesPlaceIn → Чита",
    },
}  # fmt: skip


@pytest.mark.parametrize("sentence", STATED)
def test_what_is_stated(ru, sentence):
    assert STATED[sentence] <= ru.facts(sentence)


SILENT = [
    ("Ни один гость не видел порт Усть-Тальма.", "visited"),
    ("Бывший губернатор Приморского края Пётр Лисицын пел.", "holdsPost"),
    ("Компания «Снежный барс» и порт Усть-Тальма известны всем.", "owns"),
    ("Вместо Петра Лисицына Харбин посетила Анна Рябова.", "metWith"),
    ("Директор компании в Чите Олег Тарханов пел.", "represents"),
    ("У Читы гостит провинция Цзилинь.", "borders"),
]


@pytest.mark.parametrize(("sentence", "relation"), SILENT)
def test_what_is_not_stated(ru, sentence, relation):
    assert ru.claims(sentence, relation) == []


@pytest.mark.parametrize(
    ("sentence", "relation"),
    [
        ("Приморский край и провинция Цзилинь сотрудничают.", "cooperatesWith"),
        ("Приморский край граничит с провинцией Цзилинь.", "borders"),
        ("Приморский край и провинция Цзилинь граничат друг с другом.", "borders"),
        ("Чита и Хэйхэ стали побратимами.", "twinnedWith"),
        ("Пётр Лисицын встретился с Анной Рябовой.", "metWith"),
        ("Компания «Снежный барс» и мэрия Хэйхэ подписали соглашение.", "signedAgreementWith"),
    ],
)
def test_a_symmetric_relation_is_claimed_once(ru, sentence, relation):
    (claim,) = ru.claims(sentence, relation)
    assert claim.polarity == "Positive"


STANCES = [
    ("Приморский край сотрудничает с провинцией Цзилинь.", "Asserted"),
    ("Приморский край сотрудничал с провинцией Цзилинь.", "Asserted"),
    ("Приморский край будет сотрудничать с провинцией Цзилинь.", "Planned"),
    ("Приморский край намерен сотрудничать с провинцией Цзилинь.", "Planned"),
    ("Приморский край планирует развивать сотрудничество с провинцией Цзилинь.", "Planned"),
    ("Приморский край договорился сотрудничать с провинцией Цзилинь.", "Planned"),
    ("Чита настаивает на том, чтобы Приморье сотрудничало с провинцией Цзилинь.", "Expected"),
    ("Приморский край обсудил сотрудничество с провинцией Цзилинь.", "Discussed"),
    ("Приморский край изучает возможность сотрудничества с провинцией Цзилинь.", "Discussed"),
    ("Приморский край надеется сотрудничать с провинцией Цзилинь.", "Expected"),
    ("Приморский край предложил сотрудничать с провинцией Цзилинь.", "Proposed"),
    ("Приморский край мог бы сотрудничать с провинцией Цзилинь.", "Possible"),
    ("Если Приморский край будет сотрудничать с провинцией Цзилинь, порт откроют.", "Possible"),
    ("По слухам, Приморский край сотрудничает с провинцией Цзилинь.", "Possible"),
    ("Возможно, Приморский край сотрудничает с провинцией Цзилинь.", "Possible"),
    ("Приморский край не сотрудничает с провинцией Цзилинь.", "Denied"),
    ("Приморский край не намерен сотрудничать с провинцией Цзилинь.", "Denied"),
    ("Приморский край не будет сотрудничать с провинцией Цзилинь.", "Denied"),
    ("Приморский край отказался сотрудничать с провинцией Цзилинь.", "Denied"),
    ("Приморский край прекратил сотрудничество с провинцией Цзилинь.", "Denied"),
    ("Ни Приморский край, ни Чита не сотрудничают с провинцией Цзилинь.", "Denied"),
    ("Приморский край не отказался сотрудничать с провинцией Цзилинь.", "Asserted"),
    ("Приморский край не прекратил сотрудничество с провинцией Цзилинь.", "Asserted"),
]


@pytest.mark.parametrize(("sentence", "modality"), STANCES)
def test_modality_and_polarity(ru, sentence, modality):
    claims = ru.claims(sentence, "cooperatesWith")
    expected = (modality, "Negative" if modality == "Denied" else "Positive")
    assert {(c.modality, c.polarity) for c in claims} == {expected}


@pytest.mark.parametrize(
    ("sentence", "cue"),
    [
        ("Приморский край планирует развивать сотрудничество с провинцией Цзилинь.", "планирует"),
        ("Приморский край будет сотрудничать с провинцией Цзилинь.", "будет"),
        ("Приморский край не сотрудничает с провинцией Цзилинь.", "не"),
        ("Приморский край отказался сотрудничать с провинцией Цзилинь.", "отказался"),
        ("По слухам, Приморский край сотрудничает с провинцией Цзилинь.", "слухам"),
        ("Сотрудничает ли Приморский край с провинцией Цзилинь?", "?"),
    ],
)
def test_the_word_that_gives_the_modality_is_kept(ru, sentence, cue):
    (claim,) = ru.claims(sentence, "cooperatesWith")
    found = claim.evidence.cue
    assert (found.text, sentence[found.start : found.end]) == (cue, cue)


def test_what_is_plainly_asserted_has_no_cue(ru):
    (claim,) = ru.claims("Приморский край сотрудничает с провинцией Цзилинь.", "cooperatesWith")
    assert claim.evidence.cue is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Сотрудничает ли Приморский край с провинцией Цзилинь?",
        "Приморский край сотрудничает с провинцией Цзилинь?",
        "Неизвестно, сотрудничает ли Приморский край с провинцией Цзилинь.",
    ],
)
def test_what_is_only_asked_is_neither_affirmed_nor_denied(ru, sentence):
    (claim,) = ru.claims(sentence, "cooperatesWith")
    assert (claim.modality, claim.polarity) == ("Questioned", "Underspecified")


def test_a_question_for_a_circumstance_says_nothing(ru):
    assert not ru.claims("Почему Приморский край сотрудничает с провинцией Цзилинь?", "borders")


@pytest.mark.parametrize(
    ("sentence", "stances"),
    [
        pytest.param(
            "Не только Приморский край, но и Чита сотрудничает с провинцией Цзилинь.",
            {("Asserted", "Positive")},
        ),
        pytest.param(
            "Приморский край вряд ли будет сотрудничать с провинцией Цзилинь.",
            {("Denied", "Negative")},
        ),
        pytest.param(
            "Слухи о том, что Приморский край сотрудничает с провинцией Цзилинь, не подтвердились.",
            {("Denied", "Negative")},
        ),
        pytest.param(
            "Приморский край и Чита, а не Хэйхэ, сотрудничают с провинцией Цзилинь.",
            {("Asserted", "Positive"), ("Denied", "Negative")},
        ),
        pytest.param(
            "Мэр не отрицает, что Приморский край сотрудничает с провинцией Цзилинь.",
            {("Asserted", "Positive")},
        ),
        pytest.param(
            "Неправда, что Приморский край сотрудничает с провинцией Цзилинь.",
            {("Denied", "Negative")},
        ),
    ],
)
def test_harder_stances(ru, sentence, stances):
    claims = ru.claims(sentence, "cooperatesWith")
    assert {(c.modality, c.polarity) for c in claims} == stances


@pytest.mark.parametrize(
    ("sentence", "relation", "stances"),
    [
        pytest.param(
            "Пётр Лисицын не посетил Харбин, а Анна Рябова посетила Далянь.",
            "visited",
            {"Харбин": "Negative", "Далянь": "Positive"},
        ),
        pytest.param(
            "Пётр Лисицын не посетил Харбин, а посетил Далянь.",
            "visited",
            {"Харбин": "Negative", "Далянь": "Positive"},
        ),
        (
            "Пётр Лисицын посетил не Харбин, а Далянь.",
            "visited",
            {"Харбин": "Negative", "Далянь": "Positive"},
        ),
        ("Пётр Лисицын посетил не Харбин.", "visited", {"Харбин": "Negative"}),
        (
            "Пётр Лисицын, который не посетил Харбин, ждёт гостей.",
            "visited",
            {"Харбин": "Negative"},
        ),
        (
            "Чита ждёт гостей, но соглашение между Читой и Хэйхэ не подписано.",
            "signedAgreementWith",
            {"Хэйхэ": "Negative"},
        ),
        pytest.param(
            "Чита не участвует в форуме «Осенний мост», который организует компания «Север».",
            "organizes",
            {"форум «Осенний мост»": "Positive"},
        ),
        pytest.param(
            "Форум «Осенний мост» в Чите отменён.",
            "takesPlaceIn",
            {"Чита": "Negative"},
        ),
        ("Визит Петра Лисицына в Харбин отменён.", "visited", {"Харбин": "Negative"}),
    ],
)
def test_what_exactly_is_denied(ru, sentence, relation, stances):
    claims = ru.claims(sentence, relation)
    assert {c.object.normal: c.polarity for c in claims} == stances


def test_a_question_states_nothing(ru):
    assert "Asserted" not in {
        c.modality for c in ru.claims("Поедет ли Пётр Лисицын в Харбин?", "visited")
    }


def test_what_was_owned_before_is_not_owned_now(ru):
    assert ru.facts("Ранее порт Усть-Тальма принадлежал компании «Снежный барс».") == set()


def test_what_is_denied_is_no_plain_triple():
    denial = article("Порт Усть-Тальма не принадлежит компании «Снежный барс».", "-")
    graph = kg.build([denial])
    (fact,) = graph.facts(relation="owns")
    assert [(c.modality, c.polarity) for c in fact.claims] == [("Denied", "Negative")]
    assert not list(graph.query("SELECT * { ?a kg:owns ?b }"))


SPOKEN = [
    "Приморский край сотрудничает с провинцией Цзилинь, следует из слов Петра Лисицына.",
    "Пётр Лисицын ожидает, что Приморский край будет сотрудничать с провинцией Цзилинь.",
    "Как сообщил Пётр Лисицын, Приморский край сотрудничает с провинцией Цзилинь.",
    "По словам Петра Лисицына, Приморский край сотрудничает с провинцией Цзилинь.",
    "Пётр Лисицын заявил, что Приморский край сотрудничает с провинцией Цзилинь.",
    "«Приморский край сотрудничает с провинцией Цзилинь», – сказал Пётр Лисицын.",
    "Приморский край сотрудничает с провинцией Цзилинь, сообщил губернатор края Пётр Лисицын.",
]


@pytest.mark.parametrize("sentence", SPOKEN)
def test_who_is_said_to_say_it(ru, sentence):
    (claim,) = ru.claims(sentence, "cooperatesWith")
    assert claim.attributed_to is not None
    assert claim.attributed_to.normal == "Пётр Лисицын"


def test_what_is_said_to_come_is_to_come(ru):
    (claim,) = ru.claims("Пётр Лисицын сообщил, что посетит Харбин.", "visited")
    assert (claim.modality, claim.evidence.cue.text) == ("Planned", "посетит")


def test_who_tells_of_himself_is_the_speaker(ru):
    (claim,) = ru.claims("Пётр Лисицын сообщил, что посетил Харбин.", "visited")
    assert claim.attributed_to == claim.subject


@pytest.mark.parametrize(
    "sentence",
    [
        "Пётр Лисицын посетил Харбин и сообщил о планах.",
        "Побывав в Харбине, Пётр Лисицын сообщил, что очень устал.",
    ],
)
def test_what_is_told_beside_is_nobody_s_word(ru, sentence):
    for claim in ru.claims(sentence, "visited"):
        assert claim.attributed_to is None


def test_a_quotation_of_several_sentences_has_one_speaker(ru):
    text = "«Чита ждёт. Приморский край сотрудничает с провинцией Цзилинь», – сказал Пётр Лисицын."
    before = (
        "«Приморский край сотрудничает с провинцией Цзилинь. Чита ждёт», – сказал Пётр Лисицын."
    )
    for said in (text, before):
        (claim,) = ru.claims(said, "cooperatesWith")
        assert claim.attributed_to and claim.attributed_to.normal == "Пётр Лисицын"


@pytest.mark.parametrize("sentence", [*STATED, *SPOKEN, *(s for s, _ in STANCES[:6])])
def test_the_quote_stands_in_the_text_and_holds_both_sides(ru, sentence):
    text = f"Чита ждёт.\n\n {sentence} \n\nВсё."
    for claim in ru.extraction(text).claims:
        evidence = claim.evidence
        assert text[evidence.start : evidence.end] == evidence.quote == sentence
        for side in (claim.subject, claim.object):
            assert evidence.start <= side.start < side.end <= evidence.end


def of_classes(ru, one, other):
    """Read a sentence whose two mentions are of the given classes, whatever they are called."""
    text = "Харбин посетил Борис."
    doc = ru.doc(text)
    found = [
        Found(i, i + 1, i, Mention(doc[i].idx, doc[i].idx + len(doc[i]), doc[i].text, cls, name))
        for i, cls, name in ((0, one, "Харбин"), (2, other, "Борис"))
    ]
    return extract(ru.article(text), doc, found)


def test_a_claim_that_is_only_reversed_is_turned(ru):
    (claim,) = of_classes(ru, "City", "Person").claims
    assert (claim.subject.text, claim.relation, claim.object.text) == ("Борис", "visited", "Харбин")


@pytest.mark.parametrize("cls", ["Person", "City", "Event"])
def test_a_claim_outside_domain_and_range_is_not_made(ru, cls):
    claims = of_classes(ru, cls, cls).claims
    assert not [c for c in claims if c.relation == "visited"]


def test_a_claim_that_the_ontology_does_not_allow_is_dropped_and_counted(ru):
    # A rule's path may lead to the wrong side of a relation that has no other reading.
    extraction = ru.extraction("Одна компания приобрела порт Усть-Тальма.")
    assert (extraction.claims, extraction.dropped) == ((), 1)


def test_a_city_lies_in_the_province_of_its_name(ru):
    facts = ru.facts("Город Цзилинь расположен в провинции Цзилинь.")
    assert "Цзилинь — locatedIn → Цзилинь" in facts


def test_empty_texts_state_nothing(ru):
    for text in ("", " ", "\n", "!", "満"):
        extraction = ru.extraction(text)
        assert (extraction.claims, extraction.mentions) == ((), ())


# ---- on trees made by hand


def thing(start, end, head, cls="Company", text="x"):
    return Found(start, end, head, Mention(start, end, text, cls, text))


class Parser:
    """Stands in for a pipeline; hangs every word on the one before it."""

    def __init__(self, vocab):
        self.vocab = vocab

    @staticmethod
    def get_pipe(_name):
        def parse(doc):
            for token in doc:
                token.head = doc[max(token.i - 1, 0)]
            return doc

        return parse


def test_names_are_folded_to_their_head_and_brackets_dropped(by_hand):
    doc = by_hand(
        "Новая новый ADJ 2 amod", "палата палата NOUN 6 nsubj", "( ( PUNCT 4 punct",
        "ТПП тпп PROPN 2 appos", ") ) PUNCT 4 punct", "открыла открыть VERB 0 root",
        "порт порт NOUN 6 obj", "Тальма тальма PROPN 7 appos",
    )  # fmt: skip
    units = [Unit(0, 2, 1, thing(0, 2, 1)), Unit(6, 8, 6, thing(6, 8, 6, "Port"))]
    folded = fold(doc, units, 0, 8, Parser(doc.vocab))
    assert [t.text for t in folded.doc] == ["палата", "открыла", "порт"]
    assert [(u.start, u.end) for u in folded.units] == [(0, 2), (5, 6), (6, 8)]
    assert folded.mention(folded.doc[0]).cls == "Company"
    assert folded.mention(folded.doc[1]) is None


def test_a_bracket_that_does_not_close_soon_is_kept(by_hand):
    doc = by_hand("Мост мост NOUN 0 root", "( ( PUNCT 1 punct", "новый новый ADJ 1 amod")
    assert len(fold(doc, [], 0, 3, Parser(doc.vocab)).doc) == 3


LISTS = ("relative", "transparent", "adversative", "negators", "contrary", "couple")


def read(doc, things, **words):
    found = {f.head: f for f in things}
    units = tuple(Unit(t.i, t.i + 1, t.i, found.get(t.i)) for t in doc)
    named = dict.fromkeys(LISTS, ()) | words
    return Reader(Folded(doc, units, 0, len(doc)), named)


def test_a_noun_stands_for_all_that_are_coordinated_with_it(by_hand):
    doc = by_hand(
        "Север север PROPN 4 nsubj", "и и CCONJ 3 cc", "Юг юг PROPN 1 conj",
        "спорят спорить VERB 0 root",
    )  # fmt: skip
    one, other = thing(0, 1, 0), thing(2, 3, 2, text="y")
    assert read(doc, [one, other]).things(doc[0]) == [one, other]


def test_before_but_a_list_has_ended(by_hand):
    doc = by_hand(
        "Север север PROPN 4 nsubj", "но но CCONJ 3 cc", "Юг юг PROPN 1 conj",
        "спорит спорить VERB 0 root",
    )  # fmt: skip
    one, other = thing(0, 1, 0), thing(2, 3, 2, text="y")
    assert read(doc, [one, other], adversative=("но",)).things(doc[0]) == [one]


def test_representatives_of_a_body_are_that_body(by_hand):
    doc = by_hand(
        "представители представитель NOUN 3 nsubj", "Юга юг PROPN 1 nmod Case=Gen",
        "поют петь VERB 0 root",
    )  # fmt: skip
    one = thing(1, 2, 1)
    assert read(doc, [one], transparent=("представитель",)).things(doc[0]) == [one]
    assert read(doc, [one]).things(doc[0]) == []


def test_a_relative_pronoun_stands_for_the_noun_it_describes(by_hand):
    doc = by_hand(
        "Юг юг PROPN 5 nsubj Gender=Masc|Number=Sing", ", , PUNCT 4 punct",
        "который который PRON 4 nsubj Gender=Masc|Number=Sing", "владеет владеть VERB 1 acl:relcl",
        "поёт петь VERB 0 root",
    )  # fmt: skip
    one = thing(0, 1, 0)
    assert read(doc, [one], relative=("который",)).things(doc[2]) == [one]


@pytest.mark.parametrize(
    ("rows", "trigger", "stance"),
    [
        (("строит строить VERB 0 root Tense=Pres",), 0, ("Asserted", "Positive")),
        (("построит построить VERB 0 root Tense=Fut",), 0, ("Planned", "Positive")),
        (
            ("не не PART 2 advmod", "строит строить VERB 0 root Tense=Pres"),
            1,
            ("Denied", "Negative"),
        ),
        (
            ("хочет хотеть VERB 0 root", "строить строить VERB 1 xcomp VerbForm=Inf"),
            1,
            ("Planned", "Positive"),
        ),
        (
            (
                "не не PART 2 advmod", "отказался отказаться VERB 0 root",
                "строить строить VERB 2 xcomp VerbForm=Inf",
            ),
            2,
            ("Asserted", "Positive"),
        ),
        # a verb of speech does not say how what is said is put
        (
            ("не не PART 2 advmod", "сказал сказать VERB 0 root", "строит строить VERB 2 ccomp"),
            2,
            ("Asserted", "Positive"),
        ),
    ],
)  # fmt: skip
def test_a_stance_by_its_tree(by_hand, rows, trigger, stance):
    doc = by_hand(*rows)
    found = clause.stance(doc[trigger], (), read(doc, []), "ru")
    assert (found.modality, found.polarity) == stance


def test_a_clause_with_a_subject_borrows_none_from_above(ru):
    assert not ru.claims("Пётр Лисицын писал, что огонь добрался до Харбина.", "visited")


def test_an_interview_without_a_said_gives_its_answers_to_whom_it_introduced(ru):
    text = (
        "Мы поговорили с директором порта Анной Рябовой.\n\n– Где вы были?\n\n"
        "– В марте мэр Уссурийска Пётр Корж посетил Хэйхэ.\n"
    )
    claims = ru.claims(text, "visited")
    assert claims
    assert {c.attributed_to and c.attributed_to.text for c in claims} == {"Анной Рябовой"}


def test_a_line_below_a_quotation_names_its_speaker(ru):
    text = "«Пётр Корж посетил Хэйхэ»\n\nАнна Рябова, директор порта.\n"
    claims = ru.claims(text, "visited")
    assert {c.attributed_to and c.attributed_to.text for c in claims} == {"Анна Рябова"}
    told = "«Пётр Корж посетил Хэйхэ»\n\nАнна Рябова приехала в Читу.\n"
    assert {c.attributed_to for c in ru.claims(told, "visited") if "Корж" in c.subject.text} == {
        None
    }


def test_what_stands_in_an_answer_is_said_by_whom_it_is_from(ru):
    text = "Пётр Корж посетил Хэйхэ, говорится в ответе мэра Уссурийска Анны Рябовой."
    claims = ru.claims(text, "visited")
    assert {c.attributed_to and c.attributed_to.text for c in claims} == {"Анны Рябовой"}


def test_after_the_speakers_name_the_author_speaks_on(ru):
    text = "— Погода хорошая, — сказала Анна Рябова. Вчера Пётр Корж посетил Хэйхэ.\n"
    assert {c.attributed_to for c in ru.claims(text, "visited")} == {None}


def test_in_a_spoken_paragraph_the_first_who_speaks_is_the_speaker(ru):
    text = (
        "— Пётр Корж посетил Хэйхэ, — сказала Анна Рябова. "
        "— Пусть об этом завод «Восток» сообщит губернатору.\n"
    )
    claims = ru.claims(text, "visited")
    assert {c.attributed_to and c.attributed_to.text for c in claims} == {"Анна Рябова"}


def test_who_speaks_is_a_person(ru):
    text = "Глава района Пётр Корж ждёт. Мост, напомнил он, связывает Читу и Хэйхэ."
    claims = ru.claims(text, "connects")
    assert {c.attributed_to and c.attributed_to.normal for c in claims} == {"Пётр Корж"}


def test_an_interview_gives_its_answers_to_whom_it_asks(ru):
    text = (
        "О поездке рассказала Анна Рябова.\n\n– Куда ездили?\n\n– Пётр Лисицын посетил Харбин.\n\n"
        "– А делегация Приморья?\n\n– Делегация Приморья посетила Далянь.\n"
    )
    claims = ru.claims(text, "visited")
    assert {c.attributed_to.text for c in claims} == {"Анна Рябова"}


def test_what_is_set_right_at_once_is_not_said_by_whom_it_corrects(ru):
    text = "Пётр Лисицын отправится не в Харбин, как утверждала Анна Рябова, а в Далянь."
    assert {c.attributed_to for c in ru.claims(text, "visited")} == {None}


def test_who_takes_part_in_it_takes_part_in_an_event(ru):
    text = "Форум «Восток» пройдёт в Ухане. В нём примут участие Бурятия и компания «Амурмаш»."
    assert {c.subject.normal for c in ru.claims(text, "participatesIn")} == {
        "Республика Бурятия",
        "Амурмаш",
    }


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "Пётр Лисицын встретился с Анной Рябовой. Во встрече участвовала мэр Ольга Седова.",
            {"Пётр Лисицын", "Ольга Седова"},
        ),
        ("Пётр Лисицын провёл встречу с Анной Рябовой.", set()),
        ("Пётр Лисицын встретился с Анной Рябовой.", set()),
    ],
)
def test_of_a_meeting_is_told_who_else_took_part(ru, text, who):
    said = {f.partition(" — ")[0] for f in ru.facts(text) if f.endswith("participatesIn → встреча")}
    assert said == who


def test_a_body_without_a_name_is_told_by_what_follows_its_noun(ru):
    text = "Начальник отдела протокола Анна Рябова и директор компании Пётр Лисицын уехали."
    assert {c.object.normal for c in ru.claims(text, "represents")} == {"отдел протокола"}


@pytest.mark.parametrize(
    "text",
    [
        "Ярмарка «Рубеж», намеченная на 20 мая 2024 года в Чите, не состоится.",
        "Отменён и форум «Рубеж», запланированный на 3 июня 2024 года в Омске.",
        "Фестиваль «Рубеж», намеченный на 21 сентября 2024 года в Кош-Агаче, отменён.",
    ],
)
def test_what_is_called_off_is_neither_then_nor_there(ru, text):
    for relation in ("takesPlaceIn", "takesPlaceOn"):
        assert {c.modality for c in ru.claims(text, relation)} == {"Denied"}
