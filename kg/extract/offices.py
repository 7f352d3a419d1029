"""Posts whose holder or body stands elsewhere in the text, or is joined to them by a verb."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from spacy.tokens import Doc, Token

from kg import lang
from kg.extract.arguments import Reader
from kg.extract.fold import Title, Unit
from kg.lang.phrase import Found
from kg.model import Mention
from kg.ontology import Ontology, load

REACH = 2
"""How many sentences back the body of a post may stand."""


def completed(doc: Doc, units: Sequence[Unit], found: Sequence[Found]) -> list[Unit]:
    """Return the units with the holders and bodies that the rest of the text gives to posts."""
    words = lang.table(doc.lang_, "offices")
    with_body = [_housed(doc, unit, found, words) for unit in units]
    return _held(doc, with_body, words)


def _housed(doc: Doc, unit: Unit, found: Sequence[Found], words: Mapping[str, Any]) -> Unit:
    """Give a post without a body the one that the text is about: генеральный директор Олег Ли
    is that of the company named just before."""
    title = unit.title
    if title is None or title.person is None or title.party is not None or unit.more:
        return unit
    classes = _seats(doc[title.post.head], words["seats"])
    body = _about(doc, title.post.start, found, classes) if classes else None
    return unit if body is None else replace(unit, title=replace(title, party=body))


def _seats(post: Token, seats: Sequence[Mapping[str, list[str]]]) -> list[str]:
    lemma = post.lemma_.rpartition("-")[2]
    return next((row["classes"] for row in seats if lemma in row["posts"]), [])


def _about(doc: Doc, i: int, found: Sequence[Found], classes: Sequence[str]) -> Found | None:
    """Return the body that the text speaks of before ``i``: the last subject of these classes,
    or the only one there is."""
    ontology, order = load(), {t.i: n for n, s in enumerate(doc.sents) for t in s}
    fitting = [
        f
        for f in found
        if f.end <= i
        and isinstance(f.item, Mention)
        and not (f.plural or f.adjective)
        and ontology.is_a(f.item.cls, classes)
    ]
    outer = [f for f in fitting if not any(o.holds(f) for o in fitting)]
    subjects = [f for f in outer if doc[f.head].dep_.startswith("nsubj")]
    near = [f for f in subjects if order[i] - order[f.start] <= REACH]
    last = max((order[f.start] for f in near), default=0)
    meant = [f for f in near if order[f.start] == last] or outer
    named = len({f.item.normal for f in meant}) == 1 and _is_named(meant[-1])
    return meant[-1] if named else None


def _is_named(found: Found) -> bool:
    return isinstance(found.item, Mention) and found.item.named


def _held(doc: Doc, units: Sequence[Unit], words: Mapping[str, Any]) -> list[Unit]:
    """Let a post without a name stand for the person who holds it: губернатор отметил."""
    titles = [t for u in units for t in (u.title, *u.more) if t is not None and t.person]
    result = []
    for unit in units:
        if unit.title is not None and unit.title.person is None and unit.found is None:
            holder = _holder(doc, unit.title, titles, words["alike"])
            unit = replace(unit, found=holder) if holder is not None else unit
        result.append(unit)
    return result


def _holder(
    doc: Doc, title: Title, titles: Sequence[Title], alike: Sequence[Sequence[str]]
) -> Found | None:
    """Return the one person of the text with a post, as a mention where the post stands."""
    lemma = doc[title.post.head].lemma_
    same = {lemma, *(word for group in alike if lemma in group for word in group)}
    fitting: dict[str, Found] = {}
    for known in titles:
        if known.person is None or doc[known.post.head].lemma_ not in same:
            continue
        if title.party is None:
            agrees = known.post.start < title.post.start and _shorter(title, known)
        else:
            agrees = known.party is not None and _normal(known.party) == _normal(title.party)
            agrees = agrees and (_shorter(title, known) or _shorter(known, title))
        if agrees:
            fitting.setdefault(_normal(known.person), known.person)
    if len(fitting) != 1:
        return None
    (person,) = fitting.values()
    end = title.post.end if title.party is None else max(title.post.end, title.party.end)
    start, span = title.post.start, doc[title.post.start : end]
    if not isinstance(person.item, Mention):
        return None
    mention = replace(
        person.item,
        start=span.start_char,
        end=span.end_char,
        text=span.text,
        named=False,
        aliases=(),
    )
    return Found(start, end, title.post.head, mention)


def _normal(found: Found) -> str:
    return found.item.normal


def _shorter(short: Title, full: Title) -> bool:
    """Tell whether a post is worded as another or shorter: министр, министр экономики."""
    one, other = short.post.item.normal.split(), full.post.item.normal.split()
    return set(one[1:]) <= set(other) or one[0] != other[0]


def holders(units: Sequence[Unit], found: Sequence[Found]) -> list[Found]:
    """Return what posts without a name have become: who holds them."""
    known = {id(f) for f in found}
    return [u.found for u in units if u.found is not None and id(u.found) not in known]


def appointed(
    reader: Reader, people: frozenset[str], ontology: Ontology
) -> Iterator[tuple[Token, Title, Found]]:
    """Yield the verb, the title and who is said to hold it: стал мэром Читы, занимает пост
    мэра Читы, назначен мэром Читы."""
    words = lang.table(reader.folded.doc.lang_, "offices")
    for token in reader.folded.doc:
        unit = reader.folded.units[token.i]
        if unit.title is None or unit.title.person is not None:
            continue
        verb = _verb(token, words)
        persons = _persons(verb, reader, people, ontology) if verb is not None else []
        if verb is not None and len(persons) == 1:
            for title in (unit.title, *unit.more):
                yield verb, title, persons[0]


def _verb(post: Token, words: Mapping[str, Any]) -> Token | None:
    """Return the verb that joins a post to its holder, if there is one."""
    office = post.head if post.head.lemma_ in words["offices"] else None
    noun = office if office is not None else post
    verb = noun.head if noun.head != noun else noun
    if any(child.lemma_ in words["before"] for child in verb.children):
        return None
    if office is not None:
        fits = verb.lemma_ in words["taking"] or (
            verb.lemma_ in words["becoming"] and any(c.dep_ == "case" for c in office.children)
        )
    elif "Case=Ins" in str(post.morph):
        fits = verb.lemma_ in words["becoming"] or verb.lemma_ in words["being"]
        fits = fits and not any(c.dep_ == "case" for c in post.children)
    else:
        return post if _equated(post) else None
    over = verb.lemma_ in [*words["being"], *words["taking"]] and "Tense=Past" in str(verb.morph)
    lasting = over and "Aspect=Imp" in str(verb.morph)
    return verb if fits and not lasting else None


def _equated(post: Token) -> bool:
    """Tell whether a post is said of its subject by a dash: Олег Ли — директор завода."""
    dashed = any(c.dep_ == "punct" and c.text in {"–", "—", "-"} for c in post.children)
    return "Case=Nom" in str(post.morph) and dashed and post.dep_ == "ROOT"


def _persons(
    verb: Token, reader: Reader, people: frozenset[str], ontology: Ontology
) -> list[Found]:
    """Return who is the subject of a verb, or its object: назначил Олега Ли директором."""
    for deps in ({"obj"}, {"nsubj", "nsubj:pass"}):
        things = [f for c in verb.children if c.dep_ in deps for f in reader.things(c)]
        persons = [
            f for f in things if isinstance(f.item, Mention) and ontology.is_a(f.item.cls, people)
        ]
        if persons:
            return persons
    return []
