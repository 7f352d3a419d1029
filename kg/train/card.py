"""The model card (Mitchell et al. 2019), out of what a run wrote down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def card(about: Mapping[str, Any]) -> str:
    """Return the card as Markdown."""
    return "\n".join(_lines(about)) + "\n"


def _lines(about: Mapping[str, Any]) -> Iterator[str]:
    yield "# Model card"
    yield ""
    yield "Written by `kg train`. Nested entities and relations of Russian news, for `kg build`."
    yield "English and Chinese are understood as far as the encoder carries over: not trained."
    yield ""
    encoder = about["encoder"]
    yield f"- encoder: multilingual-e5-small out of `{encoder['file']}`, sha256 {encoder['sha256']}"
    if about["begun"]:
        yield f"- went on from the run `{about['begun']}`"
    for kind in ("data", "dev"):
        for part in about[kind]:
            counted = f"{part['articles']} articles, {part['entities']} entities"
            left = f", {part['skipped']} skipped" if part["skipped"] else ""
            yield (
                f"- {kind} `{part['scheme']}`: {counted}, {part['relations']} relations{left}; "
                f"sha256 {part['sha256']}"
            )
    settings = ", ".join(f"{key} {value}" for key, value in about["settings"].items())
    yield f"- settings: {settings}"
    yield f"- ontology: sha256 {about['ontology']}"
    yield ""
    yield "Scores on dev, of the pack as it runs; strict, all pairs counted (kg/train/scores.py)."
    yield "near: within a sentence; gold, told: between gold entities, between those found."
    yield ""
    yield "| measure | F1 |"
    yield "| --- | --- |"
    for name, value in about["scores"].items():
        if not name.endswith(" at"):
            yield f"| {name} | {value:.3f} |"
    yield ""
    yield "Known limits: small training data for the relations of regions and companies; persons"
    yield "and companies of the training articles of kg's own corpus are invented."
