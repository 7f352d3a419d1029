"""What descriptions without a name and pronouns point back to, inside one article."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.lang import Grammar
from kg.lang.phrase import Phrase
from kg.ontology import load

APPOSED = {",", "–", "—", "-"}
REACH = 3
"""How many sentences back a pronoun may point."""


def antecedents(doc: Doc, phrases: list[Phrase], grammar: Grammar) -> list[tuple[Phrase, Phrase]]:
    """Pair every phrase with the one whose name it carries, itself if it points nowhere.

    Pronouns that point to a phrase are added as phrases. The rules are the usual ones of
    agreement, class and recency (Hobbs 1978; Lappin & Leass 1994), the nearest fit taken.
    """
    order = {token.i: n for n, sent in enumerate(doc.sents) for token in sent}
    pronouns = [p for p in grammar.pronouns(doc) if not any(o.overlaps(p) for o in phrases)]
    meant: list[tuple[Phrase, Phrase]] = []
    for phrase in sorted([*phrases, *pronouns], key=lambda p: (p.start, -p.end)):
        before = [pair for pair in meant if pair[0].end <= phrase.start]
        if phrase.cls == "":
            target = _pronoun(doc, phrase, before, order, grammar)
            if target is not None:
                meant.append((phrase, target))
            continue
        if phrase.plural or phrase.adjective:
            meant.append((phrase, phrase))
            continue
        same = _shortened(phrase, before) if phrase.named else None
        if not phrase.named:
            same = _description(doc, phrase, before, grammar)
            if same is None:
                for verb in grammar.happenings(doc, phrase):
                    meant.append((verb, phrase))
        meant.append((phrase, same or phrase))
    return sorted(meant, key=lambda pair: (pair[0].start, -pair[0].end))


def _can_be(named: Phrase, description: Phrase, grammar: Grammar) -> bool:
    """Tell whether the class of what was named fits a description (предприятие: a company)."""
    ontology = load()
    if ontology.is_a(named.cls, (description.cls,)):
        return True
    if named.guessed or ontology.kind(named.cls) == named.cls == ontology.kind(description.cls):
        return ontology.is_a(description.cls, (named.cls,))
    return any({named.cls, description.cls} <= alike for alike in grammar.alike())


def _shortened(phrase: Phrase, before: list[tuple[Phrase, Phrase]]) -> Phrase | None:
    """A longer name said before that begins with this one: Управление коммерции (провинции …)."""
    kinds, short = load().kind, phrase.normal.casefold() + " "
    longer = {
        meant.normal: meant
        for _, meant in before
        if kinds(meant.cls) == kinds(phrase.cls) and meant.normal.casefold().startswith(short)
    }
    return next(iter(longer.values())) if len(longer) == 1 else None


def _description(
    doc: Doc, phrase: Phrase, before: list[tuple[Phrase, Phrase]], grammar: Grammar
) -> Phrase | None:
    """The last thing said before that a description such as провинция or форум can mean."""
    if apposed := _apposed(doc, phrase, before):
        return apposed
    words = phrase.normal.casefold().split()
    order = {token.i: n for n, sent in enumerate(doc.sents) for token in sent}
    fitting = []
    for spoken, meant in before:
        if meant.plural or spoken.adjective or not spoken.cls:
            continue
        if not _can_be(meant, phrase, grammar):
            continue
        if grammar.describes(doc, phrase, spoken) or grammar.describes(doc, phrase, meant):
            said = {*meant.normal.casefold().split(), *spoken.normal.casefold().split()}
            said |= {w for a in spoken.aliases for w in a.text.casefold().split()}
            if len(words) == 1 or set(words) - said <= {words[0]} or grammar.general(doc, phrase):
                fitting.append(
                    (order[spoken.start], _is_subject(doc[spoken.head]), spoken.start, meant)
                )
    # The last sentence that names a fit; in it what it is about, its subject.
    return max(fitting, key=lambda f: f[:3])[3] if fitting else None


def _apposed(doc: Doc, phrase: Phrase, before: list[tuple[Phrase, Phrase]]) -> Phrase | None:
    """What a description between commas or after a dash describes: Ахмадабад, город штата …"""
    i = phrase.start - 1
    while i > 0 and doc[i].pos_ == "ADJ":
        i -= 1
    if doc[i].text not in APPOSED:
        return None
    ends = [(spoken, meant) for spoken, meant in before if spoken.end == i and meant.named]
    same = [m for s, m in ends if load().kind(m.cls) == load().kind(phrase.cls) and not s.adjective]
    if not same or (
        "Case" in doc[phrase.head].morph.to_dict()
        and doc[i].text == ","
        and _case(doc, phrase) != _case(doc, ends[0][0])
    ):
        return None
    return same[0]


def _case(doc: Doc, phrase: Phrase) -> list[str]:
    return doc[phrase.head].morph.get("Case", [])


def _pronoun(
    doc: Doc,
    pronoun: Phrase,
    before: list[tuple[Phrase, Phrase]],
    order: dict[int, int],
    grammar: Grammar,
) -> Phrase | None:
    token = doc[pronoun.start]
    here = order[token.i]
    candidates = [
        (spoken, meant)
        for spoken, meant in before
        if here - order[spoken.start] < REACH
        and not spoken.adjective
        and grammar.agrees(token, doc[spoken.head])
    ]
    wanted = grammar.selects(token)
    fitting = [c for c in candidates if not wanted or load().is_a(c[1].cls, wanted)]
    outer = [c for c in fitting if not any(o[0].holds(c[0]) for o in fitting)]
    people = grammar.people()

    def rank(pair: tuple[Phrase, Phrase]) -> tuple[int, int, int]:
        spoken, meant = pair
        weight = 2 * _is_subject(doc[spoken.head]) + load().is_a(meant.cls, people)
        return weight - (here - order[spoken.start]), order[spoken.start], spoken.start

    best = max(outer, key=rank, default=None)
    return best[1] if best else None


def _is_subject(token: Token) -> bool:
    """Tell whether a noun is a subject, or the name that goes with one (мэр Го Тяньи)."""
    noun = token.head if token.dep_ in {"appos", "flat", "flat:name"} else token
    return noun.dep_.startswith("nsubj")
