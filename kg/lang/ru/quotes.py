"""Quotation marks."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.lang import table

LONGEST = 16


def quoted(doc: Doc) -> list[tuple[int, int]]:
    """Return the outermost quotations that lie in one sentence, marks included, as token spans."""
    words = table("ru", "grammar")["words"]
    pairs = dict(zip(words["opening"], words["closing"], strict=True))
    found: list[tuple[int, int]] = []
    i = 0
    while i < len(doc):
        mark = doc[i].text
        end = _close(doc, i, mark, pairs[mark]) if mark in pairs else 0
        if end:
            found.append((i, end))
        i = end or i + 1
    return found


def _close(doc: Doc, start: int, opening: str, closing: str) -> int:
    """Return the end of the quotation that opens at ``start``; 0 if it does not close soon.

    Only its own kind of mark closes it: «Торговый дом "Барс"» is one.
    """
    depth = 1
    for token in doc[start + 1 : start + LONGEST]:
        if "\n" in token.text:
            return 0
        if token.text == closing:
            depth -= 1
        elif token.text == opening:
            depth += 1
        if depth == 0:
            return token.i + 1
    return 0
