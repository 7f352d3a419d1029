"""People: the recognizer's finds, put right where Russian or Chinese usage knows better."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from kg.lang import table
from kg.lang.phrase import Phrase
from kg.lang.ru import lexicon
from kg.lang.ru.chinese import GIVEN, base, bases, person_at, syllables
from kg.lang.ru.morphology import analyzer
from kg.lang.ru.nominative import agree, case

REACH = 12
CASE_TAGS = {"Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct"}


def persons(doc: Doc) -> list[Phrase]:
    """Return every person's name, in order of text."""
    cls = table("ru", "grammar")["labels"]["PER"]
    found = []
    chinese = list(_chinese(doc))
    for start, end in chinese:
        name = _chinese_nominative(doc, start, end)
        found.append(Phrase(start, end, start, cls, name))
    initialed = list(_initialed(doc))
    taken = {i for start, end in [*chinese, *initialed] for i in range(start, end)}
    spans = [doc[start:end] for start, end in initialed]
    for ent in doc.ents:
        span = _named(_trim(ent)) if ent.label_ == "PER" else None
        if span and not any(t.i in taken for t in span):
            spans.append(span)
    for span in spans:
        head = next((t.i for t in span if len(t) > 1), span.start)
        found.append(Phrase(span.start, span.end, head, cls, nominative(span)))
    return sorted(found, key=lambda p: p.start)


