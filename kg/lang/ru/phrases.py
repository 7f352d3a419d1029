"""The grammar of Russian names: what stands for what, and how far each name goes.

Russian names a thing by a noun that says what it is, adjectives before that agree with it, and
after it a quoted name, a name in apposition, or genitives (Департамент коммерции провинции
Хэйлунцзян). Agreement in case and number, which the tagger sees well, shows where it ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.lang import table
from kg.lang.phrase import Phrase
from kg.lang.ru import journeys, lexicon, towns
from kg.lang.ru.described import described
from kg.lang.ru.lexicon import Entry
from kg.lang.ru.nominative import agree, case, nominative
from kg.lang.ru.owners import derived, owned_before, owners
from kg.lang.ru.persons import persons
from kg.lang.ru.quotes import quoted
from kg.model import Name
from kg.ontology import load

NOUNS = {"NOUN", "PROPN"}
HANZI = ("\u3400", "\u9fff")


def phrases(doc: Doc) -> list[Phrase]:
    """Return all names and descriptions in order of text; the longer before those inside it."""
    people = persons(doc)
    known = _known(doc, people)
    nouns = described(doc, known, people)
    ways = [n for n in nouns if load().is_a(n.cls, table("ru", "grammar")["groups"]["way"])]
    people = [p for p in people if not any(way.holds(p) for way in ways)]
    bare = _quoted_names(doc, [*people, *known, *nouns])
    bare += _recognized(doc, [*people, *known, *nouns, *bare])
    known, bare = ([owned_before(doc, p) for p in some] for some in (known, bare))
    adjectives = _adjectives(doc, [*people, *known, *nouns], [*known, *nouns, *bare])
    owning = owners(doc, [*known, *nouns, *bare], [*known, *nouns, *bare])
    kept = _told(_prune([*people, *known, *nouns, *bare, *adjectives, *owning]))
    kept = [journeys.whole(doc, p, kept) for p in kept]
    # A bracket after a name is said of the whole name, not of what ends it.
    return [
        p if any(o.holds(p) and o.end == p.end for o in kept) else _with_bracket(doc, p)
        for p in kept
    ]


def _phrase(doc: Doc, start: int, end: int, entry: Entry, *, adjective: bool = False) -> Phrase:
    head = next((t.i for t in doc[start:end] if t.pos_ != "ADJ"), start)
    return Phrase(
        start, end, head, entry.cls, entry.name, aliases=entry.aliases, adjective=adjective
    )


def _known(doc: Doc, people: list[Phrase]) -> list[Phrase]:
    """Names from the lists."""
    found, i = [], 0
    taken = {i for p in people for i in range(p.start, p.end)}
    while i < len(doc):
        hit = None if i in taken else lexicon.names().at(doc, i)
        if hit and hit[0] == i + 1 and _qualifies(doc, i):
            hit = None  # в Забайкальском районе, not под Забайкальском
        if hit:
            found.append(_phrase(doc, i, hit[0], hit[1]))
        i = hit[0] if hit else i + 1
    return found


def _qualifies(doc: Doc, i: int) -> bool:
    """Tell whether a word is an adjective of the noun after it."""
    after = doc[i + 1] if i + 1 < len(doc) else None
    return (
        doc[i].pos_ == "ADJ"
        and lexicon.can_qualify(doc[i])
        and after is not None
        and after.pos_ in {"NOUN", "ADJ"}
        and agree(doc[i], after)
    )


def _adjectives(doc: Doc, others: list[Phrase], places: list[Phrase]) -> list[Phrase]:
    """Adjectives of places, where they qualify a name: китайская провинция Хунань.

    Those of places that no list has are known by the ``places`` that the text names."""
    groups = table("ru", "grammar")["groups"]
    quotes = {start for start, _ in quoted(doc)}
    found = []
    for token in doc[:-1]:
        noun = next((t for t in doc[token.i + 1 :] if t.pos_ != "ADJ"), None)
        entry = towns.meant(token.lemma_) if _qualifying(token) else None
        if entry is None and token.text.islower() and _qualifying(token):
            entry = _told_place(token.lemma_, places)
        bare = token.i + 1 in quotes and token.pos_ in {"ADJ", "PROPN"}
        if bare:  # хилокский «Кедр»: of what gender a quoted name is, nothing shows
            entry = towns.meant(token.lemma_)
        # находкинскому АО: an abbreviation is not declined, and what the tagger says a guess
        letters = noun is not None and noun.text.isupper() and len(noun) > 1
        fits = noun is not None and (bare or letters or not case(token) or agree(token, noun))
        if entry is None or noun is None or not fits:
            continue  # the tagger gives unknown adjectives no case
        inside = [p for p in others if p.start <= token.i < p.end]
        if not token.text.islower() and not token.is_sent_start and not bare:
            continue  # part of a name: Московское время
        told = next((p for p in others if p.start <= noun.i < p.end and not p.adjective), None)
        if bare or (told is not None and load().is_a(told.cls, groups["seated"])):
            entry = lexicon.seat(token.lemma_) or entry
        if any(p.named for p in inside) and not token.text.islower():
            continue
        found.append(_phrase(doc, token.i, token.i + 1, entry, adjective=True))
    return found


def _qualifying(token: Token) -> bool:
    """Tell whether a word is an adjective; the tagger takes some before names for nouns."""
    listed = token.pos_ in NOUNS and token.text.islower() and token.lemma_ in lexicon.adjectives()
    return token.pos_ == "ADJ" or listed


def _told_place(adjective: str, places: list[Phrase]) -> Entry | None:
    """Return the place of the text that an adjective is made of: хулун-буирский, Хулун-Буир."""
    place = next((p for p in places if p.named and derived(adjective, p.normal)), None)
    if place is None or not load().is_a(place.cls, table("ru", "grammar")["groups"]["territory"]):
        return None
    return Entry(place.normal, place.cls, place.aliases)


def _quoted_names(doc: Doc, others: list[Phrase]) -> list[Phrase]:
    """Quoted names without a noun that says what they are, where the recognizer agrees, or
    the text has said it before."""
    cls = table("ru", "grammar")["labels"]["ORG"]
    told = {n for p in others if p.opaque for n in (p.normal, *(a.text for a in p.aliases))}
    found = []
    for start, end in quoted(doc):
        inside = doc[start + 1 : end - 1]
        named = sum(1 for t in inside if t.ent_type_ == "ORG")
        free = not any(p.start <= start and end <= p.end for p in others)
        head = next((t.i for t in inside if t.pos_ != "ADJ"), start + 1)
        name = inside.text.strip()
        if name not in told and (len(inside) == 1 or lexicon.is_known(doc[head])):
            name = nominative(doc, start + 1, end - 1, head)
        placed = start > 0 and doc[start - 1].pos_ in {"ADJ", "PROPN"}
        placed = placed and towns.meant(doc[start - 1].lemma_) is not None
        known = name in told or 2 * named >= len(inside) or placed
        if not free or not known or not name[:1].isupper():
            continue
        found.append(Phrase(start, end, start + 1, cls, name, opaque=True, guessed=True))
    return found


def _recognized(doc: Doc, others: list[Phrase]) -> list[Phrase]:
    """Places and bodies that only the recognizer finds."""
    labels = table("ru", "grammar")["labels"]
    quotes = quoted(doc)
    found: list[Phrase] = []
    for ent in doc.ents:
        inside = any(s < ent.end and ent.start < e for s, e in quotes)
        if ent.label_ == "PER" or inside or not ent.text[:1].isupper():
            continue
        # The recognizer takes brackets, or half of them, into names; they hold other names.
        end = next((t.i for t in ent if t.i > ent.start and t.text in {"(", ")"}), ent.end)
        phrase = _entity(doc, ent.start, end, labels[ent.label_], body=ent.label_ == "ORG")
        if phrase is None:
            continue
        # A place may be part of a body's name; what crosses a name is no name.
        place = ent.label_ == "LOC"
        crossed = [p for p in [*others, *found] if p.overlaps(phrase)]
        if all(place and _owner(p, phrase) for p in crossed):
            found.append(phrase)
    return found


def _owner(body: Phrase, place: Phrase) -> bool:
    """Tell whether a place can be the one that a body is named by: администрация Канвондо."""
    is_body = load().is_a(body.cls, table("ru", "grammar")["groups"]["body"])
    return is_body and body.holds(place) and body.head < place.start


def _entity(doc: Doc, start: int, end: int, cls: str, *, body: bool) -> Phrase | None:
    """Read a name that the recognizer alone found; None if it is none."""
    first = doc[start]
    if end == start + 1 and first.pos_ == "ADJ" and first.lemma_ in lexicon.adjectives():
        return _phrase(doc, start, end, lexicon.adjectives()[first.lemma_])
    if end == start + 1 and first.is_sent_start and lexicon.is_common(first):
        return None
    if all(t.pos_ in {"ADJ", "PUNCT", "NUM"} for t in doc[start:end]):
        after = doc[end] if end < len(doc) else None
        if after is not None and after.pos_ == "NOUN" and agree(doc[end - 1], after):
            return None
    head = next((t.i for t in doc[start:end] if t.pos_ not in {"ADJ", "NUM"}), start)
    told = _contracted(first.text) if body else ""
    return Phrase(
        start, end, head, told or cls, nominative(doc, start, end, head), guessed=not told
    )


def _contracted(word: str) -> str:
    """Return the class of a contracted name: Минторг is a ministry; "" for any other word."""
    contracted: dict[str, str] = table("ru", "grammar")["contracted"]
    return next((c for p, c in contracted.items() if word.startswith(p) and len(word) > 5), "")


def _told(found: list[Phrase]) -> list[Phrase]:
    """Give a guessed class way to the one that the same name has elsewhere in the text."""
    told = {p.normal: p.cls for p in found if p.named and not p.guessed}
    return [
        replace(p, cls=told[p.normal], guessed=False) if p.guessed and p.normal in told else p
        for p in found
    ]


def _prune(found: Iterable[Phrase]) -> list[Phrase]:
    """Drop what crosses a longer phrase, doubles one, or lies in a quoted name."""
    kept: list[Phrase] = []
    for phrase in sorted(found, key=lambda p: (p.start - p.end, p.start, not p.named)):
        clash = any(
            other.overlaps(phrase) and (not other.holds(phrase) or other.opaque) for other in kept
        )
        if not clash:
            kept.append(phrase)
    return sorted(kept, key=lambda p: (p.start, -p.end))


def _with_bracket(doc: Doc, phrase: Phrase) -> Phrase:
    """Take what stands in brackets right after a name as another name for it."""
    if phrase.end + 2 >= len(doc) or doc[phrase.end].text != "(" or phrase.adjective:
        return phrase
    inside = [t for t in doc[phrase.end + 1 : phrase.end + 8] if not t.is_space]
    close = next((k for k, t in enumerate(inside) if t.text == ")"), 0)
    alias = _alias(inside[:close])
    if alias is None:
        return phrase
    return replace(phrase, aliases=(*phrase.aliases, alias))


def _alias(tokens: list[Token]) -> Name | None:
    said = table("ru", "grammar")["words"]["further"]
    while tokens and (tokens[0].lower_ in said or tokens[0].text in {"–", "—", "-"}):
        tokens = tokens[1:]
        if tokens and tokens[0].text[:1].isupper() and tokens[-1].text[:1].isupper():
            return Name("".join(t.text_with_ws for t in tokens).strip(), "ru")
    if not tokens:
        return None
    text = "".join(t.text_with_ws for t in tokens).strip().strip('«»"')
    if all(HANZI[0] <= char <= HANZI[1] for char in text):
        return Name(text, "zh")
    short = len(tokens) <= 3 and sum(c.isupper() for c in text) >= 2
    if short and not lexicon.names().at(tokens[0].doc, tokens[0].i) and text[:1].isupper():
        return Name(text, "ru" if any("а" <= c <= "я" for c in text.lower()) else "en")
    return None
