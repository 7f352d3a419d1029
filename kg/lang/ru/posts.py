"""Posts: министр экономического развития, первый заместитель председателя."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.lang import table
from kg.lang.phrase import Phrase
from kg.lang.ru import lexicon
from kg.lang.ru.nominative import agreeing_run, case, genitive_like, nominative, number


def posts(doc: Doc, phrases: list[Phrase]) -> list[Phrase]:
    """Return the posts named, without the body or territory they are held in."""
    starts = {p.start for p in phrases if not p.adjective}
    inside = {i for p in phrases for i in range(p.start, p.end) if not p.adjective}
    found: list[Phrase] = []
    for token in doc:
        if token.i in inside or (found and token.i < found[-1].end):
            continue
        if not lexicon.is_post(token) and not lexicon.is_occupation(token):
            continue
        if former(doc, token.i) or number(token) == "Plur":
            continue
        start = _start(doc, token.i, inside)
        end = _end(doc, token.i + 1, token.sent.end, starts)
        normal = nominative(doc, start, end, token.i)
        found.append(Phrase(start, end, token.i, "", normal[:1].lower() + normal[1:]))
    return found


def former(doc: Doc, i: int) -> bool:
    """Tell whether a post is one that was held before: бывший губернатор, экс-мэр."""
    marks = table("ru", "grammar")["words"]["former"]
    words = [t.lemma_ for t in doc[max(i - 3, doc[i].sent.start) : i] if t.pos_ == "ADJ"]
    return any(word in marks for word in words) or doc[i].lower_.partition("-")[0] in marks


def _start(doc: Doc, head: int, inside: set[int]) -> int:
    """Take the adjectives that make the post another one: генеральный, первый, исполнительный."""
    first = agreeing_run(doc, head, stop=doc[head].sent.start)
    kept = table("ru", "grammar")["words"]["ranks"]
    while first < head and (doc[first].lemma_ not in kept or first in inside):
        first += 1
    return first


def _end(doc: Doc, i: int, end: int, starts: set[int]) -> int:
    """Take the genitives and the field (по туризму), up to the body or the person named."""
    last, bodies = i, table("ru", "grammar")["words"]["bodies"]
    while i < end and i not in starts:
        token = doc[i]
        if token.pos_ == "ADJ" and genitive_like(token) and token.text.islower():
            i += 1
        elif token.pos_ == "NOUN" and genitive_like(token) and token.text.islower():
            i += 1
            last = i
        elif token.lower_ in bodies and last == i:
            j = i + 1
            while j < end and case(doc[j]) == "Dat" and doc[j].pos_ in {"ADJ", "NOUN"}:
                j += 1
            if j == i + 1:
                break
            i = last = j
        elif token.lower_ in {"и", ","} and _one_more(doc, i, end, starts):
            i += 1
        else:
            break
    return last


def _one_more(doc: Doc, i: int, end: int, starts: set[int]) -> bool:
    """Tell whether one more field follows: министр промышленности и торговли."""
    j = i + 1
    while j < end and doc[j].pos_ == "ADJ" and case(doc[j]) in {"Gen", "Dat"} and j not in starts:
        j += 1
    if j >= end or j in starts or lexicon.is_post(doc[j]) or lexicon.descriptor(doc, j):
        return False
    noun, before = doc[j], doc[i - 1]
    return noun.pos_ == "NOUN" and noun.text.islower() and case(noun) == case(before) != "Nom"
