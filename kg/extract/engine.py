"""Run the tree rules over a folded sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from spacy.tokens import Token

from kg.extract.arguments import Reader
from kg.extract.fold import Folded
from kg.extract.paths import Path
from kg.extract.rules import DATE, LAST, SELF, UNTIL, Rule, RuleBook
from kg.lang.phrase import Found
from kg.model import Mention, Value
from kg.ontology import Ontology

SHARING = "^~"
"""How a path begins that looks for the subject that a clause shares with the one above."""
ELSEWHERE = -1
"""Where no path of a rule ends."""


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that holds of a sentence: its trigger and the two sides it found."""

    rule: Rule
    trigger: Token
    subject: Found
    object: Found


class Reached(dict[Path, list[int]]):
    """Where paths lead from one trigger; each is walked once, when it is asked for."""

    def __init__(self, trigger: Token) -> None:
        super().__init__()
        self._trigger = trigger

    def __missing__(self, path: Path) -> list[int]:
        self[path] = path.ends(self._trigger)
        return self[path]


class Engine:
    """The tree rules of a language, compiled once; called with every folded sentence.

    ``former`` are adverbs that say of a state that it is over.
    """

    def __init__(self, book: RuleBook, ontology: Ontology, former: frozenset[str]) -> None:
        self.book = book
        self.ontology = ontology
        self.rules = tuple(rule for rule in book.rules if rule.kind in {"tree", "shares"})
        self.former = former
        self._triggers = frozenset[str]().union(*(rule.triggers for rule in self.rules))

    def run(self, folded: Folded, reader: Reader) -> Iterator[Match]:
        """Yield every match in a sentence, by trigger in order of text."""
        triggers = [t for t in folded.doc if self._may_trigger(t, folded)]
        if not triggers or not any(unit.found for unit in folded.units):
            return
        for token in triggers:
            reached = Reached(token)
            for rule in self.rules:
                if self._triggered(rule, token, folded):
                    yield from self._apply(rule, token, folded, reader, reached)

    def _may_trigger(self, token: Token, folded: Folded) -> bool:
        lemma = token.lemma_
        known = lemma in self._triggers or lemma.rpartition("-")[2] in self._triggers
        return known or folded.mention(token) is not None

    def _triggered(self, rule: Rule, token: Token, folded: Folded) -> bool:
        if rule.thing:
            mention = folded.mention(token)
            return mention is not None and self.ontology.is_a(mention.cls, (rule.thing,))
        lemma = token.lemma_
        known = lemma in rule.triggers or lemma.rpartition("-")[2] in rule.triggers
        return known and (not rule.forms or form(token) in rule.forms)

    def _apply(
        self, rule: Rule, trigger: Token, folded: Folded, reader: Reader,
        reached: Reached,
    ) -> Iterator[Match]:  # fmt: skip
        kind = form(trigger)
        if rule.current and any(child.lemma_ in self.former for child in trigger.children):
            return
        if rule.needs and not self._has(rule, kind, folded, reader, reached):
            return
        for unless in (rule.unless, rule.unless_too):
            tokens = self._tokens(unless, kind, reached) if unless else []
            if any(reader.things(folded.doc[i]) for i in tokens):
                return
        if rule.both:
            things = self._things(rule, rule.both, trigger, folded, reader, reached)
            for one, other in combinations([found for _, found in things], 2):
                if one.item != other.item:
                    yield Match(rule, trigger, one, other)
            return
        subjects = self._things(rule, rule.subject, trigger, folded, reader, reached)
        objects = self._things(rule, rule.object, trigger, folded, reader, reached)
        for place, subject in subjects:
            for elsewhere, obj in objects:
                # The same place in both roles: one of the two is not there.
                if place != elsewhere and self._fits(rule, subject, obj):
                    yield Match(rule, trigger, subject, obj)

    def _has(self, rule: Rule, kind: str, folded: Folded, reader: Reader, reached: Reached) -> bool:
        """Tell whether the role that a rule needs is there, and of the class it asks for."""
        ends = self._tokens(rule.needs, kind, reached)
        if not rule.needs_class:
            return bool(ends)
        things = [f for end in ends for f in reader.things(folded.doc[end])]
        return any(self.ontology.is_a(_class(f), rule.needs_class) for f in things if _class(f))

    def _tokens(self, role: str, kind: str, reached: Reached) -> list[int]:
        """Return where the first path of a role that leads anywhere leads."""
        for path in self.book.paths(role, kind):
            if ends := reached[path]:
                return ends
        return []

    def _things(
        self, rule: Rule, role: str, trigger: Token, folded: Folded, reader: Reader,
        reached: Reached,
    ) -> list[tuple[int, Found]]:  # fmt: skip
        """Return the mentions in a role, each with the token that the path to it ends at: those
        of the role's first path that leads to a fitting one."""
        if role == SELF:
            own = folded.units[trigger.i].found
            fits = own is not None and _class(own) and self._may(rule, role, own)
            return [(trigger.i, own)] if own is not None and fits else []
        if role == LAST:
            return [(ELSEWHERE, f) for f in reader.last if self._may(rule, role, f)]
        if role in {DATE, UNTIL}:
            said = dates(trigger, folded)
            return [(ELSEWHERE, f) for f in said if role == DATE or _ends(f)]
        # Ярослав писал, что огонь добрался до Припяти: who has a subject borrows none from above.
        subject = any(child.dep_.startswith("nsubj") for child in trigger.children)
        for path in self.book.paths(role, form(trigger)):
            ends = () if subject and path.text.startswith(SHARING) else reached[path]
            things = [(end, f) for end in ends for f in reader.things(folded.doc[end])]
            fitting = [(end, f) for end, f in things if self._may(rule, role, f)]
            if fitting:
                return fitting
        return []

    def _may(self, rule: Rule, role: str, found: Found) -> bool:
        """Tell whether the ontology lets a mention stand in a role of the rule's relation."""
        relation, cls = self.ontology.relations[rule.relation], _class(found)
        if role == rule.both or (role == rule.subject and role == rule.object):
            return self.ontology.is_a(cls, rule.subject_class or relation.domain)
        if role == rule.subject:
            allowed = self.ontology.is_a(cls, rule.subject_class or relation.domain)
            return allowed and not (rule.subject_not and self.ontology.is_a(cls, rule.subject_not))
        allowed = self.ontology.is_a(cls, rule.object_class or relation.range)
        return allowed and not (rule.object_not and self.ontology.is_a(cls, rule.object_not))

    @staticmethod
    def _fits(rule: Rule, subject: Found, obj: Found) -> bool:
        """Tell whether the two sides differ, and the one that must have a name has one."""
        side = {"subject": subject.item, "object": obj.item}.get(rule.named)
        unnamed = isinstance(side, Mention) and not side.named
        return subject.item != obj.item and not unnamed


