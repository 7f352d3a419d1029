"""How the page looks and what it says: ``style.toml`` and ``strings.toml``, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import InputError

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Mark:
    """The shape of a class and its colours on a light and on a dark page."""

    shape: str
    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class Style:
    """The marks of the entity kinds, the dashes of the modalities, what means denied or open."""

    marks: dict[str, Mark]
    other: Mark
    dashes: dict[str, tuple[int, ...]]
    denied_modality: str
    denied_polarity: str
    open_modality: str


@dataclass(frozen=True, slots=True)
class Strings:
    """The words of the page in one language; ``plural`` has its forms by CLDR category."""

    lang: str
    text: dict[str, str]
    plural: dict[str, dict[str, str]]


@cache
def style() -> Style:
    """Return what ``style.toml`` says."""
    data = tomllib.loads((FOLDER / "style.toml").read_text(encoding="utf-8"))
    return Style(
        {name: Mark(**mark) for name, mark in data["class"].items()},
        Mark(**data["other"]),
        {name: tuple(dash) for name, dash in data["dash"].items()},
        data["denied"]["modality"],
        data["denied"]["polarity"],
        data["open"]["modality"],
    )


@cache
def strings(lang: str) -> Strings:
    """Return the words of the page in ``lang``; raises InputError where there are none."""
    data = tomllib.loads((FOLDER / "strings.toml").read_text(encoding="utf-8"))
    if lang not in data:
        raise InputError(f"the page does not speak {lang!r}; it speaks {', '.join(data)}")
    words = dict(data[lang])
    return Strings(lang, plural=words.pop("plural"), text=words)
