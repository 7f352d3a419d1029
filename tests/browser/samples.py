"""Invented news and graphs made of them, for looking at pages and for testing them."""

import random
from datetime import date
from pathlib import Path

from kg.model import Article, Claim, Entity, Evidence, Fact, Mention, Name, Value

BASE = "https://w3id.org/kg/entity/"

# key: class, label, aliases
ENTITIES = {
    "russia": (
        "Country",
        "Россия",
        [("Российская Федерация", "ru"), ("РФ", "ru"), ("俄罗斯", "zh")],
    ),
    "china": ("Country", "Китай", [("КНР", "ru"), ("中国", "zh"), ("China", "en")]),
    "amur": ("FederalSubject", "Амурская область", [("Приамурье", "ru"), ("阿穆尔州", "zh")]),
    "primorye": ("FederalSubject", "Приморский край", [("滨海边疆区", "zh"), ("Primorye", "en")]),
    "jao": ("FederalSubject", "Еврейская автономная область", [("ЕАО", "ru")]),
    "khab": ("FederalSubject", "Хабаровский край", [("哈巴罗夫斯克边疆区", "zh")]),
    "heilong": (
        "Province",
        "провинция Хэйлунцзян",
        [("Хэйлунцзян", "ru"), ("黑龙江省", "zh"), ("Hēilóngjiāng", "zh-Latn")],
    ),
    "jilin": ("Province", "провинция Цзилинь", [("吉林省", "zh")]),
    "blag": ("City", "Благовещенск", [("布拉戈维申斯克", "zh")]),
    "heihe": ("City", "Хэйхэ", [("黑河", "zh"), ("Heihe", "en")]),
    "harbin": ("City", "Харбин", [("哈尔滨", "zh")]),
    "vlad": ("City", "Владивосток", [("符拉迪沃斯托克", "zh")]),
    "hunchun": ("City", "Хуньчунь", [("珲春", "zh")]),
    "birobidzhan": ("City", "Биробиджан", []),
    "tambovka": ("District", "Тамбовский район", []),
    "orlova": ("Person", "Елена Орлова", [("Е. Орлова", "ru"), ("Орлова Елена Сергеевна", "ru")]),
    "huang": ("Person", "Хуан Шивэй", [("黄世伟", "zh"), ("Huáng Shìwěi", "zh-Latn")]),
    "semenov": ("Person", "Пётр Семёнов", [("П. Семёнов", "ru")]),
    "li": ("Person", "Ли Цзяньго", [("李建国", "zh")]),
    "kravets": ("Person", "Ирина Кравец", []),
    "wang": ("Person", "Ван Мэйлин", [("王美玲", "zh")]),
    "zaitsev": ("Person", "Андрей Зайцев", []),
    "gov": ("GovernmentOrganization", "Правительство Амурской области", []),
    "minec": (
        "GovernmentOrganization",
        "Министерство внешнеэкономических связей Амурской области",
        [],
    ),
    "heicom": (
        "GovernmentOrganization",
        "Управление коммерции города Хэйхэ",
        [("黑河市商务局", "zh")],
    ),
    "duma": ("GovernmentOrganization", "Законодательное собрание Приморского края", []),
    "agro": ("Company", "Агрохолдинг «Заря»", [("«Заря»", "ru")]),
    "longjiang": ("Company", "Компания «Лунцзян»", [("龙江公司", "zh"), ("Longjiang Trade", "en")]),
    "rail": ("Company", "Дальневосточная логистика", [("ДВЛ", "ru")]),
    "univ": ("EducationalOrganization", "Амурский педагогический университет", [("АПУ", "ru")]),
    "hlju": ("EducationalOrganization", "Хэйлунцзянский университет", [("黑龙江大学", "zh")]),
    "council": ("Association", "Деловой совет «Амур — Хэйлунцзян»", []),
    "bridge": ("Bridge", "мост Благовещенск — Хэйхэ", [("黑河公路大桥", "zh")]),
    "terminal": ("Terminal", "терминал «Каникурган»", []),
    "port": ("Port", "порт Зарубино", []),
    "river": ("WaterBody", "река Амур", [("黑龙江", "zh"), ("Амур", "ru")]),
    "forum": ("Conference", "Амурский экономический форум", []),
    "fair": ("Exhibition", "Харбинская торговая ярмарка", [("哈洽会", "zh")]),
    "talks": ("Meeting", "переговоры в Хэйхэ", []),
    "games": ("Festival", "Фестиваль дружбы на Амуре", []),
}

ARTICLES = {
    "a1": (
        "Амурская область и Хэйлунцзян обсудили новый терминал",
        "Приамурские вести",
        date(2024, 3, 12),
    ),
    "a2": ("На форуме говорили о сое и мостах", "Дальний обзор", date(2024, 5, 30)),
    "a3": ("Хэйхэ принял делегацию с левого берега", "Граница сегодня", date(2024, 4, 2)),
    "a4": (
        "Университеты двух берегов подписали соглашение",
        "Приамурские вести",
        date(2023, 11, 17),
    ),
    "a5": ("黑龙江省与阿穆尔州扩大合作", "黑河日报", date(2024, 5, 31)),
    "a6": ("Приморье опровергает слухи о порте", "Дальний обзор", date(2024, 6, 8)),
}

SENTENCES = (Path(__file__).parent / "news.txt").read_text(encoding="utf-8").splitlines()


