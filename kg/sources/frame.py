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
from kg.sources.words import Words, load

_HEAD = 8  # lines, in which title and datelines are looked for
_SHORT = 160  # characters; no line of the frame but a link in the tail is longer
_TITLE = 250
_PROSE = 120  # characters, from which on a line with a full stop is no link to another story

_LINE = re.compile(r"[^\n]+")
_SEPARATOR = re.compile(r"\s*[|·•,/;]\s*|\s+[-–—]\s+|\s{2,}|(?<=[^\W\d_]{3})(?<!орр)\.\s+")
_QUOTED = re.compile(r"(«[^»]*»)")
_BRACKET = re.compile(r"\s*\([^()]*\)$")
_HANDLE = re.compile(r"@?[a-z0-9][\w.-]*", re.ASCII)
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


@dataclass(frozen=True, slots=True)
class _Dateline:
    """What a dateline says; ``bare`` if it is but a day, ``named`` if it may name anything."""

    publisher: str = ""
    published: date | None = None
    bare: bool = False
    named: bool = False


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
    match = pattern.search(text[:_SHORT])
    return dates.written(match, words.months if words else ()) if match else None


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    for match in _LINE.finditer(text):
        content = match.group()
        stripped = content.strip()
        if stripped:
            start = match.start() + content.index(stripped[0])
            end = start + len(stripped)
            gap = re.match(r"[^\S\n]*\n[^\S\n]*\n", text[end : end + _SHORT]) is not None
            found.append(_Line(start, end, stripped, gap))
    return found


def _is_title(lines: list[_Line], i: int) -> bool:
    """Tell whether a line reads like one: a story follows, and it is no paragraph itself."""
    line = lines[i]
    if i + 1 == len(lines) or len(line.text) > _TITLE:
        return False
    if not line.text.endswith("."):
        return line.gap or len(line.text) <= _SHORT
    return line.gap and len(line.text) <= _SHORT and not _SENTENCES.search(line.text)


def _head(lines: list[_Line], words: Words) -> tuple[_Line | None, list[tuple[_Line, _Dateline]]]:
    """Return the title, if there is one, and the datelines above and below it."""
    title: _Line | None = None
    story = False
    found: list[tuple[_Line, _Dateline]] = []
    for i, line in enumerate(lines[:_HEAD]):
        dateline = _dateline(line.text, words)
        issued = title is not None and lines[i - 2 : i - 1] == [title] and _issues(lines[i - 1])
        if dateline and dateline.published and dateline.bare and issued:
            found += [(lines[i - 1], _Dateline(lines[i - 1].text)), (line, dateline)]
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
    return len(line.text) <= _SHORT / 2 and not line.text.endswith((".", "!", "?", ":", "…"))


def _signed(lines: list[_Line], words: Words) -> Iterator[tuple[_Line, _Dateline]]:
    """Yield the datelines that a story ends with."""
    for line in lines[-_SIGNED:]:
        dateline = _dateline(line.text, words)
        if dateline and dateline.published:
            yield line, dateline


def _below_issuer(
    lines: list[_Line], title: _Line | None, found: list[tuple[_Line, _Dateline]]
) -> _Line | None:
    """Return the title of a press release, which comes below its issuer and day."""
    i = lines.index(title) if title else len(lines)
    dated = i + 2 < len(lines) and any(line is lines[i + 1] for line, _ in found)
    issued = dated and not lines[i].gap and _is_title(lines, i + 2)
    return lines[i + 2] if issued else title


