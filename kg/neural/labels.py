"""How a class and a form make one label."""

from __future__ import annotations

OWN = "kg"
"""The scheme whose classes and relations have the names of the ontology."""

SAME = "same"
"""From a pronoun or a description to what it stands for: made out of chains in training."""

FORM, NAMED, NOMINAL, PRONOUN = "Form", "named", "nominal", "pronoun"
"""BRAT's attribute of a mention, and by what a mention stands for its thing."""


def labelled(cls: str, form: str) -> str:
    """Return the label of mentions of a class in a form: ``Person``, ``Person:pronoun``."""
    return cls if form == NAMED else f"{cls}:{form}"


def parts(label: str) -> tuple[str, str]:
    """Return class and form of a label."""
    cls, _, form = label.partition(":")
    return cls, form or NAMED
