"""How a claim is made of two things and what says so."""

from __future__ import annotations

from typing import Protocol

from spacy.tokens import Doc, Token

from kg import lang
from kg.extract.arguments import Reader
from kg.lang.phrase import Found
from kg.model import Article, Claim, Cue, Evidence, Mention, Value


class Source(Protocol):
    """A rule, or what the model saw: what it is called, and what it says."""

    @property
    def id(self) -> str:
        """The name by which evidence tells of it."""

    @property
    def relation(self) -> str:
        """The relation it finds."""

    @property
    def object(self) -> str:
        """``until`` if it means the last day of a range."""


def make_claim(
    article: Article, doc: Doc, source: Source, subject: Found, obj: Found, *,
    modality: str = "", polarity: str = "", speaker: Mention | None = None, cue: Cue | None = None,
) -> Claim:  # fmt: skip
    """Return what a source says of two things; how sure that is comes later."""
    if not isinstance(subject.item, Mention):
        raise TypeError("the subject of a claim is a mention")
    concepts = lang.table(article.lang, "modality")["concepts"]
    sents = (doc[subject.start].sent, doc[obj.start].sent)
    start, end = min(s.start_char for s in sents), max(s.end_char for s in sents)
    quote = article.text[start:end]
    start += len(quote) - len(quote.lstrip())
    quote = quote.strip()
    evidence = Evidence(article.id, start, start + len(quote), quote, source.id, 0.0, cue)
    value = obj.item
    if isinstance(value, Value) and value.until and source.object == "until":
        value = Value(value.start, value.end, value.text, value.datatype, value.until)
    return Claim(
        subject.item, source.relation, value, modality or concepts["default"],
        polarity or concepts["positive"], speaker, evidence,
    )  # fmt: skip


def as_cue(token: Token | None, reader: Reader, doc: Doc) -> Cue | None:
    """Return a word of a folded sentence as it stands in the article."""
    if token is None:
        return None
    word = doc[reader.folded.units[token.i].head]
    return Cue(word.idx, word.idx + len(word), word.text)
