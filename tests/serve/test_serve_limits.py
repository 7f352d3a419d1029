"""Runaway queries, many at once, writers beside readers, strangers, and the end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from graph_samples import cooperation, denial, synthetic
from serve.conftest import TOKEN, serving

from kg import KnowledgeGraph
from kg.errors import QueryError

RUNAWAY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
COUNT = "SELECT (COUNT(*) AS ?n) { ?a a kg:Article }"


def counted(client: httpx.Client, query: str = COUNT) -> int:
    answer = client.get("/sparql", params={"query": query})
    assert answer.status_code == 200, answer.text
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


def test_a_runaway_query_ends_at_its_limit_and_the_next_works(client):
    began = time.monotonic()
    answer = client.get("/sparql", params={"query": RUNAWAY})
    assert (answer.status_code, answer.text) == (503, "no answer in 2 s; narrow the query\n")
    assert answer.headers["Retry-After"]
    assert time.monotonic() - began < 15
    assert counted(client) == 3


def test_ten_at_once_are_answered_beside_a_runaway(client):
    with ThreadPoolExecutor(11) as threads:
        runaway = threads.submit(client.get, "/sparql", params={"query": RUNAWAY})
        found = list(threads.map(lambda _: counted(client), range(10)))
    assert found == [3] * 10
    assert runaway.result().status_code == 503


def test_rows_are_cut_and_it_is_said(client):
    answer = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"})
    assert len(answer.json()["results"]["bindings"]) == 50
    assert answer.headers["KG-Truncated"] == "true"
    assert "KG-Truncated" not in client.get("/sparql", params={"query": COUNT}).headers
    made = client.get("/sparql", params={"query": "CONSTRUCT WHERE { ?s ?p ?o }"})
    assert made.headers["KG-Truncated"] == "true"


def test_a_foreign_host_is_refused(client):
    # A page of another site may have its name resolved to this machine.
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_other_sites_may_ask_only_on_request(client, file):
    there = {"Origin": "https://yasgui.example"}
    ask = {"query": "ASK {}"}
    assert (
        "Access-Control-Allow-Origin"
        not in client.get("/sparql", params=ask, headers=there).headers
    )
    with serving(file, "--cors", "https://yasgui.example") as (open_, _):
        allowed = open_.get("/sparql", params=ask, headers=there)
        assert allowed.headers["Access-Control-Allow-Origin"] == "https://yasgui.example"
        asked = there | {"Access-Control-Request-Method": "POST"}
        assert open_.options("/sparql", headers=asked).status_code == 200
        other = open_.get("/sparql", params=ask, headers={"Origin": "https://other.example"})
        assert "Access-Control-Allow-Origin" not in other.headers


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with KnowledgeGraph.open(tmp_path / "archive.kg", writable=True) as graph:
        graph.add(cooperation())
    return tmp_path / "archive.kg"


def update(client: httpx.Client, text: str, token: str = TOKEN, **options: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return client.post("/sparql", data={"update": text, **options}, headers=headers)


def test_updates_need_the_token_and_are_seen_at_once(store):
    add = "INSERT DATA { GRAPH <http://e/g> { <http://e/a> a kg:Article } }"
    with serving(store, "--writable", token=TOKEN) as (client, _):
        for wrong in ("", "wrong", TOKEN + "x", "п"):
            if wrong.isascii():
                refused = update(client, add, wrong)
                assert (refused.status_code, counted(client)) == (401, 1)
                assert refused.headers["WWW-Authenticate"].startswith("Bearer")
        assert update(client, add).status_code == 204
        assert [counted(client) for _ in range(4)] == [2] * 4
        direct = client.post(
            "/sparql",
            content="DELETE WHERE { GRAPH <http://e/g> { ?s ?p ?o } }",
            headers={
                "Content-Type": "application/sparql-update; charset=UTF-8",
                "Authorization": f"Bearer {TOKEN}",
            },
        )
        assert (direct.status_code, counted(client)) == (204, 1)
        assert "SPARQL11Update" in client.get("/sparql", headers={"Accept": "text/turtle"}).text


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://127.0.0.1:1/x>",
        "LOAD SILENT <file:///etc/hostname> INTO GRAPH <http://e/g>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "CREATE GRAPH <https://w3id.org/kg/store/x/y>",
        "PREFIX s: <https://w3id.org/kg/> DROP GRAPH s:store\\/x",
        "INSERT DATA { <http://e/a> ",
        "SELECT * { ?s ?p ?o }",
        "DROP GRAPH <http://e/nothing>",
    ],
)
def test_updates_reach_nothing_else(store, text):
    with KnowledgeGraph.open(store, writable=True) as graph:
        before = set(graph.quads())
        with pytest.raises(QueryError) as refused:
            graph.update(text)
        assert "\n" not in str(refused.value)
        assert set(graph.quads()) == before


def test_a_dataset_beside_an_update_is_refused(store):
    with serving(store, "--writable", token=TOKEN) as (client, _):
        both = update(client, "CLEAR ALL", **{"using-graph-uri": "http://e/g"})
        assert (both.status_code, counted(client)) == (400, 1)


def test_another_process_may_write_beside_the_readers(store):
    with serving(store) as (client, _):
        assert counted(client) == 1
        with KnowledgeGraph.open(store, writable=True) as graph:
            graph.add(denial())
            for number in range(30):
                graph.add(synthetic(number, mentions=20, statements=10))
                assert counted(client) >= 2
            graph._store._inner.optimize()  # files go that readers have open
            assert counted(client) == 32
        assert [counted(client) for _ in range(4)] == [32] * 4


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_with_its_processes(file, sign):
    with serving(file) as (client, number):
        assert counted(client) == 3
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(number)], capture_output=True, text=True, check=True
        )
        children = [int(line) for line in listed.stdout.split()]
        assert len(children) >= 2
        os.kill(number, sign)
        until = time.monotonic() + 20
        while any(map(running, children)) and time.monotonic() < until:
            time.sleep(0.1)
        assert not [pid for pid in children if running(pid)]


def running(pid: int) -> bool:
    """Say whether a process runs; one that has ended but is not waited for does not."""
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return bool(state.strip()) and not state.startswith("Z")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["nothing.kg"], "does not exist"),
        (["FILE", "--writable"], "is not a store's folder"),
        (["FILE", "--port", "TAKEN"], "choose another --port"),
        (["FILE", "--host", "256.0.0.1"], "cannot be listened on"),
    ],
)
def test_what_cannot_be_served_is_told_in_one_line(file, options, said):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        values = {"FILE": str(file), "TAKEN": str(taken.getsockname()[1])}
        command = [sys.executable, "-m", "kg", "serve", *(values.get(o, o) for o in options)]
        done = subprocess.run(
            command, capture_output=True, text=True, env=os.environ | {"KG_TOKEN": "t"}
        )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert said in done.stderr


def test_writing_needs_a_token(store):
    command = [sys.executable, "-m", "kg", "serve", str(store), "--writable"]
    done = subprocess.run(
        command, capture_output=True, text=True, env=os.environ | {"KG_TOKEN": ""}
    )
    assert (done.returncode, done.stderr) == (2, "kg: --writable needs a token; set KG_TOKEN\n")
