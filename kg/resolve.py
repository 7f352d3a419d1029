"""Resolution: which mentions are the same thing, and the IRI of each thing.

An IRI comes from what a thing is and is called, never from order of arrival, so that articles
resolved apart agree. Names are merged for reasons that can be named (the same normal name, a
listed alias, an alias given in brackets, a family name, an abbreviation), never because they
look alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import quote

from kg import lang
from kg.model import Article, Claim, Entity, Extraction, Fact, Mention, Name, Resolution, Value
from kg.ontology import load

ENTITIES = "https://w3id.org/kg/entity/"
QUOTES = re.compile(r"[«»\"“”„'’]")
DASHES = re.compile(r"\s*[-–—]\s*")
FAMILY_NAME = 2
SPELLED = {" ": "_", "_": "%5F", "-": "-", ".": "."}
Key = tuple[str, str]
"""The kind of an entity and the key of its name."""


def resolve(extraction: Extraction) -> Resolution:
    """Return who each mention of an article is, and the facts that its claims state."""
    grammar = lang.table(extraction.article.lang, "grammar")
    canonical = _canonical(extraction.mentions)
    clusters = _clusters(canonical, grammar["labels"]["PER"], grammar["synonyms"])
    referents: dict[Mention, Entity] = {}
    named: dict[Mention, Mention] = {}
    for mentions in clusters:
        entity = _entity(mentions, canonical, extraction.article)
        named |= {m: _under(m, entity.label, extraction.article.lang) for m in mentions}
        referents |= {named[m]: entity for m in mentions}
    claims = [_renamed(claim, named) for claim in extraction.claims]
    facts = tuple(_facts(claims, referents))
    pairs = sorted(referents.items(), key=lambda pair: (_order(pair[0]), pair[1].iri))
    return Resolution(extraction.article, tuple(pairs), facts)


def _order(mention: Mention) -> tuple[object, ...]:
    """In order of text, the longer first; of two at one place the one that says more."""
    return (
        mention.start, -mention.end, -len(mention.aliases), mention.cls, mention.normal,
        mention.aliases,
    )  # fmt: skip


def _under(mention: Mention, label: str, code: str) -> Mention:
    """Return a mention under its entity's name; the name it had becomes another one."""
    if mention.normal == label:
        return mention
    return replace(mention, normal=label, aliases=(*mention.aliases, Name(mention.normal, code)))


def _renamed(claim: Claim, named: dict[Mention, Mention]) -> Claim:
    other, speaker = claim.object, claim.attributed_to
    return replace(
        claim,
        subject=named[claim.subject],
        object=named[other] if isinstance(other, Mention) else other,
        attributed_to=named.get(speaker) if speaker else None,
    )


def key(name: str) -> str:
    """Return what two spellings of one name share: case, ``ё``, quotes and dashes aside."""
    text = unicodedata.normalize("NFC", name).casefold().replace("ё", "е")
    text = DASHES.sub("-", QUOTES.sub("", text))
    return " ".join(text.split())


def iri(kind: str, name: str, scope: str = "") -> str:
    """Return an entity's IRI (RFC 3987): its kind, its name's key, and the article of a thing
    known only there. Letters stay readable; what an IRI may not hold is percent-encoded."""
    slug = "".join(SPELLED.get(c) or (c if c.isalnum() else quote(c, safe="")) for c in key(name))
    return f"{ENTITIES}{kind.lower()}-{slug}" + (f"-{scope}" if scope else "")


def _canonical(mentions: Iterable[Mention]) -> dict[Mention, str]:
    """Return each mention's name with the names inside it in their usual form.

    So правительство Приморья and правительство Приморского края are one.
    """
    ordered = sorted(set(mentions), key=_order)
    found: dict[Mention, str] = {}
    for mention in ordered:
        name, done = mention.normal, mention.start
        for inner in ordered:
            inside = done <= inner.start and inner.end <= mention.end
            if (
                inside
                and inner.end - inner.start < mention.end - mention.start
                and inner.text in name
            ):
                name = name.replace(inner.text, inner.normal, 1)
                done = inner.end
        found[mention] = name
    # A short mention that carries a name carries what that name amounts to elsewhere.
    meant = {key(m.normal): name for m, name in found.items() if name != m.normal}
    return {m: meant.get(key(m.normal), name) for m, name in found.items()}


def _clusters(
    canonical: dict[Mention, str], people: str, synonyms: dict[str, list[str]]
) -> list[list[Mention]]:
    """Group mentions by every reason there is to take them for the same thing."""
    kind = load().kind
    by_name: dict[Key, list[Mention]] = defaultdict(list)
    for mention, name in canonical.items():
        by_name[kind(mention.cls), key(name)].append(mention)
    parent = {name: name for name in by_name}

    def root(name: Key) -> Key:
        while parent[name] != name:
            name = parent[name]
        return name

    for one, other in _reasons(by_name, people, synonyms):
        parent[root(one)] = root(other)
    groups: dict[Key, list[Mention]] = defaultdict(list)
    for one, same in by_name.items():
        groups[root(one)] += same
    return [sorted(group, key=_order) for group in groups.values()]


