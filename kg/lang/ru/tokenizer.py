"""Tokens and sentences by razdel, paragraph by paragraph, poured into a spaCy Doc."""

from __future__ import annotations

import re
from collections.abc import Iterator

import razdel
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.lang import table

PARAGRAPH = re.compile(r"[^\n]+")
HANZI = re.compile(r"[\u3400-\u9fff]+")


class RazdelTokenizer:
    """Turn text into a Doc whose ``text`` is that text, with sentence starts set.

    razdel reads one paragraph at a time, so that a headline without a full stop is a sentence
    of its own. White space that is not one blank after a token becomes a token, as in spaCy.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        pieces, starts = [], set()
        for start, end, first in tokens(text):
            if first:
                starts.add(start)
            pieces.append((start, end))
        words: list[str] = []
        spaces: list[bool] = []
        sent_starts: list[bool | int | None] = []
        here = 0
        for start, end in pieces:
            if start > here:
                self._gap(text[here:start], words, spaces, sent_starts)
            words.append(text[start:end])
            spaces.append(False)
            sent_starts.append(start in starts)
            here = end
        if here < len(text):
            self._gap(text[here:], words, spaces, sent_starts)
        return Doc(self.vocab, words=words, spaces=spaces, sent_starts=sent_starts)

    @staticmethod
    def _gap(
        gap: str, words: list[str], spaces: list[bool], sent_starts: list[bool | int | None]
    ) -> None:
        if words and gap.startswith(" "):
            spaces[-1] = True
            gap = gap[1:]
        if gap:
            words.append(gap)
            spaces.append(False)
            sent_starts.append(False)


def tokens(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield start, end and whether a sentence begins, for every token of ``text``.

    An abbreviation that razdel does not know ends none: «(пров. Хубэй)», «д. и. н. Ким».
    """
    open_ended = frozenset(table("ru", "grammar")["words"]["abbreviated"])
    for paragraph in PARAGRAPH.finditer(text):
        going_on = False
        for sentence in razdel.sentenize(paragraph.group()):
            offset, first = paragraph.start() + sentence.start, not going_on
            for token in razdel.tokenize(sentence.text):
                yield offset + token.start, offset + token.stop, first
                first = False
            words = sentence.text.rstrip(".").split()
            last = words[-1].lstrip("(«").lower() if words else ""
            going_on = sentence.text.endswith(".") and last in open_ended
