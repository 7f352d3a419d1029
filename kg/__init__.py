"""kg turns news texts into a knowledge graph whose every fact shows the sentence that says it."""

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
