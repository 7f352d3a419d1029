"""Russian: razdel, slovnet and pymorphy3 behind a spaCy pipeline, and the grammar of names."""

from __future__ import annotations

import spacy
from spacy.language import Language

from kg.lang import joint
from kg.lang.ru import grammar, morphology, neural
from kg.lang.ru.tokenizer import RazdelTokenizer

__all__ = ["build", "grammar", "joint", "morphology", "neural"]


COMPONENTS = (
    "slovnet_morph", "slovnet_syntax", "pymorphy_lemmatizer", "slovnet_ner", "joint_model",
)  # fmt: skip


def build() -> Language:
    """Return the Russian pipeline; its Docs hold the text unchanged, offset for offset."""
    nlp = spacy.blank("ru")
    nlp.tokenizer = RazdelTokenizer(nlp.vocab)
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp
