"""Who is said to say it."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from kg import lang
from kg.extract.arguments import Reader
from kg.model import Mention


@cache
def _verbs(code: str) -> frozenset[str]:
    return frozenset(lang.table(code, "modality")["words"]["speech"])


def speaker(trigger: Token, reader: Reader, code: str) -> Mention | None:
    """Return who is said to say it: «как сообщает X», «X заявил, что», «по словам X»."""
    speech = _verbs(code)
    for token in (trigger, *trigger.ancestors):
        for verb in (token, *token.children):
            if verb.lemma_ in speech and verb is not trigger:
                said = _subjects(verb, reader)
                if said is not None:
                    return said
    return None


def _subjects(verb: Token, reader: Reader) -> Mention | None:
    for child in verb.children:
        owner = verb.pos_ == "NOUN" and child.dep_ in {"nmod", "obl"}
        if child.dep_.startswith("nsubj") or owner:
            for found in reader.things(child):
                if isinstance(found.item, Mention):
                    return found.item
    return None
