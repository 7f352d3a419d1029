"""Posts joined with the body before and the person after, or the other way round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg import lang
from kg.extract.fold import Title, Unit
from kg.extract.gaps import after_field, gap
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
            if unit.title is not None and not _is_post(doc, unit.title):
                continue
            result.append(unit)
            taken |= used
        elif isinstance(f.item, Mention):
            result.append(Unit(f.start, f.end, f.head, f))
        elif not isinstance(f.item, Mention):
            result.append(Unit(f.head, f.head + 1, f.head, f))
    # приморские компании, алтайская мука: whose, an adjective of its own says
    result += [
        Unit(f.start, f.end, f.head, f)
        for f in adjectives.values()
        if not any(u.start <= f.end and f.start < u.end for u in result)
    ]
    result = _joined(doc, sorted(result, key=lambda u: u.start))
    return _postponed(doc, result, holders, ontology)


def _is_post(doc: Doc, title: Title) -> bool:
    """Tell whether a title is one: экономист банка is, an экономист without a body is not."""
    lemma = doc[title.post.head].lemma_
    housed = title.party is not None and not title.party.adjective
    return housed or lemma not in lang.words(doc.lang_, "occupations")


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
        reach = after_field(doc, here, f.start) if party is not None else here
        parted = gap(doc, reach, f.start)
        if f.post or not isinstance(f.item, Mention):
            break
        if _is_person(f, holders, ontology):
            after = outer[j + 1] if j + 1 < len(outer) else None
            if after is not None and after.start == f.end and _is_person(after, holders, ontology):
                here = f.end  # пресс-секретарь Олега Ли Вера Ким
                used.add(j)
                continue
            if not parted or _degree(doc, reach, f.start):
                person, here = f, f.end
                used.add(j)
            break
        if not parted and (party is None or whose):
            party, here, whose = f, f.end, False
        elif not parted or (len(parted) == 1 and parted[0].pos_ == "ADP" and party is not None):
            here = f.end
        else:
            break
        used.add(j)
    if person is None:
        end = party.end if party and party is not before else post.end
        used = {i for i in used if outer[i].end <= end}
        return Unit(post.start, end, post.head, None, Title(post, party, None)), used
    return Unit(post.start, here, post.head, person, Title(post, party, person)), used


def _degree(doc: Doc, start: int, end: int) -> bool:
    """Tell whether a degree alone parts a post and a name: декан, доктор наук Вера Ким."""
    return end > start + 1 and doc[start].text == "," and not gap(doc, start + 1, end)


def _joined(doc: Doc, found: list[Unit]) -> list[Unit]:
    """Give a person the posts that stand before that of his name, with a comma or «и» between:
    «депутат собрания, глава комитета Олег Ли», «основатель и директор завода Олег Ли»."""
    result: list[Unit] = []
    for unit in reversed(found):
        after = result[-1] if result else None
        first = unit.title if unit.title and unit.title.person is None else None
        if (
            first is None
            or after is None
            or after.title is None
            or after.title.person is None
            or after.start != after.title.post.start
            or not _alike(doc[unit.head], doc[after.head])
            or doc[unit.start].sent != doc[after.start].sent
        ):
            result.append(unit)
            continue
        between = [t.text for t in gap(doc, unit.end, after.start)]
        both = len(between) == 1 and doc[after.start - 1].pos_ == "CCONJ"
        listed = between == [","] or (len(between) == 1 and between[0] in DASHES)
        if not listed and not (both and first.party is None):
            result.append(unit)
            continue
        party = after.title.party if both else first.party
        title = Title(first.post, party, after.title.person)
        result[-1] = replace(after, start=unit.start, more=(title, *after.more))
    return result[::-1]


def _alike(one: Token, other: Token) -> bool:
    return one.morph.get("Case", []) == other.morph.get("Case", [])


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
        elif before is not None and _goes_on(doc, before, unit):
            further = Title(unit.title.post, unit.title.party, before.found)  # type: ignore[union-attr]
            result[-1] = replace(before, end=unit.end, more=(*before.more, further))
        else:
            result.append(unit)
    return result


def _goes_on(doc: Doc, person: Unit, post: Unit) -> bool:
    """Tell whether a second post follows: «Олег Ли, директор завода и депутат думы,»."""
    if person.title is None or person.title.person is None or post.title is None:
        return False
    after = person.title.post.start > person.head and post.title.person is None
    between = [t for t in doc[person.end : post.start] if not t.is_space]
    both = len(between) == 1 and between[0].pos_ == "CCONJ"
    return after and both and _alike(doc[person.title.post.head], doc[post.head])


def _apposed(doc: Doc, person: Unit, post: Unit) -> bool:
    parted = [t.text for t in doc[person.end : post.start] if not t.is_space]
    end = after_field(doc, post.end, doc[post.head].sent.end)
    after = doc[end] if end < len(doc) else None
    closed = after is None or after.text in CLOSED or after.is_space
    going_on = after is not None and after.pos_ == "CCONJ"
    if parted == [","]:
        return closed or going_on
    if parted == ["("]:
        return after is not None and after.text in {")", ","}
    listed = closed or going_on or after is None or after.text == "("
    return len(parted) == 1 and parted[0] in DASHES and listed
