"""Text as the model reads it: words, their pieces, and windows of whole sentences."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from razdel import sentenize

_HAN = "\u3400-\u9fff\uf900-\ufaff"
"""Chinese is written without spaces: of it each piece is a word."""

_WORD = re.compile(rf"\d+|[{_HAN}]+|[^\W\d_{_HAN}]+|\S")
_CHINESE = re.compile(f"[{_HAN}]")
SPACE = "▁"
"""What SentencePiece puts for the white space before a word (Kudo and Richardson 2018)."""

_LONGEST = 24
_UNKNOWN = -10.0


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters or of digits, a piece of Chinese, or one other character.

    ``glued`` to what precedes it.
    """

    start: int
    end: int
    text: str
    sentence: int
    glued: bool


@dataclass(frozen=True, slots=True)
class Window:
    """Some sentences of a text that the model reads at once.

    ``pieces`` are ids with those of the beginning and the end; word ``i`` has the pieces from
    ``first[i]`` to ``last[i]``, both inclusive.
    """

    words: tuple[Word, ...]
    pieces: tuple[int, ...]
    first: tuple[int, ...]
    last: tuple[int, ...]


def words(text: str, pieces: Pieces) -> list[Word]:
    """Return the words of a text; ``text[w.start:w.end] == w.text`` holds for each."""
    found: list[Word] = []
    number = 0
    for line in re.finditer(r"[^\n]+", text):
        for sentence in sentenize(line[0]):
            here = line.start() + sentence.start, line.start() + sentence.stop
            for m in _WORD.finditer(text, *here):
                start = m.start()
                for part in pieces.cut(m[0]) if _CHINESE.match(m[0]) else [m[0]]:
                    glued = start > 0 and not text[start - 1].isspace()
                    found.append(Word(start, start + len(part), part, number, glued))
                    start += len(part)
            number += 1
    return found


class Pieces:
    """A unigram vocabulary (Kudo 2018, "Subword Regularization"): words to ids of pieces.

    ``scores`` are log probabilities by piece, in the order of ids; ``start``, ``end`` and
    ``unknown`` are the ids of ``<s>``, ``</s>`` and ``<unk>``.
    """

    def __init__(self, scores: Mapping[str, float]) -> None:
        self._ids = {piece: i for i, piece in enumerate(scores)}
        self._scores = dict(scores)
        self._worst = min(scores.values()) + _UNKNOWN
        self.start, self.end = self._ids["<s>"], self._ids["</s>"]
        self.unknown = self._ids["<unk>"]
        self.of = lru_cache(maxsize=100_000)(self._of)

    def _of(self, word: str, glued: bool) -> tuple[int, ...]:
        """Return the ids of the pieces that a word most probably consists of."""
        text = ("" if glued else SPACE) + unicodedata.normalize("NFKC", word)
        return tuple(self._ids.get(part, self.unknown) for part in self.cut(text))

    def cut(self, text: str) -> list[str]:
        """Return the pieces that a text most probably consists of, as they are written in it."""
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, len(text) + 1):
            ways = [
                (best[start][0] + self._scores[text[start:end]], start)
                for start in range(max(0, end - _LONGEST), end)
                if text[start:end] in self._scores
            ]
            best.append(max(ways, default=(best[end - 1][0] + self._worst, end - 1)))
        parts: list[str] = []
        end = len(text)
        while end:
            start = best[end][1]
            parts.append(text[start:end])
            end = start
        return parts[::-1]


def windows(
    found: Sequence[Word], pieces: Pieces, size: int, head: int = 0
) -> Iterator[Window]:  # fmt: skip
    """Yield the words in windows of at most ``size`` pieces, cut between sentences.

    A sentence that is longer than a window is cut where the window is full. The first window
    has at most ``head`` pieces, if that is given and a whole sentence fits.
    """
    spelled = [pieces.of(w.text, w.glued)[: size - 2] for w in found]
    start, stop = 0, _full(found, spelled, 0, head - 2)[0] if head else 0
    while start < len(found):
        if stop == start:
            cut, end = _full(found, spelled, start, size - 2)
            stop = cut if cut > start else end
        ids, first, last = [pieces.start], [], []
        for spelling in spelled[start:stop]:
            first.append(len(ids))
            ids.extend(spelling)
            last.append(len(ids) - 1)
        ids.append(pieces.end)
        yield Window(tuple(found[start:stop]), tuple(ids), tuple(first), tuple(last))
        start = stop


def _full(
    found: Sequence[Word], spelled: Sequence[Sequence[int]], start: int, room: int
) -> tuple[int, int]:  # fmt: skip
    """Return the end of the last sentence, and of the last word, for which there is room."""
    end = cut = start
    while end < len(found) and len(spelled[end]) <= room:
        room -= len(spelled[end])
        end += 1
        if end == len(found) or found[end].sentence != found[end - 1].sentence:
            cut = end
    return cut, end
