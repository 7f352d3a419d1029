"""Names under a plural noun: several things named at once, or a group."""

from __future__ import annotations

from spacy.tokens import Token

from kg.lang.phrase import Phrase
from kg.lang.ru import lexicon
from kg.lang.ru.extent import Extent
from kg.lang.ru.lexicon import Descriptor
from kg.lang.ru.morphology import analyzer
from kg.lang.ru.nominative import agree, case, nominative
from kg.model import Name

COORDINATED = {",", "и"}


def read(extent: Extent, head: Token, descriptor: Descriptor) -> list[Phrase]:
    """Return what a plural names: Амурская и Иркутская области; провинции Ляонин и Хунань;
    регионы России, a group."""
    if listed := _listed(extent, head, descriptor):
        return listed
    after = head.i + 1 + descriptor.after
    applied = extent.apposition(head, after, head.sent.end)
    if applied > after:
        name = nominative(extent.doc, after, applied, after)
        known = extent.known.get(after)
        normal = known.normal if known and known.end == applied else name
        return [Phrase(after, applied, after, descriptor.cls, normal)]
    return _group(extent, head, descriptor)


def _listed(extent: Extent, head: Token, descriptor: Descriptor) -> list[Phrase]:
    """Read coordinated adjectives under one noun: each makes a name of its own."""
    own: list[Token] = []
    for token in reversed(extent.doc[head.sent.start : head.i]):
        if token.pos_ == "ADJ" and token.text[:1].isupper() and case(token) in {case(head), ""}:
            own.append(token)
        elif token.text not in COORDINATED or not own:
            break
    return [
        Phrase(t.i, t.i + 1, t.i, descriptor.cls, f"{_singular(t, head.lemma_)} {head.lemma_}")
        for t in (reversed(own) if len(own) > 1 else ())
    ]


def _group(extent: Extent, head: Token, descriptor: Descriptor) -> list[Phrase]:
    """Read a group known by its place or kind: российские регионы, экспериментальные СЭЗ."""
    start, _ = extent.left(head, descriptor)
    stop, place = extent.complement(head, head.i + 1 + descriptor.after, head.sent.end)
    before = extent.doc[start - 1] if start > head.sent.start else None
    entry = lexicon.adjectives().get(before.lemma_) if before is not None else None
    owner = genitive(entry.name) if entry and before is not None and agree(before, head) else ""
    place = place or bool(owner)
    territories = place and extent.belongs(descriptor, "territory")
    facilities = start < head.i and extent.belongs(descriptor, "facility")
    if not territories and not facilities:
        return []
    normal = nominative(extent.doc, start, stop, head.i)
    if extent.doc[start].is_sent_start and not extent.doc[start].text.isupper():
        normal = normal[:1].lower() + normal[1:]
    aliases: tuple[Name, ...] = ()
    if owner:
        # российские регионы and регионы России are one group
        aliases = (Name(nominative(extent.doc, start - 1, stop, head.i), "ru"),)
        start, normal = start - 1, f"{normal} {owner}"
    return [Phrase(start, stop, head.i, descriptor.cls, normal, False, aliases, plural=True)]


def genitive(name: str) -> str:
    """Return a known name in the genitive; "" if the dictionary cannot decline it."""
    words = []
    for word in name.split():
        parses = [p for p in analyzer().parse(word) if "nomn" in p.tag]
        inflected = parses[0].inflect({"gent"}) if parses else None
        if inflected is None:
            return ""
        words.append(
            inflected.word[:1].upper() + inflected.word[1:]
            if word[:1].isupper()
            else inflected.word
        )
    return " ".join(words)


def _singular(adjective: Token, noun: str) -> str:
    """Return an adjective as it stands with ``noun`` in the nominative singular."""
    nouns = [p for p in analyzer().parse(noun) if p.tag.POS == "NOUN"]
    gender = str(nouns[0].tag.gender or "") if nouns else ""
    for parse in analyzer().parse(adjective.text):
        word = parse.inflect({"nomn", "sing", gender} - {""}) if parse.tag.POS == "ADJF" else None
        if word:
            return str(word.word[:1].upper() + word.word[1:])
    return str(adjective.text)
