"""What a text mentions, and what descriptions and pronouns point back to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg import lang
from kg.mentions import find
from kg.mentions.coreference import antecedents
from kg.model import Mention, Value
from kg.sources import article

ROOT = Path(__file__).parents[1]
TEXTS = sorted([*ROOT.glob("examples/news/*.txt"), *ROOT.glob("corpus/train/*.txt")])
SENTENCES = (
    "В Чите открылась ярмарка «Осенний мост».",
    "Её организаторы – мэрия Читы и компания «Заречный лесхоз» (ООО «Лесхоз»).",
    "Губернатор Амурской области Сергей Ладыгин 5 мая принял мэра Хэйхэ Лю Чжаоминя (刘兆民).",
    "Он побывал в порту Усть-Тальма",
    "Амурская и Иркутская области ждут гостей из Хулун-Буира!",
    "Железная дорога Гродеково – Суйфэньхэ\xa0открыта с 10 по 12 июня 2023 г.",
    'Областное правительство, «Наш край" и «Мост',
    "Фото: пресс-служба",
    "\n\n",
    "  ",
    "- (满洲里) №5 «»",
)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_mentions_of_whole_news_stand_in_the_text(ru, path):
    (news,) = kg.read(path)
    found = find(news, ru.doc(news.text))
    items = [f.item for f in found]
    assert items
    assert all(news.text[i.start : i.end] == i.text for i in items)
    spans = [(f.start, -f.end) for f in found]
    assert spans == sorted(spans)  # the longer before those inside it


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5), st.sampled_from(" \n"))
def test_mentions_stand_in_the_text_whatever_is_composed(parts, glue):
    text = glue.join(parts)
    for found in find(kg.Article("a", text), lang.load("ru")(text)):
        item = found.item
        assert text[item.start : item.end] == item.text
        assert item.text.strip()
        assert found.start <= found.head < found.end


@pytest.mark.parametrize(
    "text",
    [
        "Мэрия Хэйхэ ждёт губернатора Приморья.",
        "Областное правительство ждёт гостей из Амурской и Курской областей.",
        pytest.param(
            "Железная дорога Гродеково – Суйфэньхэ открыта.",
        ),
    ],
)
def test_one_place_has_one_mention(ru, text):
    places = [(item.start, item.end) for item in ru.items(text)]
    assert len(places) == len(set(places))


def test_names_lie_inside_names(ru):
    items = list(ru.items("Министерство торговли Приморского края закрыто."))
    outer, inner = (i for i in items if isinstance(i, Mention))
    assert (outer.text, inner.text) == (
        "Министерство торговли Приморского края", "Приморского края",
    )  # fmt: skip
    assert outer.start < inner.start
    assert inner.end == outer.end


NEWS = """Ярмарка у реки

«Маяк Хасана», 18.05.2024. Просмотров: 968

В Чите 5 мая открылась ярмарка «Осенний мост».

