"""Names: how far each goes, its nominative, its class, its other names."""

from __future__ import annotations

import pytest

from kg import lang
from kg.model import Name

NAMES = {
    # initials belong to the family name, whatever stands before them
    "Выступил глава Рубцовского района В. И. Нагорнов.": ("В. И. Нагорнов", "Person"),
    "Его принял начальник Алтайской таможни К.Д. Пашков.": ("К.Д. Пашков", "Person"),
    "Гостей представили А. П. Серову.": ("А. П. Серов", "Person"),
    # along the line of what governs what
    "Соглашение подписано Управлением коммерции провинции Хэйлунцзян.": (
        "Управление коммерции провинции Хэйлунцзян",
        "GovernmentOrganization",
    ),
    "Соглашение заключено с Торгово-промышленной палатой Амурской области.": (
        "Торгово-промышленная палата Амурской области",
        "Association",
    ),
    "Гостей приняли в Южно-Уральском экспортном центре.": (
        "Южно-Уральский экспортный центр",
        "Organization",
    ),
    "Об этом говорили в Министерстве экономического развития Приморского края.": (
        "Министерство экономического развития Приморского края",
        "GovernmentOrganization",
    ),
    "Гости побывали в департаменте по внешним связям Читы.": (
        "департамент по внешним связям Читы",
        "GovernmentOrganization",
    ),
    "Гости побывали в мэрии Хэйхэ.": ("мэрия Хэйхэ", "GovernmentOrganization"),
    "Гости осмотрели порт Усть-Тальма.": ("порт Усть-Тальма", "Port"),
    "Гости прошли пункт пропуска Забайкальск – Маньчжурия.": (
        "пункт пропуска Забайкальск – Маньчжурия",
        "BorderCrossing",
    ),
    "Гости приехали по железной дороге Гродеково – Суйфэньхэ.": (
        "железная дорога Гродеково – Суйфэньхэ",
        "Railway",
    ),
    # quoted
    "Договор подписан с компанией «Заречный лесхоз».": ("Заречный лесхоз", "Company"),
    'Договор подписан с компанией "Заречный лесхоз".': ("Заречный лесхоз", "Company"),
    "ООО «Заречный лесхоз» подписало договор.": ("Заречный лесхоз", "Company"),
    "Договор подписан с компанией «Группа «Лесхоз»».": ("Группа «Лесхоз»", "Company"),
    "Гости открыли ярмарку «Осенний мост».": ("ярмарка «Осенний мост»", "Exhibition"),
    "Гости открыли форум «Осенний мост».": ("форум «Осенний мост»", "Conference"),
    "Гости открыли VIII Восточный лесной форум.": ("VIII Восточный лесной форум", "Conference"),
    "Гости побывали на заводе «Красный якорь».": ("завод «Красный якорь»", "Plant"),
    "Гости побывали в газете «Маяк Хасана».": (
        "газета «Маяк Хасана»",
        "NewsMediaOrganization",
    ),
    # places
    "Гости приехали из Приамурья.": ("Амурская область", "FederalSubject"),
    "Гости приехали из Еврейской автономной области.": (
        "Еврейская автономная область",
        "FederalSubject",
    ),
    "Гости приехали из провинции Ляонин.": ("Ляонин", "Province"),
    "Гости приехали из Комсомольска-на-Амуре.": ("Комсомольск-на-Амуре", "City"),
    "Гости приехали из КНР.": ("Китай", "Country"),
    "Гости приехали из Хасанского района.": ("Хасанский район", "District"),
    # people
    "Гостей принял губернатор Сергей Ладыгин.": ("Сергей Ладыгин", "Person"),
    "Гости говорили с губернатором Сергеем Ладыгиным.": ("Сергей Ладыгин", "Person"),
    "Гости говорили с министром Анной Рябовой.": ("Анна Рябова", "Person"),
    "Гости говорили с министром Анной-Марией Чернецкой.": ("Анна-Мария Чернецкая", "Person"),
    "Гости говорили с мэром Сериком Жумабаевым.": ("Серик Жумабаев", "Person"),
}


