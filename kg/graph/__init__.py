"""The knowledge graph: claims article by article, and the view of plain triples over them."""

from kg.graph.check import Violation
from kg.graph.counts import Counts
from kg.graph.knowledge import KnowledgeGraph
from kg.graph.results import Results

__all__ = ["Counts", "KnowledgeGraph", "Results", "Violation"]
