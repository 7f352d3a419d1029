"""Rules as data: which words of a language state which relation, and between what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from kg import lang
from kg.errors import OntologyError
from kg.extract.paths import Path, compile_path
from kg.ontology import load

KINDS = (
    "tree", "title", "nested", "adjacent", "adjective", "bracket", "following", "shares", "roll",
    "listed", "topic",
)  # fmt: skip
FORMS = ("any", "noun", "active", "passive", "participle", "passive_participle")
SELF, DATE, UNTIL, LAST = ".", "date", "until", "last"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its relation, its trigger words, the roles of subject and object.

    A ``tree`` rule has ``triggers`` (lemmas) or a ``thing`` (a class whose mentions trigger
    it), and either ``subject`` and ``object`` or, for a symmetric relation, ``both``; it may ask
    for some role (``needs``, ``needs_class``) or for none (``unless``), for a name at one of its
    ends (``named``), that the state still holds (``current``), or for what lies inside the
    object's name (``inside``). A ``title`` rule reads a post with its body and holder, a
    ``nested`` rule two names of which one lies in the other, an ``adjacent`` rule two of which
    one follows the other, a ``following`` rule two with one of the ``triggers`` (prepositions)
    between, a ``roll`` rule an event and the list of who took part, a ``topic`` rule an event and
    what it is about, a ``listed`` rule places in a list with figures, an ``adjective`` rule a
    name and the adjective of a place before it (``small``: one that is no part of the name); a
    ``shares`` rule hands on what is said of a group to its members.

    ``yes`` and ``no`` are sentences that it must and must not match.
    """

    id: str
    relation: str
    kind: str
    triggers: frozenset[str]
    thing: str
    subject: str
    object: str
    both: str
    subject_class: tuple[str, ...]
    object_class: tuple[str, ...]
    object_not: tuple[str, ...]
    subject_not: tuple[str, ...]
    current: bool
    needs: str
    unless: str
    unless_too: str
    named: str
    inside: bool
    every: bool
    outer: bool
    plain: bool
    small: bool
    needs_class: tuple[str, ...]
    forms: tuple[str, ...]
    modality: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules of a language and the paths of the roles they use, by form of the trigger."""

    rules: tuple[Rule, ...]
    roles: dict[str, dict[str, tuple[Path, ...]]]

    def paths(self, role: str, form: str) -> tuple[Path, ...]:
        """Return a role's paths for a trigger in ``form``, the preferred first."""
        forms = self.roles.get(role, {})
        return forms.get(form, ()) + forms.get("any", ())


@cache
def rule_book(code: str) -> RuleBook:
    """Return the rules of a language; raises OntologyError where they contradict the ontology."""
    data = lang.table(code, "rules")
    sets = {f"${name}": "|".join(words) for name, words in data.get("sets", {}).items()}
    roles = {
        name: {
            form: tuple(compile_path(_filled(text, sets)) for text in texts)
            for form, texts in forms.items()
        }
        for name, forms in data["roles"].items()
    }
    for name, forms in roles.items():
        if unknown := set(forms) - set(FORMS):
            raise OntologyError(f"role {name!r} of {code} has unknown forms: {sorted(unknown)}")
    rules = tuple(_rule(row) for row in data["rule"])
    for rule in rules:
        _check(rule, roles)
    return RuleBook(rules, roles)


def _filled(path: str, sets: dict[str, str]) -> str:
    """Return a path with its named sets of lemmas (``obj@$site``) written out."""
    for name, words in sets.items():
        path = path.replace(name, words)
    return path


def _rule(row: dict[str, Any]) -> Rule:
    known = set(Rule.__dataclass_fields__) - {"triggers"} | {"trigger"}
    if unknown := set(row) - known:
        raise OntologyError(f"rule {row.get('id')!r} has unknown keys: {sorted(unknown)}")
    return Rule(
        id=row["id"],
        relation=row["relation"],
        kind=row.get("kind", "tree"),
        triggers=frozenset(row.get("trigger", ())),
        thing=row.get("thing", ""),
        subject=row.get("subject", ""),
        object=row.get("object", ""),
        both=row.get("both", ""),
        subject_class=tuple(row.get("subject_class", ())),
        object_class=tuple(row.get("object_class", ())),
        subject_not=tuple(row.get("subject_not", ())),
        current=row.get("current", False),
        object_not=tuple(row.get("object_not", ())),
        needs=row.get("needs", ""),
        unless=row.get("unless", ""),
        unless_too=row.get("unless_too", ""),
        named=row.get("named", ""),
        inside=row.get("inside", False),
        every=row.get("every", False),
        outer=row.get("outer", False),
        plain=row.get("plain", False),
        small=row.get("small", False),
        needs_class=tuple(row.get("needs_class", ())),
        forms=tuple(row.get("forms", ())),
        modality=row.get("modality", ""),
        yes=tuple(row.get("yes", ())),
        no=tuple(row.get("no", ())),
    )


def _check(rule: Rule, roles: dict[str, Any]) -> None:
    ontology = load()
    if rule.relation not in ontology.relations:
        raise OntologyError(f"rule {rule.id!r} names the unknown relation {rule.relation!r}")
    if rule.kind not in KINDS:
        raise OntologyError(f"rule {rule.id!r} is of the unknown kind {rule.kind!r}")
    named = {rule.subject, rule.object, rule.both, rule.needs, rule.unless, rule.unless_too}
    named -= {"", SELF, DATE, UNTIL, LAST}
    if rule.kind in {"tree", "shares"} and (unknown := named - set(roles)):
        raise OntologyError(f"rule {rule.id!r} uses unknown roles: {sorted(unknown)}")
    classes = {*rule.subject_class, *rule.object_class, *([rule.thing] if rule.thing else ())}
    if unknown := classes - set(ontology.classes):
        raise OntologyError(f"rule {rule.id!r} names unknown classes: {sorted(unknown)}")
