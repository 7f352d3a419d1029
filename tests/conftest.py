"""What holds for the whole run, and the Russian pipeline, loaded once for all that read texts."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

import pytest
from graph_samples import cooperation, denial
from spacy.language import Language
from spacy.tokens import Doc

from kg import lang
from kg.graph import KnowledgeGraph
from kg.lang.phrase import Found, Phrase
from kg.mentions import find
from kg.model import Article, Claim, Extraction, Mention, Resolution, Value
from kg.pipeline import read_article
from kg.resolve import resolve

WRITTEN = date(2024, 3, 14)


def pytest_configure() -> None:
    # A shell that starts a run in the background has it ignore Ctrl-C, and so would every process
    # that the tests start; those that send one would wait for ever.
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Russian:
    """Reads Russian texts written on one day; every text once, however many tests ask."""

    def __init__(self) -> None:
        self.nlp: Language = lang.load("ru")
        self.doc: Callable[[str], Doc] = cache(self.nlp)
        self.told: Callable[[str], Resolution] = cache(self._told)
        self.extraction: Callable[[str], Extraction] = cache(self._extraction)

    @staticmethod
    def article(text: str) -> Article:
        return Article("an-article", text, published=WRITTEN)

    def phrases(self, text: str) -> list[Phrase]:
        return lang.grammar("ru").phrases(self.doc(text))

    def found(self, text: str) -> list[Found]:
        return find(self.article(text), self.doc(text))

    def items(self, text: str) -> Iterator[Mention | Value]:
        return (found.item for found in self.found(text))

    def names(self, text: str) -> dict[str, str]:
        """Every mention of a text and the name it carries."""
        return {m.text: m.normal for m in self.items(text) if isinstance(m, Mention)}

    def classes(self, text: str) -> dict[str, str]:
        """Every name in a text, in the nominative, and its class."""
        return {m.normal: m.cls for m in self.items(text) if isinstance(m, Mention)}

    def facts(self, text: str) -> set[str]:
        """What a text states, as ``subject — relation → object``."""
        return {
            str(fact)
            for fact in self.told(text).facts
            if any(claim.polarity == "Positive" for claim in fact.claims)
        }

    def claims(self, text: str, relation: str) -> list[Claim]:
        return [c for f in self.told(text).facts if f.relation == relation for c in f.claims]

    def labels(self, text: str) -> dict[str, str]:
        """Every mention of a text and the label of the thing that it stands for."""
        return {mention.text: entity.label for mention, entity in self.told(text).referents}

    def _extraction(self, text: str) -> Extraction:
        return read_article(self.article(text))

    def _told(self, text: str) -> Resolution:
        return resolve(self.extraction(text))


@pytest.fixture(scope="session")
def ru() -> Russian:
    return Russian()


@pytest.fixture(scope="session")
def by_hand() -> Callable[..., Doc]:
    """A Doc from rows ``word lemma POS head dep Features``, heads counted from 1, 0 the root."""
    vocab = lang.load("ru").vocab

    def build(*rows: str) -> Doc:
        cells = [row.split() for row in rows]
        assert all(len(row) in {5, 6} for row in cells)
        words, lemmas, tags, heads, deps = zip(*(row[:5] for row in cells), strict=True)
        return Doc(
            vocab,
            words=list(words),
            lemmas=list(lemmas),
            pos=list(tags),
            heads=[int(head) - 1 if head != "0" else i for i, head in enumerate(heads)],
            deps=[dep if head != "0" else "ROOT" for dep, head in zip(deps, heads, strict=True)],
            morphs=[row[5] if len(row) > 5 else "" for row in cells],
        )

    return build


@pytest.fixture
def graph() -> Iterator[KnowledgeGraph]:
    """Yield a graph of two articles: of a cooperation, and of one denied."""
    with KnowledgeGraph() as graph:
        graph.add(cooperation())
        graph.add(denial())
        yield graph
