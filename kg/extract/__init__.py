"""Extraction: what each sentence of an article says of the things it mentions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Doc, Span, Token

from kg import lang
from kg.extract import admission, clause, learned, nested, offices, rolls, speech, titles, topics
from kg.extract.arguments import Reader
from kg.extract.claim import as_cue, make_claim
from kg.extract.confidence import Sure, believed, confidence, unaided, weighed
from kg.extract.engine import Engine, Match
from kg.extract.fold import Folded, Title, Unit, fold
from kg.extract.listed import listed
from kg.extract.rules import Rule, RuleBook, rule_book
from kg.lang.phrase import Found
from kg.model import Article, Claim, Cue, Extraction, Mention
from kg.neural import READING
from kg.ontology import load

VERB = "VERB"

AFTER = 2
"""How many sentences after an event was named one may go on about it without naming it."""


@cache
def _engine(code: str) -> Engine:
    former = frozenset(lang.table(code, "rules")["words"]["former"])
    return Engine(rule_book(code), load(), former)


def extract(
    article: Article, doc: Doc, found: Sequence[Found], sure: Sure = confidence
) -> Extraction:  # fmt: skip
    """Return what rules of the article's language, and the model, find among its mentions.

    Claims whose classes do not fit their relation are dropped and counted, turned round where
    that makes them fit; ``sure`` says how likely each of the others is right, and the unlikely
    are left out. Descriptions that no claim speaks of are left out of the mentions.
    """
    known = [f for f in found if not f.seen]
    units = _units(article, doc, known)
    reading = doc.user_data.get(READING)
    holders = offices.holders(units, known)
    told = [*found, *holders]
    look = learned.look(reading, told) if reading is not None else learned.Look()
    said = list(_claims(article, doc, found, units, look.seen))
    bare = admission.bare(found) - {place for place, _ in look.known}
    admitted = [admission.admit(c, article.lang, bare) for c in said]
    fitting = [c for c in admitted if c is not None]
    sure = sure if reading is not None else unaided
    likely = believed(weighed(fitting, look, article.lang, sure))
    meetings = lang.table(article.lang, "grammar")["groups"]["meeting"]
    verbal = {(f.item.start, f.item.end) for f in found if doc[f.head].pos_ == VERB}
    claims = admission.news(admission.unique(likely, learned.extractor()), meetings, verbal)
    held = (h.item for h in holders if isinstance(h.item, Mention))
    kept = {*admission.worth_keeping(found, claims), *held}
    mentions = tuple(sorted(kept, key=lambda m: (m.start, -m.end)))
    return Extraction(article, mentions, tuple(claims), len(said) - len(fitting))


def stated(article: Article, doc: Doc, found: Sequence[Found]) -> list[Claim]:
    """Return what each rule says by itself, also where another says the same more surely."""
    known = [f for f in found if not f.seen]
    bare = admission.bare(known)
    said = _claims(article, doc, found, _units(article, doc, known))
    told = (admission.admit(claim, article.lang, bare) for claim in said)
    return [claim for claim in told if claim is not None]


def _units(article: Article, doc: Doc, found: Sequence[Found]) -> list[Unit]:
    holders = _holders(article.lang)
    return offices.completed(doc, titles.units(doc, found, holders, load()), found)


def _holders(code: str) -> frozenset[str]:
    """Return the classes that hold posts."""
    titled = (r for r in rule_book(code).rules if r.kind == "title")
    return frozenset(c for r in titled for c in load().relations[r.relation].domain)


def _claims(
    article: Article, doc: Doc, told: Sequence[Found], units: Sequence[Unit],
    seen: Sequence[learned.Learned] = (),
) -> Iterator[Claim]:  # fmt: skip
    found = [f for f in told if not f.seen]
    code, ontology, nlp = article.lang, load(), lang.load(article.lang)
    book, engine = rule_book(code), _engine(code)
    words = {key: frozenset(said) for key, said in lang.table(code, "rules")["words"].items()}
    beside = list(nested.pairs(doc, found, book, ontology))
    negators = lang.table(code, "modality")["words"]["negators"]
    words["negators"] = frozenset(negators)
    for rule, subject, obj in rolls.pairs(doc, found, book, ontology, negators):
        yield make_claim(article, doc, rule, subject, obj)
    for rule, subject, obj in listed(doc, found, book, ontology):
        yield make_claim(article, doc, rule, subject, obj)
    about = lang.table(code, "rules")["topics"]
    for rule, subject, obj in topics.pairs(doc, found, book, about, ontology, lang.grammar(code)):
        yield make_claim(article, doc, rule, subject, obj)
    shared: list[tuple[Match, Folded]] = []
    said: list[Claim] = []
    pair: list[Found] = []
    sents = list(doc.sents)
    kinds = lang.table(code, "rules")["couples"]
    readers = [
        Reader(
            fold(doc, units, s.start, s.end, nlp), words, pair, _going_on(s, told, code),
            _near(sents, i, found), kinds,
        )
        for i, s in enumerate(sents)
    ]  # fmt: skip
    voices = [speech.voice(reader, code) for reader in readers]
    bounds = [(s.start, s.end) for s in sents]
    quoting = speech.carried(bounds, voices, found, doc, code)
    for sent, reader, quoted in zip(sents, readers, quoting, strict=True):
        for title in (t for u in reader.folded.units for t in (u.title, *u.more)):
            if title is not None and (person := title.person) is not None:
                told_by = quoted if person.item != quoted else None
                for rule, other in _offices(title, book):
                    yield make_claim(article, doc, rule, person, other, speaker=told_by)
        here = [p for p in beside if sent.start <= p[1].start < sent.end]
        yield from _beside(article, doc, here, reader, code, quoted)
        folded, (says, asked) = reader.folded, _asked(sent, words["asking"])
        if not says:
            continue
        for trigger, title, person in offices.appointed(reader, _holders(code), ontology):
            for rule, other in _offices(title, book):
                held = Match(rule, trigger, person, other)
                yield from _stated(article, doc, held, reader, found, code, asked, quoted)
        for match in engine.run(folded, reader):
            if match.rule.kind == "shares":
                shared.append((match, folded))
                continue
            if ontology.relations[match.rule.relation].symmetric:
                pair[:] = [match.subject, match.object]
            for claim in _stated(article, doc, match, reader, found, code, asked, quoted):
                said.append(claim)
                yield claim
    for match, _ in shared:
        yield from _handed_on(article, doc, match, said)
    yield from learned.claims(article, doc, seen, readers, quoting)


def _going_on(sent: Span, found: Sequence[Found], code: str) -> list[Found]:
    """Return the event that a sentence which names none goes on to tell of, if any."""
    occasion = lang.table(code, "grammar")["groups"]["occasion"]
    events = [
        f for f in found
        if isinstance(f.item, Mention) and load().is_a(f.item.cls, occasion) and f.start < sent.end
    ]  # fmt: skip
    if not events or events[-1].start >= sent.start:
        return []
    starts = [t for t in sent.doc[events[-1].start : sent.start] if t.is_sent_start]
    return events[-1:] if len(starts) < AFTER else []


def _near(sents: Sequence[Span], i: int, found: Sequence[Found]) -> list[Found]:
    """Return what is named in a sentence and the few before it."""
    start = sents[max(0, i - AFTER)].start
    return [f for f in found if start <= f.start < sents[i].end and not f.adjective]


def _offices(title: Title, book: RuleBook) -> Iterator[tuple[Rule, Found]]:
    """Yield the rules for posts, each with what it says of the holder of ``title``."""
    for rule in (r for r in book.rules if r.kind == "title"):
        other = title.post if rule.object == "post" else title.party
        if other is not None:
            yield rule, other


def _asked(sent: Span, asking: frozenset[str]) -> tuple[bool, Token | None]:
    """Return whether a sentence says anything, and the mark of one that asks if it is so.

    A question after a circumstance (кто, когда) says nothing that could be held for a fact.
    """
    if not sent.text.rstrip(' \n»")').endswith("?"):
        return True, None
    if any(token.lower_ in asking for token in sent):
        return False, None
    return True, next(t for t in reversed(sent) if "?" in t.text)


def _beside(
    article: Article, doc: Doc, pairs: Sequence[nested.Pair], reader: Reader, code: str,
    quoted: Mention | None,
) -> Iterator[Claim]:  # fmt: skip
    """Yield what names say by standing beside each other, put as their clause puts it."""
    for rule, subject, obj in pairs:
        token = next(reader.folded.at(subject), None)
        if token is None or rule.kind != "following":
            yield make_claim(article, doc, rule, subject, obj)
            continue
        said = speech.speaker(token, reader, code) or quoted
        item = subject.item
        passing = isinstance(item, Mention) and (not item.named or _occasional(item, code))
        if not passing or token.dep_ not in clause.PARTIES:
            yield make_claim(article, doc, rule, subject, obj, speaker=said)
            continue
        stance = clause.stance(token, (), reader, code)
        yield make_claim(
            article, doc, rule, subject, obj, modality=stance.modality, polarity=stance.polarity,
            speaker=said, cue=as_cue(stance.cue, reader, doc),
        )  # fmt: skip


def _occasional(mention: Mention, code: str) -> bool:
    return load().is_a(mention.cls, lang.table(code, "grammar")["groups"]["occasion"])


def _stated(
    article: Article, doc: Doc, match: Match, reader: Reader, found: Sequence[Found], code: str,
    asked: Token | None, quoted: Mention | None,
) -> Iterator[Claim]:  # fmt: skip
    stance = clause.stance(match.trigger, (match.subject, match.object), reader, code)
    modality, cue = match.rule.modality or stance.modality, as_cue(stance.cue, reader, doc)
    if asked is not None:
        stance = clause.open_stance(code)
        modality, cue = stance.modality, Cue(asked.idx, asked.idx + len(asked), asked.text)
    speaker = speech.speaker(match.trigger, reader, code) or quoted
    objects = [match.object]
    if match.rule.inside:
        groups = [f for f in found if f.item.normal == match.object.item.normal]
        objects = [
            f for f in found
            if isinstance(f.item, Mention) and not f.adjective and any(g.holds(f) for g in groups)
        ][:1]  # fmt: skip
    for obj in objects:
        yield make_claim(
            article, doc, match.rule, match.subject, obj,
            modality=modality, polarity=stance.polarity, speaker=speaker, cue=cue,
        )  # fmt: skip


def _handed_on(article: Article, doc: Doc, match: Match, said: list[Claim]) -> Iterator[Claim]:
    """Say of a group's member what was said of the group: who joined it visited what it did.

    What the group does later, it may do without its head.
    """
    group, here = match.object.item, doc[match.object.start].sent.end_char
    for claim in (c for c in said if c.evidence.start < here):
        same = isinstance(group, Mention) and claim.subject.normal == group.normal
        if same and claim.relation == match.rule.relation:
            whole = make_claim(article, doc, match.rule, match.subject, match.subject)
            if isinstance(whole.subject, Mention):
                yield Claim(
                    whole.subject, claim.relation, claim.object, claim.modality, claim.polarity,
                    claim.attributed_to, whole.evidence,
                )  # fmt: skip
