"""The knowledge graph that users hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType

import networkx as nx
import rdflib
from pyoxigraph import NamedNode, Triple

from kg import ontology as ontologies
from kg import store as stores
from kg.errors import InputError
from kg.graph import check, copies, counts, files, names, origins, vicinity
from kg.graph import sparql as sparql_
from kg.graph.quads import article_quads
from kg.graph.records import Place, Records
from kg.graph.results import Results
from kg.graph.terms import VIEW, Terms, article_iri
from kg.graph.view import View
from kg.model import Article, Entity, Fact, Resolution
from kg.store import Change, Node, Quad, Store

MANY = 100
"""Transactions after which a store's files are put in order: each leaves one of its own to read."""


class KnowledgeGraph:
    """Facts and the sentences that say them, article by article; in memory, or in a folder.

    >>> graph = KnowledgeGraph()
    >>> graph.counts().articles
    0
    """

    def __init__(self, store: Store | None = None) -> None:
        self._store: Store = stores.memory() if store is None else store
        self._ontology = ontologies.load()
        self._view = View(self._store, self._ontology)
        self._sources: dict[str, str] | None = None
        self._written = 0

    @classmethod
    def open(
        cls, path: str | Path, *, writable: bool = False, guarded: bool = True
    ) -> KnowledgeGraph:
        """Return the graph in a file, read into memory, in the folder of a store, or on a server.

        ``writable`` makes the folder where there is none; what is added to the graph of a file
        stays in memory. A reader that is not ``guarded`` lets a writer in beside it, and must
        then open the folder again when its files have changed. A server is given by the address
        of its SPARQL queries, http:// or https://. Raises InputError for a file that cannot be
        read and an address that answers no SPARQL, and StoreError for a folder that is no store
        or has another writer, and a server that does not answer.
        """
        if stores.ADDRESS.match(str(path)):
            server = stores.reach(str(path))
            return cls(stores.RemoteStore(server, Terms.ARTICLE, writable=writable))
        path = Path(path)
        if path.is_dir() or (writable and path.suffix.lower() not in files.FORMATS):
            return cls(stores.folder(path, writable=writable, guarded=guarded))
        graph = cls()
        files.load(path, graph._store, graph._view)
        return graph

    def add(self, resolution: Resolution, origin: str = "") -> bool:
        """Add an article with its facts; false if it is there already.

        ``origin`` says where the text was read. An origin that had another text before leaves
        the article of that text, which is removed if it has no other origin. All this is
        written at once or not at all. Raises InputError for what RDF cannot hold.
        """
        article = resolution.article.id
        known = self.has(article)
        former = self._origins.get(origins.key(origin)) if origin else None
        if known and (not origin or former == article):
            return False
        leaving = former if former != article else None
        orphan = leaving is not None and list(self._origins.values()).count(leaving) == 1
        added = () if known else article_quads(resolution, self._ontology)
        self._write(
            added,
            removed=[leaving] if leaving and orphan else [],
            unmark=[origins.mark(origins.key(origin), leaving)] if leaving else [],
            mark=[origins.mark(origins.key(origin), article)] if origin else [],
        )
        if origin:
            self._origins[origins.key(origin)] = article
        return not known

    def remove(self, article: str) -> bool:
        """Remove an article and all that stands on it alone; false if it is not there."""
        if not self.has(article):
            return False
        keys = [key for key, of in self._origins.items() if of == article]
        self._write(
            (), removed=[article], unmark=[origins.mark(key, article) for key in keys], mark=[]
        )
        for key in keys:
            del self._origins[key]
        return True

    def _write(
        self,
        added: tuple[Quad, ...],
        *,
        removed: list[str],
        unmark: list[NamedNode],
        mark: list[NamedNode],
    ) -> None:
        graphs = [article_iri(article) for article in removed]
        gone = [quad for graph in graphs for quad in self._store.match(None, None, None, graph)]
        revision = self._view.revise(added, gone)
        self._store.commit(
            Change(
                drop=tuple(graphs),
                delete=revision.delete,
                insert=(*added, *revision.insert),
                unmark=tuple(unmark),
                mark=tuple(mark),
            )
        )
        self._view.keep(revision)
        self._written += 1

    @property
    def _origins(self) -> dict[str, str]:
        """Which article each origin, under its key, has now; read once, for we alone write."""
        if self._sources is None:
            self._sources = origins.read(self._store.marks())
        return self._sources

    def has(self, article: str) -> bool:
        """Tell whether an article is in the graph."""
        iri = article_iri(article)
        return any(self._store.match(iri, Terms.TYPE, Terms.ARTICLE, iri))

    def article_of(self, origin: str) -> str | None:
        """Return the article that was last read from an origin."""
        return self._origins.get(origins.key(origin))

    def articles(self) -> tuple[Article, ...]:
        """Return all articles, without their texts, by date and title."""
        records = self._records()
        found = (records.article(q.subject) for q in self._typed(Terms.ARTICLE))
        return tuple(sorted(found, key=lambda a: (str(a.published or ""), a.title, a.id)))

    def entities(self) -> tuple[Entity, ...]:
        """Return all entities, by label."""
        records = self._records()
        found = (records.entity(q.subject) for q in self._typed(Terms.ENTITY))
        return tuple(sorted(found, key=lambda e: (e.label, e.iri)))

    def find(self, name: str) -> tuple[Entity, ...]:
        """Return the entities with that name or IRI, whatever its case, ё and quotation marks."""
        records = self._records()
        return tuple(records.entity(iri) for iri in names.named(self._store, name))

    def facts(
        self,
        *,
        relation: str | None = None,
        about: str | Entity | None = None,
        denied: bool = True,
    ) -> Iterator[Fact]:
        """Yield facts with all their claims, sorted by label; without ``denied``, only affirmed.

        A relation's inverse names the same facts. Raises InputError for an unknown relation or
        name, with those most like it.
        """
        relations = self._relations(relation)
        entities = self._about(about)
        places = self._statements(entities)
        if relations is not None:
            places = (p for p in places if self._says(p, relations))
        return self._records().facts(places, denied=denied)

    def about(self, iri: str) -> tuple[Triple, ...]:
        """Return the triples with a subject, sorted; none for what is no IRI."""
        try:
            subject = NamedNode(iri)
        except ValueError:
            return ()
        return tuple(sorted({quad.triple for quad in self._store.match(subject)}, key=str))

    def _relations(self, name: str | None) -> set[NamedNode] | None:
        if name is None:
            return None
        known = self._ontology.relations
        if name not in known:
            raise InputError(f"the ontology has no relation {name!r}; {names.near(name, known)}")
        pair = (known.get(name), known.get(known[name].inverse))
        return {NamedNode(relation.iri) for relation in pair if relation}

    def _about(self, about: str | Entity | None) -> tuple[NamedNode, ...] | None:
        if about is None:
            return None
        if isinstance(about, Entity):
            return (NamedNode(about.iri),)
        return names.require(self._store, about)

    def _statements(self, entities: Iterable[NamedNode] | None) -> Iterator[Place]:
        if entities is None:
            return vicinity.places(self._typed(Terms.STATEMENT))
        return (place for e in entities for place in vicinity.statements(self._store, e))

    def _says(self, place: Place, relations: set[NamedNode]) -> bool:
        statement, graph = place
        found = self._store.match(statement, Terms.PREDICATE, None, graph)
        return any(quad.object in relations for quad in found)

    def around(self, name: str | Entity, hops: int = 1) -> KnowledgeGraph:
        """Return, in memory, the facts about an entity and, with more hops, about its neighbours.

        Entities are called there what they are called here. Raises InputError for an unknown name.
        """
        part = KnowledgeGraph()
        start = self._about(name) or ()
        part._store.extend(vicinity.around(self._store, self._view, start, hops))
        return part

    def query(
        self,
        sparql: str,
        *,
        limit: int | None = None,
        bindings: Mapping[str, Node] | None = None,
        default_graphs: Collection[str] = (),
        named_graphs: Collection[str] = (),
    ) -> Results:
        """Answer a SPARQL query; ``limit`` bounds the rows.

        ``bindings`` are values of variables that SELECT projects; they have no column.
        ``default_graphs`` and ``named_graphs`` are articles to query instead of what the query
        itself says (SPARQL 1.1 Protocol, section 2.1.4).

        Its default graph is the view together with all articles, so that a query says the same
        of a store and of a Turtle file; ``GRAPH ?article`` keeps to one article. No triple
        stands in two of them, so counts are exact. The usual prefixes are known. Raises
        QueryError for a mistake, and for what queries may not do: update, or reach elsewhere.
        """
        chosen = None
        if default_graphs or named_graphs:
            chosen = sparql_.Dataset(tuple(default_graphs), tuple(named_graphs))
        return sparql_.answer(self._store, sparql, bindings or {}, chosen, limit)

    def update(self, sparql: str) -> None:
        """Run a SPARQL update in one transaction; it writes what it says and no more.

        Plain triples do not follow from the statements that it writes. Raises QueryError for a
        mistake and for what updates may not do: reach elsewhere, or touch the store's own marks.
        """
        sparql_.change(self._store, sparql)
        self._view = View(self._store, self._ontology)
        self._sources = None

    def quads(self) -> Iterator[Quad]:
        """Yield all quads, in no order: the view in the default graph, articles in their own."""
        return self._store.dump()

    def rdflib(self) -> rdflib.Graph:
        """Return a flat copy."""
        return copies.to_rdflib(self.quads())

    def networkx(self) -> nx.MultiDiGraph:
        """Return a copy with entities as nodes and the facts that are not denied as edges."""
        dates = {article.id: article.published for article in self.articles()}
        facts = self.facts(denied=False)
        return copies.to_networkx(self.entities(), facts, dates, self._ontology)

    def counts(self) -> counts.Counts:
        """Count what there is."""
        return counts.counted(self._store)

    def check(self, limit: int | None = None) -> Iterator[check.Violation]:
        """Yield what breaks the shapes in ``ontology/shapes``, in the first ``limit`` articles."""
        return check.violations(self._store, self._ontology, limit)

    def _typed(self, cls: NamedNode) -> Iterator[Quad]:
        graph = VIEW if cls == Terms.ENTITY else None
        return self._store.match(None, Terms.TYPE, cls, graph)

    def _records(self) -> Records:
        return Records(self._store, self._ontology)

    def close(self) -> None:
        """Let go of the store's files, in order if much was written."""
        if self._written >= MANY:
            self._store.optimize()
            self._written = 0
        self._store.close()

    def __enter__(self) -> KnowledgeGraph:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
