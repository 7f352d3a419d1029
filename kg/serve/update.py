"""SPARQL updates, in a worker: the store is opened for writing as long as one of them runs."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import InputError, KgError, QueryError, StoreError
from kg.graph import KnowledgeGraph
from kg.serve.tasks import Answer, refusal


@dataclass(frozen=True, slots=True)
class Update:
    """An update of the store; all of it in one transaction."""

    text: str

    def run(self, name: str) -> Answer:
        """Return 204, or why nothing was written: 400 for a mistake, 503 for another writer."""
        try:
            with KnowledgeGraph.open(name, writable=True) as graph:
                graph.update(self.text)
        except (QueryError, InputError) as error:
            return refusal(400, str(error))
        except StoreError as error:
            return refusal(503, str(error))
        except KgError as error:
            return refusal(500, str(error))
        return Answer(b"", "text/plain", 204)
