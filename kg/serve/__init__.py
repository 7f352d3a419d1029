"""A graph over HTTP: the SPARQL 1.1 Protocol, a query page, the drawn page, a page per thing."""

from kg.serve.app import Settings, application
from kg.serve.listen import listen

__all__ = ["Settings", "application", "listen"]