Фото: компания «Снежный барс», 7 июня, министр Анна Рябова"""


def test_nothing_is_taken_from_the_frame():
    news = article(NEWS, "-")
    found = [f.item for f in find(news, lang.load("ru")(news.text))]
    assert "Чите" in {item.text for item in found}
    assert not [i for i in found if any(s < i.end and i.start < e for s, e in news.frame)]


def test_no_pronoun_is_taken_from_the_frame():
    text = "В Чите открылась ярмарка. Она велика.\n\nФото: её и их пресс-служба"
    news = replace(article(text, "-"), frame=((text.index("Фото"), len(text)),))
    found = find(news, lang.load("ru")(text))
    assert max(f.item.end for f in found) < text.index("Фото")


def test_a_pronoun_at_the_start_of_a_sentence_points_back(ru):
    text = "Компания «Северный лён» построила завод. Её возглавляет Андрей Кротов."
    assert ru.facts(text) >= {"Андрей Кротов — represents → Северный лён"}


def test_a_caption_does_not_say_what_the_text_means_by_a_word():
    text = "На снимке: провинция Ляонин\n\nПровинция Хунань ждёт гостей. Провинция построит порт."
    news = replace(article(text, "-"), frame=((0, text.index("\n")),))
    found = find(news, lang.load("ru")(text))
    assert {f.item.normal for f in found if f.item.text == "Провинция"} == {"Хунань"}


POINTING = [
    ("Гости приехали из провинции Цзилинь. Провинция ждёт их снова.", "Провинция", "Цзилинь"),
    ("Приморье ждёт гостей. Овощи везут в край.", "край", "Приморский край"),
    ("Приморский край ждёт гостей. Регион открыт.", "Регион", "Приморский край"),
    ("Гости приехали в Читу. Город ждал их.", "Город", "Чита"),
    ("Компания «Заречный лесхоз» открыла офис. Компания растёт.", "Компания", "Заречный лесхоз"),
    ("Компания «Заречный лесхоз» открыла офис. Она растёт.", "Она", "Заречный лесхоз"),
    (
        "В Чите открылась ярмарка «Осенний мост». Её организаторы рады.",
        "Её",
        "ярмарка «Осенний мост»",
    ),
    (
        "В Чите открылся форум «Осенний мост». Мероприятие закроют завтра.",
        "Мероприятие",
        "форум «Осенний мост»",
    ),
    ("Губернатор Сергей Ладыгин прибыл в Харбин. Он посетил порт.", "Он", "Сергей Ладыгин"),
    ("Министр Анна Рябова прибыла в Харбин. Она посетила порт.", "Она", "Анна Рябова"),
    (
        "Анна Рябова и Олег Тарханов прибыли в Харбин. Она сказала, что ярмарка пройдёт.",
        "Она",
        "Анна Рябова",
    ),
    (
        "В Амурской области открыли мост. Областное правительство радо.",
        "Областное правительство",
        "правительство Амурской области",
    ),
    (
        "Хабаровский край растёт. Краевое правительство радо.",
        "Краевое правительство",
        "правительство Хабаровского края",
    ),
    (
        "Управление коммерции провинции Ляонин открыто. Управление коммерции ждёт гостей.",
        "Управление коммерции",
        "Управление коммерции провинции Ляонин",
    ),
]


@pytest.mark.parametrize(("text", "words", "name"), POINTING, ids=[p[1] for p in POINTING])
def test_what_descriptions_and_pronouns_point_back_to(ru, text, words, name):
    last = [m for m in ru.items(text) if isinstance(m, Mention) and m.text == words][-1]
    assert last.normal == name
    assert last.named


@pytest.mark.parametrize("other", ["Другой", "Следующий", "Новый", "Второй", "Прошлый"])
def test_another_one_is_not_the_one_before(ru, other):
    text = f"В Чите открылся форум «Осенний мост». {other} форум пройдёт в Харбине."
    last = [m for m in ru.items(text) if isinstance(m, Mention) and m.cls == "Conference"][-1]
    assert last.start > text.index(".")
    assert not last.named
    assert "Осенний" not in last.normal


def test_a_description_that_says_more_is_another_thing(ru):
    text = "Порт Усть-Тальма открыт. Зерновой порт закрыт."
    assert ru.names(text)["Зерновой порт"] != "порт Усть-Тальма"


def test_a_listed_town_is_no_adjective_of_the_noun_after_it(ru):
    assert ru.names("Компания поставляет в Цзямусы мёд.")["Цзямусы"] == "Цзямусы"


def test_a_description_with_commas_in_it_is_read():
    text = "Прошла конференция. Следующую, десятую, конференцию собирались провести в Улан-Баторе."
    found = find(kg.Article("a", text), lang.load("ru")(text))  # the model sees all of it
    assert "Следующую, десятую, конференцию" in {f.item.text for f in found}


def test_a_description_of_another_class_does_not_point_back(ru):
    names = ru.names("Гости приехали в Читу. Область ждала их.")
    assert names["Область"] == "область"


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [("Он приехал вчера.", "Он"), ("Министр Анна Рябова приехала. Он устал.", "Он")],
)
def test_a_pronoun_with_nothing_to_point_to_is_no_mention(ru, text, pronoun):
    assert pronoun not in ru.names(text)


def test_the_rules_let_no_pronoun_point_far_back(ru):
    text = "Приехал губернатор Сергей Ладыгин. Было тепло. Шло лето. Пели птицы. Он устал."
    doc = ru.doc(text)
    meant = antecedents(doc, ru.phrases(text), lang.grammar("ru"))
    assert "Он" not in {doc[phrase.start : phrase.end].text for phrase, _ in meant}


def test_dates_and_posts_are_values(ru):
    items = list(ru.items("Министр торговли Анна Рябова приедет 5 мая."))
    values = {i.text: (i.datatype, i.normal) for i in items if isinstance(i, Value)}
    assert values == {
        "Министр торговли": ("langString", "министр торговли"), "5 мая": ("date", "2024-05-05"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Открыт прямой рейс Казань – Сиань.", "прямой рейс Казань – Сиань"),
        ("Их соединил мост через реку Амур.", "мост через реку Амур"),
        ("В Алтайском крае сев. Краевой Минсельхоз рад.", "Минсельхоз Алтайского края"),
        ("Саратовские аграрии рады. Им помогло региональное министерство.",
         "министерство Саратовской области"),
    ],
)  # fmt: skip
def test_ways_and_bodies_are_named_by_places(ru, text, name):
    assert name in {i.normal for i in ru.items(text) if isinstance(i, Mention)}
