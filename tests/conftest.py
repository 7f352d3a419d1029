"""What holds for the whole run, and the Russian pipeline, loaded once for all that read texts."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from graph_samples import cooperation, denial
from spacy.language import Language
from spacy.tokens import Doc

from kg import lang
from kg.extract import extract
from kg.graph import KnowledgeGraph
from kg.lang.phrase import Found, Phrase
from kg.mentions import find
from kg.model import Article, Claim, Extraction, Mention, Resolution, Value
from kg.neural import READING
from kg.resolve import resolve

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WRITTEN = date(2024, 3, 14)
TRAINING = Path(lang.__file__).parents[1] / "train"


def pytest_configure(config: pytest.Config) -> None:
    # A shell that starts a run in the background has it ignore Ctrl-C, and so would every process
    # that the tests start; those that send one would wait for ever.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if not all(map(find_spec, ("torch", "onnx"))):  # the doctests would import them
        config.option.ignore = [*(config.option.ignore or ()), str(TRAINING)]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A real Chromium, one for the whole run, that finds no host but this machine."""
    driver = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with driver.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


class Russian:
    """Reads Russian texts written on one day; every text once, however many tests ask.

    What is read here is what the rules find, each believed, and the model says nothing: so that a
    test of a rule holds whatever the model has learnt. ``nlp`` is the pipeline as it is.
    """

    def __init__(self) -> None:
        self.nlp: Language = lang.load("ru")
        self.doc: Callable[[str], Doc] = cache(self._doc)
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

    def _doc(self, text: str) -> Doc:
        doc = self.nlp(text)
        doc.user_data.pop(READING)
        return doc

    def _extraction(self, text: str) -> Extraction:
        article, doc = self.article(text), self.doc(text)
        return extract(article, doc, find(article, doc), lambda code, grounds: 1.0)

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
