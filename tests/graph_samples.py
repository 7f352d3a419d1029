"""Resolutions made by hand, and many made by arithmetic, for the tests of the graph."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kg.model import (
    Article,
    Claim,
    Entity,
    Evidence,
    Fact,
    Mention,
    Name,
    Resolution,
    Value,
)

E = "https://w3id.org/kg/entity/"
HEILONGJIANG = Entity(
    f"{E}region/хэйлунцзян",
    "Region",
    "провинция Хэйлунцзян",
    (Name("黑龙江省", "zh"),),
    ("http://www.wikidata.org/entity/Q19206",),
)
PRIMORYE = Entity(f"{E}region/приморский-край", "Region", "Приморский край")
HUANG = Entity(f"{E}person/хуан-шивэй", "Person", "Хуан Шивэй", (Name("黄世伟", "zh"),))
HARBIN = Entity(f"{E}city/харбин", "City", "Харбин")
FORUM = Entity(f"{E}event/форум", "Event", "форум")

HOSTILE = (
    '" . } ; DROP ALL ; {',
    "\\u0022 . } ; DROP ALL ; {",
    '\\" } ; CLEAR ALL #',
    "''' \"\"\" \\",
    "<script>alert(1)</script>",
    "]]> --> <!ENTITY",
    "=cmd|' /C calc'!A0",
    "строка\nиз\r\nтрёх\rстрок\tи табуляции",
    "\x00\x01\x0b\x1f\x7f\x85 \u2028 \ufeff \ufffe \U0001f600 \u202e",
    "} }} ?x $y <http://e/> _:b @en ^^ # x",
)


class Telling:
    """An article that is written as it is told: words become mentions, sentences evidence."""

    def __init__(self, text: str, **head: object) -> None:
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        self.article = Article(id=digest, text=text, **head)  # type: ignore[arg-type]
        self.referents: list[tuple[Mention, Entity]] = []
        self.facts: list[Fact] = []

    def mention(
        self, words: str, entity: Entity, cls: str = "", normal: str = "", nth: int = 0
    ) -> Mention:
        """Find ``words`` and say whom they mean."""
        start = -1
        for _ in range(nth + 1):
            start = self.article.text.index(words, start + 1)
        end = start + len(words)
        mention = Mention(
            start, end, words, cls or entity.cls, normal or entity.label, aliases=entity.aliases
        )
        self.referents.append((mention, entity))
        return mention

    def value(self, words: str, datatype: str, normal: str) -> Value:
        """Find ``words`` and say what literal they are."""
        start = self.article.text.index(words)
        return Value(start, start + len(words), words, datatype, normal)

    def claim(
        self,
        subject: Mention,
        relation: str,
        obj: Mention | Value,
        sentence: str,
        *,
        modality: str = "Asserted",
        polarity: str = "Positive",
        speaker: Mention | None = None,
        extractor: str = "rules",
        score: float = 0.9,
    ) -> None:
        """Add a fact with one claim; facts that are the same are one fact."""
        start = self.article.text.index(sentence)
        evidence = Evidence(
            self.article.id, start, start + len(sentence), sentence, extractor, score
        )
        claim = Claim(subject, relation, obj, modality, polarity, speaker, evidence)
        of = dict(self.referents)
        ends = (of[subject], of[obj] if isinstance(obj, Mention) else obj)
        for i, fact in enumerate(self.facts):
            if (fact.subject, fact.relation, fact.object) == (ends[0], relation, ends[1]):
                self.facts[i] = replace(fact, claims=(*fact.claims, claim))
                return
        self.facts.append(Fact(ends[0], relation, ends[1], (claim,)))

    def resolution(self) -> Resolution:
        """Return what was told."""
        return Resolution(self.article, tuple(self.referents), tuple(self.facts))


FIRST_SENTENCE = "Хэйлунцзян и Приморский край обсудили сотрудничество."
SECOND_SENTENCE = "Хэйлунцзян будет сотрудничать с Приморьем, сказал секретарь Хуан Шивэй (黄世伟)."
THIRD_SENTENCE = "Форум в Харбине открылся 5 августа 2021 года."


def cooperation() -> Resolution:
    """An article with two claims of one fact, a speaker, a post, and a date."""
    told = Telling(
        f"{FIRST_SENTENCE} {SECOND_SENTENCE} {THIRD_SENTENCE}",
        title="В Харбине обсудили перспективы",
        url="https://biang.ru/ru/news?id=1",
        publisher="Biang.ru",
        published=date(2021, 8, 6),
        origin="/home/someone/news/1.txt",
    )
    one = told.mention("Хэйлунцзян", HEILONGJIANG, "Province")
    two = told.mention("Приморский край", PRIMORYE, "FederalSubject")
    again = told.mention("Хэйлунцзян", HEILONGJIANG, "Province", nth=1)
    coast = told.mention("Приморьем", PRIMORYE, "FederalSubject", "Приморье")
    huang = told.mention("Хуан Шивэй", HUANG)
    forum = told.mention("Форум", FORUM, "Conference")
    harbin = told.mention("Харбине", HARBIN)
    told.claim(one, "cooperatesWith", two, FIRST_SENTENCE, modality="Discussed", score=0.6)
    told.claim(again, "cooperatesWith", coast, SECOND_SENTENCE, modality="Planned", speaker=huang)
    told.claim(huang, "represents", again, SECOND_SENTENCE, score=1)
    post = told.value("секретарь", "langString", "секретарь")
    told.claim(huang, "holdsPost", post, SECOND_SENTENCE)
    told.claim(forum, "takesPlaceIn", harbin, THIRD_SENTENCE)
    day = told.value("5 августа 2021 года", "date", "2021-08-05")
    told.claim(forum, "takesPlaceOn", day, THIRD_SENTENCE)
    return told.resolution()


def denial() -> Resolution:
    """An article that denies what another says, and says something of its own."""
    text = "Приморье не сотрудничает с Хэйлунцзяном. Хуан Шивэй побывал в Харбине."
    told = Telling(text, title="Опровержение", published=date(2021, 9, 1))
    coast = told.mention("Приморье", PRIMORYE, "FederalSubject", "Приморье")
    river = told.mention("Хэйлунцзяном", HEILONGJIANG, "Province", "Хэйлунцзян")
    huang = told.mention("Хуан Шивэй", HUANG)
    harbin = told.mention("Харбине", HARBIN)
    first, second = text.split(". ")
    told.claim(coast, "cooperatesWith", river, first, modality="Denied", polarity="Negative")
    told.claim(huang, "visited", harbin, second)
    return told.resolution()


def hostile() -> Resolution:
    """An article whose every string tries to break out of what it is written in."""
    text = " ".join(HOSTILE)
    told = Telling(text, title=HOSTILE[0], url="javascript:alert(1)", publisher=HOSTILE[7])
    for number, words in enumerate(HOSTILE):
        entity = Entity(f"{E}person/hostile-{number}", "Person", words, (Name(words, "zh"),))
        mention = told.mention(words, entity)
        post = told.value(words, "langString", words)
        told.claim(mention, "holdsPost", post, text, extractor=words, speaker=mention)
    return told.resolution()


def synthetic(number: int, mentions: int = 40, statements: int = 20) -> Resolution:
    """One of any number of articles that share some entities and not others."""
    words = [f"слово{number}x{i}" for i in range(mentions)]
    text = " ".join(words) + "."
    told = Telling(text, title=f"Статья {number}", published=date(2021, 1, 1 + number % 28))
    found = [told.mention(word, _entity(number, i)) for i, word in enumerate(words)]
    for i in range(statements):
        told.claim(found[i], "metWith", found[i + statements], text, score=0.8)
    return told.resolution()


def _entity(number: int, i: int) -> Entity:
    # Half are in every article, as a capital is; half come once in ten.
    key = i if i % 2 else 1000 * (number // 10) + i
    return Entity(f"{E}person/{key}", "Person", f"Имя {key}")


def shuffled(resolutions: Sequence[Resolution]) -> list[Resolution]:
    """Return the articles in another order, and their parts too."""
    return [replace(r, referents=r.referents[::-1], facts=r.facts[::-1]) for r in resolutions[::-1]]
