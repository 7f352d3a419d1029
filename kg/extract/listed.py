"""Lists of figures after a colon: Экспорт края: Китай – 91 %, Монголия – 4 %."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span

from kg.extract.rules import Rule, RuleBook
from kg.lang.phrase import Found
from kg.model import Mention
from kg.ontology import Ontology

COLON, DASHES, STOPS = ":", {"–", "—", "-"}, {",", ";"}
FEWEST = 2
"""Names that make a list."""
Triple = tuple[Rule, Found, Found]


def listed(
    doc: Doc, found: Sequence[Found], book: RuleBook, ontology: Ontology
) -> Iterator[Triple]:
    """Yield rule, subject and object for the names of a list, each with its figure.

    The words before the colon say what is counted, and whose it is; where they name nobody, it
    is what the text spoke of first.
    """
    mentions = [f for f in found if isinstance(f.item, Mention) and not f.plural]
    for sent in doc.sents:
        colon = next((t.i for t in sent if t.text == COLON), None)
        if colon is None:
            continue
        said = {t.lemma_ for t in doc[sent.start : colon]}
        for rule in (r for r in book.rules if r.kind == "listed" and r.triggers & said):
            fits = [m for m in mentions if ontology.is_a(_class(m), rule.object_class)]
            items = list(_items(sent, colon + 1, fits))
            owner = _owner(mentions, sent, colon, rule, ontology)
            if owner is not None and len(items) >= FEWEST:
                yield from (
                    (rule, owner, item) for item in items
                    if isinstance(item.item, Mention) and item.item.normal != _name(owner)
                )  # fmt: skip


def _items(sent: Span, start: int, mentions: Sequence[Found]) -> Iterator[Found]:
    """Yield the names that begin an item and have a dash and a figure after them."""
    doc = sent.doc
    for m in mentions:
        opens = m.start == start or (start < m.start and doc[m.start - 1].text in STOPS)
        if not opens or m.adjective or m.end + 1 >= sent.end:
            continue
        if doc[m.end].text in DASHES and doc[m.end + 1].like_num:
            yield m


def _owner(
    mentions: Sequence[Found], sent: Span, colon: int, rule: Rule, ontology: Ontology
) -> Found | None:
    """Return who the list is about: the last named before the colon, else the first of all."""
    fits = [m for m in mentions if ontology.is_a(_class(m), rule.subject_class)]
    near = [m for m in fits if sent.start <= m.start < colon]
    return near[-1] if near else next((m for m in fits if m.end <= sent.start), None)


def _class(found: Found) -> str:
    return found.item.cls if isinstance(found.item, Mention) else ""


def _name(found: Found) -> str:
    return found.item.normal if isinstance(found.item, Mention) else ""