def _class(found: Found) -> str:
    return found.item.cls if isinstance(found.item, Mention) else ""


def _ends(found: Found) -> bool:
    return isinstance(found.item, Value) and bool(found.item.until)


def form(trigger: Token) -> str:
    """Return how a trigger stands: as a noun, an active or passive verb, a participle."""
    morph = str(trigger.morph)
    if trigger.pos_ in {"NOUN", "PROPN", "X"}:
        return "noun"
    short = "Variant=Short" in morph
    shown = "Voice=Act" not in morph and any(
        c.dep_ in {"nsubj:pass", "aux:pass"} for c in trigger.children
    )
    passive = "Voice=Pass" in morph or shown
    attributive = trigger.dep_ in {"acl", "amod"} and not short
    if "VerbForm=Part" in morph or trigger.pos_ == "ADJ":
        if attributive:
            return "passive_participle" if passive else "participle"
        return "passive" if short else "active"
    return "passive" if passive else "active"


def dates(trigger: Token, folded: Folded) -> list[Found]:
    """Return the dates said of what a trigger names: its own, or those of its clause's verb."""
    found = []
    for token in folded.doc:
        unit = folded.units[token.i]
        if unit.found is None or unit.found.post or not isinstance(unit.found.item, Value):
            continue
        for ancestor in token.ancestors:
            light = trigger.dep_ == "obj" and trigger.head == ancestor
            if ancestor == trigger or light:
                found.append(unit.found)
            if ancestor.pos_ in {"VERB", "AUX", "NOUN"} or folded.mention(ancestor):
                break
    return found
