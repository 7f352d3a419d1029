"""Who is said to say it.

A sentence names its speaker by a verb of speech with a subject (X заявил, что; сообщил X), a
body in which something was said (сообщили в мэрии), a noun that belongs to the speaker (по
словам X), or a preposition (согласно X). A quotation of several sentences has the speaker of
the sentence that it ends or begins in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from spacy.tokens import Doc, Token

from kg import lang
from kg.extract.arguments import Reader
from kg.lang.phrase import Found
from kg.model import Mention
from kg.ontology import load

OUTSIDE = {"nsubj", "nsubj:pass", "conj", "advcl", "acl"}
"""What hangs on a verb of speech and is not what is said."""
CAPTION = 10
"""Within how many words a line below a quotation names its speaker."""
INSERTED = {"parataxis", "advcl", "obl", "nmod", "acl", "ccomp", "advmod", "discourse", "orphan"}


@dataclass(frozen=True, slots=True)
class _Words:
    verbs: frozenset[str]
    nouns: frozenset[str]
    media: frozenset[str]
    prepositions: frozenset[str]
    places: frozenset[str]
    bodies: tuple[str, ...]
    quotes: dict[str, str]
    dashes: frozenset[str]


@cache
def _words(code: str) -> _Words:
    words, grammar = lang.table(code, "modality")["words"], lang.table(code, "grammar")
    said = frozenset(words["speech"]) | frozenset(words["voiced"])
    return _Words(
        said,
        frozenset(words["testimony"]),
        frozenset(words["media"]),
        frozenset(words["according"]),
        frozenset(words["inside"]),
        tuple(grammar["groups"]["body"]),
        dict(zip(words["quote_opening"], words["quote_closing"], strict=True)),
        frozenset(words["dashes"]),
    )


def speaker(token: Token, reader: Reader, code: str) -> Mention | None:
    """Return who the sentence says to say what stands at ``token``."""
    words = _words(code)
    below = None
    for host in (token, *token.ancestors):
        own = host is not token and _told(host, below, words)
        candidates = [host] if own else []
        candidates += [
            c for c in host.children
            if c is not below and _inserted(c, words) and not _set_right(c, reader)
        ]  # fmt: skip
        for word in candidates:
            if (said := _who(word, reader, words)) is not None:
                return said
        if below is not None and below.dep_.startswith("nsubj") and _speaks(host, words):
            return None  # said of the speaker himself
        below = host
    return None


def voice(reader: Reader, code: str) -> Mention | None:
    """Return who speaks in a sentence, whatever he says."""
    words = _words(code)
    for token in reader.folded.doc:
        if (_speaks(token, words) or _inserted(token, words)) and (
            said := _who(token, reader, words)
        ) is not None:
            return said
    return next(_headed(reader, words), None)


def _headed(reader: Reader, words: _Words) -> Iterator[Mention]:
    """Yield who is named before a quotation: Иванов: «Мы готовы»."""
    tokens = reader.folded.doc
    for name, colon, mark in zip(tokens, tokens[1:], tokens[2:], strict=False):
        said = reader.folded.mention(name)
        if said is not None and colon.text == ":" and mark.text in words.quotes:
            yield said


def _set_right(word: Token, reader: Reader) -> bool:
    """Tell whether what was said is denied at once: не в Читу, как заявил X, а в Харбин."""
    after = (t for t in word.doc[word.i :] if t.dep_ == "conj" and t.head.i < word.i)
    return any(reader.set_right(t) for t in after)


def quotations(doc: Doc, code: str) -> Iterator[tuple[int, int]]:
    """Yield the token spans of quotations over several sentences, and of spoken paragraphs."""
    words, opened, start, first = _words(code), "", 0, True
    for token in doc:
        if "\n" in token.text:
            if opened in words.dashes:
                yield start, token.i
            opened, first = "", True
            continue
        if (first and token.text in words.dashes) or (not opened and token.text in words.quotes):
            opened, start = token.text, token.i
        elif opened and token.text == words.quotes.get(opened):
            if doc[start].sent.start != token.sent.start:
                yield start, token.i + 1
            opened = ""
        first = False
    if opened in words.dashes:
        yield start, len(doc)


def carried(
    sentences: Sequence[tuple[int, int]],
    voices: Sequence[Mention | None],
    mentions: Sequence[Found],
    doc: Doc,
    code: str,
) -> list[Mention | None]:
    """Return for each sentence the speaker that it has by being part of a quotation."""
    found: list[Mention | None] = [None] * len(sentences)
    spans = list(quotations(doc, code))
    answers = _answers(spans, doc, code)
    for start, end in spans:
        inside = [i for i, (s, e) in enumerate(sentences) if s < end and start < e]
        # — Мы готовы, — сказал Петров. — Пусть спросит завод. But: «Мы готовы», — сказал Петров.
        order = inside if doc[start].text in _words(code).dashes else reversed(inside)
        said = next((voices[i] for i in order if voices[i] is not None), None)
        if (begun := answers.get((start, end))) is not None:
            before = [v for (s, _), v in zip(sentences, voices, strict=True) if s < begun]
            said = next((v for v in reversed(before) if v is not None and _person(v, code)), None)
            said = said or _introduced(mentions, begun, code)
        else:
            inside = [i for i in inside if _spoken(i, start, sentences, voices, doc, code)]
        for i in inside:
            found[i] = said
    for i, named in _captions(sentences, mentions, doc, code):
        found[i] = found[i] or named
    return found


def _spoken(
    i: int,
    start: int,
    sentences: Sequence[tuple[int, int]],
    voices: Sequence[Mention | None],
    doc: Doc,
    code: str,
) -> bool:
    """Tell whether a sentence is still what is said in a quotation that begins at ``start``.

    In a spoken paragraph the author speaks on after the speaker's name, until the next dash:
    — Мы готовы, — сказал Петров. Он приехал вчера.
    """
    dashes = _words(code).dashes
    if doc[start].text not in dashes:
        return True
    for at in range(i, -1, -1):
        first = sentences[at][0]
        if first <= start or doc[first].text in dashes:
            return True
        if voices[at - 1] is not None:
            return False
    return True


def _captions(
    sentences: Sequence[tuple[int, int]], mentions: Sequence[Found], doc: Doc, code: str
) -> Iterator[tuple[int, Mention]]:
    """Yield paragraphs that are a quotation, with the person whom a line below them names.

    That line has no verb: «Мы готовы строить» / Иван Петров, директор порта.
    """
    words = _words(code)
    for i, ((start, end), (below, last)) in enumerate(pairwise(sentences)):
        said = [t for t in doc[start:end] if not t.is_space]
        apart = "\n" in doc[end - 1].text or "\n" in doc[below].text
        whole = said and words.quotes.get(said[0].text) == said[-1].text
        if not (apart and whole) or doc[below:last].root.pos_ in {"VERB", "AUX"}:
            continue
        near = (m.item for m in mentions if below <= m.start < min(last, below + CAPTION))
        people = [m for m in near if isinstance(m, Mention) and m.named and _person(m, code)]
        if people:
            yield i, min(people, key=lambda m: m.start)


def _answers(spans: Sequence[tuple[int, int]], doc: Doc, code: str) -> dict[tuple[int, int], int]:
    """Return the answers of interviews, each with where its interview begins.

    An interview is a row of spoken paragraphs of which every other one answers a question.
    """
    dashes = _words(code).dashes
    found: dict[tuple[int, int], int] = {}
    row: list[tuple[int, int]] = []
    for span in [s for s in spans if doc[s[0]].text in dashes]:
        if not row or doc[row[-1][1] : span[0]].text.strip():
            row = []
        row.append(span)
        answers = len(row) % 2 == 0 and _asks(doc[row[0][0] : row[0][1]].text)
        if answers and not _asks(doc[span[0] : span[1]].text):
            found[span] = row[0][0]
    return found


def _introduced(mentions: Sequence[Found], begun: int, code: str) -> Mention | None:
    """Return the person named last before an interview: mostly the one who is asked."""
    before = [m.item for m in mentions if m.start < begun and isinstance(m.item, Mention)]
    named = [item for item in before if item.named and _person(item, code)]
    return max(named, key=lambda item: item.start, default=None)


def _asks(said: str) -> bool:
    return said.rstrip().endswith("?")


def _person(speaker: Mention, code: str) -> bool:
    """Tell whether a speaker is one who can give an interview."""
    return load().is_a(speaker.cls, lang.table(code, "grammar")["groups"]["people"])


def _speaks(token: Token, words: _Words) -> bool:
    return token.lemma_ in words.verbs and token.pos_ in {"VERB", "ADJ", "AUX"}


def _told(verb: Token, below: Token | None, words: _Words) -> bool:
    """Tell whether a verb of speech governs what stands ``below`` it as what is said."""
    return below is not None and _speaks(verb, words) and below.dep_ not in OUTSIDE


def _inserted(word: Token, words: _Words) -> bool:
    """Tell whether a word is put into a sentence to say where it comes from."""
    if word.lemma_ in words.nouns:
        return word.dep_ in INSERTED
    if any(c.lemma_ in words.prepositions for c in word.children):
        return True
    return _speaks(word, words) and word.dep_ in INSERTED | {"ROOT"}


def _who(word: Token, reader: Reader, words: _Words) -> Mention | None:
    if any(c.lemma_ in words.prepositions for c in word.children):
        return _agent(word, reader)
    noun = word.lemma_ in words.nouns | words.media and not _speaks(word, words)
    places = []
    for child in word.children:
        owns = noun and child.dep_ in {"nmod", "obl", "det"}
        said = _agent(child, reader) if owns or child.dep_.startswith("nsubj") else None
        if said is not None:
            return said
        if any(c.dep_ == "case" and c.lemma_ in words.places for c in child.children):
            places.append(child)
        held = child.lemma_ in words.nouns | words.media
        if held and (said := _who(child, reader, words)) is not None:
            return said
    for place in places if not noun else ():
        found = _agent(place, reader)
        if found is not None and load().is_a(found.cls, words.bodies):
            return found
    return None


def _agent(token: Token, reader: Reader) -> Mention | None:
    for found in reader.things(token):
        if isinstance(found.item, Mention):
            return found.item
    named = [c for c in token.children if c.dep_ == "appos" and reader.things(c)]
    return _agent(named[0], reader) if named else None
