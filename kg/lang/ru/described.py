"""Names built around a noun that says what they are (``descriptors.toml``)."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.lang import table
from kg.lang.phrase import Phrase
from kg.lang.ru import lexicon
from kg.lang.ru.lexicon import Descriptor
from kg.lang.ru.morphology import analyzer
from kg.lang.ru.nominative import agree, case, decline, genitive_like, nominative, number
from kg.lang.ru.quotes import quoted
from kg.model import Name
from kg.ontology import load

DASHES = {"-", "–", "—"}


class Described:
    """Reads the described names of one text, given those that are known from lists."""

    def __init__(self, doc: Doc, known: list[Phrase], people: list[Phrase]) -> None:
        self.doc = doc
        self.known = {p.start: p for p in known}
        self.inside = {i for p in [*known, *people] for i in range(p.start, p.end)}
        self.people = {p.start for p in people}
        self.quotes = dict(quoted(doc))
        self.in_quotes = {i for s, e in self.quotes.items() for i in range(s, e)}
        self.words = table("ru", "grammar")["words"]
        self.groups: dict[str, list[str]] = table("ru", "grammar")["groups"]
        self.located = {i for e in doc.ents if e.label_ != "PER" for i in range(e.start, e.end)}

    def phrases(self) -> list[Phrase]:
        """Return the described names in order of text."""
        found: list[Phrase] = []
        for token in self.doc:
            if token.i in self.inside:
                continue
            if found and token.i < found[-1].end and found[-1].opaque:
                continue
            descriptor = lexicon.descriptor(self.doc, token.i)
            if descriptor:
                found += self._read(token, descriptor)
        return found

    def _read(self, head: Token, descriptor: Descriptor) -> list[Phrase]:
        start, proper = self._left(head, descriptor)
        end = head.sent.end
        after = head.i + 1 + descriptor.after
        plural = number(head) == "Plur" and head.lemma_ not in self.words["plural"]
        if after in self.quotes and not plural:
            return [self._quoted(start, head, descriptor, after)]
        applied = self._apposition(head, after, end)
        if not plural and (numbered := self._number(after, end)):
            normal = nominative(self.doc, start, numbered, head.i)
            return [Phrase(start, numbered, head.i, descriptor.cls, normal, proper)]
        if applied > after and not plural:
            return [self._applied(start, head, descriptor, applied)]
        if plural:
            return self._several(start, head, descriptor)
        if stop_quote := self._late_quote(after, end, plural=plural):
            return [self._quoted(start, head, descriptor, stop_quote)]
        if proper and self._is(descriptor, "territory"):
            end = after
        if descriptor.lemma in self.words["centres"] and self._of_territory(after):
            return []
        if head.lemma_ in self.words["descriptive"] and (capital := self._capital(head, after)):
            known = self.known.get(after)
            stop = known.end if known and not self._by_adjective(head) else head.i + 1
            return [Phrase(start, stop, head.i, descriptor.cls, capital)]
        general = head.lemma_ in self.words["general"]
        stop, place = self._complement(head, after, end)
        if stop > after and not place and self._is(descriptor, "territory"):
            return []
        named = (
            proper
            or place
            or stop > after
            and head.text[:1].isupper()
            and not head.is_sent_start
            or stop > after
            and head.i in self.located
            and head.text[:1].isupper()
            or head.text.isupper()
            and len(head.text) > 1
            and start < head.i
        )
        if self._is(descriptor, "passing") or general or head.lemma_ in self.words["descriptive"]:
            named = proper
        elif self._is(descriptor, "public"):
            named = proper or place
        normal = self._low(start, nominative(self.doc, start, stop, head.i), named=named)
        return [Phrase(start, stop, head.i, descriptor.cls, normal, named)]

    def _low(self, start: int, normal: str, *, named: bool) -> str:
        """Write a common noun small that has a capital only because it begins a sentence."""
        first = self.doc[start]
        if named or not first.is_sent_start or first.text.isupper():
            return normal
        return normal[:1].lower() + normal[1:]

    def _of_territory(self, i: int) -> bool:
        """Tell whether a territory follows: центр провинции is a town, центр торговли a body."""
        known = self.known.get(i)
        found = lexicon.descriptor(self.doc, i) if i < len(self.doc) else None
        cls = known.cls if known else found.cls if found else ""
        return bool(cls) and load().is_a(cls, self.groups["territory"])

    def _by_adjective(self, head: Token) -> str:
        """Return the place whose adjective stands before a noun: бурятская столица; else ""."""
        before = self.doc[head.i - 1] if head.i > head.sent.start else None
        entry = lexicon.adjectives().get(before.lemma_) if before is not None else None
        return entry.name if entry else ""

    def _capital(self, head: Token, after: int) -> str:
        """Return which city is meant by столица Бурятии; "" if the lists do not tell."""
        known = self.known.get(after)
        return lexicon.capitals().get(self._by_adjective(head) or (known.normal if known else ""), "")

    def _number(self, i: int, end: int) -> int:
        """Return the end of a number that is part of a name: гимназия № 5; 0 if there is none."""
        return i + 2 if i + 1 < end and self.doc[i].text == "№" else 0

    def _late_quote(self, after: int, end: int, *, plural: bool) -> int:
        """Return where a quoted name begins after genitives: зона развития «Восток»; else 0."""
        i = after
        while i < end and self.doc[i].pos_ in {"ADJ", "NOUN"} and case(self.doc[i]) == "Gen" and self.doc[i].text.islower():
            i += 1
        return i if not plural and i > after and i in self.quotes and not lexicon.is_post(self.doc[i - 1]) else 0

    def _is(self, descriptor: Descriptor, group: str) -> bool:
        """Tell whether a descriptor's class is in a group of classes of ``grammar.toml``."""
        return load().is_a(descriptor.cls, self.groups[group])

    def _left(self, head: Token, descriptor: Descriptor) -> tuple[int, bool]:
        """Return where the adjectives of a name begin, and whether one of them is a name."""
        first = head.sent.start
        i = head.i
        own = head.i - descriptor.before
        while i > first:
            before = self.doc[i - 1]
            if (
                before.pos_ not in {"ADJ", "NUM"}
                or not agree(before, head)
                and not _ordinal(before)
            ):
                break
            if i - 1 < own and self._modifies(before, head, descriptor):
                break
            if before.pos_ == "NUM" and not _ordinal(before):
                break
            i -= 1
        proper = any(
            t.text[:1].isupper() and (not t.is_sent_start or self._is_name(t)) or _ordinal(t)
            for t in self.doc[i:own]
        )
        return i, proper

    def _is_name(self, token: Token) -> bool:
        """A capital says nothing at the start of a sentence; the lists and the recognizer do."""
        return token.i in self.located or token.lemma_ in lexicon.adjectives()

    def _modifies(self, adjective: Token, head: Token, descriptor: Descriptor) -> bool:
        lemma = adjective.lemma_
        if adjective.text[:1].isupper() and not adjective.is_sent_start:
            return False
        if lemma in self.words["modifiers"] or "VerbForm" in str(adjective.morph):
            return True
        place = lemma in lexicon.adjectives()
        return place and (descriptor.plain or not self._is(descriptor, "body"))

    def _quoted(self, start: int, head: Token, descriptor: Descriptor, quote: int) -> Phrase:
        end = self.quotes[quote]
        inside = self.doc[quote + 1 : end - 1].text.strip()
        title = self._low(start, nominative(self.doc, start, quote, head.i), named=False)
        whole = f"{title} «{inside}»"
        if descriptor.plain:
            legal = head.text if head.text.isupper() else title
            normal, other = inside, f"{legal} «{inside}»"
        else:
            normal, other = whole, inside
        return Phrase(
            start, end, head.i, descriptor.cls, normal, True, (Name(other, "ru"),), opaque=True
        )

    def _apposition(self, head: Token, i: int, end: int) -> int:
        """Return the end of the proper name in apposition to ``head``; ``i`` if there is none."""
        start = i
        while i < end:
            token = self.doc[i]
            if i in self.people or i in self.quotes:
                break
            known = self.known.get(i)
            if known and i == start and not self._named_by_places(head):
                break
            if known:
                if (
                    i > start
                    and token.i - 1 not in self._dashes(start, i)
                    or self._governed(known.head)
                ):
                    break
                i = known.end
                continue
            if token.text in DASHES and start < i < end - 1 and self._proper(self.doc[i + 1]):
                i += 1
                continue
            if not self._proper(token) or self._governed(token.i) or self._qualifies(i, head):
                break
            i += 1
        return i

    def _named_by_places(self, head: Token) -> bool:
        """Tell whether a place can name it unquoted: порт Зарубино, but not форум Приморье."""
        found = lexicon.descriptor(self.doc, head.i)
        return found is not None and self._is(found, "places")

    def _dashes(self, start: int, end: int) -> set[int]:
        return {t.i for t in self.doc[start:end] if t.text in DASHES}

    def _proper(self, token: Token) -> bool:
        capital = token.text[:1].isupper() and token.pos_ in {"PROPN", "NOUN", "ADJ", "X"}
        return (
            capital and lexicon.descriptor(self.doc, token.i) is None and not lexicon.is_post(token)
        )

    def _qualifies(self, i: int, head: Token) -> bool:
        """Tell whether an adjective belongs to a noun after it: делегация Омского театра."""
        token, after = self.doc[i], self.doc[i + 1] if i + 1 < len(self.doc) else None
        if token.pos_ != "ADJ" or after is None:
            return False
        return after.pos_ in {"NOUN", "ADJ"} and agree(token, after) and case(token) == case(after)

    def _governed(self, i: int) -> bool:
        """Tell whether a name is declined as a genitive: порт Владивостока, not порт Зарубино."""
        token = self.doc[i]
        changed = decline(token).lower() != token.lower_
        if token.pos_ == "ADJ":
            return case(token) == "Gen" and changed and token.text[:1].islower()
        return case(token) == "Gen" and changed or token.text.isupper() and len(token.text) > 1

    def _applied(self, start: int, head: Token, descriptor: Descriptor, end: int) -> Phrase:
        after = head.i + 1 + descriptor.after
        first, known = self.doc[after], self.known.get(after)
        text = self._name(after, end)
        title = self._low(start, nominative(self.doc, start, after, head.i), named=False)
        whole = f"{title} {text}"
        cls = descriptor.cls
        if known and known.end == end and descriptor.plain:
            if load().is_a(known.cls, (descriptor.cls,)) or load().kind(known.cls) == load().kind(
                cls
            ):
                cls = known.cls if load().is_a(known.cls, (descriptor.cls,)) else cls
                aliases = (*known.aliases, Name(whole, "ru"))
                return Phrase(start, end, head.i, cls, known.normal, True, aliases)
        if first.text.isupper() and self._is(descriptor, "body") and not descriptor.plain:
            return Phrase(start, end, head.i, cls, whole, True)
        normal, other = (text, whole) if descriptor.plain else (whole, text)
        aliases = (Name(other, "ru"),) if " " in other or descriptor.plain else ()
        return Phrase(start, end, head.i, cls, normal, True, aliases)

    def _name(self, start: int, end: int) -> str:
        """Return a proper name in the nominative: its parts agree with what they name."""
        tokens = self.doc[start:end]
        if any(t.text in DASHES for t in tokens):
            return " ".join(tokens.text.split())
        known = self.known.get(start)
        if known and known.end == end:
            return known.normal
        return nominative(self.doc, start, end, end - 1 if tokens[-1].pos_ != "ADJ" else start)

    def _several(self, start: int, head: Token, descriptor: Descriptor) -> list[Phrase]:
        """Read a plural: Амурская и Иркутская области, провинции Ляонин и Хунань, регионы России."""
        listed = self._listed(start, head, descriptor)
        if listed:
            return listed
        after = head.i + 1 + descriptor.after
        applied = self._apposition(head, after, head.sent.end)
        if applied > after:
            name = self._name(after, applied)
            return [Phrase(after, applied, after, descriptor.cls, name)]
        stop, place = self._complement(head, after, head.sent.end)
        of_place = any(t.lemma_ in lexicon.adjectives() for t in self.doc[start : head.i])
        first = start
        if not of_place:
            before = self.doc[start - 1] if start > head.sent.start else None
            if before is not None and before.lemma_ in lexicon.adjectives() and agree(before, head):
                first, of_place = start - 1, True
        several = (of_place or place) and self._is(descriptor, "territory")
        if not several and not (start < head.i and self._is(descriptor, "facility")):
            return []
        normal = self._low(first, nominative(self.doc, first, stop, head.i), named=False)
        return [Phrase(first, stop, head.i, descriptor.cls, normal, named=False, plural=True)]

    def _listed(self, start: int, head: Token, descriptor: Descriptor) -> list[Phrase]:
        """Read coordinated adjectives under one noun: each makes a name of its own."""
        own: list[Token] = []
        for token in reversed(self.doc[head.sent.start : head.i]):
            if token.pos_ == "ADJ" and token.text[:1].isupper() and case(token) in {case(head), ""}:
                own.append(token)
            elif token.text not in {",", "и"} or not own:
                break
        if len(own) < 2:  # noqa: PLR2004
            return []
        found = []
        for token in reversed(own):
            name = f"{_singular(token, head.lemma_)} {head.lemma_}"
            found.append(Phrase(token.i, token.i + 1, token.i, descriptor.cls, name))
        return found

    def _complement(self, head: Token, i: int, end: int) -> tuple[int, bool]:
        """Return where the genitives after ``head`` end, and whether a known name is among them."""
        last, place = i, False
        while i < end:
            token, known = self.doc[i], self.known.get(i)
            if known:
                if not self._dependent(known):
                    break
                i = last = known.end
                place = True
                while i in self.known and self._dependent(self.known[i]):
                    i = last = self.known[i].end
                break
            if i in self.people or i in self.quotes or token.is_space:
                break
            if token.pos_ == "ADJ" and genitive_like(token):
                i += 1
                continue
            if (
                token.pos_ in {"NOUN", "PROPN", "X"}
                and genitive_like(token)
                and not lexicon.is_post(token)
            ):
                i += 1
                last = i
                place = place or token.text[:1].isupper() and token.i in self.located
                if place and token.text[:1].isupper():
                    break
                continue
            if token.lower_ in self.words["bodies"] and self._body(head, i, last):
                i += 1
                while (
                    i < end and case(self.doc[i]) == "Dat" and self.doc[i].pos_ in {"ADJ", "NOUN"}
                ):
                    i += 1
                    last = i if self.doc[i - 1].pos_ == "NOUN" else last
                continue
            if token.lower_ in {"и", ","} and self._continues(i, end):
                i += 1
                continue
            break
        return last, place

    def _dependent(self, known: Phrase) -> bool:
        """Tell whether a known name can be a genitive: tagged so, or not declined at all."""
        noun = self.doc[known.head]
        return case(noun) in {"Gen", ""} or decline(noun).lower() == noun.lower_

    def _body(self, head: Token, i: int, last: int) -> bool:
        return last == i and self._is_org(head)

    def _is_org(self, head: Token) -> bool:
        found = lexicon.descriptor(self.doc, head.i)
        return found is not None and self._is(found, "body")

    def _continues(self, i: int, end: int) -> bool:
        """Tell whether after a conjunction one more genitive of the same name follows."""
        previous, j = self.doc[i - 1], i + 1
        while j < end and self.doc[j].pos_ == "ADJ" and genitive_like(self.doc[j]):
            j += 1
        if j >= end or previous.text[:1].isupper():
            return False
        noun = self.doc[j]
        known = j in self.known or lexicon.descriptor(self.doc, j) or lexicon.is_post(noun)
        plain = noun.pos_ == "NOUN" and case(noun) == "Gen" and noun.text.islower()
        return plain and not known and previous.pos_ == "NOUN" and case(previous) == case(noun)


def _ordinal(token: Token) -> bool:
    """Tell whether a token is an ordinal in Roman or Arabic digits (VIII, 5-й, XXIV)."""
    text = token.text
    roman = len(text) > 0 and set(text) <= set("IVXLC")
    return roman or text[:1].isdigit() and "-" in text and text[-1].isalpha()


def _singular(adjective: Token, noun: str) -> str:
    """Return an adjective as it stands with ``noun`` in the nominative singular."""
    nouns = [p for p in analyzer().parse(noun) if p.tag.POS == "NOUN"]
    gender = str(nouns[0].tag.gender or "") if nouns else ""
    for parse in analyzer().parse(adjective.text):
        word = parse.inflect({"nomn", "sing", gender} - {""}) if parse.tag.POS == "ADJF" else None
        if word:
            return word.word[:1].upper() + word.word[1:]
    return adjective.text
