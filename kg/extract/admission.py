"""Which claims and mentions stand: what the ontology admits, each once, and worth telling."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kg import lang
from kg.lang.phrase import Found
from kg.model import Claim, Mention, Span, Value
from kg.ontology import load


def bare(found: Sequence[Found]) -> set[Span]:
    """Return the places, in characters, of what ends with its noun: порт, сборочный завод."""
    return {(f.item.start, f.item.end) for f in found if f.head == f.end - 1}


def _nameless(mention: Mention, code: str, ended: Collection[Span]) -> bool:
    """Tell whether a mention is of a company, a territory or the like that the text never names.

    A body without a name is told from others by what follows its noun (отдел протокола).
    """
    groups = lang.table(code, "grammar")["groups"]
    if mention.named or load().is_a(mention.cls, [*groups["public"], *groups["passing"]]):
        return False
    if (mention.start, mention.end) not in ended:
        return False
    if load().is_a(mention.cls, groups["territory"]):
        return " " not in mention.normal  # область is any; регионы России say which
    return load().is_a(mention.cls, groups["body"])


def admit(claim: Claim, code: str, ended: Collection[Span]) -> Claim | None:
    """Return the claim as the ontology allows it, turned round if need be; else None.

    ``ended`` are the places that ``bare`` returns.
    """
    ontology = load()
    sides = (m for m in (claim.subject, claim.object) if isinstance(m, Mention))
    if any(_nameless(m, code, ended) for m in sides):
        return None
    if isinstance(claim.object, Value):
        return claim if ontology.allows(claim.relation, claim.subject.cls, None) else None
    same = ontology.kind(claim.subject.cls) == ontology.kind(claim.object.cls)
    if same and claim.subject.normal == claim.object.normal:
        return None
    if ontology.allows(claim.relation, claim.subject.cls, claim.object.cls):
        return claim
    if ontology.allows(claim.relation, claim.object.cls, claim.subject.cls):
        return Claim(
            claim.object, claim.relation, claim.subject, claim.modality, claim.polarity,
            claim.attributed_to, claim.evidence,
        )  # fmt: skip
    return None


def unique(claims: list[Claim], alone: str) -> list[Claim]:
    """Keep of claims that say the same in the same sentence the surest.

    What the extractor ``alone`` sees it may put in another way than a rule does, which reads
    the clause: it is heard only where no rule says the same.
    """
    ruled = {_said(c) for c in claims if c.evidence.extractor != alone}
    best: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        if claim.evidence.extractor == alone and _said(claim) in ruled:
            continue
        key = *_said(claim), claim.polarity
        if key not in best or best[key].evidence.score < claim.evidence.score:
            best[key] = claim
    return list(best.values())


def _said(claim: Claim) -> tuple[object, ...]:
    """Return what a claim says in which sentence, however it is put."""
    kind = claim.object.cls if isinstance(claim.object, Mention) else ""
    ends = [(claim.subject.normal, claim.subject.cls), (claim.object.normal, kind)]
    if load().relations[claim.relation].symmetric:
        ends.sort()
    return *ends, claim.relation, claim.evidence.start


def news(claims: list[Claim], occasions: list[str], verbal: Collection[Span]) -> list[Claim]:
    """Drop what only says that people took part in a meeting of which nothing else is said.

    That they met is said already, and an event without name, date or place is no news. It is
    news of a meeting that the text calls one (``verbal`` are the places of verbs) if somebody
    took part of whom the sentence does not say with whom he met.
    """
    met = {
        (side.normal, c.evidence.start)
        for c in claims if load().relations[c.relation].symmetric
        for side in (c.subject, c.object)
    }  # fmt: skip
    told = {c.subject.normal for c in claims if not c.subject.named}
    told |= {
        c.object.normal for c in claims
        if (c.object.start, c.object.end) not in verbal
        and (c.subject.normal, c.evidence.start) not in met
    }  # fmt: skip
    return [
        c for c in claims
        if not isinstance(c.object, Mention) or c.object.named or c.object.normal in told
        or " " in c.object.normal
        or not load().is_a(c.object.cls, occasions)
    ]  # fmt: skip


def worth_keeping(found: Sequence[Found], claims: list[Claim]) -> tuple[Mention, ...]:
    used = {
        m for c in claims for m in (c.subject, c.object, c.attributed_to) if isinstance(m, Mention)
    }
    return tuple(
        f.item for f in found
        if isinstance(f.item, Mention) and (f.item in used or (f.item.named and not f.adjective))
    )  # fmt: skip
