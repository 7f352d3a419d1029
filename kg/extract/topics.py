"""What an event is about: форум по туризму, переговоры о поставках, обсудили поставки."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from kg.extract.nested import Pair
from kg.extract.rules import Rule, RuleBook
from kg.lang import Grammar
from kg.lang.phrase import Found
from kg.model import Mention, Value
from kg.ontology import Ontology

NOUNS = {"NOUN", "PROPN"}
APART = {"acl", "acl:relcl", "parataxis", "conj", "appos", "punct", "advcl", "cc"}
BEFORE = {"amod", "det", "nummod", "nummod:gov"}
REACH = 2
"""How many sentences after an event was named its topics may be told."""

Words = dict[str, list[str]]


def pairs(
    doc: Doc, found: Sequence[Found], book: RuleBook, words: Words, ontology: Ontology,
    grammar: Grammar,
) -> Iterator[Pair]:  # fmt: skip
    """Yield rule, event and topic, a text."""
    events = [f for f in found if isinstance(f.item, Mention) and not f.adjective and not f.plural]
    for rule in (r for r in book.rules if r.kind == "topic"):
        told = [
            f for f in events
            if isinstance(f.item, Mention) and ontology.is_a(f.item.cls, rule.subject_class)
        ]  # fmt: skip
        for event in told:
            head = _beside(doc, event, words)
            for noun in _listed(head, words) if head is not None else ():
                yield rule, event, _topic(doc, noun, grammar)
        for noun in (n for t in doc for n in _discussed(rule, t, words)):
            last = [f for f in told if f.start < noun.sent.end and f.start <= noun.i]
            if last and _near(doc, last[-1], noun):
                yield rule, last[-1], _topic(doc, noun, grammar)


def _near(doc: Doc, event: Found, noun: Token) -> bool:
    starts = [t for t in doc[event.start + 1 : noun.i + 1] if t.is_sent_start]
    return len(starts) <= REACH and not event.start <= noun.i < event.end


def _beside(doc: Doc, event: Found, words: Words) -> Token | None:
    """Return the noun that says what an event is about, right after its name."""
    i = event.end
    if doc[i : i + 1].text == "," and doc[i + 1 : i + 2].text:
        devoted = doc[i + 1].lemma_ in words["devoted"]
        return _noun(doc, i + 2) if devoted else None
    if i >= len(doc):
        return None
    if doc[i].lemma_ in words["devoted"]:
        return _noun(doc, i + 1)
    if doc[i].lower_ not in words["concerning"]:
        return None
    noun = _noun(doc, i + 1)
    return None if noun is None or noun.lemma_ in words["circumstance"] else noun


def _noun(doc: Doc, i: int) -> Token | None:
    """Return the noun of the phrase that begins at ``i``."""
    while i < len(doc) and doc[i].pos_ in {"ADJ", "DET"}:
        i += 1
    fits = i < len(doc) and doc[i].pos_ == "NOUN" and doc[i].text.islower()
    return doc[i] if fits else None


def _discussed(rule: Rule, verb: Token, words: Words) -> Iterator[Token]:
    """Yield what a verb says was talked over, each of a list."""
    past = "Tense=Past" in str(verb.morph) or "VerbForm=Conv" in str(verb.morph)
    if verb.lemma_ not in rule.triggers or verb.pos_ != "VERB" or not past:
        return
    if any(c.lemma_ in {*words["undone"], *words["several"]} for c in verb.children):
        return
    for child in verb.children:
        case = child.morph.get("Case", [])
        passive = child.dep_ == "nsubj:pass" or (child.dep_ == "nsubj" and case == ["Nom"])
        passive = passive and _reflexive(verb)
        if (child.dep_ == "obj" and case == ["Acc"]) or passive:
            yield from _listed(child, words)


def _reflexive(verb: Token) -> bool:
    return verb.lower_.endswith(("ся", "сь")) or "Voice=Pass" in str(verb.morph)


def _listed(noun: Token, words: Words) -> Iterator[Token]:
    """Yield a noun and those coordinated with it, less what only says that it is a topic."""
    nouns = [noun, *(c for n in (noun, *noun.subtree) for c in n.children if _also(c, noun))]
    for each in dict.fromkeys(nouns):
        if each.lemma_ in words["matter"]:
            inner = [c for c in each.children if c.dep_ == "nmod" and _plain(c)]
            yield from (c for c in inner[:1] if c.pos_ in NOUNS)
        elif each.pos_ == "NOUN" and each.text.islower():
            yield each


def _also(token: Token, first: Token) -> bool:
    """Tell whether a token stands in a list that ``first`` begins."""
    while token.dep_ == "conj":
        token = token.head
        if token == first:
            return True
    return False


def _plain(token: Token) -> bool:
    return not any(c.dep_ == "case" for c in token.children)


def _topic(doc: Doc, noun: Token, grammar: Grammar) -> Found:
    """Return the shortest phrase around a noun that says the topic, as a text."""
    start = end = noun.i
    kept = {noun.i}
    for child in noun.children:
        if child.dep_ in BEFORE or (child.i > noun.i and child.dep_ not in APART):
            kept |= {t.i for t in child.subtree}
    while start - 1 in kept:
        start -= 1
    while end + 1 in kept and doc[end + 1].text not in {",", ";", "–", ":"}:
        end += 1
    span = doc[start : end + 1]
    normal = grammar.nominative(doc, start, end + 1, noun.i)
    value = Value(span.start_char, span.end_char, span.text, "langString", normal)
    return Found(start, end + 1, noun.i, value, post=True)
