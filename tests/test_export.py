"""Every format writes the same bytes for the same graph, and holds what it says it holds."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pyoxigraph
import pytest
import rdflib
from graph_samples import (
    HEILONGJIANG,
    HOSTILE,
    SECOND_SENTENCE,
    Telling,
    cooperation,
    denial,
    hostile,
    shuffled,
    synthetic,
)
from rdflib.compare import isomorphic

from kg.errors import InputError
from kg.export import export
from kg.graph import KnowledgeGraph
from kg.graph.files import FORMATS
from kg.graph.terms import PREFIXES
from kg.resources import ontology_dir

SUFFIXES = (*FORMATS, ".graphml", ".gexf", ".csv")


def built(*resolutions):
    graph = KnowledgeGraph()
    for resolution in resolutions:
        graph.add(resolution, origin=f"/home/someone/{resolution.article.id}")
    return graph


@pytest.fixture
def graph():
    with built(cooperation(), denial(), hostile()) as graph:
        yield graph


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_same_bytes_in_whatever_order(tmp_path, graph, suffix):
    other = built(*shuffled([cooperation(), denial(), hostile()]))
    export(graph, tmp_path / f"a{suffix}")
    export(other, tmp_path / f"b{suffix}")
    data = (tmp_path / f"a{suffix}").read_bytes()
    assert data == (tmp_path / f"b{suffix}").read_bytes()
    assert b"/home/someone" not in data and b"w3id.org/kg/store" not in data
    assert data.endswith(b"\n")


WRITE = """
import sys
from pathlib import Path
from graph_samples import cooperation, denial
from kg.export import export
from kg.graph import KnowledgeGraph
graph = KnowledgeGraph()
graph.add(cooperation()); graph.add(denial())
for path in sys.argv[1:]:
    export(graph, path)
