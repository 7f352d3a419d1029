"""The corpus is what its README says: whole, in form, and split once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.evaluate.conventions import conventions
from kg.evaluate.reading import read_beside, read_corpus

CORPUS = Path(__file__).parents[1] / "corpus"
PARTS = {"train": 273, "dev": 18, "test": 18}


@pytest.fixture(scope="module")
def parts():
    return {name: read_corpus([CORPUS / name]) for name in PARTS}


@pytest.mark.parametrize("part", PARTS)
def test_every_article_is_read_whole(parts, part):
    corpus = parts[part]
    assert len(corpus.articles) == PARTS[part]
    assert not corpus.remarks
    for article in corpus.articles:
        assert article.annotated.markings
        assert article.annotated.stated


def test_what_was_annotated_once_is_read_whole_and_stands_apart(parts):
    once = read_corpus([CORPUS / "once"])
    assert len(once.articles) == 108
    assert not once.remarks
    assert all(a.annotated.markings and a.annotated.stated for a in once.articles)
    names = {a.annotated.name for corpus in parts.values() for a in corpus.articles}
    assert names.isdisjoint(a.annotated.name for a in once.articles)


@pytest.mark.parametrize("part", PARTS)
def test_relations_join_what_the_guideline_lets_them(parts, part):
    known = set(conventions().modalities)
    for article in parts[part].articles:
        things = article.annotated.things
        for stated in article.annotated.stated:
            assert stated.subject in things, article.annotated.name
            assert stated.subject != stated.object, article.annotated.name
            assert stated.modality in known, article.annotated.name


def test_no_article_is_in_two_parts():
    names = [path.stem for part in PARTS for path in (CORPUS / part).glob("*.txt")]
    assert len(names) == len(set(names)) == sum(PARTS.values())


@pytest.mark.parametrize("who", ["first", "second"])
def test_each_annotator_marked_every_article(parts, who):
    for corpus in parts.values():
        assert len(list(read_beside(CORPUS / "annotators" / who, corpus))) == len(corpus.articles)


def test_the_readme_counts_right():
    told = (CORPUS / "README.md").read_text(encoding="utf-8")
    anns = [p.read_text(encoding="utf-8") for part in PARTS for p in (CORPUS / part).glob("*.ann")]
    texts = [p.read_text(encoding="utf-8") for part in PARTS for p in (CORPUS / part).glob("*.txt")]
    counts = (
        sum(len(text.split()) for text in texts),
        sum(len(re.findall(r"^T", ann, re.M)) for ann in anns),
        sum(len(re.findall(r"^R", ann, re.M)) for ann in anns),
    )
    words = f"{counts[0]:,} words, {counts[1]:,} marked mentions, {counts[2]:,} marked relations"
    assert words in " ".join(told.split())
