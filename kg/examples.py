"""The sentences that rules carry with them, held against what the rules do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kg import lang
from kg.extract import stated
from kg.extract.rules import Rule, rule_book
from kg.mentions import find
from kg.model import Article
from kg.neural import READING

WRITTEN = date(2021, 5, 6)
"""The day on which the sentences are taken to be written."""


def check(code: str) -> list[str]:
    """Return a line for every sentence of a rule that it should match and does not, or matches
    and should not; and for every rule without such sentences."""
    return [line for rule in rule_book(code).rules for line in _check(rule, code)]


def _check(rule: Rule, code: str) -> Iterator[str]:
    if not rule.yes or not rule.no:
        yield f"{rule.id}: needs at least one sentence each in yes and no"
    for sentence in rule.yes:
        if not states(rule, sentence, code):
            yield f"{rule.id}: does not match {sentence!r}"
    for sentence in rule.no:
        if states(rule, sentence, code):
            yield f"{rule.id}: matches {sentence!r}"


def states(rule: Rule, sentence: str, code: str) -> bool:
    """Tell whether a rule finds a claim that is not denied in a sentence."""
    positive = lang.table(code, "modality")["concepts"]["positive"]
    article = Article("example", sentence, published=WRITTEN, lang=code)
    doc = lang.load(code)(sentence)
    doc.user_data.pop(READING, None)  # what the rule says by itself
    return any(
        claim.evidence.extractor == rule.id and claim.polarity == positive
        for claim in stated(article, doc, find(article, doc))
    )