"""


def test_same_bytes_in_every_locale_and_hash_seed(tmp_path):
    root = Path(__file__).parents[1]
    for name, locale in (("a", "C"), ("b", "tr_TR.UTF-8")):
        (tmp_path / name).mkdir()
        env = {"LC_ALL": locale, "PYTHONHASHSEED": str(len(locale)), "TZ": "Asia/Vladivostok"}
        env["PYTHONPATH"] = f"{root}{os.pathsep}{root / 'tests'}"
        paths = [str(tmp_path / name / f"g{suffix}") for suffix in SUFFIXES]
        subprocess.run([sys.executable, "-c", WRITE, *paths], check=True, env=env, cwd=root)
    for suffix in SUFFIXES:
        same = (tmp_path / "a" / f"g{suffix}").read_bytes()
        assert same == (tmp_path / "b" / f"g{suffix}").read_bytes(), suffix


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_is_read_is_written_again(tmp_path, graph, suffix):
    export(graph, tmp_path / f"a{suffix}")
    again = KnowledgeGraph.open(tmp_path / f"a{suffix}")
    export(again, tmp_path / f"b{suffix}")
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()
    assert again.articles() == graph.articles()
    assert again.counts() == graph.counts()
    if suffix != ".rdf":  # XML cannot hold all characters
        assert set(again.quads()) == set(graph.quads())
        assert list(again.facts()) == list(graph.facts())


def test_a_store_and_its_turtle_answer_the_same(tmp_path):
    with KnowledgeGraph.open(tmp_path / "s", writable=True) as graph:
        graph.add(cooperation(), origin="/a")
        graph.add(denial(), origin="/b")
        export(graph, tmp_path / "g.ttl")
        flat = KnowledgeGraph.open(tmp_path / "g.ttl")
        for query in (
            "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
            "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
            "SELECT * { ?st rdf:subject ?s ; prov:wasDerivedFrom ?a } ORDER BY ?st",
        ):
            assert list(graph.query(query)) == list(flat.query(query))


def test_a_graph_read_from_turtle_grows_and_shrinks(tmp_path):
    export(built(cooperation()), tmp_path / "g.ttl")
    graph = KnowledgeGraph.open(tmp_path / "g.ttl")
    graph.add(denial())
    assert set(graph.quads()) == set(built(cooperation(), denial()).quads())
    graph.remove(cooperation().article.id)
    assert set(graph.quads()) == set(built(denial()).quads())


def test_joined_turtle_is_as_built_together(tmp_path):
    first, second = cooperation(), denial()
    for name, resolution in (("a", first), ("b", second)):
        export(built(resolution), tmp_path / f"{name}.ttl")
    joined = (tmp_path / "a.ttl").read_bytes() + (tmp_path / "b.ttl").read_bytes()
    (tmp_path / "ab.ttl").write_bytes(joined)
    graph = KnowledgeGraph.open(tmp_path / "ab.ttl")
    assert set(graph.quads()) == set(built(first, second).quads())


def test_turtle_without_its_view_gets_it_back(tmp_path, graph):
    export(graph, tmp_path / "g.nq")
    claims = [q for q in graph.quads() if not isinstance(q.graph_name, pyoxigraph.DefaultGraph)]
    (tmp_path / "claims.nt").write_text("".join(f"{q.triple} .\n" for q in claims), "utf-8")
    assert set(KnowledgeGraph.open(tmp_path / "claims.nt").quads()) == set(graph.quads())


def test_turtle_is_readable(tmp_path, graph):
    export(graph, tmp_path / "g.ttl")
    text = (tmp_path / "g.ttl").read_text("utf-8")
    assert text.startswith("@prefix article: <https://w3id.org/kg/article/> .\n@prefix c:")
    blocks = text.split("\n\n")
    assert "skos:altLabel" in next(b for b in blocks if "黑龙江省" in b)
    subjects = [b.split()[0] for b in blocks[1:]]
    assert len(subjects) == len(set(subjects))
    kinds = list(dict.fromkeys(s.split(":")[0] for s in subjects))
    assert kinds == ["e", "article", "ms", "st", "ev", "m"]
    assert "<https://w3id.org/kg/" not in "\n\n".join(blocks[1:])


@pytest.mark.parametrize(("suffix", "form"), [(".ttl", "turtle"), (".rdf", "xml"), (".nt", "nt")])
def test_rdflib_reads_it_too(tmp_path, suffix, form):
    graph = built(cooperation(), denial())
    export(graph, tmp_path / f"g{suffix}")
    read = rdflib.Graph().parse(tmp_path / f"g{suffix}", format=form)
    assert isomorphic(read, graph.rdflib())


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own
def test_jsonld_is_compact_and_needs_nothing_from_outside(tmp_path, graph):
    export(graph, tmp_path / "g.jsonld")
    document = json.loads((tmp_path / "g.jsonld").read_bytes())
    assert isinstance(document["@context"], dict)
    node = next(n for n in document["@graph"] if n["@id"] == "e:region/хэйлунцзян")
    assert "Province" in node["@type"]
    assert node["prefLabel"] == {"@value": "провинция Хэйлунцзян", "@language": "ru"}
    assert node["cooperatesWith"] == {"@id": "e:region/приморский-край"}
    read = rdflib.Graph().parse(tmp_path / "g.jsonld", format="json-ld")
    assert len(read) == len(list(graph.quads()))


def test_the_context_knows_the_prefixes():
    context = json.loads((ontology_dir() / "context.jsonld").read_bytes())["@context"]
    assert {k: v for k, v in context.items() if isinstance(v, str)} == {
        "@vocab": PREFIXES["kg"],
        **PREFIXES,
    }


@pytest.mark.parametrize("suffix", [".rdf", ".graphml", ".gexf"])
def test_xml_is_well_formed_whatever_the_text(tmp_path, graph, suffix):
    export(graph, tmp_path / f"g{suffix}")
    text = ElementTree.parse(tmp_path / f"g{suffix}")  # noqa: S314
    assert text.getroot() is not None


def test_xml_keeps_carriage_returns(tmp_path, graph):
    export(graph, tmp_path / "g.rdf")
    labels = {e.label for e in KnowledgeGraph.open(tmp_path / "g.rdf").entities()}
    assert {h for h in HOSTILE if "\x00" not in h} <= labels


@pytest.mark.parametrize(
    ("suffix", "read"), [(".graphml", nx.read_graphml), (".gexf", nx.read_gexf)]
)
def test_networks_hold_nodes_and_edges(tmp_path, suffix, read):
    graph = built(cooperation(), denial())
    export(graph, tmp_path / f"g{suffix}")
    network = read(tmp_path / f"g{suffix}")
    assert len(network.nodes) == 5 and len(network.edges) == 4
    assert network.nodes[HEILONGJIANG.iri]["label"] == "провинция Хэйлунцзян"
    quotes = {data["quote"] for *_, data in network.edges(data=True)}
    assert SECOND_SENTENCE in quotes


def test_gexf_is_the_same_tomorrow(tmp_path, graph):
    export(graph, tmp_path / "g.gexf")
    assert "lastmodifieddate" not in (tmp_path / "g.gexf").read_text("utf-8")


def test_csv_has_a_row_for_each_claim(tmp_path):
    export(built(cooperation(), denial()), tmp_path / "g.csv")
    data = (tmp_path / "g.csv").read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(data, newline="")))
    assert len(rows) == 8
    (said,) = (r for r in rows if r["attributed_to"])
    assert said == {
        "subject": "Приморье",
        "subject_class": "FederalSubject",
        "relation": "cooperatesWith",
        "object": "провинция Хэйлунцзян",
        "object_class": "Province",
        "modality": "Planned",
        "polarity": "Positive",
        "attributed_to": "Хуан Шивэй",
        "quote": SECOND_SENTENCE,
        "title": "В Харбине обсудили перспективы",
        "date": "2021-08-06",
        "url": "https://biang.ru/ru/news?id=1",
        "article": cooperation().article.id,
    }


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_csv_runs_no_formula(tmp_path, start):
    told = Telling(f"{start} Харбин", title=start, url=start, publisher=start)
    harbin = told.mention("Харбин", HEILONGJIANG, "Province", normal=start)
    told.claim(harbin, "locatedIn", harbin, f"{start} Харбин")
    export(built(told.resolution()), tmp_path / "g.csv")
    data = (tmp_path / "g.csv").read_bytes().decode()
    _, row = csv.reader(io.StringIO(data, newline=""))
    assert row[0] == row[9] == f"'{start}".replace("\r", "\n")
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_an_unknown_suffix_lists_the_known(tmp_path, graph):
    with pytest.raises(InputError, match=r"\.csv \.gexf .* \.ttl"):
        export(graph, tmp_path / "g.doc")
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_what_was_there(tmp_path, graph):
    (tmp_path / "g.ttl").mkdir()
    with pytest.raises(InputError, match="cannot be written"):
        export(graph, tmp_path / "g.ttl")
    with pytest.raises(InputError, match="cannot be written"):
        export(graph, tmp_path / "none" / "g.ttl")
    assert [p.name for p in tmp_path.iterdir()] == ["g.ttl"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("g.ttl", b"@prefix x: <http://x/> .\nx:a x:b }", "line 2"),
        ("g.ttl", b'<http://x/a> <http://x/b> "\xff" .', "not valid"),
        ("g.ttl", b"<http://x/a> <http://x/b> [] .", "blank nodes"),
        ("g.jsonld", b'{"@context": "file:///etc/passwd", "@id": "http://x/a"}', "not valid"),
        ("g.rdf", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>', "XML entities"),
        ("g.doc", b"", "not a graph file"),
    ],
)
def test_a_bad_file_is_told_in_one_line(tmp_path, name, data, reason):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=reason) as caught:
        KnowledgeGraph.open(tmp_path / name)
    assert name in str(caught.value) and "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    for name in ("none.ttl", "none"):
        with pytest.raises(InputError, match="does not exist"):
            KnowledgeGraph.open(tmp_path / name)


def test_an_empty_graph_round_trips(tmp_path):
    for suffix in FORMATS:
        export(KnowledgeGraph(), tmp_path / f"g{suffix}")
        assert KnowledgeGraph.open(tmp_path / f"g{suffix}").counts().articles == 0


def test_twenty_articles_are_written_quickly(tmp_path):
    graph = built(*(synthetic(n) for n in range(20)))
    start = time.process_time()
    export(graph, tmp_path / "g.ttl")
    assert time.process_time() - start < 2