@pytest.mark.parametrize("sentence", NAMES)
def test_name_and_class(ru, sentence):
    name, cls = NAMES[sentence]
    assert ru.classes(sentence).get(name) == cls, ru.classes(sentence)


@pytest.mark.xfail(reason="the tagger takes ООО for a plural, which names a group")
def test_the_form_of_a_company_gives_its_class(ru):
    assert ru.classes("Договор подписан с ООО «Заречный лесхоз».") == {"Заречный лесхоз": "Company"}


@pytest.mark.parametrize(
    ("quoted", "name"),
    [('Торговый дом "Снежный барс"', 'Торговый дом "Снежный барс"'), ('"Барс"', "Барс")],
)
def test_straight_quotes_inside_others(ru, quoted, name):
    companies = [n for n, c in ru.classes(f"Компания «{quoted}» растёт.").items() if c == "Company"]
    assert [n.strip('"') for n in companies] == [name.strip('"')]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Гости говорили о выставке.", "выставка"),
        ("Мост открыт.", "мост"),
        ("Гости построят завод.", "завод"),
    ],
)
def test_a_thing_without_a_name_is_not_named(ru, sentence, name):
    assert [(p.normal, p.named) for p in ru.phrases(sentence)] == [(name, False)]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Амурская и Иркутская области спорят.", {"Амурская область", "Иркутская область"}),
        (
            "Гостей из Амурской, Иркутской и Курской областей ждут.",
            {"Амурская область", "Иркутская область", "Курская область"},
        ),
        ("Гостей из провинций Ляонин и Хунань ждут.", {"Ляонин", "Хунань"}),
        ("Гостей из городов Чита и Хэйхэ ждут.", {"Чита", "Хэйхэ"}),
    ],
)
def test_names_under_one_plural(ru, sentence, names):
    assert names <= set(ru.classes(sentence))
    assert "области" not in ru.classes(sentence)


@pytest.mark.parametrize(
    ("sentence", "name", "alias"),
    [
        (
            "Бурейский федеральный университет (БурФУ) открыт.",
            "Бурейский федеральный университет",
            Name("БурФУ", "ru"),
        ),
        (
            "Ассоциация портовых городов Амура (далее – Ассоциация) открыта.",
            "Ассоциация портовых городов Амура",
            Name("Ассоциация", "ru"),
        ),
        ("Гости были в городе Тяньлу (天路).", "Тяньлу", Name("天路", "zh")),
        ("Губернатора ждал Лю Чжаоминь (刘兆民).", "Лю Чжаоминь", Name("刘兆民", "zh")),
        (
            "Компания «Снежный барс» (Snow Leopard) открыта.",
            "Снежный барс",
            Name("Snow Leopard", "en"),
        ),
        ("Мэрия Читы (Забайкальский край) открыта.", "мэрия Читы", None),
        ("Мэрия Читы (8 этаж) открыта.", "мэрия Читы", None),
    ],
)
def test_brackets_give_another_name(ru, sentence, name, alias):
    phrase = next(p for p in ru.phrases(sentence) if p.normal.casefold() == name.casefold())
    if alias is None:
        bracket = sentence.partition("(")[2].partition(")")[0]
        assert bracket not in {a.text for a in phrase.aliases}
    else:
        assert alias in phrase.aliases


def test_a_bracket_names_the_outer_name_alone(ru):
    found = ru.phrases("Торгово-промышленная палата Амурской области (ТПП) открыта.")
    aliases = {p.normal: {a.text for a in p.aliases} for p in found}
    assert "ТПП" in aliases["Торгово-промышленная палата Амурской области"]
    assert "ТПП" not in aliases["Амурская область"]


@pytest.mark.parametrize("recognized", ["Хофштад (Hof am See)", "Hof am See)", "Hof am See"])
def test_a_bracket_is_no_part_of_a_name(ru, recognized):
    text = "Турнир идёт недалеко от Хофштад (Hof am See) летом."
    doc = ru.nlp(text)
    start = text.index(recognized)
    doc.ents = [doc.char_span(start, start + len(recognized), label="LOC")]
    names = [phrase.normal for phrase in lang.grammar("ru").phrases(doc)]
    assert names
    assert not [name for name in names if set("()") & set(name)]


