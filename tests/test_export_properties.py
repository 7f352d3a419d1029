"""Whatever the text says, each format holds it, and nothing breaks out of a format."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
import rdflib
from graph_samples import HOSTILE, Telling
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kg import KnowledgeGraph, export
from kg.errors import InputError
from kg.export import FOLDERS
from kg.export.neo4j import BETWEEN
from kg.graph.terms import NOT_XML, Terms
from kg.model import Entity, Name, Resolution

BREAKERS = st.sampled_from(
    [*HOSTILE, "\u202e", "\u2066", "‮", "«»", "=", "＝1+1", " @x", "a;b", BETWEEN]
)  # fmt: skip
TEXT = st.lists(st.one_of(BREAKERS, st.text(max_size=6)), min_size=1, max_size=4).map("".join)
# pyoxigraph refuses half a surrogate pair, and so does kg when an article is added.
WORDS = TEXT.filter(lambda text: text.strip() and not re.search("[\ud800-\udfff]", text))
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
KINDS = st.sampled_from(["Person", "City", "Company"])


@st.composite
def articles(draw: st.DrawFn) -> Resolution:
    """An article whose names, title, publisher, address and sentences are whatever is drawn."""
    one, two, alias, post = (draw(WORDS) for _ in range(4))
    told = Telling(
        f"{one} | {two} | {post}",
        title=draw(WORDS),
        publisher=draw(WORDS),
        url=draw(WORDS),
        published=draw(st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1))),
    )
    other = Name(alias, draw(st.sampled_from(["ru", "zh"])))
    start = Entity("https://w3id.org/kg/entity/person-a", "Person", one, (other,))
    end = Entity("https://w3id.org/kg/entity/organization-b", "Company", two)
    first, second = told.mention(one, start), told.mention(two, end)
    said = told.article.text
    told.claim(first, "represents", second, said, score=draw(st.floats(0, 1)))
    told.claim(first, "holdsPost", told.value(post, "langString", post), said)
    if draw(st.booleans()):
        told.claim(
            second, "owns", second, said, modality="Denied", polarity="Negative", speaker=first
        )
    return told.resolution()


def built(*resolutions: Resolution) -> KnowledgeGraph:
    graph = KnowledgeGraph()
    for resolution in resolutions:
        graph.add(resolution)
    return graph


def written(graph: KnowledgeGraph, name: str, **how: bool) -> tuple[bytes, KnowledgeGraph]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        export(graph, path, **how)
        return path.read_bytes(), KnowledgeGraph.open(path)


@pytest.mark.parametrize("suffix", [".ttl", ".trig", ".nq", ".nt", ".jsonld"])
@given(one=articles(), two=articles())
@FEW
def test_what_is_written_is_read_again(suffix, one, two):
    assume(one.article.id != two.article.id)  # it is made of the text
    graph = built(one, two)
    data, again = written(graph, f"g{suffix}")
    assert set(again.quads()) == set(graph.quads())
    assert written(built(two, one), f"g{suffix}")[0] == data


@pytest.mark.parametrize("suffix", [".ttl", ".trig", ".nq", ".nt"])
@given(one=articles())
@FEW
def test_rdf12_says_each_statement_and_reads_as_the_same_graph(suffix, one):
    graph = built(one)
    data, again = written(graph, f"g{suffix}", rdf12=True)
    assert set(again.quads()) == set(graph.quads())
    assert data.count(b"<<( ") >= graph.counts().statements


@given(one=articles())
@FEW
def test_rdf_xml_is_the_same_but_for_what_xml_cannot_say(one):
    graph = built(one)
    _, again = written(graph, "g.rdf")

    def shown(of: KnowledgeGraph) -> set[str]:
        return {NOT_XML.sub("\ufffd", q.object.value) for q in of.quads()}

    assert shown(again) == shown(graph)
    assert len(set(again.quads())) == len(set(graph.quads()))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own reader
@given(one=articles())
@FEW
def test_jsonld_expands_in_another_parser_to_the_same_triples(one):
    graph = built(one)
    data, _ = written(graph, "g.jsonld")
    parsed = rdflib.Graph().parse(data=data, format="json-ld")
    assert len(parsed) == len({(q.subject, q.predicate, q.object) for q in graph.quads()})


@pytest.mark.parametrize(
    ("name", "read"), [("g.graphml", nx.read_graphml), ("g.gexf", nx.read_gexf)]
)
@given(one=articles())
@FEW
def test_networks_have_labels_classes_weights_and_dates(name, read, one):
    graph = built(one)
    with tempfile.TemporaryDirectory() as folder:
        export(graph, Path(folder) / name)
        ElementTree.parse(Path(folder) / name)  # noqa: S314  # what kg wrote
        network = read(Path(folder) / name)
    assert len(network.nodes) == 2
    ((*_, edge),) = network.edges(data=True)
    published = one.article.published
    day = published.isoformat() if published else None
    assert (edge["relation"], edge["weight"]) == ("represents", 1)
    assert (edge.get("first"), edge.get("last")) == (day, day)
    assert {data["class"] for _, data in network.nodes(data=True)} == {"Person", "Company"}


@given(one=articles())
@FEW
def test_no_cell_of_a_spreadsheet_is_a_formula(one):
    graph = built(one)
    with tempfile.TemporaryDirectory() as folder:
        export(graph, Path(folder) / "g.csv")
        export(graph, Path(folder) / "tables", form="network")
        files = [Path(folder) / "g.csv", *(Path(folder) / "tables").iterdir()]
        texts = [path.read_bytes().decode() for path in files]
    for text in texts:
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert len({len(row) for row in rows}) == 1
        for row in rows[1:]:
            assert not any(re.match(r"\s*[=+\-@＝＋－＠]", cell) for cell in row), row


def imported(data: bytes) -> list[dict[str, object]]:
    """Read a file as neo4j-admin does by its manual, with --multiline-fields, and strictly.

    Fields are parted by commas and quoted by ", which is doubled inside; a typed column holds
    what its type can parse, or nothing; an array is parted by the delimiter.
    """
    rows = csv.reader(io.StringIO(data.decode(), newline=""), strict=True)
    head = next(rows)
    found = []
    for row in rows:
        assert len(row) == len(head), row
        record: dict[str, object] = {}
        for column, cell in zip(head, row, strict=True):
            kind = column.partition(":")[2]
            if kind in ("string[]", "LABEL"):
                record[column] = cell.split(BETWEEN) if cell else []
            elif kind == "long":
                record[column] = int(cell)
            elif kind == "double":
                record[column] = float(cell)
            elif kind == "date":
                record[column] = date.fromisoformat(cell) if cell else None
            else:
                assert BETWEEN not in cell
                record[column] = cell
        found.append(record)
    return found


@given(one=articles())
@FEW
def test_neo4j_reads_nodes_and_relationships_as_they_are(one):
    graph = built(one)
    with tempfile.TemporaryDirectory() as folder:
        export(graph, Path(folder) / "tables", form="neo4j")
        nodes = imported((Path(folder) / "tables" / "nodes.csv").read_bytes())
        edges = imported((Path(folder) / "tables" / "relationships.csv").read_bytes())
    ids = [node["iri:ID"] for node in nodes]
    assert len(ids) == len(set(ids)) == 2
    assert all({edge[":START_ID"], edge[":END_ID"]} <= set(ids) for edge in edges)
    assert [edge[":TYPE"] for edge in edges] == ["represents"]
    (person,) = (node for node in nodes if "Person" in node[":LABEL"])
    said = one.referents[0][0].normal
    assert person["name"] == NOT_XML.sub("\ufffd", said).replace("\r\n", "\n").replace("\r", "\n")
    assert len(person["holdsPost:string[]"]) == 1


@pytest.mark.parametrize("form", FOLDERS)
def test_a_folder_is_written_whole_and_never_over_other_files(tmp_path, form, graph):
    export(graph, tmp_path / "tables", form=form)
    first = {p.name: p.read_bytes() for p in (tmp_path / "tables").iterdir()}
    export(graph, tmp_path / "tables", form=form)
    assert first == {p.name: p.read_bytes() for p in (tmp_path / "tables").iterdir()}
    (tmp_path / "tables" / "mine.txt").write_text("keep")
    with pytest.raises(InputError, match=r"holds other files \(mine.txt\)"):
        export(graph, tmp_path / "tables", form=form)
    assert len(list((tmp_path / "tables").iterdir())) == len(first) + 1
    assert [p.name for p in tmp_path.iterdir()] == ["tables"]


@pytest.mark.parametrize(
    ("name", "how", "message"),
    [
        ("g.csv", {"rdf12": True}, "RDF 1.2 is written as .ttl .trig .nq .nt"),
        ("g.rdf", {"rdf12": True}, "RDF 1.2 is written as"),
        ("tables", {"form": "neo4j", "rdf12": True}, "a folder of tables has no RDF 1.2"),
        ("tables", {"form": "excel"}, "no format 'excel'; known are network neo4j"),
    ],
)
def test_what_does_not_go_together_is_told(tmp_path, graph, name, how, message):
    with pytest.raises(InputError, match=message):
        export(graph, tmp_path / name, **how)
    assert not list(tmp_path.iterdir())


def test_a_statement_that_reifies_something_else_is_refused(tmp_path, graph):
    path = tmp_path / "g.nt"
    export(graph, path, rdf12=True)
    lines = path.read_text("utf-8").splitlines()
    at = next(i for i, line in enumerate(lines) if Terms.REIFIES.value in line)
    lines[at] = re.sub(r"<<\( (\S+)", "<<( <https://w3id.org/kg/entity/x>", lines[at])
    path.write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(InputError, match="reifies what its parts do not say"):
        KnowledgeGraph.open(path)


@pytest.mark.parametrize("where", ["title", "publisher", "words"])
def test_half_a_surrogate_pair_is_refused_before_anything_is_written(where):
    head = {"title": "т", "publisher": "п"} | ({where: "\ud800"} if where != "words" else {})
    told = Telling("Харбин \ud800" if where == "words" else "Харбин", **head)
    told.mention(told.article.text, Entity("https://w3id.org/kg/entity/city-a", "City", "Харбин"))
    graph = KnowledgeGraph()
    with pytest.raises(InputError, match="half a surrogate pair"):
        graph.add(told.resolution())
    assert not list(graph.quads())