def _initialed(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield family names with the initials before them: А. П. Серов, whatever stands before."""
    end = 0
    for token in doc:
        start = token.i
        while start - 2 >= end and doc[start - 1].text == "." and _is_initial(doc[start - 2]):
            start -= 2
        if start < token.i and len(token) > 1 and token.text[:1].isupper() and token.is_alpha:
            end = token.i + 1
            if token.i - start == 2 and doc[start].is_sent_start is False and token.is_sent_start:
                continue  # the end of a sentence: рядом с заводом А. Вчера
            yield start, end


def _is_initial(token: Token) -> bool:
    return len(token) == 1 and token.text.isalpha() and token.text.isupper()


def _chinese(doc: Doc) -> Iterator[tuple[int, int]]:
    i = 0
    while i < len(doc):
        end = person_at(doc, i)
        known = lexicon.names().at(doc, i)
        place = lexicon.names().at(doc, i + 1) if end and doc[i].is_sent_start else None
        # «У Цзянси общие границы»: the first word is a preposition.
        if end and not place and not (known and known[0] > i + 1):
            yield i, end
        i = end or i + 1


def _chinese_nominative(doc: Doc, start: int, end: int) -> str:
    family, given = doc[start], doc[end - 1]
    governed = next((c for c in (_governor_case(family), case(family), case(given)) if c), "Nom")
    name = base(given.text, governed, GIVEN)
    if name == given.text and not syllables(given.text):
        name = ""
    return f"{family.text} {name or min(bases(given.text, GIVEN), key=len, default=given.text)}"


def _governor_case(token: Token) -> str:
    """Return the case of the post that comes with a name and agrees with it; "" for none.

    Between the two may stand the body and where it sits: аким Павлодарской области Серик …
    """
    found = ""
    for before in reversed(token.doc[max(token.sent.start, token.i - REACH) : token.i]):
        if lexicon.is_post(before):
            # Of заместитель председателя … the first is the post, the next depends on it.
            found = case(before)
            continue
        if found and case(before) != "Gen":
            break
        if before.pos_ in {"VERB", "AUX", "CCONJ", "SCONJ", "PRON"} or before.text in {
            ",",
            ";",
            "–",
        }:
            break
    return found


def _named(span: Span | None) -> Span | None:
    """Return the span with the given name before the patronymic that it begins with: the
    recognizer leaves it to what stands before (правительство края Пётр Ильич …)."""
    if span is None or span.start == span.sent.start or not _is_patronymic(span[0]):
        return span
    before = span.doc[span.start - 1]
    fits = before.text.istitle() and before.pos_ in {"PROPN", "NOUN", "ADJ"}
    if not fits or lexicon.is_post(before) or lexicon.descriptor(span.doc, before.i):
        return span
    return span.doc[span.start - 1 : span.end]


def _is_patronymic(token: Token) -> bool:
    return any("Patr" in p.tag for p in analyzer().parse(token.text))


def _trim(ent: Span) -> Span | None:
    """Return the span less what is no part of a person's name; None if nothing is left."""
    start, end = ent.start, ent.end
    doc = ent.doc
    while start < end and (not doc[start].text[:1].isupper() or lexicon.is_post(doc[start])):
        start += 1
    end = next((t.i for t in doc[start:end] if t.text == "("), end)
    while end > start and not doc[end - 1].text[:1].isupper():
        end -= 1
    # губернатор аймака Увс Баттулгын Ганзориг: the first word is the aimak's name
    if end - start > 2 and start and lexicon.descriptor(doc, start - 1):
        start += 1
    if start == end:
        return None
    first, after = doc[start], doc[end] if end < len(doc) else None
    # An adjective that agrees with the noun after it belongs to that noun's name.
    qualifies = after is not None and after.pos_ in {"NOUN", "PROPN"} and agree(doc[end - 1], after)
    if end - start == 1 and ((first.pos_ == "ADJ" and qualifies) or first.text.isupper()):
        return None
    if lexicon.descriptor(doc, start) or (lexicon.names().at(doc, start) and end - start == 1):
        return None
    return doc[start:end]


def nominative(span: Span) -> str:
    """Return a person's name in the nominative."""
    word = next((t for t in span if len(t) > 1), span[0])  # initials have no case
    given = _governor_case(span[0]) or case(word)
    if given in {"Nom", ""}:
        return " ".join(span.text.split())
    gender = _gender(span, given)
    return "".join(
        (_inflect(token, gender, given) if token.is_alpha or "-" in token.text else token.text)
        + (" " if token.whitespace_ and token.i < span.end - 1 else "")
        for token in span
    )


def _gender(span: Span, given: str) -> str:
    tag = CASE_TAGS.get(given)
    for token in span:
        for parse in analyzer().parse(token.text):
            named = {"Name", "Patr"} & set(map(str, parse.tag.grammemes))
            if named and str(parse.tag.case) == tag:
                return str(parse.tag.gender or "masc")
    return "femn" if next(iter(span[0].morph.get("Gender", [])), "") == "Fem" else "masc"


def _inflect(token: Token, gender: str, given: str) -> str:
    tag = CASE_TAGS.get(given)
    parts = []
    for part in token.text.split("-"):
        best = next(
            (
                p
                for p in analyzer().parse(part)
                if {"Name", "Surn", "Patr"} & set(map(str, p.tag.grammemes))
                and p.tag.gender in {gender, None}
                and (tag is None or str(p.tag.case) == tag)
                and "plur" not in p.tag
            ),
            None,
        )
        surname = _surname(part, given, gender)
        if surname:
            parts.append(surname)
            continue
        inflected = best.inflect({"nomn", "sing"}) if best else None
        word = inflected.word if inflected else _foreign(part, given, gender)
        parts.append(word[:1].upper() + word[1:])
    return "-".join(parts)


def _surname(word: str, given: str, gender: str) -> str:
    """Return the nominative of a family name in -ов, -ин, -ский by its ending; "" for others."""
    endings = table("ru", "surnames")[gender].get(given, {})
    return next((word.removesuffix(e) + n for e, n in endings.items() if word.endswith(e)), "")


def _foreign(word: str, given: str, gender: str) -> str:
    """Decline a name that no dictionary knows by its ending: Сериком is Серик."""
    nouns = [p for p in analyzer().parse(word) if p.tag.POS == "NOUN" and "sing" in p.tag]
    tag = CASE_TAGS.get(given)
    fitting = [p for p in nouns if str(p.tag.case) == tag and p.tag.gender == gender]
    found = fitting[0].inflect({"nomn"}) if fitting else None
    return str(found.word) if found else word
