"""The grammar that Russian offers to the stages (kg.lang.Grammar)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from kg.lang import table
from kg.lang.phrase import Phrase
from kg.lang.ru import lexicon, towns
from kg.lang.ru.dates import dates
from kg.lang.ru.morphology import analyzer
from kg.lang.ru.nominative import gender, nominative
from kg.lang.ru.phrases import phrases
from kg.lang.ru.plurals import genitive
from kg.lang.ru.posts import former, posts
from kg.model import Name
from kg.ontology import load

__all__ = [
    "agrees",
    "alike",
    "dates",
    "describes",
    "former",
    "general",
    "happenings",
    "head",
    "leads",
    "nominative",
    "owned",
    "pairs",
    "people",
    "phrases",
    "placed",
    "posts",
    "pronouns",
    "selects",
]  # fmt: skip

END = r"([А-ЯЁ][\w-]*?[а-яё])"
DASHED = re.compile(rf"(?<![\w-]){END}(?:\s?[–—]\s?|\s-\s){END}(?![\w-])")
HYPHENED = re.compile(rf"(?<!\w){END}-{END}(?!\w)")
REACH = 2


def head(span: Span) -> int:
    """Return the first word of a value that is no preposition: its other words hang on it."""
    return next((t.i for t in span if t.pos_ != "ADP"), span.start)


def leads(token: Token) -> bool:
    """Tell whether a noun stands after в or на in an accusative that can be no locative."""
    case = next((child for child in token.children if child.dep_ == "case"), None)
    if case is None or case.lower_ not in table("ru", "grammar")["words"]["towards"]:
        return False
    forms = {reading.tag.case for reading in analyzer().parse(token.lower_)}
    return "accs" in forms and forms.isdisjoint(("loct", "loc2"))


def placed(token: Token, kind: str) -> Phrase | None:
    """Return the place of a coarse class that a word is an adjective of: томский, Томск."""
    fits = (e for e in towns.candidates(token) if load().kind(e.cls) == kind)
    entry = next(fits, None)
    if entry is None:
        return None
    i, names = token.i, entry.aliases
    return Phrase(i, i + 1, i, entry.cls, entry.name, aliases=names, adjective=True)


def pronouns(doc: Doc) -> list[Phrase]:
    """Return personal and possessive pronouns of the third person (он, её, них).

    No other word has their forms, and taggers take a capitalised «Её» for a name.
    """
    forms = table("ru", "grammar")["pronouns"]
    there = table("ru", "grammar")["words"]["there"]
    found = [t for t in doc if t.lower_ in forms or visitors(t) or t.lower_ in there]
    return [Phrase(t.i, t.i + 1, t.i, "", t.text, named=False) for t in found]


def visitors(token: Token) -> bool:
    """Tell whether a plural points back to a delegation: гости, but not гости форума."""
    if token.lemma_ not in table("ru", "grammar")["words"]["visitors"]:
        return False
    plural = "Number=Plur" in str(token.morph)
    return plural and not any(c.dep_ == "nmod" and not _cased(c) for c in token.children)


def _cased(token: Token) -> bool:
    return any(child.dep_ == "case" for child in token.children)


def agrees(pronoun: Token, noun: Token) -> bool:
    """Tell whether a pronoun can stand for a noun: by its form, which taggers often misread."""
    if visitors(pronoun) or pronoun.lower_ in table("ru", "grammar")["words"]["there"]:
        return True
    features = {gender(noun), *noun.morph.get("Number", [])}
    plural = "Plur" in features
    return any(
        plural if wanted == "Plur" else wanted in features and not plural
        for wanted in table("ru", "grammar")["pronouns"].get(pronoun.lower_, ())
    )


def pairs(name: str, cls: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield the two ends of a way such as дорога Суйфэньхэ-Гродеково."""
    data = table("ru", "grammar")
    # Of «мост Кани-Курган – Хэйхэ» the dash parts the ends; Западно-Сибирская is one word.
    found = DASHED.search(name) or HYPHENED.search(name)
    if found is not None and analyzer().parse(found.group(2))[0].tag.POS == "ADJF":
        return
    if found is not None and load().is_a(cls, data["groups"]["way"]):
        for part in (1, 2):
            yield found.start(part), found.end(part), data["labels"]["LOC"], found.group(part)


def general(doc: Doc, description: Phrase) -> bool:
    """Tell whether a description's noun is a general one (столица Бурятии)."""
    return _noun(doc, description) in table("ru", "grammar")["words"]["general"]


