"""Quotation marks."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.lang import table

LONGEST = 16


def quoted(doc: Doc) -> list[tuple[int, int]]:
    """Return the outermost quotations that lie in one sentence, marks included, as token spans."""
    marks = table("ru", "grammar")["words"]
    found: list[tuple[int, int]] = []
    i = 0
    while i < len(doc):
        end = (
            _close(doc, i, marks["closing"], marks["opening"])
            if doc[i].text in marks["opening"]
            else 0
        )
        if end:
            found.append((i, end))
        i = end or i + 1
    return found


def _close(doc: Doc, start: int, closing: list[str], opening: list[str]) -> int:
    """Return the end of the quotation that opens at ``start``; 0 if it does not close soon."""
    depth, straight = 1, doc[start].text in closing
    for token in doc[start + 1 : start + LONGEST]:
        if "\n" in token.text:
            return 0
        if token.text in closing:
            depth -= 1
        elif token.text in opening and not straight:
            depth += 1
        if depth == 0:
            return token.i + 1
    return 0
