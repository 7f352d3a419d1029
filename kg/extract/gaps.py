"""What may stand between a post, its body and its holder without parting them."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg import lang

LIGHT = {"ADJ", "DET", "ADV", "SPACE"}
NAMED = {"NOUN", "ADJ", "CCONJ"}


def gap(doc: Doc, start: int, end: int) -> list[Token]:
    """Return what parts two names: not adjectives (мэр бурятской столицы), a bracket (института
    (ДИТЛ) Алла Ким), a rank (полковник таможенной службы), a degree (д. и. н.)."""
    found: list[Token] = []
    i = start
    while i < end:
        after = _over(doc, i, end)
        if after == i:
            found.append(doc[i])
            after = i + 1
        i = after
    return found


def after_field(doc: Doc, start: int, end: int) -> int:
    """Return where a field of work ends that begins at ``start``: управление по внешним связям."""
    words = lang.table(doc.lang_, "grammar")["words"]
    if start >= end or doc[start].lower_ not in words["bodies"]:
        return start
    i = start + 1
    while i < end and (doc[i].pos_ in NAMED and doc[i].text.islower()):
        i += 1
    return i if i > start + 1 else start


def _over(doc: Doc, i: int, end: int) -> int:
    """Return the token after what may be passed over at ``i``; ``i`` if nothing may."""
    token = doc[i]
    if token.text == "(":
        return next((k + 1 for k in range(i, end) if doc[k].text == ")"), i)
    rank = _rank(doc, i, end)
    if rank > i:
        return rank
    return i + 1 if token.pos_ in LIGHT else i


def _rank(doc: Doc, i: int, end: int) -> int:
    """Pass over a form of address, a rank or a degree, with the genitive that it may have."""
    words = lang.table(doc.lang_, "grammar")["words"]
    token = doc[i]
    if len(token) == 1 and token.text.islower() and i + 1 < end and doc[i + 1].text == ".":
        return i + 2  # д. и. н.
    if not {token.lemma_, token.lower_.rstrip("."), token.lemma_.rpartition("-")[2]} & set(
        words["honorifics"]
    ):
        return i
    i += 1
    if i < end and doc[i].text == ".":
        i += 1
    while i < end and doc[i].text.islower() and "Case=Gen" in str(doc[i].morph):
        i += 1
    return i
