"""FactRuEval-2016: names and facts in Russian news, scored by the rules of its organizers.

Starostin et al., FactRuEval 2016: Evaluation of Named Entity Recognition and Fact Extraction
Systems for Russian, Dialogue 2016; github.com/dialogue-evaluation/factRuEval-2016.
"""

from kg.evaluate.factrueval.report import Report
from kg.evaluate.factrueval.scoring import score

__all__ = ["Report", "score"]
