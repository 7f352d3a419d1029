"""What is carried away: pictures, and the facts shown as linked data."""

import struct
import xml.etree.ElementTree as ET  # of the page's own making
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from graph_samples import cooperation, denial, synthetic
from pyoxigraph import RdfFormat
from rdflib.compare import isomorphic

from kg.draw import draw
from kg.graph import KnowledgeGraph
from tests.browser import samples
from tests.browser.conftest import write

SVG = "{http://www.w3.org/2000/svg}"
KG = rdflib.Namespace("https://w3id.org/kg/ontology#")
NEWS = Path(__file__).parents[1] / "cases"


def saved(page, form):
    page.click("#save summary")
    with page.expect_download() as download:
        page.click(f"#{form}")
    return download.value


def text(page, form):
    return Path(saved(page, form).path()).read_text(encoding="utf-8")


def linked(page, form="ttl"):
    data = text(page, form)
    if form == "jsonld":
        triples = pyoxigraph.parse(data, RdfFormat.JSON_LD)
        data = pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES).decode()
    return rdflib.Graph().parse(data=data, format="turtle")


@pytest.fixture(scope="module", params=["made", "read"])
def graph(request):
    """A graph that was made by hand, and one that was read from texts and written."""
    if request.param == "read":
        found = KnowledgeGraph()
        for path in sorted(NEWS.glob("*/expected.ttl")):
            with KnowledgeGraph.open(path) as part:
                found._store.extend(part.quads())
        return found
    found = KnowledgeGraph()
    for resolution in (cooperation(), denial(), synthetic(3)):
        found.add(resolution)
    return found


@pytest.fixture(scope="module")
def graph_page(graph, tmp_path_factory):
    path = tmp_path_factory.mktemp("out") / "graph.html"
    draw(graph, path, title="Граф")
    return path


def test_all_that_is_saved_stands_in_the_graph(visit, graph, graph_page):
    page = visit(graph_page)
    whole = graph.rdflib()
    found = linked(page)
    assert len(found) > 100
    assert set(found) <= set(whole)
    relations = {s for s, _, _ in found.triples((None, rdflib.RDF.type, KG.Statement))}
    assert relations == {s for s, _, _ in whole.triples((None, rdflib.RDF.type, KG.Statement))}
    for statement in relations:
        for of in (rdflib.RDF.subject, rdflib.RDF.object, KG.modality, KG.polarity, KG.evidence):
            assert set(found.objects(statement, of)) == set(whole.objects(statement, of))


def test_turtle_and_json_say_the_same(visit, graph_page):
    page = visit(graph_page)
    assert isomorphic(linked(page), linked(page, "jsonld"))


def test_plain_triples_are_those_of_the_graph(visit, graph, graph_page):
    page = visit(graph_page)
    plain = (
        "SELECT ?s ?p ?o { ?s ?p ?o . ?x rdf:predicate ?p FILTER (STRSTARTS(STR(?s), STR(e:))) }"
    )
    namespaces = {"e": "https://w3id.org/kg/entity/", "rdf": str(rdflib.RDF)}
    found = set(linked(page).query(plain, initNs=namespaces))
    assert found == set(graph.rdflib().query(plain, initNs=namespaces))


def test_filters_hold_for_what_is_saved(visit, news_page):
    page = visit(news_page)
    every = linked(page)
    page.locator("#publishers .row", has_text="Дальний обзор").locator("input").check()
    some = linked(page)
    assert 0 < len(some) < len(every)
    assert set(some) < set(every)
    publishers = {str(name) for name in some.objects(None, rdflib.DCTERMS.publisher)}
    assert publishers == {"Дальний обзор"}


def test_a_page_without_sentences_saves_none(visit, tmp_path):
    page = visit(write(tmp_path / "p.html", *samples.news(), sentences=False))
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    assert not list(linked(page).objects(None, oa.exact))
    assert "Хуньчунь вкладывает" not in text(page, "jsonld")


@pytest.mark.parametrize("evil", samples.HOSTILE)
def test_hostile_text_breaks_no_format(visit, tmp_path, evil):
    page = visit(write(tmp_path / "p.html", *samples.hostile(evil), title=evil))
    found = linked(page)
    assert isomorphic(found, linked(page, "jsonld"))
    for iri in {term for triple in found for term in triple if isinstance(term, rdflib.URIRef)}:
        assert str(iri).startswith(("https://", "http://"))
    root = ET.fromstring(text(page, "svg"))  # noqa: S314
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "rect", "text", "tspan", "path", "polygon", "circle", "g"}
    assert not [name for e in root.iter() for name in list(e.attrib) if name.startswith("on")]


def test_the_picture_has_every_node_and_line_shown(visit, news_page):
    page = visit(news_page)
    page.locator("#classes .row input").first.uncheck()
    nodes, edges = page.evaluate("() => [kgPage.nodeView.length, kgPage.edgeView.length]")
    root = ET.fromstring(text(page, "svg"))  # noqa: S314
    assert len([g for g in root.iter(f"{SVG}g") if g.get("data-iri")]) == nodes > 20
    assert len(list(root.iter(f"{SVG}path"))) == edges
    dashed = [path for path in root.iter(f"{SVG}path") if path.get("stroke-dasharray")]
    planned = page.evaluate(
        "() => kgPage.edgeView.getIds().filter((id) => kgPage.facts[id].modality !== 0).length"
    )
    assert len(dashed) == planned > 0


def test_the_dots_are_twice_as_many(visit, news_page):
    page = visit(news_page)
    root = ET.fromstring(text(page, "svg"))  # noqa: S314
    data = Path(saved(page, "png").path()).read_bytes()
    # Portable Network Graphics, section 11.2.2: the first chunk holds the size
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    size = struct.unpack(">II", data[16:24])
    assert size == (2 * int(root.get("width")), 2 * int(root.get("height")))
    assert len(data) > 50_000  # an empty picture of this size has a tenth of it


def test_the_menu_is_used_by_keyboard(visit, news_page):
    page = visit(news_page)
    page.focus("#save summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.id") == "png"
    page.keyboard.press("Escape")
    assert not page.evaluate("() => document.getElementById('save').open")
    assert page.evaluate("() => document.activeElement.tagName") == "SUMMARY"
