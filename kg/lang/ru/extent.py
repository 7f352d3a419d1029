"""How far a name goes: adjectives before its noun, a proper name or genitives after it."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from kg.lang import table
from kg.lang.phrase import Phrase
from kg.lang.ru import lexicon, towns
from kg.lang.ru.lexicon import Descriptor
from kg.lang.ru.nominative import agree, case, decline, genitive_like, is_fixed
from kg.lang.ru.quotes import quoted
from kg.ontology import load

DASHES = {"-", "–", "—"}
NOUNS = {"NOUN", "PROPN", "X"}
JOINED = {"и", ","}


class Extent:
    """Finds the bounds of described names in one text, given the names known from lists."""

    def __init__(self, doc: Doc, known: Sequence[Phrase], people: Sequence[Phrase]) -> None:
        self.doc = doc
        self.known = {p.start: p for p in known}
        self.people = {p.start for p in people}
        self.inside = {i for p in [*known, *people] for i in range(p.start, p.end)}
        self.quotes = dict(quoted(doc))
        self.words: dict[str, list[str]] = table("ru", "grammar")["words"]
        self.owners: dict[str, str] = table("ru", "grammar")["owners"]
        self.groups: dict[str, list[str]] = table("ru", "grammar")["groups"]
        self.located = {i for e in doc.ents if e.label_ != "PER" for i in range(e.start, e.end)}

    def belongs(self, descriptor: Descriptor, group: str) -> bool:
        """Tell whether a descriptor's class is in a group of classes of ``grammar.toml``."""
        return load().is_a(descriptor.cls, self.groups[group])

    def left(self, head: Token, descriptor: Descriptor) -> tuple[int, bool]:
        """Return where the adjectives of a name begin, and whether one of them is a name."""
        i = head.i
        own = head.i - descriptor.before
        while i > head.sent.start and i - 1 not in self.inside:
            before = self.doc[i - 1]
            agrees = before.pos_ == "ADJ" and agree(before, head)
            if not agrees and not is_ordinal(before):
                break
            if i - 1 < own and self._modifies(before, descriptor):
                break
            i -= 1
        return i, any(self._is_name(t) or is_ordinal(t) for t in self.doc[i:own])

    def _is_name(self, adjective: Token) -> bool:
        """A capital says nothing at the start of a sentence; the lists and the recognizer do."""
        if not adjective.text[:1].isupper():
            return False
        if adjective.text[1:] != adjective.text[1:].lower():
            return True  # Соль-Илецкий
        listed = adjective.i in self.located or towns.meant(adjective.lemma_) is not None
        return listed or not adjective.is_sent_start

    def _modifies(self, adjective: Token, descriptor: Descriptor) -> bool:
        """Tell whether an adjective only says something of the thing: новый мост."""
        if adjective.text[:1].isupper() and not adjective.is_sent_start:
            return False
        if adjective.lemma_ in self.owners and self.belongs(descriptor, "public"):
            return False  # региональное министерство is the region's
        if adjective.lemma_ in self.words["modifiers"] or "VerbForm" in str(adjective.morph):
            return True
        locates = adjective.lemma_ in lexicon.adjectives()
        return locates and (descriptor.plain or not self.belongs(descriptor, "body"))

    def number(self, i: int, end: int) -> int:
        """Return the end of a number that is part of a name: гимназия № 5; 0 if there is none."""
        return i + 2 if i + 1 < end and self.doc[i].text == "№" else 0

    def quote(self, i: int, end: int) -> int:
        """Return where the quoted name begins, perhaps after genitives (зона развития «Восток»);
        0 if there is none."""
        start = i
        while i < end and self.doc[i].pos_ in {"ADJ", "NOUN"} and case(self.doc[i]) == "Gen":
            if not self.doc[i].text.islower() or lexicon.is_post(self.doc[i]):
                return 0
            i += 1
        return i if i in self.quotes and (i == start or self.doc[i - 1].pos_ == "NOUN") else 0

    def apposition(self, head: Token, i: int, end: int) -> int:
        """Return the end of the proper name in apposition to ``head``; ``i`` if there is none."""
        start = i
        while i < end:
            known = self.known.get(i)
            if i in self.people or i in self.quotes:
                break
            if known:
                joined = i == start or self.doc[i - 1].text in DASHES
                if not joined or self._governed(known.head) or not self._named_by_places(head):
                    break
                i = known.end
            elif self.doc[i].text in DASHES:
                if not start < i < end - 1 or not self._proper(self.doc[i + 1]):
                    break
                i += 1
            elif self._proper(self.doc[i]) and not self._governed(i) and not self._qualifies(i):
                i += 1
            else:
                break
        return i

    def _named_by_places(self, head: Token) -> bool:
        """Tell whether a place can name it unquoted: порт Зарубино, but not форум Приморье."""
        found = lexicon.descriptor(self.doc, head.i)
        return found is not None and self.belongs(found, "places")

    def _proper(self, token: Token) -> bool:
        capital = token.text[:1].isupper() and token.pos_ in NOUNS | {"ADJ"}
        described = lexicon.descriptor(self.doc, token.i) or lexicon.is_post(token)
        return capital and not described

    def _qualifies(self, i: int) -> bool:
        """Tell whether an adjective belongs to a noun after it: делегация Омского театра."""
        token, after = self.doc[i], self.doc[i + 1] if i + 1 < len(self.doc) else None
        if token.pos_ != "ADJ" or after is None or after.pos_ not in {"NOUN", "ADJ"}:
            return False
        return agree(token, after) and case(token) == case(after)

    def _governed(self, i: int) -> bool:
        """Tell whether a name is declined as a genitive: порт Владивостока, not порт Зарубино."""
        token = self.doc[i]
        if token.pos_ == "ADJ":
            return False
        changed = decline(token).lower() != token.lower_
        return (case(token) == "Gen" and changed) or (token.text.isupper() and len(token) > 1)

    def complement(self, head: Token, i: int, end: int) -> tuple[int, bool]:
        """Return where the genitives after ``head`` end, and whether a name is among them."""
        start = last = i
        while i < end and i not in self.people and i not in self.quotes:
            token = self.doc[i]
            if i in self.known:
                return self._places(i, last)
            if token.pos_ in {"ADJ", "DET"} and genitive_like(token):
                i += 1
            elif token.pos_ in NOUNS and genitive_like(token) and not lexicon.is_post(token):
                i = last = i + 1
                if token.text[:1].isupper() and token.i in self.located:
                    return last, True
            elif token.lower_ in self.words["bodies"] and last == start and self._is_body(head):
                i, last = self._field(i + 1, end, last)
            elif token.lower_ in JOINED and self._continues(i, end):
                i += 1
            else:
                break
        return last, False

    def _places(self, i: int, last: int) -> tuple[int, bool]:
        """Take the known names that follow one another: Приморского края РФ."""
        place, rank = False, -1
        while i in self.known and self._dependent(self.known[i]) and self._rank(i) > rank:
            rank = self._rank(i)
            i = last = self.known[i].end
            place = True
        return last, place

    def _rank(self, i: int) -> int:
        """How wide a place is: of several that follow, each lies in the next."""
        kinds = self.groups["wider"]
        kind = load().kind(self.known[i].cls)
        return kinds.index(kind) if kind in kinds else len(kinds)

    def _dependent(self, known: Phrase) -> bool:
        """Tell whether a known name can be a genitive: tagged so, or not declined at all."""
        noun, before = self.doc[known.head], self.doc[known.start - 1]
        apposed = lexicon.descriptor(self.doc, before.i) if case(before) == "Gen" else None
        if apposed is not None and self.belongs(apposed, "territory"):
            return True  # города Маньчжурия
        return case(noun) in {"Gen", ""} or is_fixed(noun)

    def _field(self, i: int, end: int, last: int) -> tuple[int, int]:
        """Take what a body is for: департамент по внешним связям."""
        while i < end and case(self.doc[i]) == "Dat" and self.doc[i].pos_ in {"ADJ", "NOUN"}:
            i += 1
            last = i if self.doc[i - 1].pos_ == "NOUN" else last
        return i, last

    def _is_body(self, head: Token) -> bool:
        found = lexicon.descriptor(self.doc, head.i)
        return found is not None and self.belongs(found, "body")

    def _continues(self, i: int, end: int) -> bool:
        """Tell whether after a conjunction one more genitive of the same name follows."""
        previous, j = self.doc[i - 1], i + 1
        while j < end and self.doc[j].pos_ == "ADJ" and genitive_like(self.doc[j]):
            j += 1
        if j >= end or previous.text[:1].isupper() or j in self.known:
            return False
        noun = self.doc[j]
        if lexicon.descriptor(self.doc, j) or lexicon.is_post(noun):
            return False
        plain = noun.pos_ == "NOUN" and case(noun) == "Gen" and noun.text.islower()
        return plain and previous.pos_ == "NOUN" and case(previous) == case(noun)


def is_ordinal(token: Token) -> bool:
    """Tell whether a token is an ordinal in Roman or Arabic digits (VIII, 5-й, XXIV)."""
    text = token.text
    roman = set(text) <= set("IVXLC")
    number, dash, ending = text.partition("-")
    return roman or (number.isdigit() and bool(dash) and 0 < len(ending) < 4)
