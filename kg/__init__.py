"""kg turns news texts into a knowledge graph whose every fact shows the sentence that says it."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.draw import draw
    from kg.export import export
    from kg.graph import KnowledgeGraph
    from kg.model import Article, Claim, Entity, Evidence, Fact, Mention, Value
    from kg.pipeline import build
    from kg.sources import read

__all__ = [
    "Article", "Claim", "Entity", "Evidence", "Fact", "KnowledgeGraph", "Mention", "Value",
    "build", "draw", "export", "read",
]  # fmt: skip

_HOMES = {
    "KnowledgeGraph": "kg.graph",
    "build": "kg.pipeline",
    "draw": "kg.draw",
    "export": "kg.export",
    "read": "kg.sources",
}


class _Package(ModuleType):
    """This package, whose functions keep their names from modules that are called the same."""

    def __setattr__(self, name: str, value: object) -> None:
        # Whoever imports the module kg.draw has Python set it here, in the place of the function.
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> object:
    """Return a public name from the module it lives in, which is loaded when first asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES.get(name, "kg.model")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
