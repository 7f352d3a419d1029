"""The grammar that Russian offers to the stages (kg.lang.Grammar)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span

from kg.lang import table
from kg.lang.phrase import Phrase
from kg.lang.ru import lexicon
from kg.lang.ru.dates import dates
from kg.lang.ru.phrases import phrases
from kg.lang.ru.posts import posts
from kg.ontology import load

__all__ = ["dates", "describes", "happenings", "head", "pairs", "phrases", "posts", "pronouns"]

PAIR = re.compile(r"(?<!\w)([А-ЯЁ][\w-]*?[а-яё])(?:\s?[–—]\s?|\s-\s|-)([А-ЯЁ][\w-]*[а-яё])(?!\w)")
REACH = 2


def head(span: Span) -> int:
    """Return the first word of a value that is no preposition: its other words hang on it."""
    return next((t.i for t in span if t.pos_ != "ADP"), span.start)


def pronouns(doc: Doc) -> list[Phrase]:
    """Return personal and possessive pronouns of the third person (он, её, них)."""
    lemmas = table("ru", "grammar")["words"]["pronouns"]
    return [
        Phrase(t.i, t.i + 1, t.i, "", t.text, named=False)
        for t in doc
        if t.lower_ in lemmas and t.pos_ in {"PRON", "DET"}
    ]


def pairs(name: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield the two ends of a name such as дорога Суйфэньхэ-Гродеково."""
    found = PAIR.search(name)
    if found is None or not _joins(name):
        return
    label = table("ru", "grammar")["labels"]["LOC"]
    for part in (1, 2):
        yield found.start(part), found.end(part), label, found.group(part)


def _joins(name: str) -> bool:
    """Tell whether a name is that of a way between two places."""
    groups = table("ru", "grammar")["groups"]["way"]
    words = [lexicon.forms(word) for word in name.split()]
    return any(
        load().is_a(found.cls, groups) and all(any(p & w for w in words) for p in parts)
        for forms in words
        for form in forms
        for parts, found in lexicon.descriptors().get(form, ())
        if found.cls
    )


def describes(doc: Doc, description: Phrase, named: Phrase) -> bool:
    """Tell whether a description's noun can mean ``named``: the same noun, or a general one."""
    noun = doc[description.head].lemma_
    general = table("ru", "grammar")["words"]["general"]
    if noun in general:
        return True
    said = {w for t in doc[named.start : named.end] for w in lexicon.forms(t.text)}
    said |= {w for a in named.aliases for t in a.text.split() for w in lexicon.forms(t)}
    said |= {w for t in named.normal.split() for w in lexicon.forms(t)}
    last = {w.rpartition("-")[2] for w in said}
    return noun in said or noun in last or noun.rpartition("-")[2] in said


def happenings(doc: Doc, event: Phrase) -> Iterator[Phrase]:
    """Yield the verb in the sentences before ``event`` that tells of the same event."""
    verbs = table("ru", "grammar")["happenings"]
    sents = [s for s in doc.sents if s.start <= event.start][-REACH - 1 :]
    for sent in reversed(sents):
        for token in sent:
            if token.i < event.start and doc[event.head].lemma_ in verbs.get(token.lemma_, ()):
                yield Phrase(token.i, token.i + 1, token.i, event.cls, event.normal, named=False)
                return
