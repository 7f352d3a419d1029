"""Territories that a body is named by in an adjective: областное правительство."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.lang import table
from kg.lang.phrase import Phrase
from kg.lang.ru import lexicon, towns
from kg.ontology import load


def owners(doc: Doc, bodies: Iterable[Phrase], places: Iterable[Phrase]) -> list[Phrase]:
    """Return the adjectives in public bodies' names that mean a territory, as phrases.

    The listed ones mean theirs (самарский), others that of a place which the text names
    (наньнинская мэрия) or the article's own (областное правительство), left to coreference.
    """
    groups = table("ru", "grammar")["groups"]
    known = list(places)
    return [
        owner
        for body in bodies
        if load().is_a(body.cls, [*groups["public"], *groups["kept"]])
        for token in doc[body.start : body.head]
        for owner in _owner(token, body, known)
        if not owner.named or load().is_a(body.cls, groups["public"])
    ]


def _owner(token: Token, body: Phrase, places: list[Phrase]) -> Iterator[Phrase]:
    i, entry = token.i, towns.meant(token.lemma_)
    noun = table("ru", "grammar")["owners"].get(token.lemma_)
    if entry:
        yield Phrase(i, i + 1, i, entry.cls, entry.name, aliases=entry.aliases, owner=True)
    elif place := next((p for p in places if derived(token.lemma_, p.normal)), None):
        yield Phrase(i, i + 1, i, place.cls, place.normal, aliases=place.aliases, owner=True)
    elif noun and not body.named:
        cls = next(d.cls for _, d in lexicon.descriptors()[noun] if d.lemma == noun)
        yield Phrase(i, i + 1, i, cls, noun, named=False, owner=True)


def derived(adjective: str, place: str) -> bool:
    """Tell whether an adjective is made of a place's name: наньнинский of Наньнин."""
    suffixes = table("ru", "grammar")["words"]["relational"]
    suffix = next((s for s in suffixes if adjective.endswith(s)), "")
    stem, name = adjective.removesuffix(suffix), place.lower()
    names = {name, name.rstrip("аеиоуыэюяьй"), name[:-1] if name[-1:] in "аяьй" else name}
    return bool(suffix) and len(stem) > 2 and not names.isdisjoint({stem, stem.rstrip("н")})


def owned_before(doc: Doc, body: Phrase) -> Phrase:
    """Take the adjective of a territory into the name of a contracted body: краевой Минсельхоз."""
    before = doc[body.start - 1] if body.start else None
    data = table("ru", "grammar")
    public = load().is_a(body.cls, data["groups"]["public"])
    if before is None or body.opaque or not public or before.lemma_ not in data["owners"]:
        return body
    normal = f"{before.lemma_} {body.normal}"
    return replace(body, start=before.i, normal=normal, named=False, aliases=())