def _dateline(text: str, words: Words) -> _Dateline | None:
    """Return what a line says of its publication, None for a line that says something else."""
    if len(text) > _SHORT:
        return None
    if words.counter.fullmatch(text) or _is_rubric(text, words):
        return _Dateline()
    label = words.published.match(text)
    rest = text[label.end() :] if label else text
    if words.date.search(outside := _BRACKET.sub("", rest)):  # 12 марта 2024 (обновлено 13 марта)
        rest = outside
    match = words.date.search(rest)
    if not match:
        return _undated(rest, words)
    published = dates.written(match, words.months)
    yearless = match["day"] is not None and match["year"] is None
    if published is None and not yearless:
        return None
    left, right = rest[: match.start()], rest[match.end() :]
    plain = (_without_aside(left, words), _without_aside(right, words))
    aside, (left, right) = plain != (left, right), plain
    if right.rstrip().endswith(".") and (right.strip() != "." or yearless):  # a sentence
        return None
    parts = _parts(left, words) + _parts(right, words)
    # "27 мая 2023, Вести" is a dateline, and "27 мая 2023 года Вести…" a sentence.
    loose = match["day"] is not None and right.strip() and not _SEPARATOR.match(right)
    if len(parts) > 2 or not all(_is_name(part, words) for part in parts):
        return None
    if parts and (yearless or loose) and not (aside or _SEPARATOR.search(left + right)):
        return None
    agencies = [part for part in parts if words.agency.match(part)]
    # Of two names either may be the author's; "Казань, 12 апреля 2024" names a city.
    place = match["day"] is not None and re.fullmatch(r"[^\s«\"„“]*", (parts or [""])[0])
    names = parts if len(parts) == 1 and not place else agencies
    publisher = names[0] if names else ""
    only = not parts and not aside and not right.strip() and not label and match["day"] is not None
    return _Dateline(publisher, published, bare=only, named=bool(parts) and not agencies)


def _undated(text: str, words: Words) -> _Dateline | None:
    """Return the dateline that a line without a date is: "Вчера, 18:05", "ИА «Имя»"."""
    parts = _parts(_without_aside(text, words), words)
    if not parts or all(words.relative.fullmatch(part) for part in parts):
        return _Dateline()
    return _Dateline(publisher=text) if words.agency.fullmatch(text) else None


def _without_aside(text: str, words: Words) -> str:
    """Return a piece of a dateline without the time and the day of the week; «Среда» may be
    the name of a newspaper."""
    pieces = _QUOTED.split(text)
    return "".join(p if p.startswith("«") else words.aside.sub(" ", p) for p in pieces)


def _parts(text: str, words: Words) -> list[str]:
    """Return the names in a piece of a dateline; counters and rubrics are left out."""
    parts = [part.strip(" .:()[]\t") for part in _SEPARATOR.split(text)]
    return [
        part
        for part in parts
        if part and not words.counter.fullmatch(part) and not words.rubric.fullmatch(part)
    ]


def _is_name(text: str, words: Words) -> bool:
    if words.agency.fullmatch(text):
        return True
    if _HANDLE.fullmatch(text) or words.agency.match(text[0].upper() + text[1:]):
        return len(text) <= _SHORT / 2
    sentence = " " in text and words.never.search(text)  # Махачкала ends like a verb
    plain = len(text) <= 60 and len(text.split()) <= 6 and not sentence
    begins = text[0].isupper() or text[0].isdigit() or text[0] in '«"„“№'
    return plain and begins and not re.search(r"[.!?:]\s", text)


def _is_rubric(text: str, words: Words) -> bool:
    return all(words.rubric.fullmatch(part) for part in re.split(r"\s*[/|>»→·•]\s*", text))


def _stands_apart(text: str, words: Words) -> bool:
    """Tell whether a line is a caption or a label, wherever it stands below the first."""
    if len(text) > 2 * _SHORT:
        return False
    if words.caption.fullmatch(text) or words.label.fullmatch(text):
        return True
    if any(c.isalpha() for c in text) and words.counter.fullmatch(text):
        return True
    loose = len(text) <= _SHORT / 2 and not text.endswith((".", "!", "?"))
    return loose and words.loose_caption.fullmatch(text) is not None


def _published(text: str, words: Words) -> date | None:
    label = words.published.match(text[:_SHORT])
    match = words.date.match(text, label.end()) if label else None
    return dates.written(match, words.months) if match else None


def _prefix(
    head: list[_Line], title: _Line | None, spans: list[Span], words: Words
) -> tuple[Span, _Dateline] | None:
    """Return the dateline that the first paragraph begins with, and where it stands."""
    taken = {start for start, _ in spans}
    for line in head:
        if line is title or line.start in taken:
            continue
        match = words.dateline.match(line.text[: 2 * _SHORT])
        if match:
            agency = match["bracketed"] or match["said"] or match["first"] or match["alone"] or ""
            published = dates.written(match, words.months)
            return (line.start, line.start + match.end()), _Dateline(agency, published)
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
        match = words.tail.fullmatch(line.text) if len(line.text) <= 2 * _SHORT else None
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
