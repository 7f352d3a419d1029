"""The lenient and the strict answer to whether two facts are about the same things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kg.evaluate.alignment import named
from kg.evaluate.annotation import Annotated, Marking
from kg.evaluate.conventions import Conventions
from kg.evaluate.facts import Fact
from kg.evaluate.matching import Places
from kg.evaluate.names import same_literal, same_name
from kg.evaluate.spans import HALF, jaccard


class Lenient:
    """Things are the same if names of theirs overlap (../shared/score_gold.py), or if they are of
    one coarse class and aligned, or the very words that the system's fact was drawn from overlap
    by more than half with a marking of the gold thing. Of a date the value decides, where gold
    has it. What is strictly the same is leniently so."""

    def __init__(
        self, gold: Annotated, system: Annotated, aligned: Mapping[str, str], rules: Conventions
    ) -> None:
        self._gold, self._system, self._rules = gold, system, rules
        self._aligned = aligned
        self._markings: defaultdict[str, list[Marking]] = defaultdict(list)
        for marking in gold.markings:
            self._markings[marking.thing].append(marking)
        known = named(gold.things)
        self._meant = {
            key: {
                wanted
                for wanted, others in known.items()
                if same_name(names, others, rules.coarse(gold.things[wanted].cls), rules)
            }
            for key, names in named(system.things).items()
        }

    def thing(self, system: str, gold: str, at: Places) -> bool:
        """Tell whether a system thing is a gold thing."""
        if gold in self._meant[system]:
            return True
        coarse = self._rules.coarse
        same = coarse(self._system.things[system].cls) == coarse(self._gold.things[gold].cls)
        return same and (self._aligned.get(system) == gold or self._marked(at, gold))

    def object(self, system: Fact, gold: Fact) -> bool:
        """Tell whether two facts have the same object."""
        texts = _literal(gold, self._gold, self._rules)
        if texts is None:
            return not system.literal and self.thing(system.object, gold.object, system.object_at)
        said, relation = _texts(system, self._system), gold.relation
        if any(same_literal(said, text, relation, self._rules) for text in texts):
            return True
        valued = texts and self._rules.dated(relation)
        return not valued and not gold.literal and self._marked(system.object_at, gold.object)

    def _marked(self, at: Places, gold: str) -> bool:
        return any(jaccard(s, m.spans) > HALF for m in self._markings[gold] for s in at)


class Strict:
    """Things are the same if they are aligned one to one and have one coarse class; literals, if
    they are the same words or the same date, or the same place where gold has no words."""

    def __init__(
        self, gold: Annotated, system: Annotated, aligned: Mapping[str, str], rules: Conventions
    ) -> None:
        self._gold, self._system, self._rules = gold, system, rules
        self._aligned = aligned

    def thing(self, system: str, gold: str, at: Places) -> bool:
        """Tell whether a system thing is a gold thing."""
        one, other = self._system.things[system], self._gold.things[gold]
        same = self._rules.coarse(one.cls) == self._rules.coarse(other.cls)
        return same and self._aligned.get(system) == gold

    def object(self, system: Fact, gold: Fact) -> bool:
        """Tell whether two facts have the same object."""
        texts = _literal(gold, self._gold, self._rules)
        if texts is None:
            return not system.literal and self.thing(system.object, gold.object, ())
        if texts:
            said, relation = _texts(system, self._system), gold.relation
            rules = self._rules
            return any(same_literal(said, t, relation, rules, exact=True) for t in texts)
        places = {m.spans for m in self._gold.markings if m.thing == gold.object}
        return not places.isdisjoint(map(tuple, system.object_at))


def _literal(fact: Fact, gold: Annotated, rules: Conventions) -> tuple[str, ...] | None:
    """Return the texts of an object that is a literal, maybe none; None for a thing."""
    if fact.literal:
        return (fact.object,)
    thing = gold.things[fact.object]
    return thing.names if thing.cls in rules.literal else None


def _texts(fact: Fact, system: Annotated) -> tuple[str, ...]:
    return (fact.object,) if fact.literal else system.things[fact.object].names
