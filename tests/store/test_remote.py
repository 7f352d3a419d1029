"""A graph on a server is the graph that it would be in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from cli_runs import run
from graph_samples import HEILONGJIANG, cooperation, denial, hostile, synthetic
from pyoxigraph import Literal
from store.conftest import PROGRAM, ROWS_AT_MOST, free_port, running

from kg import export
from kg.errors import QueryError, StoreError
from kg.graph import KnowledgeGraph
from kg.graph.named import own

TIES = "SELECT ?a ?b { ?a kg:cooperatesWith ?b } ORDER BY ?a ?b"


@pytest.fixture
def local() -> KnowledgeGraph:
    graph = KnowledgeGraph()
    for resolution in (cooperation(), denial(), hostile(), synthetic(7)):
        graph.add(resolution, origin=f"/news/{resolution.article.id}")
    return graph


@pytest.fixture
def remote(address: str) -> Iterator[KnowledgeGraph]:
    with KnowledgeGraph.open(address, writable=True) as graph:
        for resolution in (cooperation(), denial(), hostile(), synthetic(7)):
            assert graph.add(resolution, origin=f"/news/{resolution.article.id}")
    with KnowledgeGraph.open(address) as graph:
        yield graph


def same(remote: KnowledgeGraph, local: KnowledgeGraph) -> bool:
    return set(remote.quads()) == set(local.quads()) and remote.counts() == local.counts()


def test_it_holds_and_tells_the_same(remote, local):
    assert same(remote, local)
    assert list(remote.facts()) == list(local.facts())
    assert remote.entities() == local.entities()
    assert remote.articles() == local.articles()
    assert remote.find("黑龙江省") == local.find("黑龙江省")
    assert list(remote.facts(about="Приморский край")) == list(local.facts(about="Приморский край"))
    assert set(remote.around("Харбин").quads()) == set(local.around("Харбин").quads())
    assert list(remote.check()) == list(local.check())
    assert remote.about(HEILONGJIANG.iri) == local.about(HEILONGJIANG.iri)


def test_it_exports_the_same_bytes(remote, local, tmp_path):
    for graph, name in ((remote, "remote"), (local, "local")):
        export(graph, tmp_path / f"{name}.ttl")
    assert (tmp_path / "remote.ttl").read_bytes() == (tmp_path / "local.ttl").read_bytes()


def test_queries_answer_the_same(remote, local):
    articles = "SELECT ?g { GRAPH ?g { ?a a kg:Article } } ORDER BY ?g"
    first = next(iter(remote.query(articles)))[0]
    chosen = "SELECT ?s FROM <ARTICLE> { ?s a kg:Article }".replace("ARTICLE", first)
    for text in (TIES, articles, chosen, "ASK { ?s kg:metWith ?o }", "ASK { ?s a kg:Nothing }"):
        assert remote.query(text).rows == local.query(text).rows
        assert remote.query(text).bool == local.query(text).bool
    every = "CONSTRUCT { ?s skos:prefLabel ?o } { ?s skos:prefLabel ?o }"
    assert remote.query(every).triples == local.query(every).triples
    graph = remote.query(articles).rows[1][0].value
    assert len(remote.query("SELECT ?s { ?s a kg:Article }", default_graphs=[graph])) == 1
    assert len(remote.query("SELECT * { ?s ?p ?o }", limit=3)) == 3


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("cooperation", {"place": "Хэйлун"}),
        ("cooperation", {"place": ""}),
        ("events", {}),
        ("changes", {"earlier": "2020", "later": "2021"}),
        ("plans", {"who": '") } ; DROP ALL #'}),
        ("spoke-for", {"place": "край", "year": "2021"}),
    ],
)
def test_named_queries_answer_the_same(remote, local, name, values):
    query = own(name)
    bindings = query.bindings(values)
    found = remote.query(query.text, bindings=bindings)
    assert found.vars == local.query(query.text, bindings=bindings).vars
    expected = local.query(query.text, bindings=bindings)
    # What no event says is unbound here and "" on Virtuoso.
    assert sorted(map(_spoken, found)) == sorted(map(_spoken, expected))


def _spoken(row: tuple[str | None, ...]) -> tuple[str, ...]:
    return tuple(cell or "" for cell in row)


def test_values_cannot_break_out(remote):
    text = "SELECT ?a ?l { ?e skos:prefLabel ?l FILTER (STR(?l) = ?a) } GROUP BY ?a ?l ORDER BY ?a"
    for value in ('"', "'", "\\", '"""', "x\n} #", "Харбин\u202e", "👋 ? $a"):
        assert len(remote.query(text, bindings={"a": Literal(value)})) == 0
    assert len(remote.query(text, bindings={"a": Literal("Харбин")})) == 1