def _reasons(
    by_name: dict[Key, list[Mention]], people: str, synonyms: dict[str, list[str]]
) -> Iterator[tuple[Key, Key]]:
    """Yield pairs of names that stand for the same thing."""
    aliases: dict[Key, set[Key]] = defaultdict(set)
    for (kind, name), mentions in by_name.items():
        for alias in {key(a.text) for m in mentions for a in m.aliases} - {name}:
            aliases[kind, alias].add((kind, name))
    for short in sorted(by_name):
        yield from _longer(short, by_name, aliases, people)
        yield from _synonym(short, by_name, synonyms)
    for alike in aliases.values():
        first, *rest = sorted(alike)
        yield from ((other, first) for other in rest)


def _longer(
    short: Key, by_name: dict[Key, list[Mention]], aliases: dict[Key, set[Key]], people: str
) -> Iterator[tuple[Key, Key]]:
    """Yield the one full name that a bare family name, an abbreviation or an alias stands for."""
    written = next((m.normal for m in by_name[short] if m.named), "")
    fitting = aliases.get(short, set()) & set(by_name)
    if written and not fitting:
        fits = _family_name if short[0] == people else _abbreviates
        fitting = {
            other
            for other, (mention, *_) in by_name.items()
            if other != short and other[0] == short[0] and mention.named
            and fits(written, mention.normal)
        }  # fmt: skip
    if written and len(fitting) == 1:
        yield short, next(iter(fitting))


def _synonym(
    name: Key, by_name: dict[Key, list[Mention]], synonyms: dict[str, list[str]]
) -> Iterator[tuple[Key, Key]]:
    """Yield the one body that власти Приморья can mean in this text."""
    kind, text = name
    for word, others in synonyms.items():
        if text.startswith(word + " "):
            meant = [(kind, other + text.removeprefix(word)) for other in others]
            present = [other for other in meant if other in by_name]
            if len(present) == 1:
                yield name, present[0]


def _family_name(short: str, full: str) -> bool:
    """Tell whether a bare name is the last (Russian) or first (Chinese) part of a full one."""
    parts, given = key(full).split(), key(short).replace(".", ". ").split()
    if len(parts) < FAMILY_NAME or not given or len(given) >= len(parts) + 1:
        return False
    initials = given[:-1]
    if initials and all(i.endswith(".") for i in initials):
        begins = all(p.startswith(i[0]) for p, i in zip(parts, initials, strict=False))
        return given[-1] == parts[-1] and begins and "." not in key(full)
    return len(given) == 1 and given[0] in {parts[-1], parts[0]}


def _abbreviates(short: str, full: str) -> bool:
    """Tell whether a name is made of the beginnings of another's words (УрФУ, ДВФУ)."""
    if " " in short or sum(c.isupper() for c in short) < FAMILY_NAME or not short.isalpha():
        return False
    parts = re.findall(r"[A-ZА-ЯЁ][a-zа-яё]*", short)
    words = [
        w for w in re.split(r"[\s-]+", QUOTES.sub("", full)) if len(w) > FAMILY_NAME or w.isupper()
    ]
    return len(parts) == len(words) and all(
        w.casefold().startswith(p.casefold()) for p, w in zip(parts, words, strict=True)
    )


def _entity(mentions: list[Mention], canonical: dict[Mention, str], article: Article) -> Entity:
    """Return the entity behind a cluster; the label is the most frequent full name in it."""
    named = [m for m in mentions if m.named] or mentions
    names = Counter(m.normal for m in named)
    full = {n for n in names if not any(_extends(o, n) for o in names)}
    # A capital may come from the start of a sentence: the small spelling, if there is one, is it.
    small = {n[:1].lower() + n[1:] for n in names} & set(names)
    full = {n for n in full if n[:1].lower() + n[1:] not in small or n in small}
    label = min(full, key=lambda n: (-names[n], -len(n), n))
    ontology = load()
    cls = max((m.cls for m in named), key=lambda c: (len(ontology.ancestors(c)), c))
    kind = ontology.kind(cls)
    scope = "" if any(m.named for m in mentions) else article.id
    code, name = article.lang, min(canonical[m] for m in named if m.normal == label)
    aliases = {Name(m.normal, code) for m in mentions} | {a for m in mentions for a in m.aliases}
    others = tuple(sorted(aliases - {Name(label, code)}))
    return Entity(iri(kind, name, scope), cls, label, others, lang=code)


def _extends(longer: str, name: str) -> bool:
    """Tell whether a name is a part or an abbreviation of a longer one."""
    return name != longer and (_family_name(name, longer) or _abbreviates(name, longer))


def _facts(claims: Iterable[Claim], referents: dict[Mention, Entity]) -> Iterator[Fact]:
    """Group claims by what they say; a thing that turns out to be itself says nothing."""
    grouped: dict[tuple[Entity, str, Entity | Value], list[Claim]] = {}
    seen: dict[tuple[str, str, str], tuple[Entity, str, Entity | Value]] = {}
    for claim in claims:
        subject = referents[claim.subject]
        other = claim.object if isinstance(claim.object, Value) else referents[claim.object]
        named = other.normal if isinstance(other, Value) else other.iri
        if subject is other:
            continue
        fact = seen.setdefault(
            (subject.iri, claim.relation, named), (subject, claim.relation, other)
        )
        grouped.setdefault(fact, []).append(claim)
    for (subject, relation, other), said in grouped.items():
        yield Fact(subject, relation, other, tuple(said))
