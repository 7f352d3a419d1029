"""The report as one HTML page to read through: it needs nothing else and runs no script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kg.evaluate.article import Measured, MentionOutcome, Outcome
from kg.evaluate.report import Report
from kg.evaluate.table import marked, sections, told
from kg.model import Span

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, how it is marked (names of CSS classes), and what marks it."""

    text: str
    look: str
    said: str


def page(report: Report) -> str:
    """Return the page, the same for the same report.

    All text is escaped; the policy allows this very style and nothing else.
    """
    relations = sorted({fact.relation for a in report.articles for fact in a.facts})
    css = _style(len(relations))
    env = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )
    return env.get_template("page.html.jinja").render(
        report=report,
        sections=list(sections(report)),
        relations=relations,
        number={relation: i for i, relation in enumerate(relations)},
        pieces=pieces,
        count=_count,
        marked=marked,
        told=told,
        outcomes=list(Outcome),
        policy=_policy(css),
        # Our own file and numbers, never text of the news.
        css=Markup(css),  # noqa: S704
    )


def pieces(article: Measured) -> Iterator[Piece]:
    """Yield the text of an article, cut wherever a marking begins or ends.

    Where gold and the system both mark it looks right, where one of them does missed or wrong;
    markings may lie in one another, so that a piece can look like several.
    """
    whole: Span = (0, len(article.text))
    cuts = {place for m in article.mentions for span in (*m.spans, *m.found) for place in span}
    places = sorted({*whole, *cuts})
    for start, end in pairwise(places):
        over = [m for m in article.mentions if _covers((*m.spans, *m.found), start)]
        looks = dict.fromkeys(str(_look(m, start)) for m in over)
        said = dict.fromkeys(marked(m) for m in over)
        yield Piece(article.text[start:end], " ".join(sorted(looks)), "; ".join(said))


def _look(mention: MentionOutcome, place: int) -> Outcome:
    if not mention.found:
        return mention.outcome
    ours, theirs = _covers(mention.spans, place), _covers(mention.found, place)
    if ours and theirs:
        return Outcome.RIGHT
    return Outcome.MISSED if ours else Outcome.WRONG


def _covers(spans: Sequence[Span], place: int) -> bool:
    return any(start <= place < end for start, end in spans)


def _count(article: Measured, outcome: Outcome) -> int:
    return sum(fact.outcome is outcome for fact in article.facts)


def _style(relations: int) -> str:
    """Return the page's style, with a rule for each relation that hides the facts of others."""
    own = (_FOLDER / "page.css").read_text(encoding="utf-8")
    rules = (
        f"body:has(#r{i}:checked) .fact:not(.r{i}) {{ display: none }}\n" for i in range(relations)
    )
    return own + "".join(rules)


def _policy(css: str) -> str:
    """The content security policy: this very style, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(css.encode("utf-8")).digest()).decode("ascii")
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _printable(value: object) -> object:
    """Replace in text what does not print, which might turn the order of what is read."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return "".join(c if c.isprintable() or c.isspace() else "\ufffd" for c in value)
    return value
