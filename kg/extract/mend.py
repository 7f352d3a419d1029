"""Joins that the parser misses beside names, mended in a folded sentence.

A name of one folded word has lost the endings that show where it belongs. What it is shows it
as well: the adjective of a place is said of the name after it, a person is the человек before.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from kg import lang
from kg.lang.phrase import Found
from kg.model import Mention
from kg.ontology import load

LOOSE = {"flat", "flat:name", "flat:foreign", "appos", "nmod"}
NOMINAL = {"iobj", "obl", "nmod", "obj"}
NOUNS = {"NOUN", "PROPN", "X"}
MARKS = {"case", "cc", "punct"}
BETWEEN = {"ADP", "ADJ", "DET", "PUNCT"}


def mend(doc: Doc, found: Sequence[Found | None]) -> None:
    """Hang names where they belong; ``found`` is what each token stands for."""
    for token in doc[:-1]:
        here, after = found[token.i], found[token.i + 1]
        adjective = here.adjective if here is not None else _misplaced(token)
        if adjective and after is not None and not after.adjective:
            _take_over(token, doc[token.i + 1])
    person = lang.table(doc.lang_, "grammar")["labels"]["PER"]
    for token in doc[1:]:
        if _is(found[token.i], person) and _of_other(token, found, person):
            _appose(token, found)
    for token in doc[1:]:
        if token.dep_ == "parataxis" and found[token.i] is not None:
            _begin(token)


def _is(found: Found | None, cls: str) -> bool:
    return found is not None and isinstance(found.item, Mention) and load().is_a(
        found.item.cls, (cls,)
    )  # fmt: skip


def _misplaced(token: Token) -> bool:
    """Tell whether an adjective stands where only a noun can: listed, but the noun after it not."""
    if token.pos_ != "ADJ" or "Variant=Short" in str(token.morph):
        return False
    listed = token.dep_ == "conj" and token.head.pos_ in NOUNS
    return token.dep_ in NOMINAL or (listed and token.nbor().dep_ in NOMINAL)


def _take_over(adjective: Token, name: Token) -> None:
    """Give a name the place in the sentence that its adjective was given.

    «между заводом и дарханской «Заря»», «принадлежит находкинскому АО».
    """
    head = adjective.head
    if adjective.dep_ == "amod" or (name.is_ancestor(head) and head != name):
        return
    if head != name:
        root = head == adjective
        name.head, name.dep_ = (name if root else head), adjective.dep_
    for child in list(adjective.children):
        if child != name and child.dep_ in MARKS:
            child.head = name
    adjective.head, adjective.dep_ = name, "amod"
    if case := adjective.morph.get("Case", []):
        name.set_morph(f"Case={case[0]}")  # type: ignore[attr-defined]  # spaCy stubs lack it


def _of_other(person: Token, found: Sequence[Found | None], cls: str) -> bool:
    """Tell whether a person was hung on the name before him, which is of something else."""
    head = person.head
    beside = head.i == person.i - 1 and person.dep_ in LOOSE
    return beside and found[head.i] is not None and not _is(found[head.i], cls)


def _appose(person: Token, found: Sequence[Found | None]) -> None:
    """Hang a person on the noun before that says who he is: совладелец «Зари» Ли Минь."""
    other = person.head
    before = reversed(person.doc[: other.i])
    noun = next((t for t in before if t.pos_ not in BETWEEN), None)
    if noun is None or found[noun.i] is not None or "Animacy=Anim" not in str(noun.morph):
        return
    if noun.pos_ != "NOUN" or person.is_ancestor(noun):
        return
    person.head, person.dep_ = noun, "appos"
    if other.head == noun:
        other.dep_ = "nmod"
    for child in list(other.children):
        if child.i > person.i and child.dep_ in {"acl:relcl", "acl"}:
            child.head = person


def _begin(name: Token) -> None:
    """Make what follows a colon the subject of the clause that it begins.

    «Двадцать лет дружбы: Чита и Хайлар продлили договор».
    """
    doc = name.doc
    verb = next((t for t in doc[name.i + 1 :] if t.pos_ in {"VERB", "PUNCT"}), None)
    if verb is None or verb.pos_ != "VERB" or doc[name.i - 1].text != ":":
        return
    subject = any(c.dep_.startswith("nsubj") or c.dep_ == "xcomp" for c in verb.children)
    if not subject and not name.is_ancestor(verb) and "VerbForm=Fin" in str(verb.morph):
        name.head, name.dep_ = verb, "nsubj"
