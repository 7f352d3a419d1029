"""slovnet's morphology, syntax and NER as spaCy components.

The weights lie inside natasha's wheel; they are found there and read directly, since natasha's
own code needs pymorphy2, which fails on a current Python.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import slovnet
from navec import Navec
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.errors import InputError
from kg.lang.ru.tree import best_tree, is_tree


def _weights(name: str) -> Path:
    spec = find_spec("natasha")
    path = Path(spec.origin or "").parent / "data" / name if spec else None
    if path is None or not path.is_file():
        raise InputError("natasha's model files are missing; pip install natasha==1.6.0")
    return path


@cache
def _navec() -> Any:  # noqa: ANN401  # navec publishes no types
    return Navec.load(_weights("emb/navec_news_v1_1B_250K_300d_100q.tar"))


@cache
def _model(kind: str) -> Any:  # noqa: ANN401  # slovnet publishes no types
    loader = {"morph": slovnet.Morph, "syntax": slovnet.Syntax, "ner": slovnet.NER}[kind]
    return loader.load(_weights(f"model/slovnet_{kind}_news_v1.tar")).navec(_navec())


def _sentences(doc: Doc) -> list[list[Token]]:
    """The tokens of every sentence, without white space."""
    found: list[list[Token]] = []
    for token in doc:
        if token.is_sent_start or not found:
            found.append([])
        if not token.is_space:
            found[-1].append(token)
    return [sentence for sentence in found if sentence]


def _batches(kind: str, sentences: list[list[Token]]) -> Iterator[tuple[list[list[Token]], Any]]:
    """Yield sentences of like length together with their encoded words."""
    encoder = _model(kind).infer.encoder
    order = sorted(sentences, key=len)
    for i in range(0, len(order), encoder.batch_size):
        batch = order[i : i + encoder.batch_size]
        yield batch, next(encoder([[token.text for token in tokens] for tokens in batch]))


class Morphology:
    """Set part of speech and features (Universal Dependencies) of every token."""

    def __call__(self, doc: Doc) -> Doc:
        infer = _model("morph").infer
        for batch, encoded in _batches("morph", _sentences(doc)):
            scores = infer.model(encoded.word_id, encoded.shape_id, encoded.pad_mask)
            decoded = infer.decoder(infer.model.head.decode(scores))
            for tokens, tags in zip(batch, decoded, strict=True):
                for token, tag in zip(tokens, tags, strict=False):
                    token.pos_, _, features = tag.partition("|")
                    token.set_morph(features)  # type: ignore[attr-defined]  # the stub lacks it
        for token in doc:
            if token.is_space:
                token.pos_ = "SPACE"
        return doc


class Syntax:
    """Set heads and dependency relations (Universal Dependencies) of every token.

    slovnet takes the best head token by token, which in a tenth of the sentences is a cycle
    and in a fifth not one root; there the best tree under the same scores is taken instead.
    """

    def __call__(self, doc: Doc) -> Doc:
        heads, deps = list(range(len(doc))), [""] * len(doc)
        model = _model("syntax").infer.model
        names = _model("syntax").infer.decoder.rels_vocab
        for batch, encoded in _batches("syntax", _sentences(doc)):
            state = model.encoder(model.emb(encoded.word_id, encoded.shape_id), encoded.pad_mask)
            scores = model.head(state)
            trees = np.zeros(encoded.word_id.shape, dtype=np.int64)
            for row, tokens in enumerate(batch):
                n = len(tokens)
                trees[row, :n] = _tree(scores[row, :n, : n + 1])
            relations = model.rel(state, trees).argmax(-1)
            for row, tokens in enumerate(batch):
                for i, token in enumerate(tokens):
                    head = int(trees[row, i])
                    heads[token.i] = tokens[head - 1].i if head else token.i
                    deps[token.i] = names.decode(relations[row, i]) if head else "ROOT"
        _hang_spaces(doc, heads, deps)
        return _with_tree(doc, heads, deps)


def _tree(scores: Any) -> list[int]:  # noqa: ANN401  # an array of float32
    best = [int(head) for head in scores.argmax(-1)]
    return best if is_tree(best) else best_tree(scores)


def _hang_spaces(doc: Doc, heads: list[int], deps: list[str]) -> None:
    """Hang white space under the token before it, so that no sentence begins with it."""
    for token in doc:
        if token.is_space:
            heads[token.i] = max(token.i - 1, 0)
            deps[token.i] = "dep"
    if doc and doc[0].is_space and len(doc) > 1:
        heads[0] = 1


def _with_tree(doc: Doc, heads: list[int], deps: list[str]) -> Doc:
    """Write all heads at once: set one by one, each moves the bounds of sentences."""
    rows = [
        ((head - i) % 2**64, doc.vocab.strings.add(dep))
        for i, (head, dep) in enumerate(zip(heads, deps, strict=True))
    ]
    array: Any = np.array(rows, dtype=np.uint64).reshape(-1, 2)  # spaCy's stub knows thinc's only
    return doc.from_array(["HEAD", "DEP"], array)


class EntityRecognizer:
    """Set ``doc.ents`` to slovnet's PER, LOC and ORG, read paragraph by paragraph."""

    def __call__(self, doc: Doc) -> Doc:
        ner = _model("ner")
        spans = []
        for start, end in _paragraphs(doc):
            tokens = [token for token in doc[start:end] if not token.is_space]
            encoded = next(ner.infer.encoder([[token.text for token in tokens]]))
            crf = ner.infer.model.head.crf
            scores = ner.infer.model(encoded.word_id, encoded.shape_id, encoded.pad_mask)
            (tags,) = ner.infer.decoder(crf.decode(scores, ~encoded.pad_mask))
            spans += _spans(doc, tokens, tags)
        doc.set_ents(spans)
        return doc


def _paragraphs(doc: Doc) -> Iterator[tuple[int, int]]:
    start = 0
    for token in doc:
        if token.is_space and "\n" in token.text:
            if any(not t.is_space for t in doc[start : token.i]):
                yield start, token.i
            start = token.i + 1
    if any(not t.is_space for t in doc[start:]):
        yield start, len(doc)


def _spans(doc: Doc, tokens: list[Token], tags: list[str]) -> list[Span]:
    """Join B- and I- tags to spans; an I- that continues nothing begins one."""
    found: list[tuple[int, int, str]] = []
    for token, tag in zip(tokens, tags, strict=False):
        part, _, label = tag.partition("-")
        if part == "O":
            continue
        if part == "I" and found and found[-1][2] == label and found[-1][1] == token.i:
            found[-1] = (found[-1][0], token.i + 1, label)
        else:
            found.append((token.i, token.i + 1, label))
    return [Span(doc, start, end, label=label) for start, end, label in found]


@Language.factory("slovnet_morph", assigns=["token.pos", "token.morph"])
def make_morph(nlp: Language, name: str) -> Morphology:
    """Return the morphology component."""
    return Morphology()


@Language.factory("slovnet_syntax", assigns=["token.head", "token.dep"])
def make_syntax(nlp: Language, name: str) -> Syntax:
    """Return the syntax component."""
    return Syntax()


@Language.factory("slovnet_ner", assigns=["doc.ents"])
def make_ner(nlp: Language, name: str) -> EntityRecognizer:
    """Return the named-entity component."""
    return EntityRecognizer()