def _noun(doc: Doc, description: Phrase) -> str:
    """Return the noun of a description; an adjective that stands for one names it itself."""
    head = doc[description.head]
    return (
        description.normal if head.pos_ == "ADJ" and " " not in description.normal else head.lemma_
    )


def selects(pronoun: Token) -> tuple[str, ...]:
    """Return the classes that the verb of a pronoun asks of its subject."""
    if pronoun.lower_ in table("ru", "grammar")["words"]["there"]:
        return tuple(table("ru", "grammar")["groups"]["places"])
    if visitors(pronoun):
        return tuple(table("ru", "grammar")["groups"]["visiting"])
    if pronoun.pos_ == "DET" and lexicon.is_post(pronoun.head):
        return tuple(table("ru", "grammar")["groups"]["holders"])  # его глава
    if _attended(pronoun):
        return tuple(table("ru", "grammar")["groups"]["occasion"])
    if not pronoun.dep_.startswith("nsubj"):
        return ()
    chosen = table("ru", "grammar")["selects"]
    return tuple(cls for cls, verbs in chosen.items() if pronoun.head.lemma_ in verbs)


def _attended(pronoun: Token) -> bool:
    """Tell whether somebody takes part in what a pronoun stands for: в нём примут участие."""
    verb = pronoun.head
    words = {verb.lemma_, *(c.lemma_ for c in verb.children if c.dep_ == "obj")}
    placed = any(c.dep_ == "case" for c in pronoun.children)
    return placed and not words.isdisjoint(table("ru", "grammar")["words"]["attending"])


def alike() -> list[frozenset[str]]:
    """Return sets of classes that descriptions do not keep apart: предприятие is either."""
    groups = table("ru", "grammar")["groups"]
    return [frozenset(groups[name]) for name in ("enterprise", "region", "ways", "crews")]


def owned(body: Phrase, owner: Phrase) -> Phrase:
    """Return a body under its territory's name: правительство Сахалинской области."""
    territory = genitive(owner.normal)
    if not territory:
        return body
    normal = " ".join([*body.normal.split()[1:], territory])
    return replace(
        body, normal=normal, named=True, aliases=(*body.aliases, Name(body.normal, "ru"))
    )


def people() -> tuple[str, ...]:
    """Return the class of persons."""
    return (table("ru", "grammar")["labels"]["PER"],)


def describes(doc: Doc, description: Phrase, named: Phrase) -> bool:
    """Tell whether a description's noun can mean ``named``: the same noun, or a general one."""
    noun = _noun(doc, description)
    others = table("ru", "grammar")["words"]["other"]
    if any(t.lemma_ in others for t in doc[max(description.start - 1, 0) : description.head]):
        return False
    plain = lexicon.descriptor(doc, description.head)
    if _same_visitors(doc, description, named):
        return True
    territory = load().is_a(named.cls, table("ru", "grammar")["groups"]["territory"])
    if territory and named.named and plain is not None and plain.plain and plain.cls == named.cls:
        return True
    occasion = load().is_a(description.cls, table("ru", "grammar")["groups"]["occasion"])
    if general(doc, description) or (occasion and description.cls == named.cls):
        return True
    said = {doc[named.head].lemma_, *lexicon.forms(doc[named.head].text)}
    said |= {w for a in named.aliases for t in a.text.split() for w in lexicon.forms(t)}
    # Of the name's own words only what stands in the nominative: the theatre's delegation is
    # no theatre.
    said |= {word.lower() for word in named.normal.split()}
    last = {w.rpartition("-")[2] for w in said}
    return noun in said or noun in last or noun.rpartition("-")[2] in said


def _same_visitors(doc: Doc, description: Phrase, named: Phrase) -> bool:
    """Tell whether группа or делегация can mean a delegation that the other word named."""
    data = table("ru", "grammar")
    if description.end - description.start > 1 or not load().is_a(
        named.cls, data["groups"]["visiting"]
    ):
        return False
    noun, vague = doc[description.head].lemma_, data["words"]["vague"]
    visiting = load().is_a(description.cls, data["groups"]["visiting"])
    return noun in vague or (visiting and doc[named.head].lemma_ in vague)


def happenings(doc: Doc, event: Phrase) -> Iterator[Phrase]:
    """Yield the verb in the sentences before ``event`` that tells of the same event."""
    verbs = table("ru", "grammar")["happenings"]
    sents = [s for s in doc.sents if s.start <= event.start][-REACH - 1 :]
    for sent in reversed(sents):
        for token in sent:
            if token.i < event.start and doc[event.head].lemma_ in verbs.get(token.lemma_, ()):
                yield Phrase(token.i, token.i + 1, token.i, event.cls, event.normal, named=False)
                return
