"""Whether what is said around a date is over or still to come."""

from __future__ import annotations

import re
from functools import cache

from kg.lang import table
from kg.lang.ru.morphology import analyzer

SENTENCE = re.compile(r"[.!?;]\s|\n")
CLAUSE = re.compile(r"[,:()–—]\s|\s\(|[.!?;]\s|\n")
VERBLESS = re.compile(r"\w\s[–—-]\s(?:во?\s|на\s)?$")  # открытие – в феврале
SINCE = re.compile(r"\bсо?\s$", re.IGNORECASE)
PUT_OFF = re.compile(r"\sна\s")  # с апреля на октябрь
UNTIL = re.compile(r"\b(?:на|к|до)\s$", re.IGNORECASE)
WORD = re.compile(r"[а-яё]+(?:-[а-яё]+)*", re.IGNORECASE)
DONE = "done"
"""What a participle shows: it is over, if the date is not one that it was put off or set to."""


def looks(text: str, start: int, end: int) -> int:
    """Return 1 where the clause around tells of the future, -1 where of the past, else 0.

    Of one that tells of both, the word nearest to the date decides; where it has no verb, its
    sentence is asked: «обсудили форум, который пройдёт в сентябре». What is told of it without a
    verb (открытие – в феврале) may be either.
    """
    for edges in (CLAUSE, SENTENCE):
        after = edges.search(text, end)
        before = [m.end() for m in edges.finditer(text, 0, start)]
        begin, finish = before[-1] if before else 0, after.start() if after else len(text)
        near = _near(text, (begin, finish), start, end)
        if near:
            break
        if VERBLESS.search(text, 0, start) and not _near(
            text, ([0, *before][-2], start), start, end
        ):
            return 0
    far = len(text)
    ahead, back, now = (near.get(tense, far) for tense in ("futr", "past", "pres"))
    if now < min(ahead, back):
        return 0
    return (ahead < back) - (back < ahead)


def _near(text: str, within: tuple[int, int], start: int, end: int) -> dict[str, int]:
    """Return how far from a date the nearest word of each tense is."""
    near: dict[str, int] = {}
    before: set[str] = set()
    for word in WORD.finditer(text, *within):
        away = max(start - word.end(), word.start() - end)
        for tense in _tense(word[0].lower()):
            near[tense] = min(away, near.get(tense, away))
            before |= {tense} if word.end() <= start else set()
    far = len(text)
    done = near.pop(DONE, far)
    if SINCE.search(text, 0, start) and not text[start].isdigit():
        if PUT_OFF.match(text, end):
            near.pop("past", None)
        elif near.get("futr", far) >= min(near.get("past", far), near.get("pres", far)):
            near["past"] = 0  # с апреля занимает
    elif UNTIL.search(text, 0, start):
        if before & {"past", DONE}:
            near["futr"] = 0  # назначено на май, отложили до октября
    elif done < far:
        near.setdefault("past", done)  # заключено в мае
    return near


@cache
def _tense(word: str) -> frozenset[str]:
    """Return the tense that a word shows: of a verb its own, the future of words of intent."""
    known = [reading for reading in analyzer().parse(word) if reading.is_known]
    words = table("ru", "modality")
    lemmas = {reading.normal_form for reading in known}  # намерены: намерен, намерить
    if any(not lemmas.isdisjoint(words["governors"][n]) for n in table("ru", "dates")["ahead"]):
        return frozenset({"futr"})
    tag = known[0].tag if known else None
    if tag is None or (tag.person == "1per" and not lemmas.isdisjoint(words["words"]["speech"])):
        return frozenset()  # напомним
    if any(r.tag.POS == "PRTS" or (r.tag.POS == "PRTF" and r.tag.tense == "past") for r in known):
        return frozenset({DONE})
    return frozenset({str(tag.tense)} if tag.POS == "VERB" else ())
