"""What a query answers, and the ways to write it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import pyoxigraph
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
)
from wcwidth import wcswidth

from kg.errors import QueryError
from kg.graph.terms import NOT_XML, PREFIXES
from kg.store import Answer

Cell = NamedNode | BlankNode | Literal | Triple | None


@dataclass(frozen=True, slots=True)
class Results:
    """The rows of SELECT, the answer of ASK, or the triples of CONSTRUCT and DESCRIBE.

    Iterating yields each row as strings, None for what is unbound; ``rows`` are the RDF terms.
    """

    vars: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    bool: bool | None = None
    triples: tuple[Triple, ...] | None = None

    @classmethod
    def of(
        cls, answer: Answer, limit: int | None = None, hidden: frozenset[str] = frozenset()
    ) -> Results:
        """Return all that a store answers, or the first ``limit`` rows or triples of it.

        The columns ``hidden`` are left out. Raises QueryError if the query fails meanwhile.
        """
        if isinstance(answer, QueryBoolean):
            return cls((), (), bool=bool(answer))
        try:
            if isinstance(answer, QuerySolutions):
                names = tuple(v.value for v in answer.variables if v.value not in hidden)
                found = answer if limit is None else islice(answer, limit)
                if not hidden:
                    return cls(names, tuple(map(tuple, found)))
                return cls(names, tuple(tuple(row[name] for name in names) for row in found))
            triples = tuple(sorted(islice(answer, limit), key=str))
        except (OSError, RuntimeError) as error:
            raise QueryError(f"the query failed: {' '.join(str(error).split())}") from error
        rows = tuple((t.subject, t.predicate, t.object) for t in triples)
        return cls(("subject", "predicate", "object"), rows, triples=triples)

    def head(self, rows: int) -> Results:
        """Return the first ``rows`` rows or triples."""
        triples = None if self.triples is None else self.triples[:rows]
        return Results(self.vars, self.rows[:rows], self.bool, triples)

    def __iter__(self) -> Iterator[tuple[str | None, ...]]:
        # Lists, for generators of a few cells cost more than what they yield.
        return (tuple([None if c is None else _plain(c) for c in row]) for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def table(self) -> str:
        """Return an aligned table for a terminal, known IRIs shortened; ASK gives yes or no."""
        if self.bool is not None:
            return "yes\n" if self.bool else "no\n"
        lines = [self.vars, *(tuple(_shown(cell) for cell in row) for row in self.rows)]
        widths = [max(wcswidth(line[i]) for line in lines) for i in range(len(self.vars))]
        lines.insert(1, tuple("-" * width for width in widths))
        return "".join(_aligned(line, widths) + "\n" for line in lines)

    def csv(self) -> str:
        """Return SPARQL CSV (W3C): the values as they are.

        No guard against formulas is put in, for the format has none: do not open the answer to
        a hostile text in a spreadsheet. The .csv export has the guard.
        """
        return self._written(QueryResultsFormat.CSV)

    def tsv(self) -> str:
        """Return SPARQL TSV (W3C)."""
        return self._written(QueryResultsFormat.TSV)

    def xml(self) -> str:
        """Return SPARQL XML results (W3C); what XML cannot write becomes U+FFFD."""
        return NOT_XML.sub("\ufffd", self._written(QueryResultsFormat.XML))

    def json(self) -> str:
        """Return SPARQL JSON results (W3C)."""
        if self.bool is not None:
            return json.dumps({"head": {}, "boolean": self.bool})
        bindings = [
            {name: _binding(cell) for name, cell in zip(self.vars, row, strict=True) if cell}
            for row in self.rows
        ]
        answer = {"head": {"vars": self.vars}, "results": {"bindings": bindings}}
        return json.dumps(answer, ensure_ascii=False)

    def turtle(self) -> str:
        """Return the triples of CONSTRUCT or DESCRIBE; QueryError for other queries."""
        if self.triples is None:
            raise QueryError("only CONSTRUCT and DESCRIBE give Turtle; choose a table, csv or json")
        return (pyoxigraph.serialize(self.triples, format=RdfFormat.TURTLE) or b"").decode()

    def _written(self, form: QueryResultsFormat) -> str:
        parsed = pyoxigraph.parse_query_results(self.json().encode(), QueryResultsFormat.JSON)
        return (parsed.serialize(format=form) or b"").decode()


def _plain(cell: NamedNode | BlankNode | Literal | Triple) -> str:
    return str(cell) if isinstance(cell, Triple) else cell.value


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    text = _plain(cell)
    if isinstance(cell, NamedNode):
        for prefix, namespace in PREFIXES.items():
            if text.startswith(namespace):
                # With the slash escaped, for so it can be copied into a query.
                name = text.removeprefix(namespace).replace("/", "\\/")
                text = f"{prefix}:{name}"
                break
    # What does not print might steer the terminal.
    return "".join(c if c.isprintable() else " " for c in text)


def _aligned(cells: tuple[str, ...], widths: list[int]) -> str:
    padded = (c + " " * (w - wcswidth(c)) for c, w in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()


def _binding(cell: NamedNode | BlankNode | Literal | Triple) -> dict[str, str]:
    if isinstance(cell, NamedNode):
        return {"type": "uri", "value": cell.value}
    if isinstance(cell, BlankNode):
        return {"type": "bnode", "value": cell.value}
    if isinstance(cell, Triple):
        raise QueryError("the answer holds triple terms, which only a table can show")
    binding = {"type": "literal", "value": cell.value}
    if cell.language:
        return binding | {"xml:lang": cell.language}
    return binding | {"datatype": cell.datatype.value}
