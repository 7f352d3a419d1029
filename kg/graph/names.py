"""Find entities by what people call them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from kg.errors import InputError
from kg.graph.terms import ENTITIES, VIEW, Terms
from kg.store import Store

LABELS = (Terms.PREF_LABEL, Terms.ALT_LABEL)


def folded(name: str) -> str:
    """Return a name without what people leave out: case, the dots of ё, quotation marks."""
    return " ".join(re.sub('[«»„“”"]', " ", name).casefold().replace("ё", "е").split())


def named(store: Store, name: str) -> tuple[NamedNode, ...]:
    """Return the entities with a label ``name``, or with that IRI, sorted."""
    wanted = folded(name)
    found = {
        quad.subject
        for predicate in LABELS
        for quad in store.match(None, predicate, None, VIEW)
        if isinstance(quad.object, Literal) and folded(quad.object.value) == wanted
    }
    if name.startswith(ENTITIES):
        found |= {q.subject for q in store.match(None, Terms.PREF_LABEL) if q.subject.value == name}
    return tuple(sorted(found, key=str))


def require(store: Store, name: str) -> tuple[NamedNode, ...]:
    """Return the entities called ``name``; InputError lists names like it if there are none."""
    found = named(store, name)
    if not found:
        labels = (q.object.value for p in LABELS for q in store.match(None, p, None, VIEW))
        raise InputError(f"the graph knows no {name!r}; {near(name, labels)}")
    return found


def near(name: str, known: Iterable[str]) -> str:
    """Return the remedy for a name that is not known: those most like it."""
    by_fold = {folded(k): k for k in sorted(known, reverse=True)}
    close = difflib.get_close_matches(folded(name), sorted(by_fold), n=5, cutoff=0.5)
    listed = ", ".join(by_fold[c] for c in close) or ", ".join(sorted(by_fold.values())[:40])
    return (
        f"did you mean {listed}?" if close else f"known are {listed}" if listed else "it is empty"
    )
