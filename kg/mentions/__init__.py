"""Mentions: what in a text stands for an entity, a post or a date."""

from __future__ import annotations

from spacy.tokens import Doc

from kg import lang
from kg.lang.phrase import Found, Phrase
from kg.mentions import learned, references
from kg.mentions.coreference import antecedents
from kg.model import Article, Mention, Name, Value
from kg.neural import READING


def find(article: Article, doc: Doc) -> list[Found]:
    """Return what ``doc``, the article's text, mentions, in order of text.

    Names may lie inside other names (the region in a ministry's). Nothing is taken from the
    article's frame. A description that points back (провинция, мероприятие, она) carries the
    name and class of what it points to.
    """
    grammar = lang.grammar(article.lang)
    framed = _framed(article, doc)
    phrases = [p for p in grammar.phrases(doc) if any(c.isalnum() for c in p.normal)]
    reading = doc.user_data.get(READING)
    if reading is not None:
        phrases = learned.settled(doc, reading, phrases, grammar)
        phrases += learned.phrases(doc, reading, phrases, grammar)
        phrases.sort(key=lambda p: (p.start, -p.end))
    phrases = [p for p in phrases if framed.isdisjoint(range(p.start, p.end))]
    meant = _owned(antecedents(doc, phrases, grammar), grammar)
    if reading is not None:
        meant = references.plausible(doc, reading, meant, grammar)
        meant = references.referred(meant, references.references(doc, reading, meant, grammar))
    found = [_mention(doc, p, m) for p, m in meant if framed.isdisjoint(range(p.start, p.end))]
    places = {(f.item.start, f.item.end) for f in found}
    ends = [_inside(f, part) for f in found for part in _pairs(f, grammar)]
    found += [end for end in ends if (end.item.start, end.item.end) not in places]
    for value in grammar.dates(article.text, article.published):
        span = doc.char_span(value.start, value.end, alignment_mode="expand")
        if span is not None and span.start not in framed:
            found.append(Found(span.start, span.end, grammar.head(span), value))
    for post in grammar.posts(doc, phrases):
        if post.start not in framed:
            value = Value(*_chars(doc, post), "langString", post.normal)
            found.append(Found(post.start, post.end, post.head, value, post=True))
    return sorted(found, key=lambda f: (f.start, -f.end, f.item.start))


def _owned(
    meant: list[tuple[Phrase, Phrase]], grammar: lang.Grammar
) -> list[tuple[Phrase, Phrase]]:
    """Name bodies by the territory that their adjective means: областное правительство."""
    owners = {p.start: m for p, m in meant if p.owner and m.named and not p.named}
    named = []
    for phrase, target in meant:
        if phrase is target and phrase.start in owners and not phrase.owner:
            phrase = target = grammar.owned(phrase, owners[phrase.start])
        named.append((phrase, target))
    return named


def _framed(article: Article, doc: Doc) -> set[int]:
    return {
        token.i
        for token in doc
        if any(s < token.idx + len(token) and token.idx < e for s, e in article.frame)
    }


def _chars(doc: Doc, phrase: Phrase) -> tuple[int, int, str]:
    span = doc[phrase.start : phrase.whole or phrase.end]
    return span.start_char, span.end_char, span.text


def _mention(doc: Doc, phrase: Phrase, meant: Phrase) -> Found:
    aliases = phrase.aliases
    if meant is not phrase and phrase.named:
        aliases = (*aliases, Name(phrase.normal, doc.lang_))
    start, end, text = _chars(doc, phrase)
    named = meant.named and not meant.plural
    mention = Mention(start, end, text, meant.cls, meant.normal, named, aliases)
    seen = phrase.guessed and not phrase.named
    return Found(
        phrase.start, phrase.end, phrase.head, mention, phrase.plural, phrase.adjective, seen=seen
    )


def _pairs(found: Found, grammar: lang.Grammar) -> list[tuple[int, int, str, str]]:
    item = found.item
    return list(grammar.pairs(item.text, item.cls)) if isinstance(item, Mention) else []


def _inside(found: Found, part: tuple[int, int, str, str]) -> Found:
    """A name inside a token: the ends of дорога Суйфэньхэ-Гродеково."""
    start, end, cls, normal = part
    text = found.item.text[start:end]
    mention = Mention(found.item.start + start, found.item.start + end, text, cls, normal)
    return Found(found.start, found.end, found.head, mention)
