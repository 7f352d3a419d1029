"""Five usual queries on 100,000 claims: kg's store beside rdflib's; kept in benchmarks/QUERY.md.

    python benchmarks/query.py [CLAIMS]          (make bench-query)

The claims are made by arithmetic: 100 in an article, over persons, bodies, regions and events.
All hold the same quads, with a graph for each article: kg in a store's folder opened for reading,
and in memory as it opens the N-Quads that it exports; rdflib in a Dataset in memory whose default
graph is the union, as kg's is, read in the same order. Each
query is run once unmeasured, then timed by CPU seconds of this process, the median of five runs
(of one, where a run takes over 20 s), and must give the same rows on both. Checking the store
against the shapes is measured too, on an article in a hundred, for its memory is what matters.
"""

from __future__ import annotations

import gc
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import rdflib
from pyoxigraph import NamedNode

from kg.export.rdf import nquads
from kg.graph import KnowledgeGraph
from kg.graph.copies import term
from kg.graph.files import parsed
from kg.graph.terms import PREFIXES
from kg.model import Article, Claim, Entity, Evidence, Fact, Mention, Resolution

HERE = Path(__file__).parent
BASE = "https://w3id.org/kg/entity/"
SHAPES = (
    ("represents", "Person", "GovernmentOrganization"),
    ("locatedIn", "GovernmentOrganization", "City"),
    ("locatedIn", "City", "Region"),
    ("cooperatesWith", "Region", "Region"),
    ("participatesIn", "Person", "Event"),
    ("visited", "Person", "City"),
    ("metWith", "Person", "Person"),
    ("takesPlaceIn", "Event", "City"),
)
SIZES = {"Person": 5000, "GovernmentOrganization": 1500, "City": 400, "Region": 100, "Event": 3000}
QUERIES = {
    "one step from a name": """SELECT ?person WHERE {
        ?body rdfs:label "GovernmentOrganization 7"@ru .
        ?p kg:represents ?body ; rdfs:label ?person }""",
    "a path": """SELECT DISTINCT ?region WHERE {
        ?p rdfs:label "Person 11"@ru ; kg:represents/kg:locatedIn+ ?place .
        ?place a kg:Region ; rdfs:label ?region }""",
    "counts by region and relation": """SELECT ?region ?relation (COUNT(*) AS ?n) WHERE {
        ?s rdf:subject ?a ; rdf:predicate ?relation . ?a kg:locatedIn ?r .
        ?r a kg:Region ; rdfs:label ?region } GROUP BY ?region ?relation""",
    "who says so, and when": """SELECT ?one ?other ?date ?quote WHERE {
        GRAPH ?article {
          ?s rdf:predicate kg:cooperatesWith ; rdf:subject ?a ; rdf:object ?b ;
             kg:modality kg:Planned ; kg:evidence/oa:hasSelector/oa:exact ?quote .
          ?article dcterms:date ?date }
        ?a rdfs:label ?one . ?b rdfs:label ?other
        FILTER (?date < "2021-03-01"^^xsd:date) }""",
    "a name's part, and its Chinese": """SELECT ?name ?zh WHERE {
        ?e a kg:City ; rdfs:label ?name FILTER (CONTAINS(LCASE(?name), "ty 39"))
        OPTIONAL { ?e skos:altLabel ?zh FILTER (LANG(?zh) = "zh") } }""",
}  # fmt: skip


