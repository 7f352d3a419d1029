"""What descriptions without a name and pronouns point back to, inside one article."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.lang import Grammar, table
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
            for verb in grammar.happenings(doc, phrase):
                meant.append((verb, same or phrase))
        meant.append((phrase, same or phrase))
    meant = _announced(doc, meant, grammar)
    return sorted(meant, key=lambda pair: (pair[0].start, -pair[0].end))


def _announced(
    doc: Doc, meant: list[tuple[Phrase, Phrase]], grammar: Grammar
) -> list[tuple[Phrase, Phrase]]:
    """Name what a headline only announces (открылся форум) by the first such event below it."""
    body = next((t.i for t in doc if "\n" in t.text), 0)
    named = [m for p, m in meant if p.start > body and m.named and not m.plural]
    result = []
    for phrase, target in meant:
        if target is phrase and phrase.start < body and not phrase.named and not phrase.plural:
            alike = (m for m in named if m.cls == phrase.cls and grammar.describes(doc, phrase, m))
            target = next(alike, target)
        result.append((phrase, target))
    return result


def _can_be(named: Phrase, description: Phrase, grammar: Grammar) -> bool:
    """Tell whether the class of what was named fits a description (предприятие: a company)."""
    ontology = load()
    if ontology.is_a(named.cls, (description.cls,)):
        return True
    if named.guessed:
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
    order = {token.i: n for n, sent in enumerate(doc.sents) for token in sent}
    said = phrase.normal.casefold().split()
    spaces = sum(bool(token.whitespace_) for token in doc[phrase.start : phrase.head])
    noun = said[min(spaces, len(said) - 1)]
    further = {*said} - {noun}
    fitting = []
    for spoken, meant in before:
        if meant.plural or not spoken.cls:
            continue
        if _is_agent(doc, spoken, phrase):
            continue  # «область поставляет в регион»: another one
        fits = _can_be(meant, phrase, grammar) or _called(noun, phrase, spoken, meant, doc.lang_)
        if not fits or further - _said(spoken, meant):
            continue
        if grammar.describes(doc, phrase, spoken) or grammar.describes(doc, phrase, meant):
            subject = _is_subject(doc[spoken.head])
            exact = noun in _said(spoken, meant)
            # Забайкальский экспорт names the край too, but less than any noun does.
            noun_first = not spoken.adjective
            if phrase.owner:  # the regional ministry is a region's, not a foreign province's
                noun_first = meant.cls == phrase.cls
            fitting.append((noun_first, exact, order[spoken.start], subject, spoken.start, meant))
    # What was called so; in the last sentence that names a fit; there its subject.
    return max(fitting, key=lambda f: f[:5])[5] if fitting else None


def _called(noun: str, phrase: Phrase, spoken: Phrase, meant: Phrase, code: str) -> bool:
    """Tell whether a territory has the noun of a description in its name: an autonomous район
    is a province, a городской округ a town."""
    territory = table(code, "grammar")["groups"]["territory"]
    places = all(load().is_a(p.cls, territory) for p in (phrase, meant))
    return places and meant.named and noun in _said(spoken, meant)


def _is_agent(doc: Doc, spoken: Phrase, phrase: Phrase) -> bool:
    """Tell whether a name is the subject of the very verb that a description depends on."""
    noun = doc[spoken.head]
    return _is_subject(noun) and noun.head.pos_ == "VERB" and doc[phrase.head].head == noun.head


def _said(spoken: Phrase, meant: Phrase) -> set[str]:
    """The words of a name: a description may repeat them, but say no more (сборочное)."""
    texts = [spoken.normal, meant.normal, *(alias.text for alias in spoken.aliases)]
    return {word for text in texts for word in text.casefold().split()}


def _apposed(doc: Doc, phrase: Phrase, before: list[tuple[Phrase, Phrase]]) -> Phrase | None:
    """What a description between commas or after a dash describes: Ахмадабад, город штата …"""
    i = phrase.start - 1
    while i > 0 and doc[i].pos_ == "ADJ":
        i -= 1
    if doc[i].text not in APPOSED:
        return None
    ends = [(spoken, meant) for spoken, meant in before if spoken.end == i and meant.named]
    closed = phrase.end >= len(doc) or not doc[phrase.end].is_alpha
    if doc[i].text == "," and not closed:
        return None
    kind = load().kind
    return next((m for s, m in ends if kind(m.cls) == kind(phrase.cls) and not s.adjective), None)


def _pronoun(
    doc: Doc,
    pronoun: Phrase,
    before: list[tuple[Phrase, Phrase]],
    order: dict[int, int],
    grammar: Grammar,
) -> Phrase | None:
    token = doc[pronoun.start]
    here = order[token.i]
    reach = REACH if token.pos_ != "NOUN" else len(doc)  # «гости» are the same to the end
    candidates = [
        (spoken, meant)
        for spoken, meant in before
        if here - order[spoken.start] < reach
        and not spoken.adjective
        and grammar.agrees(token, doc[spoken.head])
    ]
    wanted = grammar.selects(token)
    fitting = [c for c in candidates if not wanted or load().is_a(c[1].cls, wanted)]
    outer = [c for c in fitting if not any(o[0].holds(c[0]) for o in fitting)]
    people = grammar.people()

    parallel = _is_subject(token)

    def rank(pair: tuple[Phrase, Phrase]) -> tuple[int, int, int]:
        spoken, meant = pair
        # A subject goes on with the subject; what is governed, with what was said last.
        weight = 2 * (parallel and _is_subject(doc[spoken.head]))
        weight += parallel and load().is_a(meant.cls, people)
        return weight - (here - order[spoken.start]), order[spoken.start], spoken.start

    best = max(outer, key=rank, default=None)
    return best[1] if best else None


def _is_subject(token: Token) -> bool:
    """Tell whether a noun is a subject, or the name that goes with one (мэр Го Тяньи)."""
    noun = token.head if token.dep_ in {"appos", "flat", "flat:name"} else token
    return noun.dep_.startswith("nsubj")