def test_building_twice_writes_nothing_new(address, remote, local):
    with KnowledgeGraph.open(address, writable=True) as graph:
        assert not graph.add(cooperation(), origin=f"/news/{cooperation().article.id}")
        assert not graph.add(cooperation(), origin="/news/elsewhere")
        assert same(graph, local)


def test_a_new_text_of_an_origin_replaces_the_old_one(address, remote):
    origin = f"/news/{denial().article.id}"
    with KnowledgeGraph.open(address, writable=True) as graph:
        assert graph.add(synthetic(9), origin=origin)
    expected = KnowledgeGraph()
    for resolution in (cooperation(), hostile(), synthetic(7), synthetic(9)):
        expected.add(resolution)
    with KnowledgeGraph.open(address) as graph:
        assert same(graph, expected)
        assert graph.article_of(origin) == synthetic(9).article.id


def test_removing_all_leaves_nothing(address, remote, local):
    with KnowledgeGraph.open(address, writable=True) as graph:
        for article in local.articles():
            assert graph.remove(article.id)
            assert local.remove(article.id)
            assert same(graph, local)
        assert not list(graph._store.marks())


def test_what_was_cut_off_is_completed_by_the_next_run(address, local, monkeypatch):
    with KnowledgeGraph.open(address, writable=True) as graph:
        graph.add(denial(), origin=f"/news/{denial().article.id}")
        server = graph._store._server
        with monkeypatch.context() as broken:
            broken.setattr(server, "put", lambda *_: (_ for _ in ()).throw(StoreError("gone")))
            with pytest.raises(StoreError, match="gone"):
                graph.add(cooperation(), origin=f"/news/{cooperation().article.id}")
    with KnowledgeGraph.open(address, writable=True) as graph:
        assert not graph.has(cooperation().article.id)
        for resolution in (cooperation(), denial(), hostile(), synthetic(7)):
            graph.add(resolution, origin=f"/news/{resolution.article.id}")
        assert same(graph, local)


def test_much_is_written_and_read_in_parts(address):
    many = synthetic(1, mentions=700, statements=300)
    local = KnowledgeGraph()
    local.add(many)
    with KnowledgeGraph.open(address, writable=True) as graph:
        graph.add(many)
        assert len(set(graph.quads())) > 5 * ROWS_AT_MOST
        assert same(graph, local)
        assert list(graph.facts()) == list(local.facts())


def test_an_answer_that_a_server_cuts_is_refused(virtuoso, monkeypatch):
    monkeypatch.setenv("KG_STORE_USER", "dba")
    monkeypatch.setenv("KG_STORE_PASSWORD", "dba")
    with KnowledgeGraph.open(virtuoso, writable=True) as graph:
        graph.add(synthetic(1, mentions=700, statements=300))
        with pytest.raises(QueryError, match=f"gives {ROWS_AT_MOST} rows at most; use LIMIT"):
            graph.query("SELECT * { ?s ?p ?o }")
        assert len(graph.query("SELECT * { ?s ?p ?o } LIMIT 20")) == 20
        graph.remove(synthetic(1, mentions=700, statements=300).article.id)


def test_a_mistake_is_told_in_the_servers_words(remote):
    with pytest.raises(QueryError, match=re.escape(remote._store._server.name)) as told:
        remote._store.query("SELECT ?x { ?x ?y }", {})
    assert "\n" not in str(told.value)
    assert len(str(told.value)) < 500


def test_reading_does_not_write(remote):
    with pytest.raises(StoreError, match="open for reading only"):
        remote.add(synthetic(3))


