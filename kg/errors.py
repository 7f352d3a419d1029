"""The errors that kg raises; each message is one line and names the remedy.

KgError
├── InputError      a file, a record or an argument of the user's
├── OntologyError   the ontology or the language data contradict themselves
├── QueryError      a SPARQL query that cannot or may not be run
└── StoreError      a store that cannot be opened, read or written
"""

from __future__ import annotations


class KgError(Exception):
    """Anything that kg can explain; never raised itself."""


class InputError(KgError):
    """A file, a record or an argument cannot be used."""


class OntologyError(KgError):
    """The ontology, or rules and word lists that refer to it, are inconsistent."""


class QueryError(KgError):
    """A query has a mistake, or asks for what queries may not do."""


class StoreError(KgError):
    """A store is locked, missing, damaged or not a store."""
