"""Relations that names show by lying in or beside each other, without a verb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kg import lang
from kg.extract.rules import Rule, RuleBook
from kg.lang.phrase import Found
from kg.model import Mention
from kg.ontology import Ontology

BRACKET = 8
SHORT = 4
INTRODUCING = {"–", "—", "-", ":"}
JOINING = {",", "и"}
Pair = tuple[Rule, Found, Found]
Sides = tuple[Found, Found]


def pairs(doc: Doc, found: Sequence[Found], book: RuleBook, ontology: Ontology) -> Iterator[Pair]:
    """Yield rule, subject and object for names nested in, adjacent to or qualified by others."""
    mentions = [f for f in found if isinstance(f.item, Mention)]
    beside = list(_adjacent(doc, mentions))
    standing = lang.table(doc.lang_, "rules")["standing"]["relations"]
    qualified = [*_qualified(mentions), *_shared(doc, mentions), *_branded(doc, mentions)]
    for rule in book.rules:
        if rule.kind == "nested":
            yield from _nested(rule, mentions, ontology)
            continue
        if rule.kind == "following":
            candidates = list(_following(doc, mentions, rule.triggers))
            if rule.relation in standing:
                candidates = [sides for sides in candidates if not _leads(doc, sides)]
        elif rule.kind == "bracket":
            candidates = [(one, other) for one, other in beside if one.end < other.start]
        else:
            candidates = {"adjacent": beside, "adjective": qualified}.get(rule.kind, [])
        for one, other in candidates:
            if (rule.outer and _held(one, mentions)) or (rule.plain and _direct(one, mentions)):
                continue
            if rule.small and _inside(one, other) and not other.item.text.islower():
                continue  # Харбинский институт is a name; харбинский институт says where
            if _fits(rule, one, other, ontology):
                yield rule, one, other


def _held(found: Found, mentions: Sequence[Found]) -> bool:
    return any(_inside(m, found) for m in mentions)


def _fits(rule: Rule, subject: Found, obj: Found, ontology: Ontology) -> bool:
    one, other = subject.item, obj.item
    if not isinstance(one, Mention) or not isinstance(other, Mention):
        return False
    same = ontology.kind(one.cls) == ontology.kind(other.cls) and one.normal == other.normal
    if same or not ontology.allows(rule.relation, one.cls, other.cls):
        return False
    if rule.subject_not and ontology.is_a(one.cls, rule.subject_not):
        return False
    if rule.named == "subject" and not one.named:
        return False
    return (not rule.subject_class or ontology.is_a(one.cls, rule.subject_class)) and (
        not rule.object_class or ontology.is_a(other.cls, rule.object_class)
    )


def _direct(outer: Found, mentions: Sequence[Found]) -> list[Found]:
    """Return the mentions right inside ``outer``, in order of text."""
    inner = [m for m in mentions if _inside(outer, m) and not m.adjective]
    return [m for m in inner if not any(_inside(o, m) for o in inner)]


def _inside(outer: Found, inner: Found) -> bool:
    if outer is inner:
        return False
    a, b = outer.item, inner.item
    return a.start <= b.start and b.end <= a.end and (a.start, a.end) != (b.start, b.end)


def _nested(rule: Rule, mentions: Sequence[Found], ontology: Ontology) -> Iterator[Pair]:
    """Pair a name with the first fitting one inside it: that is its own, the next say where
    that lies; with ``every``, a way with both its ends."""
    for outer in mentions:
        direct = _direct(outer, mentions)
        fitting = [m for m in direct if _fits(rule, outer, m, ontology)]
        if rule.plain and (fitting[:1] != direct[:1] or any(m.plural for m in fitting)):
            continue  # пресс-служба Минздрава Тувы: the place is the ministry's
        if rule.every and len(fitting) < 2:
            continue
        for inner in fitting if rule.every else fitting[:1]:
            yield rule, outer, inner


def _genitive(doc: Doc, found: Found) -> bool:
    """Tell whether a name can depend on the one before it: a genitive, or one not declined."""
    morph = str(doc[found.head].morph)
    return "Case=Gen" in morph or "Case" not in morph


def _adjacent(doc: Doc, mentions: Sequence[Found]) -> Iterator[Sides]:
    """Pair names of which the second depends on the first, or stands in brackets after it."""
    ends: dict[int, list[Found]] = {}
    for m in mentions:
        if not m.adjective:
            ends.setdefault(m.end, []).append(m)
    for m in mentions:
        if m.adjective or doc[m.head].pos_ == "PRON":
            continue
        if _genitive(doc, m):
            for other in ends.get(m.start, ()):
                if not other.plural and doc[other.head].pos_ != "PRON":
                    yield other, m
        mark = _before_abbreviation(doc, m.start - 1)
        opened = mark > 0 and doc[mark].text in {"(", ","} and _bracketed(doc, m)
        for other in ends.get(mark, ()) if opened else ():
            yield other, m


def _before_abbreviation(doc: Doc, i: int) -> int:
    """Step over the abbreviation that may come before a name: «(г. Орша)»."""
    if i > 1 and doc[i].text == "." and doc[i - 1].text.islower() and len(doc[i - 1]) <= SHORT:
        return i - 2
    dotted = i > 0 and doc[i].text.endswith(".") and doc[i].text.islower()
    return i - 1 if dotted and 1 < len(doc[i]) <= SHORT + 1 else i


def _bracketed(doc: Doc, found: Found) -> bool:
    """Tell whether a name stands in brackets, alone or in a list: (провинция Цзилинь, КНР)."""
    window = [t.text for t in doc[max(found.start - BRACKET, 0) : found.start]]
    return "(" in window and ")" not in window[window.index("(") :]


def _following(
    doc: Doc, mentions: Sequence[Found], prepositions: frozenset[str]
) -> Iterator[Sides]:
    """Pair a name with the one after it, with just a preposition between: ярмарка в Харбине."""
    starts: dict[int, list[Found]] = {}
    for m in mentions:
        if not m.adjective:
            starts.setdefault(m.start, []).append(m)
    for one in mentions:
        between = doc[one.end].lemma_ if one.end < len(doc) else ""
        if between in prepositions and not one.adjective and doc[one.head].pos_ != "PRON":
            for other in starts.get(one.end + 1, ()):
                yield one, other


def _leads(doc: Doc, sides: Sides) -> bool:
    """Tell whether a thing leads to a place: новая дорога в Китай is not there. Where the thing
    is what somebody goes to, it is: на завод в Новокуйбышевск."""
    grammar, (thing, place) = lang.grammar(doc.lang_), sides
    return grammar.leads(doc[place.head]) and not grammar.leads(doc[thing.head])


def _qualified(mentions: Sequence[Found]) -> Iterator[Sides]:
    """Pair a name with the adjective of a place before or in it: китайская провинция Хунань."""
    for adjective in (m for m in mentions if m.adjective):
        for m in mentions:
            if m.adjective or m.plural:
                continue
            inside = m.start == adjective.start < m.head
            if m.start == adjective.end or inside:
                yield m, adjective


def _branded(doc: Doc, mentions: Sequence[Found]) -> Iterator[Sides]:
    """Pair a quoted name with the adjective of the common noun before it, whatever that noun:
    пусанская линия «Хэчон»."""
    starts = {m.start: m for m in reversed(mentions) if not m.adjective and not m.plural}
    for adjective in (m for m in mentions if m.adjective):
        noun = doc[min(adjective.end, len(doc) - 1)]
        named = starts.get(noun.i + 1)
        if named is None or noun.pos_ != "NOUN" or not noun.text.islower() or noun.i in starts:
            continue
        if not doc[named.start].is_alpha and doc[adjective.start].head == noun:
            yield named, adjective


def _shared(doc: Doc, mentions: Sequence[Found]) -> Iterator[Sides]:
    """Pair every name of a list with the adjective of its plural noun: монгольские аймаки
    Селэнгэ и Увс, китайские провинции – Хунань, Цзянси и Аньхой."""
    starts = {m.start: m for m in reversed(mentions) if not m.adjective and not m.plural}
    for adjective in (m for m in mentions if m.adjective):
        i = adjective.end
        while i < len(doc) and i not in starts and "Number=Plur" in str(doc[i].morph):
            i += 1
        if i == adjective.end or i + 1 >= len(doc) or "Number=Plur" not in str(doc[i - 1].morph):
            continue
        i += doc[i].text in INTRODUCING
        while i in starts:
            yield starts[i], adjective
            i = starts[i].end
            i += i < len(doc) and doc[i].text in JOINING
