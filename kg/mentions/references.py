"""What the trained model says that pronouns and descriptions mean."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Span

from kg.lang import Grammar, table
from kg.lang.phrase import Phrase
from kg.mentions.learned import SURE, clash
from kg.neural.labels import NOMINAL, OWN, PRONOUN, SAME, parts
from kg.neural.model import Reading
from kg.ontology import load

REFERS = 0.5
"""The probability from which on a pronoun or a description is taken to mean a name."""

OVERRULES = 0.8
"""The probability from which on it means another than the rules of agreement say."""


def references(
    doc: Doc, reading: Reading, meant: Sequence[tuple[Phrase, Phrase]], grammar: Grammar
) -> list[tuple[Phrase, Phrase]]:  # fmt: skip
    """Pair pronouns and descriptions with what the model says they mean: where they point
    nowhere yet, and pronouns where it is sure that they mean another than the rules say."""
    seen = [e for e in reading.entities(OWN) if parts(e.cls)[0] in load().classes]
    free, targets, least = dict[int, Span](), dict[int, Phrase](), dict[int, float]()
    for number, entity in enumerate(seen):
        span = doc.char_span(entity.start, entity.end)
        if span is None:
            continue
        over = [(p, m) for p, m in meant if clash(p, span)]
        exact = [(p, m) for p, m in over if p.head == span.root.i or _alike(p, span)]
        cls, form = parts(entity.cls)
        # A description that says more of a thing than was said is of another (зерновой порт);
        # of a person it is a post, which is read with its holder.
        further = any(token.pos_ == "ADJ" for token in span)
        unknown = all(p is m for p, m in over) and len(over) == len(exact)
        unknown = unknown and cls not in grammar.people()
        if (form == PRONOUN or (form == NOMINAL and unknown)) and not any(p.named for p, _ in over):
            free[number] = span
            held = over if form == PRONOUN else further
            least[number] = OVERRULES if held else REFERS
        if exact and not exact[0][1].plural:
            targets[number] = exact[0][1]
    spans = [((e.start, e.end), e.cls) for e in seen]
    best: dict[int, tuple[float, int]] = {}
    for said in reading.relations(OWN, spans):
        if said.relation == SAME and said.subject in free and said.object in targets:
            best[said.subject] = max(best.get(said.subject, (0.0, 0)), (said.score, said.object))
    found = []
    for number, (score, other) in best.items():
        span, target = free[number], targets[other]
        if score >= least[number] and load().kind(target.cls) == parts(seen[number].cls)[0]:
            head = span.root.i
            phrase = Phrase(span.start, span.end, head, target.cls, span.text, named=False)
            found.append((phrase, target))
    return found


def plausible(
    doc: Doc, reading: Reading, meant: Sequence[tuple[Phrase, Phrase]], grammar: Grammar
) -> list[tuple[Phrase, Phrase]]:  # fmt: skip
    """Return all pairs but pronouns of which the model is sure that they mean another class."""
    seen = {
        span.start: parts(entity.cls)[0]
        for entity in reading.entities(OWN)
        if parts(entity.cls)[1] == PRONOUN and entity.score >= SURE
        and parts(entity.cls)[0] in load().classes
        and (span := doc.char_span(entity.start, entity.end)) is not None
    }  # fmt: skip

    territory = table(doc.lang_, "grammar")["groups"]["territory"]

    def fits(phrase: Phrase, target: Phrase) -> bool:
        cls = seen.get(phrase.start, "")
        if phrase.named or not cls or cls in {target.cls, load().kind(target.cls)}:
            return True
        if any({cls, target.cls} <= alike for alike in grammar.alike()):
            return True
        return not phrase.cls and all(load().is_a(c, territory) for c in (cls, target.cls))

    return [pair for pair in meant if fits(*pair)]


def referred(
    meant: Sequence[tuple[Phrase, Phrase]], said: Sequence[tuple[Phrase, Phrase]]
) -> list[tuple[Phrase, Phrase]]:  # fmt: skip
    """Return all pairs in order of text, those said in place of what pointed nowhere."""
    heads = {phrase.head for phrase, _ in said}
    kept = [pair for pair in meant if pair[0].head not in heads or pair[0].named]
    return sorted([*kept, *said], key=lambda pair: (pair[0].start, -pair[0].end))


def _alike(phrase: Phrase, span: Span) -> bool:
    shared = min(phrase.end, span.end) - max(phrase.start, span.start)
    return 2 * shared > max(phrase.end, span.end) - min(phrase.start, span.start)
