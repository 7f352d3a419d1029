"""Journeys under their whole name: визит делегации Бурятии в Харбин."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.lang import table
from kg.lang.phrase import Phrase
from kg.lang.ru.nominative import genitive_like, nominative
from kg.ontology import load


def whole(doc: Doc, phrase: Phrase, others: Sequence[Phrase]) -> Phrase:
    """Return a journey with who makes it and where it leads in its name; others as they are."""
    grammar = table("ru", "grammar")
    if not load().is_a(phrase.cls, grammar["groups"]["acted"]) or phrase.adjective:
        return phrase
    nouns = [p for p in others if not p.adjective and p.start >= phrase.end]
    places = [p for p in nouns if load().is_a(p.cls, grammar["groups"]["places"])]
    end = _goer(doc, phrase.end, nouns)
    while doc[end : end + 1].text.lower() in grammar["words"]["towards"]:
        place = max((p.end for p in places if p.start == end + 1), default=0)
        if not place:
            break
        end = place
    if end == phrase.end:
        return phrase
    return replace(phrase, whole=end, normal=_normal(doc, phrase, end))


def _goer(doc: Doc, start: int, nouns: Sequence[Phrase]) -> int:
    """Return the end of who goes, named in the genitive after the journey; else ``start``."""
    i = start
    while i < len(doc) and doc[i].pos_ == "ADJ" and genitive_like(doc[i]):
        i += 1
    ends = [p.end for p in nouns if p.start == i and genitive_like(doc[p.head])]
    return max(ends, default=start)


def _normal(doc: Doc, phrase: Phrase, end: int) -> str:
    told = nominative(doc, phrase.start, end, phrase.head)
    same = told[:1].isupper() == phrase.normal[:1].isupper()
    return told if same else told[:1].lower() + told[1:]