def articles(claims: int) -> Iterator[Resolution]:
    """Yield articles of a hundred claims each."""
    rng = random.Random(7)  # noqa: S311  # the same articles each time
    for number in range(claims // 100):
        yield _article(number, rng)


def _article(number: int, rng: random.Random) -> Resolution:
    day = date(2021, 1, 1) + timedelta(days=number % 900)
    drawn = []
    for _ in range(100):
        relation, *kinds = rng.choice(SHAPES)
        drawn.append((relation, [(kind, rng.randrange(SIZES[kind])) for kind in kinds]))
    lines = [f"{r} {a[0]} {a[1]} | {b[0]} {b[1]}." for r, (a, b) in drawn]
    article = Article(f"{number:016x}", "\n".join(lines), f"Article {number}", published=day)
    referents, facts, at = [], [], 0
    for (relation, ends), line in zip(drawn, lines, strict=True):
        pairs = []
        for kind, key in ends:
            words = f"{kind} {key}"
            start = at + (line.index(words) if not pairs else line.rindex(words))
            entity = Entity(f"{BASE}{kind.lower()}-{key}", kind, words)
            pairs.append((Mention(start, start + len(words), words, kind, words), entity))
        evidence = Evidence(article.id, at, at + len(line), line, "arithmetic", 0.8)
        modality = "Planned" if rng.random() < 0.2 else "Asserted"
        claim = Claim(pairs[0][0], relation, pairs[1][0], modality, "Positive", None, evidence)
        referents += pairs
        facts.append(Fact(pairs[0][1], relation, pairs[1][1], (claim,)))
        at += len(line) + 1
    return Resolution(article, tuple(referents), tuple(facts))


def timed(run: Callable[[], object]) -> float:
    """Return the median CPU seconds of a run; short ones are run often enough to be measured."""
    taken = []
    often = 1
    while len(taken) < 5:
        began = time.process_time()
        for _ in range(often):
            run()
        spent = time.process_time() - began
        if spent < 0.1 and not taken:
            often *= 4
            continue
        taken.append(spent / often)
        if spent > 20:
            break
    return statistics.median(taken)


def memory() -> int:
    """Return the most memory that the process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Measure, print and keep."""
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.kg"
        with KnowledgeGraph.open(path, writable=True) as graph:
            for resolution in articles(claims):
                graph.add(resolution)
        with KnowledgeGraph.open(path) as graph:
            file = Path(folder) / "archive.nq"
            file.write_bytes(nquads(graph))
            measured(graph, file, claims)


def dataset(file: Path) -> rdflib.Dataset:
    """Return what a file holds as rdflib has it, with its graphs."""
    found = rdflib.Dataset(default_union=True)
    for quad in parsed(file):
        triple = (term(quad.subject), term(quad.predicate), term(quad.object))
        home = found.default_graph
        if isinstance(quad.graph_name, NamedNode):
            home = found.graph(rdflib.URIRef(quad.graph_name.value))
        home.add(triple)
    return found


def measured(graph: KnowledgeGraph, file: Path, claims: int) -> None:
    """Measure one store, and the file of the same graph."""
    counts = graph.counts()
    before = memory()
    began = time.process_time()
    checked, faults = counts.articles // 100, 0
    for violation in graph.check(limit=checked):
        faults += 1
        sys.stderr.write(f"{violation}\n")
    seconds, grown = time.process_time() - began, memory() - before
    other_store = dataset(file)
    loaded = KnowledgeGraph.open(file)
    # What rdflib holds are Python objects by the million, which the collector would walk through
    # in the midst of a query of either.
    gc.collect()
    gc.freeze()
    rows, ratios = [], []
    for name, query in QUERIES.items():
        ours = {tuple(row) for row in graph.query(query)}
        theirs = {
            tuple(None if v is None else str(v) for v in row)
            for row in other_store.query(query, initNs=PREFIXES)
        }
        if ours != theirs or not ours:
            sys.exit(
                f"{name}: the answers differ, or are empty: {len(ours)} and {len(theirs)} rows"
            )
        kg = timed(lambda query=query: list(loaded.query(query)))
        stored = timed(lambda query=query: list(graph.query(query)))
        other = timed(lambda query=query: list(other_store.query(query, initNs=PREFIXES)))
        ratios.append((other / kg, other / stored))
        times = f"{kg:.4f} | {stored:.4f} | {other:.4f} | {other / kg:.0f} | {other / stored:.0f}"
        rows.append(f"| {name} | {len(ours)} | {times} |")
        sys.stderr.write(rows[-1] + "\n")
    text = f"""# Queries

Written by `make bench-query`: do not edit. {counts.statements:,} claims in
{counts.articles:,} articles, {len(other_store):,} quads; CPU seconds, medians; the same rows
from both.

| query | rows | kg, in memory | kg, in a folder | rdflib, in memory | times | times, folder |
| --- | --- | --- | --- | --- | --- | --- |
{chr(10).join(rows)}

Median: {statistics.median(r for r, _ in ratios):.0f} times faster in memory,
{statistics.median(r for _, r in ratios):.0f} times from a folder. `kg check` on {checked} of the
articles: {seconds / checked:.2f} s each, {grown} MB more than the open store, {faults} faults.
"""
    sys.stdout.write(text)
    if claims == 100_000:
        (HERE / "QUERY.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