def news():
    """Return the entities, facts and articles of an invented small archive."""
    entities = {key: entity(key, *row) for key, row in ENTITIES.items()}
    texts = dict.fromkeys(ARTICLES, "")
    grouped = {}
    for line in SENTENCES:
        if line.startswith("#"):
            continue
        article, sentence, subject, relation, other, modality, score = line.split("|")
        start = len(texts[article])
        quote = sentence.translate(str.maketrans("", "", "[]{}"))
        texts[article] += quote + " "
        claim = make_claim(article, start, sentence, relation, other, modality, float(score))
        thing = entities.get(other, claim.object)
        key = (subject, relation, getattr(thing, "iri", thing))
        grouped.setdefault(key, (entities[subject], thing, []))[2].append(claim)
    facts = tuple(Fact(s, key[1], o, tuple(claims)) for key, (s, o, claims) in grouped.items())
    articles = tuple(
        Article(
            id=key,
            text=texts[key],
            title=title,
            url=f"https://news.example/{key}",
            publisher=publisher,
            published=day,
            lang="zh" if key == "a5" else "ru",
        )
        for key, (title, publisher, day) in ARTICLES.items()
    )
    return tuple(entities.values()), facts, articles


def entity(key, cls, label, aliases=(), same_as=()):
    names = tuple(Name(text, lang) for text, lang in aliases)
    return Entity(f"{BASE}{key}", cls, label, names, tuple(same_as))


def make_claim(article, start, sentence, relation, other, modality, score):
    subject = span(sentence, "[", "]", start)
    thing = span(sentence, "{", "}", start)
    denied = modality == "Denied"
    quote = sentence.translate(str.maketrans("", "", "[]{}"))
    if other.startswith("@"):
        target = Value(*thing, "date", other[1:])
    elif other.startswith("="):
        target = Value(*thing, "langString", other[1:])
    else:
        target = Mention(*thing, "Entity", thing[2])
    return Claim(
        subject=Mention(*subject, "Entity", subject[2]),
        relation=relation,
        object=target,
        modality=modality,
        polarity="Negative" if denied else "Positive",
        attributed_to=None,
        evidence=Evidence(article, start, start + len(quote), quote, "rules", score),
    )


def span(sentence, left, right, start):
    """Where the text between two brackets stands once all brackets are gone."""
    before, _, rest = sentence.partition(left)
    text = rest.partition(right)[0]
    at = start + len(before.translate(str.maketrans("", "", "[]{}")))
    return at, at + len(text), text


def crowd(count, seed=7):
    """Return a graph of ``count`` entities, two facts for each, with a few hubs."""
    chance = random.Random(seed)  # noqa: S311
    kinds = ["Person", "Organization", "Region", "City", "Event"]
    entities = [entity(f"n{i}", kinds[i % 5], f"Имя {i} из хроники") for i in range(count)]
    ends = [0]
    facts = []
    for i in range(1, count):
        for j in sorted({chance.choice(ends), chance.choice(ends)}):
            sentence = f"Как сообщает хроника, [участник {i}] связан с {{участником {j}}} давно."
            claim = make_claim("a1", i * 100, sentence, "cooperatesWith", "x", "Asserted", 0.8)
            facts.append(Fact(entities[i], "cooperatesWith", entities[j], (claim,)))
            ends += [i, j]
    article = Article("a1", "", "Хроника", "https://news.example/c", "Вестник", date(2024, 1, 5))
    return tuple(entities), tuple(facts), (article,)


HOSTILE = (
    "<script>window.PWN=1</script>",
    "</script><script>window.PWN=1</script>",
    "<!--<script>window.PWN=1//-->",
    "<img src=x onerror=window.PWN=1>",
    "<svg onload=window.PWN=1>",
    '"><img src=x onerror=window.PWN=1>',
    "' onmouseover='window.PWN=1",
    '" autofocus onfocus="window.PWN=1',
    "javascript:window.PWN=1",
    " java\tscript:window.PWN=1",
    "data:text/html,<script>window.PWN=1</script>",
    "{{ 7 * 7 }}{% raw %}",
    "${window.PWN=1}",
    "`;window.PWN=1;`",
    "\\u003cscript>window.PWN=1",
    "&lt;script&gt;window.PWN=1&lt;/script&gt;",
    "<a href='javascript:window.PWN=1'>href</a>",
    "]]><style>*{display:none}</style><base href=//x>",
    "\u202e\u2066gpj.exe\x00\x1b\u2028\u2029</title>",
    "__proto__",
    "=HYPERLINK(1)",
    "<iframe srcdoc='<script>parent.PWN=1</script>'>",
)


def hostile(text):
    """Return a graph that says ``text`` wherever a graph can say anything."""
    subject = entity("s", "Person", text, [(text, "ru")], [text])
    other = entity("o", "Organization", text + " 2", [(text, text)])
    evidence = Evidence(text, 0, len(text), text, text, 0.5)
    who = Mention(0, len(text), text, "Person", text)
    claim = Claim(
        subject=who,
        relation="represents",
        object=who,
        modality="Asserted",
        polarity="Positive",
        attributed_to=who,
        evidence=evidence,
    )
    post = Value(0, len(text), text, text, text, text)
    said = Claim(
        subject=who,
        relation="holdsPost",
        object=post,
        modality=text,
        polarity=text,
        attributed_to=None,
        evidence=evidence,
    )
    facts = (
        Fact(subject, "represents", other, (claim,)),
        Fact(subject, text, other, (claim,)),
        Fact(subject, "holdsPost", post, (said,)),
    )
    strange = entity("t", text, text)
    return (subject, other, strange), facts, (Article(text, text, text, text, text, None, text),)
