"""Tell a news story from its frame: title, datelines, captions, and the tail after it.

Мост открыт                            title
                                       .
Новости края 27.05.23 311              dateline    ┐
                                                   │
ХАБАРОВСК, 27 мая. Мост через …        prefix      │ frame, of which
Фото: Иван Петров                      caption     │ no fact is taken
Читайте также                          tail        │
Политика                                           ┘
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.model import Span
from kg.sources import dates
from kg.sources.dateline import SHORT, Dateline, read_dateline
from kg.sources.words import Words, load

_HEAD = 8  # lines, in which title and datelines are looked for
_TITLE = 250
_PROSE = 120  # characters, from which on a line with a full stop is no link to another story

_LINE = re.compile(r"[^\n]+")
_SIGNED = 2  # last lines, in which the day below a story is looked for
_SENTENCES = re.compile(r"[.!?…]\s+[«\"]?[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a story; ``spans`` are sorted and disjoint."""

    title: str = ""
    publisher: str = ""
    published: date | None = None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with something on it, without the white space around; ``gap``: a blank one follows."""

    start: int
    end: int
    text: str
    gap: bool


def read_frame(text: str, lang: str = "ru") -> Frame:
    """Return the frame of a text; only a title for a language without frame words."""
    lines = _lines(text)
    words = load(lang)
    if words is None:
        return Frame(title=lines[0].text if lines and _is_title(lines, 0) else "")
    title, found = _head(lines, words)
    spans = [(line.start, line.end) for line, _ in found]
    spans += [(line.start, line.end) for line in lines[1:] if _stands_apart(line.text, words)]
    known = [dateline for _, dateline in found]
    for line, dateline in _signed(lines[_HEAD:], words):
        spans.append((line.start, line.end))
        known.append(dateline)
    prefix = _prefix(lines[:_HEAD], title, spans, words)
    if prefix:
        span, dateline = prefix
        spans.append(span)
        known.append(dateline)
    spans += _tail(lines, words)
    return Frame(
        title=title.text if title else "",
        publisher=next((d.publisher for d in known if d.publisher), ""),
        published=next((d.published for d in known if d.published), None)
        or next((d for line in lines if (d := _published(line.text, words))), None),
        spans=_merged(spans),
    )


def read_date(text: str, lang: str = "ru") -> date | None:
    """Return the first date in ``text``, None where it has none with a year."""
    words = load(lang)
    pattern = words.date if words else re.compile(rf"{dates.ISO}|{dates.NUMERIC}")
    match = pattern.search(text[:SHORT])
    return dates.written(match, words.months if words else ()) if match else None


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    for match in _LINE.finditer(text):
        content = match.group()
        stripped = content.strip()
        if stripped:
            start = match.start() + content.index(stripped[0])
            end = start + len(stripped)
            gap = re.match(r"[^\S\n]*\n[^\S\n]*\n", text[end : end + SHORT]) is not None
            found.append(_Line(start, end, stripped, gap))
    return found


def _is_title(lines: list[_Line], i: int) -> bool:
    """Tell whether a line reads like one: a story follows, and it is no paragraph itself."""
    line = lines[i]
    if i + 1 == len(lines) or len(line.text) > _TITLE:
        return False
    if not line.text.endswith("."):
        return line.gap or len(line.text) <= SHORT
    return line.gap and len(line.text) <= SHORT and not _SENTENCES.search(line.text)


def _head(lines: list[_Line], words: Words) -> tuple[_Line | None, list[tuple[_Line, Dateline]]]:
    """Return the title, if there is one, and the datelines above and below it."""
    title: _Line | None = None
    story = False
    found: list[tuple[_Line, Dateline]] = []
    for i, line in enumerate(lines[:_HEAD]):
        apart = title is not None and lines[i - 1] is title and title.gap and line.gap
        dateline = read_dateline(line.text, words, apart=apart)
        issued = title is not None and lines[i - 2 : i - 1] == [title] and _issues(lines[i - 1])
        if dateline and dateline.published and dateline.bare and issued:
            found += [(lines[i - 1], Dateline(lines[i - 1].text)), (line, dateline)]
        # Above the title, or after the story has begun, a date may be what the line is about.
        elif dateline and not (story and dateline.bare) and (title or story or not dateline.named):
            found.append((line, dateline))
        elif title or story:
            story = story or not _stands_apart(line.text, words)
        elif _is_title(lines, i) and not words.dateline.match(line.text[:_TITLE]):
            title = line
        else:
            story = True
    return _below_issuer(lines, title, found), found


def _issues(line: _Line) -> bool:
    """Tell whether a line can name who publishes what the day below it dates."""
    return len(line.text) <= SHORT / 2 and not line.text.endswith((".", "!", "?", ":", "…"))


def _signed(lines: list[_Line], words: Words) -> Iterator[tuple[_Line, Dateline]]:
    """Yield the datelines that a story ends with."""
    for line in lines[-_SIGNED:]:
        dateline = read_dateline(line.text, words)
        if dateline and dateline.published:
            yield line, dateline


def _below_issuer(
    lines: list[_Line], title: _Line | None, found: list[tuple[_Line, Dateline]]
) -> _Line | None:
    """Return the title of a press release, which comes below its issuer and day."""
    i = lines.index(title) if title else len(lines)
    dated = i + 2 < len(lines) and any(line is lines[i + 1] for line, _ in found)
    issued = dated and not lines[i].gap and _is_title(lines, i + 2)
    return lines[i + 2] if issued else title


def _stands_apart(text: str, words: Words) -> bool:
    """Tell whether a line is a caption or a label, wherever it stands below the first."""
    if len(text) > 2 * SHORT:
        return False
    if words.caption.fullmatch(text) or words.label.fullmatch(text):
        return True
    if any(c.isalpha() for c in text) and words.counter.fullmatch(text):
        return True
    loose = len(text) <= SHORT / 2 and not text.endswith((".", "!", "?"))
    return loose and words.loose_caption.fullmatch(text) is not None


def _published(text: str, words: Words) -> date | None:
    label = words.published.match(text[:SHORT])
    match = words.date.match(text, label.end()) if label else None
    return dates.written(match, words.months) if match else None


def _prefix(
    head: list[_Line], title: _Line | None, spans: list[Span], words: Words
) -> tuple[Span, Dateline] | None:
    """Return the dateline that the first paragraph begins with, and where it stands."""
    taken = {start for start, _ in spans}
    for line in head:
        if line is title or line.start in taken:
            continue
        match = words.dateline.match(line.text[: 2 * SHORT])
        if match:
            agency = match["bracketed"] or match["said"] or match["first"] or match["alone"] or ""
            published = dates.written(match, words.months)
            return (line.start, line.start + match.end()), Dateline(agency, published)
    return None


def _tail(lines: list[_Line], words: Words) -> list[Span]:
    """Return the spans of what follows the story, and of such inserts within it."""
    spans: list[Span] = []
    prose = [len(line.text) >= _PROSE and line.text[-1] in '.!?…»")' for line in lines]
    ahead = sum(prose[1:])
    insert = False
    for line, long in zip(lines[1:], prose[1:], strict=True):
        ahead -= long
        insert = insert and not long
        match = words.tail.fullmatch(line.text) if len(line.text) <= 2 * SHORT else None
        if match:
            # Long sentences after it are the story again: such headings also stand in its midst.
            insert = not (match["rest"] or "").strip()
            if ahead < (2 if insert else 1):
                return [*spans, (line.start, lines[-1].end)]
            spans.append((line.start, line.end))
        elif insert:
            spans[-1] = (spans[-1][0], line.end)
    for line in reversed(lines[1:]):
        if not words.rubric.fullmatch(line.text):
            break
        spans.append((line.start, line.end))
    return spans


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
