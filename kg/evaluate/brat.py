"""Read BRAT: NAME.txt with NAME.ann, in the dialect of corpus/GUIDELINE.md or of another corpus.

The dialect: ``* Equiv T1 T4`` is a chain; attributes ``Form`` (of a mention), ``Modality``,
``Negation`` and ``Optional`` (of a relation); notes ``Name T3`` with names joined by `` | ``,
``Value T3`` with an ISO date, ``Source R3`` with the mention of who says so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from networkx.utils import UnionFind

from kg.errors import InputError
from kg.evaluate.annotation import Annotated, Form, Marking, Stated, Thing
from kg.evaluate.conventions import Conventions, conventions
from kg.evaluate.mapping import Mapping
from kg.evaluate.sentences import Sentences
from kg.evaluate.text import read_text
from kg.standoff import Link, Place, Remark, Standoff, read_standoff

LeftOut = Counter[str]
"""How much of what was not read."""


def read_brat(
    path: Path, text: Path | None = None, mapping: Mapping | None = None
) -> tuple[Annotated, LeftOut]:
    """Return the article annotated in an .ann file, and what was left out.

    Its text is the .txt beside it unless ``text`` says where it lies.

    Raises InputError, with the line, for what is malformed; without a mapping also for a class,
    a relation or a modality that kg does not know.
    """
    words = read_text(text or path.with_suffix(".txt"))
    reader = _Reader(path, words, read_standoff(path), mapping)
    return reader.annotated(), reader.left_out


@dataclass(slots=True)
class _Chains:
    """Which thing each marking stands for."""

    thing: dict[str, str]
    members: dict[str, list[str]]


class _Reader:
    def __init__(self, path: Path, text: str, found: Standoff, mapping: Mapping | None) -> None:
        self._path, self._text, self._found, self._mapping = path, text, found, mapping
        self._rules: Conventions = conventions()
        self._sentences = Sentences(text)
        self.left_out: LeftOut = Counter()

    def annotated(self) -> Annotated:
        places = dict(self._places())
        chains = self._chained(places)
        forms = dict(self._forms())
        markings = tuple(
            Marking(p.spans, cls, chains.thing[key], forms.get(key, Form.NAMED))
            for key, (p, cls) in places.items()
        )
        things = {one: self._thing(one, chains.members[one], places) for one in chains.members}
        if self._found.events:
            self.left_out["E lines (events)"] += self._found.events
        mapping, coarse = self._mapping, self._rules.coarse
        return Annotated(
            self._path.stem,
            self._text,
            tuple(sorted(markings, key=lambda m: (m.spans, m.cls, m.thing))),
            things,
            tuple(self._stated(places, chains)),
            frozenset(map(coarse, mapping.classes.values())) if mapping else None,
            frozenset(mapping.relations.values()) if mapping else None,
            modalities=mapping is None,
            speakers=mapping is None,
        )

    def _places(self) -> Iterator[tuple[str, tuple[Place, str]]]:
        """Yield the markings of known classes, by id, each with its class."""
        for key, place in self._found.places.items():
            here = " ".join(self._text[start:end] for start, end in place.spans)
            if here.split() != place.words.split():
                said = f"{key} says {place.words!r}, but there the text has {here!r}"
                raise self._fault(place.line, f"{said}; mend the offsets")
            if any(start >= end for start, end in place.spans):
                raise self._fault(place.line, f"{key} marks nothing; mend the offsets")
            cls = self._mapping.classes.get(place.type) if self._mapping else place.type
            if cls is None:
                self.left_out[f"{place.type} (class)"] += 1
            elif not self._rules.knows(cls):
                raise self._fault(place.line, f"unknown class {cls!r}; give --mapping")
            else:
                yield key, (place, cls)

    def _chained(self, places: dict[str, tuple[Place, str]]) -> _Chains:
        union = UnionFind(places)
        for same in self._same(places):
            union.union(*(key for key in same if key in places))
        members: dict[str, list[str]] = {}
        for group in union.to_sets():
            # By its first marking in the text, the widest there.
            chain = sorted(
                group, key=lambda k: (places[k][0].spans[0][0], -places[k][0].spans[-1][1], k)
            )
            members[chain[0]] = chain
        return _Chains({key: one for one, chain in members.items() for key in chain}, members)

    def _same(self, places: dict[str, tuple[Place, str]]) -> Iterator[tuple[str, ...]]:
        """Yield markings of one thing."""
        yield from (chain for _, chain in self._found.chains if set(chain) & set(places))
        if self._mapping is None:
            return
        alike: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        coarse = {key: self._rules.coarse(cls) for key, (_, cls) in places.items()}
        for link in self._found.links.values():
            # A name and the post in its place are not one thing, though they mean one person.
            known = link.one in coarse and coarse[link.one] == coarse.get(link.other)
            if link.type in self._mapping.same and known:
                yield link.one, link.other
        for note in self._references(places):
            alike["reference", coarse[note.target], note.value.partition("\t")[0]].append(
                note.target
            )
        if self._mapping.spellings:
            for key, (place, _) in places.items():
                spelling = " ".join(place.words.casefold().split())
                alike["spelling", coarse[key], spelling].append(key)
        yield from map(tuple, alike.values())

    def _references(self, among: Collection[str]) -> Iterator[Remark]:
        """Yield the N lines of some markings that name an entry, if they are to be read."""
        if self._mapping is not None and self._mapping.references:
            for note in self._found.references:
                known = note.value.partition("\t")[0] not in self._mapping.unknown
                if known and note.target in among:
                    yield note

    def _thing(self, one: str, chain: list[str], places: dict[str, tuple[Place, str]]) -> Thing:
        notes = [n for n in self._found.notes if n.target in chain and n.type in {"Name", "Value"}]
        names = [name.strip() for note in notes for name in note.value.split(" | ")]
        for note in self._references(chain):
            names += _turned(note.value.partition("\t")[2])
        cls = places[notes[0].target if notes else one][1]
        return Thing(one, cls, tuple(dict.fromkeys(filter(None, names))))

    def _forms(self) -> Iterator[tuple[str, Form]]:
        for said in self._found.attributes:
            if said.type == "Form":
                if said.value not in set(Form):
                    known = ", ".join(Form)
                    raise self._fault(said.line, f"unknown form {said.value!r}; known: {known}")
                yield said.target, Form(said.value)

    def _stated(self, places: dict[str, tuple[Place, str]], chains: _Chains) -> Iterator[Stated]:
        said: defaultdict[str, dict[str, Remark]] = defaultdict(dict)
        for remark in (*self._found.attributes, *self._found.notes):
            said[remark.target][remark.type] = remark
        for key, link in self._found.links.items():
            relation = self._relation(link, places)
            if relation is not None:
                one, other = places[link.one][0], places[link.other][0]
                yield Stated(
                    chains.thing[link.one],
                    relation,
                    chains.thing[link.other],
                    literal=False,
                    modality=self._modality(said[key]),
                    speaker=self._speaker(said[key].get("Source"), chains),
                    optional="Optional" in said[key],
                    sentence=self._sentences.around((*one.spans, *other.spans)),
                    subject_at=one.spans,
                    object_at=other.spans,
                )

    def _relation(self, link: Link, places: dict[str, tuple[Place, str]]) -> str | None:
        """Return our name of a relation that is to be read, else count it."""
        if self._mapping is None:
            if link.type not in self._rules.relations:
                raise self._fault(link.line, f"unknown relation {link.type!r}; give --mapping")
            return link.type
        if link.type in self._mapping.same:
            return None
        ours = self._mapping.relations.get(link.type)
        if ours is None:
            self.left_out[f"{link.type} (relation)"] += 1
        elif not {link.one, link.other} <= set(places):
            self.left_out["relations of a class left out"] += 1
        elif not self._fits(ours, places[link.one][1], places[link.other][1]):
            self.left_out["relations between classes that the ontology does not allow"] += 1
        else:
            return ours
        return None

    def _fits(self, relation: str, subject: str, other: str) -> bool:
        literal = self._rules.literal
        if subject in literal or relation not in self._rules.ontology.relations:
            return subject not in literal
        cls = None if other in literal else other
        return self._rules.ontology.allows(relation, subject, cls)

    def _modality(self, said: dict[str, Remark]) -> str:
        if "Negation" in said:
            return self._rules.denied
        remark = said.get("Modality")
        if remark is None:
            return self._rules.asserted
        if remark.value not in self._rules.modalities:
            known = ", ".join(self._rules.modalities)
            raise self._fault(remark.line, f"unknown modality {remark.value!r}; known: {known}")
        return remark.value

    def _speaker(self, source: Remark | None, chains: _Chains) -> str | None:
        if source is None:
            return None
        if source.value not in self._found.places:
            raise self._fault(source.line, f"there is no {source.value}; name the mention")
        return chains.thing.get(source.value)

    def _fault(self, line: int, what: str) -> InputError:
        return InputError(f"{self._path}:{line}: {what}")


def _turned(name: str) -> list[str]:
    """Return the title of an entry; Тиллерсон, Рекс also in the order of speech."""
    last, comma, first = name.partition(", ")
    return [f"{first} {last}", name] if comma else [name]