def test_a_closed_store_says_so(remote):
    remote.close()
    with pytest.raises(StoreError, match="closed"):
        remote.counts()


def test_other_graphs_of_the_server_are_left_alone(address, local):
    with KnowledgeGraph.open(address, writable=True) as graph:
        graph.update(
            "INSERT DATA { GRAPH <https://w3id.org/kg/other> { <http://e/a> a kg:Statement } }"
        )
        for resolution in (cooperation(), denial(), hostile(), synthetic(7)):
            graph.add(resolution, origin=f"/news/{resolution.article.id}")
        assert set(graph.quads()) == set(local.quads())
        assert list(graph.facts()) == list(local.facts())
        for article in local.articles():
            graph.remove(article.id)
        assert len(graph.query("SELECT ?s { GRAPH ?g { ?s a kg:Statement } }")) == 1


def test_few_requests_are_needed(remote, monkeypatch):
    asked = []
    server = remote._store._server
    send = server._sent
    monkeypatch.setattr(server, "_sent", lambda *a, **k: asked.append(a) or send(*a, **k))
    assert len(list(remote.facts())) > 20
    remote.entities()
    remote.articles()
    assert len(asked) < 40  # pages of Virtuoso; one request would be needed for each node else


def test_virtuoso_lets_nobody_write_who_says_not_who_he_is(virtuoso, monkeypatch):
    refused = pytest.raises(StoreError, match="set KG_STORE_USER and KG_STORE_PASSWORD")
    with KnowledgeGraph.open(virtuoso, writable=True) as graph, refused:
        graph.add(synthetic(99))
    monkeypatch.setenv("KG_STORE_USER", "dba")
    monkeypatch.setenv("KG_STORE_PASSWORD", "не тот")
    refused = pytest.raises(StoreError, match="does not let you in: 401")
    with KnowledgeGraph.open(virtuoso, writable=True) as graph, refused:
        graph.add(synthetic(99))


def test_oxigraph_that_cuts_a_query_is_noticed(tmp_path, oxigraph):
    port = free_port()
    # On disk, for Oxigraph looks at its clock only where it reads from there.
    command = [str(PROGRAM), "serve", "--location", str(tmp_path / "db")]
    command += ["--bind", f"127.0.0.1:{port}", "--timeout-s", "1"]
    with (
        running(command, f"http://127.0.0.1:{port}/query") as address,
        KnowledgeGraph.open(address, writable=True) as graph,
    ):
        for number in range(3):
            graph.add(synthetic(number, mentions=200, statements=100))
        with pytest.raises(QueryError, match="took too long and cut its answer"):
            graph.query("SELECT ?a ?b ?c ?d { ?a ?p ?b . ?c ?q ?d FILTER (?b = ?c && ?a = ?d) }")


NEWS = "Приморский край и провинция Хэйлунцзян подписали соглашение о сотрудничестве.\n"


@pytest.mark.slow
def test_every_command_takes_an_address(address, tmp_path):
    news = tmp_path / "news.txt"
    news.write_text(NEWS, encoding="utf-8")
    built = run("build", news, "--store", address, "-o", tmp_path / "g.ttl")
    assert built.exit_code == 0, built.stderr
    assert f"written: {address}" in built.stderr
    again = run("build", news, "--store", address)
    assert "0 new, 1 known" in again.stderr
    for name, *more in (
        ("facts",),
        ("articles",),
        ("check",),
        ("query", "SELECT ?a ?b { ?a kg:signedAgreementWith ?b } ORDER BY ?a ?b"),
    ):
        told = run(name, address, *more)
        assert told.exit_code == 0, told.stderr
        assert told.stdout == run(name, tmp_path / "g.ttl", *more).stdout
    for name, option in (("export", "x.ttl"), ("draw", "x.html")):
        assert run(name, address, "-o", tmp_path / option).exit_code == 0
        mine = (tmp_path / option).read_bytes()
        assert run(name, tmp_path / "g.ttl", "-o", tmp_path / option).exit_code == 0
        assert (tmp_path / option).read_bytes() == mine
    article = run("articles", address).stdout.split()[0]
    assert run("remove", address, article).exit_code == 0
    assert run("articles", address).stdout == ""
    assert "serves already" in run("serve", address).stderr
