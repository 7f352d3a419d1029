"""Posts joined with the body before and the person after, or the other way round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.extract.fold import Title, Unit
from kg.lang.phrase import Found
from kg.model import Mention
from kg.ontology import Ontology

CLOSED = {",", ".", ";", ")", "»"}
DASHES = {"-", "–", "—"}


def units(
    doc: Doc, found: Sequence[Found], holders: frozenset[str], ontology: Ontology
) -> list[Unit]:
    """Return what to fold: outermost mentions, each with the post that it came with.

    ``holders`` are the classes that hold posts. A post is read with the name right after it, or
    after its body: «генконсул КНР в Хабаровске Сун Лянь»; or in apposition after the name:
    «Сергей Ладыгин, губернатор Амурской области,».
    """
    adjectives = {f.end: f for f in found if f.adjective}
    found = [f for f in found if not f.adjective]
    outer = [f for f in found if not any(o.holds(f) for o in found)]
    outer = [f for i, f in enumerate(outer) if i == 0 or f.start >= outer[i - 1].end]
    result: list[Unit] = []
    taken: set[int] = set()
    for k, f in enumerate(outer):
        if k in taken:
            continue
        if f.post:
            unit, used = _title(doc, outer, k, holders, ontology)
            before = adjectives.get(f.start)
            # китайский посол: whose, the adjective says
            if before is not None and unit.title is not None and unit.title.party is None:
                unit = replace(unit, title=replace(unit.title, party=before))
            result.append(unit)
            taken |= used
        elif isinstance(f.item, Mention):
            result.append(Unit(f.start, f.end, f.head, f))
        elif not isinstance(f.item, Mention):
            result.append(Unit(f.head, f.head + 1, f.head, f))
    return _postponed(doc, sorted(result, key=lambda u: u.start), holders, ontology)


def _is_person(f: Found, holders: frozenset[str], ontology: Ontology) -> bool:
    return isinstance(f.item, Mention) and ontology.is_a(f.item.cls, holders)


def _title(
    doc: Doc, outer: Sequence[Found], k: int, holders: frozenset[str], ontology: Ontology
) -> tuple[Unit, set[int]]:
    """Read on from the post ``outer[k]``: its body, where that sits, its holder."""
    post, here, used = outer[k], outer[k].end, {k}
    person, before = None, outer[k - 1] if k else None
    # «его директор»: whose, the pronoun says.
    whose = (
        before is not None and before.end == post.start and doc[before.head].pos_ in {"DET", "PRON"}
    )
    party = before if whose else None
    for j in range(k + 1, min(k + 5, len(outer))):
        f = outer[j]
        gap = _gap(doc, here, f.start)
        if f.post or not isinstance(f.item, Mention):
            break
        if _is_person(f, holders, ontology):
            if not gap:
                person, here = f, f.end
                used.add(j)
            break
        if not gap and (party is None or whose):
            party, here, whose = f, f.end, False
        elif not gap or (len(gap) == 1 and gap[0].pos_ == "ADP" and party is not None):
            here = f.end
        else:
            break
        used.add(j)
    if person is None:
        end = party.end if party and party is not before else post.end
        used = {i for i in used if outer[i].end <= end}
        return Unit(post.start, end, post.head, None, Title(post, party, None)), used
    return Unit(post.start, here, post.head, person, Title(post, party, person)), used


def _gap(doc: Doc, start: int, end: int) -> list[Token]:
    """Return the tokens between two names, less adjectives (мэр бурятской столицы) and a
    bracket (института (ДИТЛ) Алла Ким)."""
    tokens = [t for t in doc[start:end] if not t.is_space and t.pos_ not in {"ADJ", "DET"}]
    if tokens and tokens[0].text == "(":
        closed = next((k for k, t in enumerate(tokens) if t.text == ")"), None)
        tokens = tokens if closed is None else tokens[closed + 1 :]
    return tokens


def _postponed(
    doc: Doc, found: list[Unit], holders: frozenset[str], ontology: Ontology
) -> list[Unit]:
    """Join a person with the post that follows between commas, in brackets or after a dash."""
    result: list[Unit] = []
    for unit in found:
        before = result[-1] if result else None
        if (
            before is not None
            and before.found is not None
            and before.title is None
            and _is_person(before.found, holders, ontology)
            and unit.title is not None
            and unit.title.person is None
            and _apposed(doc, before, unit)
        ):
            title = Title(unit.title.post, unit.title.party, before.found)
            result[-1] = Unit(before.start, unit.end, before.head, before.found, title)
        else:
            result.append(unit)
    return result


def _apposed(doc: Doc, person: Unit, post: Unit) -> bool:
    gap = [t.text for t in doc[person.end : post.start] if not t.is_space]
    after = doc[post.end].text if post.end < len(doc) else "."
    if gap == [","]:
        return after in CLOSED
    bracketed = gap == ["("] and after == ")"
    return bracketed or (len(gap) == 1 and gap[0] in DASHES and after in {".", ";"})