def test_names_inside_names_are_found_too(ru):
    names = ru.names("Письмо ушло в Министерство торговли Приморского края.")
    assert names["Министерство торговли Приморского края"].startswith("Министерство")
    assert names["Приморского края"] == "Приморский край"


def test_nothing_is_looked_for_inside_a_quoted_name(ru):
    assert set(ru.classes("Компания «Порт Владивосток» открыта.")) == {"Порт Владивосток"}


def test_both_ends_of_a_way_are_places(ru):
    assert {"Гродеково", "Суйфэньхэ"} <= set(
        ru.classes("Железная дорога Гродеково-Суйфэньхэ открыта.")
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Находка археологов удивила всех.",
        "Орёл кружит над рекой.",
        pytest.param(
            "Вена вздулась на руке.",
            marks=pytest.mark.xfail(reason="the recognizer takes the word for a place"),
        ),
    ],
)
def test_a_common_noun_at_the_start_of_a_sentence_is_no_town(ru, sentence):
    assert "City" not in ru.classes(sentence).values()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Дорога в Тамбалык открыта. Гостей из Тамбалыка ждали. В Тамбалыке поют.", "Тамбалык"),
        ("Город Чугучак растёт. Поезд идёт из Чугучака.", "Чугучак"),
        ("Торговая палата Решта подписала договор.", "Решт"),
        pytest.param(
            "Ярмарка идёт в Улангоме. Порт Улангома закрыт. Дорога ведёт к Улангому.",
            "Улангом",
            marks=pytest.mark.xfail(reason="what can be spelt in Chinese syllables is taken so"),
        ),
        pytest.param(
            "Гости приехали из Тарсуги. В Тарсуге их ждали.",
            "Тарсуга",
            marks=pytest.mark.xfail(reason="among equal endings the last letter wins: Тарсугя"),
        ),
    ],
)
def test_an_unknown_name_is_declined_by_the_forms_that_the_text_shows(ru, text, name):
    cities = {name for name, cls in ru.classes(text).items() if cls == "City"}
    assert cities == {name}


@pytest.mark.xfail(reason="a bare adjective is not read as the name of its body")
def test_an_adjective_of_a_town_names_its_body_like_the_noun(ru):
    assert ru.classes("Читинская мэрия открыта.") == {"мэрия Читы": "GovernmentOrganization"}


@pytest.mark.parametrize(
    ("sentence", "post"),
    [
        ("Министр экономического развития Анна Рябова приехала.",
         "министр экономического развития"),
        ("С гостями говорил первый заместитель председателя Олег Тарханов.",
         "первый заместитель председателя"),
        ("Гости встретились с генеральным консулом КНР в Чите Ван Шивэем.", "генеральный консул"),
        ("Гости встретились с министром промышленности и торговли Анной Рябовой.",
         "министр промышленности и торговли"),
        ("Гости встретились с вице-губернатором Олегом Тархановым.", "вице-губернатор"),
        ("Гости встретились с замминистра Олегом Тархановым.", "замминистра"),
        ("Гости встретились с заместителем министра по туризму Анной Рябовой.",
         "заместитель министра по туризму"),
    ],
)  # fmt: skip
def test_posts_are_in_the_nominative_without_their_body(ru, sentence, post):
    assert [f.item.normal for f in ru.found(sentence) if f.post] == [post]


@pytest.mark.parametrize("mark", ["Бывший", "Тогдашний", "Прежний"])
def test_a_former_post_is_none(ru, mark):
    assert not [f for f in ru.found(f"{mark} губернатор Олег Тарханов приехал.") if f.post]


@pytest.mark.xfail(reason="the unknown name of a town between a post and a person joins the person")
def test_a_town_before_a_person_is_no_part_of_the_person(ru):
    text = "Аким Улангома Серик Жумабаев приехал. В Улангоме ждали гостей из Улангома."
    assert "Серик Жумабаев" in ru.classes(text)
