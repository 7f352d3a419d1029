"""Names built around a noun that says what they are (``descriptors.toml``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.lang.phrase import Phrase
from kg.lang.ru import lexicon, plurals, towns
from kg.lang.ru.extent import DASHES, Extent
from kg.lang.ru.lexicon import Descriptor
from kg.lang.ru.lines import line
from kg.lang.ru.nominative import nominative, number
from kg.model import Name
from kg.ontology import load


def described(doc: Doc, known: Sequence[Phrase], people: Sequence[Phrase]) -> list[Phrase]:
    """Return the described names of a text in order, given the names known otherwise."""
    extent = Extent(doc, known, people)
    inside = {i for p in [*known, *people] for i in range(p.start, p.end)}
    found: list[Phrase] = []
    for token in doc:
        quoted = found and token.i < found[-1].end and found[-1].opaque
        if token.i in inside or quoted:
            continue
        descriptor = lexicon.descriptor(doc, token.i)
        if way := line(extent, token, descriptor):
            found.append(replace(way, normal=lowered(doc[way.start], way.normal)))
        elif descriptor:
            found += _read(extent, token, descriptor)
    return found


def _read(extent: Extent, head: Token, descriptor: Descriptor) -> list[Phrase]:
    """Return the names that a descriptor at ``head`` makes: one, several, or none."""
    doc, after, end = extent.doc, head.i + 1 + descriptor.after, head.sent.end
    if number(head) == "Plur" and head.lemma_ not in extent.words["plural"]:
        return plurals.read(extent, head, descriptor)
    start, proper = extent.left(head, descriptor)
    if quote := extent.quote(after, end):
        return [_quoted(extent, start, head, descriptor, quote)]
    if numbered := extent.number(after, end):
        normal = nominative(doc, start, numbered, head.i)
        return [Phrase(start, numbered, head.i, descriptor.cls, normal, proper)]
    if (applied := extent.apposition(head, after, end)) > after:
        return [_applied(extent, start, head, descriptor, applied)]
    if head.lemma_ in extent.words["descriptive"] and (seat := _seat(extent, head, after)):
        return [Phrase(start, seat[0], head.i, descriptor.cls, seat[1])]
    if descriptor.lemma in extent.words["centres"] and _of_territory(extent, after):
        return []
    return _described(extent, start, head, descriptor, proper=proper)


def _described(
    extent: Extent, start: int, head: Token, descriptor: Descriptor, *, proper: bool
) -> list[Phrase]:
    """Read a name of adjectives and genitives: Приморский край, мэрия Хэйхэ."""
    after, end = head.i + 1 + descriptor.after, head.sent.end
    territory = extent.belongs(descriptor, "territory")
    stop, place = after, False
    if not (proper and territory) and not extent.belongs(descriptor, "acted"):
        stop, place = extent.complement(head, after, end)
    if territory and stop > after and not place:
        return []  # в области экспорта
    if stop > after and not proper and descriptor.lemma in extent.words["vague"]:
        return _crew(extent, start, head, stop)
    if stop == after and extent.belongs(descriptor, "visiting"):
        stop = _origin(extent, after)
    named = proper or (place and not _passing(extent, head, descriptor))
    if not named and not extent.belongs(descriptor, "public"):
        named = _capital(extent, start, head, stop) and not _passing(extent, head, descriptor)
    following = extent.known.get(stop)
    if following and place and load().is_a(following.cls, (descriptor.cls,)) and territory:
        # столица провинции Цзянси Наньчан
        aliases = following.aliases
        return [
            Phrase(start, following.end, head.i, following.cls, following.normal, aliases=aliases)
        ]
    if stop == after and extent.belongs(descriptor, "way"):
        stop = _across(extent, after)
    normal = nominative(extent.doc, start, stop, head.i)
    normal = normal if named else lowered(extent.doc[start], normal)
    return [Phrase(start, stop, head.i, descriptor.cls, normal, named)]


def _crew(extent: Extent, start: int, head: Token, stop: int) -> list[Phrase]:
    """Read a group of people who come as one: группа иркутских чиновников."""
    if not any(t.lemma_ in extent.words["members"] for t in extent.doc[head.i + 1 : stop]):
        return []
    normal = lowered(extent.doc[start], nominative(extent.doc, start, stop, head.i))
    return [Phrase(start, stop, head.i, extent.groups["visiting"][0], normal, named=False)]


def _origin(extent: Extent, after: int) -> int:
    """Return the end of where a delegation comes from: делегация из Цзянси."""
    told = extent.doc[after].lower_ if after < len(extent.doc) else ""
    place = extent.known.get(after + 1)
    return place.end if told in extent.words["origins"] and place else after


def _across(extent: Extent, after: int) -> int:
    """Return the end of what a bridge crosses: мост через Амурскую протоку."""
    doc, i = extent.doc, after + 1
    if after >= len(doc) or doc[after].lower_ not in extent.words["across"]:
        return after
    if i < len(doc) and i not in extent.known and lexicon.descriptor(doc, i):
        i += 1
    if known := extent.known.get(i):
        return known.end
    capital = i < len(doc) and doc[i].text[:1].isupper()
    adjective = capital and doc[i].pos_ == "ADJ" and i + 1 < len(doc)
    return i + 1 + adjective if capital else after


def _passing(extent: Extent, head: Token, descriptor: Descriptor) -> bool:
    """Tell whether only a name of its own makes a thing known elsewhere: an event, a capital."""
    vague = extent.words["general"] + extent.words["descriptive"]
    return extent.belongs(descriptor, "passing") or head.lemma_ in vague


def _capital(extent: Extent, start: int, head: Token, stop: int) -> bool:
    """Tell whether capitals make a name: Торгово-промышленная палата, экспериментальная СЭЗ."""
    written = head.text[:1].isupper() and (not head.is_sent_start or head.i in extent.located)
    return written and (stop > head.i + 1 or (head.text.isupper() and start < head.i))


def lowered(first: Token, normal: str) -> str:
    """Write a common noun small that has a capital only because it begins a sentence."""
    if not first.is_sent_start or first.text.isupper():
        return normal
    return normal[:1].lower() + normal[1:]


def _of_territory(extent: Extent, i: int) -> bool:
    """Tell whether a territory follows: центр провинции is a town, центр торговли a body."""
    known = extent.known.get(i)
    found = lexicon.descriptor(extent.doc, i) if i < len(extent.doc) else None
    cls = known.cls if known else found.cls if found else ""
    return bool(cls) and load().is_a(cls, extent.groups["territory"])


def _seat(extent: Extent, head: Token, after: int) -> tuple[int, str] | None:
    """Return end and name of the city meant by столица Бурятии or бурятская столица, if told."""
    before = extent.doc[head.i - 1] if head.i > head.sent.start else None
    entry = lexicon.adjectives().get(before.lemma_) if before is not None else None
    known = None if entry else extent.known.get(after)
    territory = entry.name if entry else known.normal if known else ""
    capital = lexicon.capitals().get(territory)
    return (known.end if known else head.i + 1, capital) if capital else None


def _quoted(extent: Extent, start: int, head: Token, descriptor: Descriptor, quote: int) -> Phrase:
    """Read a quoted name: компания «РЖД Логистика» is known without its noun, a forum with it."""
    doc, end = extent.doc, extent.quotes[quote]
    inside = doc[quote + 1 : end - 1].text.strip()
    while start < head.i - descriptor.before and _locates(doc[start]):
        start += 1  # читинский портал «Сотка»: the name is quoted, the adjective says where
    title = lowered(doc[start], nominative(doc, start, quote, head.i))
    normal, other = f"{title} «{inside}»", inside
    if descriptor.plain:
        legal = head.text if head.text.isupper() else title
        normal, other = inside, f"{legal} «{inside}»"
    aliases = (Name(other, "ru"),)
    return Phrase(start, end, head.i, descriptor.cls, normal, aliases=aliases, opaque=True)


def _locates(adjective: Token) -> bool:
    small = adjective.text.islower() or adjective.is_sent_start
    return bool(small) and towns.meant(adjective.lemma_) is not None


def _applied(extent: Extent, start: int, head: Token, descriptor: Descriptor, end: int) -> Phrase:
    """Read a name in apposition: провинция Ляонин is known without its noun, a bridge with it."""
    doc, after = extent.doc, head.i + 1 + descriptor.after
    text = proper_name(extent, after, end)
    title = lowered(doc[start], nominative(doc, start, after, head.i))
    whole, known = f"{title} {text}", extent.known.get(after)
    ontology, cls = load(), descriptor.cls
    same = known and known.end == end and ontology.kind(known.cls) == ontology.kind(cls)
    if known and same and descriptor.plain:
        finer = known.cls if ontology.is_a(known.cls, (cls,)) else cls
        aliases = (*known.aliases, Name(whole, "ru"))
        return Phrase(start, end, head.i, finer, known.normal, aliases=aliases)
    if doc[after].text.isupper() and extent.belongs(descriptor, "body") and not descriptor.plain:
        return Phrase(start, end, head.i, cls, whole)
    normal, other = (text, whole) if descriptor.plain else (whole, text)
    # Зарубино alone may be the town or the port; Дорнод alone is the aimak.
    known_by = " " in other or descriptor.plain or extent.belongs(descriptor, "territory")
    aliases = (Name(other, "ru"),) if known_by else ()
    return Phrase(start, end, head.i, cls, normal, aliases=aliases)


def proper_name(extent: Extent, start: int, end: int) -> str:
    """Return a proper name in the nominative: its parts agree with what they name."""
    tokens, known = extent.doc[start:end], extent.known.get(start)
    if known and known.end == end:
        return known.normal
    if any(t.text in DASHES for t in tokens):
        return " ".join(tokens.text.split())
    head = end - 1 if tokens[-1].pos_ != "ADJ" else start
    return nominative(extent.doc, start, end, head)
