"""What a server may answer that is no answer."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator

import pytest

from kg.errors import InputError, KgError, QueryError, StoreError
from kg.graph import KnowledgeGraph
from kg.graph.terms import Terms
from kg.store import RemoteStore, Server, reach

YES = (200, {"Content-Type": "application/sparql-results+json"}, b'{"head":{},"boolean":true}')
NONE = json.dumps({"head": {"vars": ["s"]}, "results": {"bindings": []}}).encode()
JSON = {"Content-Type": "application/sparql-results+json"}
ASK = "SELECT ?s { ?s ?p ?o }"


@pytest.fixture
def opened() -> Iterator[Callable[[str], Server]]:
    """Open servers, and let go of them at the end."""
    found = []

    def open_(address: str) -> Server:
        found.append(reach(address))
        return found[-1]

    yield open_
    for each in found:
        each.close()


def test_reads_are_tried_again(stub, opened):
    stub.replies = [(503, {}, b""), (502, {}, b""), YES]
    assert opened(stub.address).ask("ASK {}")
    assert [method for method, *_ in stub.asked] == ["POST"] * 4


def test_reads_are_not_tried_for_ever(stub, opened):
    stub.replies = [YES, (503, {}, "занят".encode())]
    found = opened(stub.address)
    with pytest.raises(QueryError, match="says: 503 занят"):
        found.ask(ASK)
    assert len(stub.asked) == 5


def test_writes_are_tried_once(stub, opened):
    stub.replies = [YES, (503, {}, b"busy\x1b[31m")]
    found = opened(stub.address)
    with pytest.raises(StoreError, match=r"refused to write: 503 busy \[31m; see its log"):
        found.update("INSERT DATA { <http://e/a> <http://e/b> 1 }")
    assert [path for _, path, *_ in stub.asked] == ["/query", "/update"]


@pytest.mark.parametrize(
    "body",
    [
        b'{"head":{"vars":["s"]},"results":{"bindings":[The SPARQL operation has been cancelled',
        NONE + b"The SPARQL operation has been cancelled",
    ],
)
def test_a_cancelled_query_has_no_rows(stub, body, opened):
    stub.replies = [YES, (200, JSON, body)]
    with pytest.raises(QueryError, match="took too long and cut its answer; narrow the query"):
        opened(stub.address).ask(ASK)


def test_a_cancelled_construct_has_no_triples(stub, opened):
    line = b"<http://e/a> <http://e/b> <http://e/c> .\n"
    stub.replies = [YES, (200, {}, line + b"The SPARQL operation has been cancelled")]
    with pytest.raises(QueryError, match="cut its answer"):
        opened(stub.address).ask("CONSTRUCT WHERE { ?s ?p ?o }")


@pytest.mark.parametrize(
    "body", [NONE[:-1], NONE[:20], b"<html>hello</html>", b"", b"[]", b'{"boolean":1}', b"\xff"]
)
def test_what_is_no_result_is_never_taken_for_one(stub, body, opened):
    stub.replies = [YES, (200, JSON, body)]
    with pytest.raises(QueryError, match="answers what is no result"):
        opened(stub.address).ask(ASK)


def test_an_answer_that_breaks_off_is_noticed(stub, opened):
    stub.replies = [YES, (200, JSON | {"Content-Length": "9999"}, NONE)]
    with pytest.raises(StoreError, match=r"does not answer: .*(incomplete|closed)"):
        opened(stub.address).ask(ASK)


def test_bytes_are_utf8_whatever_the_header_leaves_out(stub, opened):
    cell = {"s": {"type": "literal", "value": "Хэйхэ 黑河"}}
    found = {"head": {"vars": ["s"]}, "results": {"bindings": [cell]}}
    body = json.dumps(found, ensure_ascii=False).encode()
    stub.replies = [YES, (200, {"Content-Type": "text/plain; charset=ISO-8859-1"}, body)]
    assert next(iter(opened(stub.address).ask(ASK)))["s"].value == "Хэйхэ 黑河"


def test_basic_access_with_any_letters(stub, monkeypatch, opened):
    monkeypatch.setenv("KG_STORE_USER", "аналитик")
    monkeypatch.setenv("KG_STORE_PASSWORD", "пароль:黑")
    stub.replies = [(401, {"WWW-Authenticate": 'Basic realm="kg"'}, b""), YES]
    found = opened(stub.address)
    found.ask("ASK {}")
    expected = "Basic " + base64.b64encode("аналитик:пароль:黑".encode()).decode()
    assert [h.get("Authorization") for _, _, h, _ in stub.asked] == [None, expected, expected]


def test_a_password_in_the_address_is_used_and_not_shown(stub):
    stub.replies = [(401, {"WWW-Authenticate": 'Basic realm="kg"'}, b"")]
    with pytest.raises(StoreError) as told:
        KnowledgeGraph.open(stub.address.replace("//", "//me:s%40cret@"))
    assert "s@cret" not in str(told.value)
    assert "s%40cret" not in str(told.value)
    sent = stub.asked[1][2]["Authorization"].removeprefix("Basic ")
    assert base64.b64decode(sent) == b"me:s@cret"


def test_a_token_goes_with_every_request(stub, monkeypatch, opened):
    monkeypatch.setenv("KG_STORE_TOKEN", "abc.def")
    stub.replies = [YES]
    opened(stub.address).ask("ASK {}")
    assert {h["Authorization"] for _, _, h, _ in stub.asked} == {"Bearer abc.def"}


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ((403, {}, b"no"), "does not let you in: 403 no; set KG_STORE_USER"),
        ((404, {}, b""), "no address for this: 404 Not Found; give that of its SPARQL queries"),
        ((302, {"Location": "http://evil.example/"}, b""), "sends on to http://evil.example/"),
        ((200, {}, b"<html>hello</html>"), "answers what is no result: hello; give the address"),
        ((500, {}, b"<html><b>out of\nmemory</b></html>"), "500 out of memory"),
    ],
)
def test_what_does_not_speak_sparql_is_told_at_once(stub, reply, said):
    stub.replies = [reply]
    with pytest.raises(KgError) as told:
        KnowledgeGraph.open(stub.address)
    assert said in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("address", ["http://", "http://:80/", "http://[::1/", "http://h:99999/"])
def test_what_is_no_address_is_told(address, opened):
    with pytest.raises(InputError, match="is no address"):
        opened(address)


def test_nobody_there(stub, opened):
    with pytest.raises(StoreError, match=r"does not answer: .*; is it running\?"):
        opened("http://127.0.0.1:9/query")


def test_a_default_graph_apart_from_the_others_is_told(stub, opened):
    row = {name: {"type": "uri", "value": f"http://e/{name}"} for name in "spo"}
    one = json.dumps({"head": {"vars": ["s", "p", "o"]}, "results": {"bindings": [row]}}).encode()
    no = b'{"head":{},"boolean":false}'
    stub.replies = [YES, (200, JSON, one), (200, JSON, no)]
    with pytest.raises(StoreError, match="make it their union in the server's settings"):
        KnowledgeGraph(RemoteStore(opened(stub.address), Terms.ARTICLE, writable=False)).query(ASK)


def test_an_unknown_server_must_be_told_where_to_write(stub, monkeypatch, opened):
    monkeypatch.setattr("kg.store.server._kinds", lambda: ())
    stub.replies = [YES]
    found = opened(stub.address)
    with pytest.raises(StoreError, match="set KG_STORE_UPDATE and KG_STORE_DATA"):
        found.update("CLEAR ALL")
    monkeypatch.setenv("KG_STORE_UPDATE", stub.address.replace("query", "change"))
    found.update("CLEAR ALL")
    assert stub.asked[-1][1] == "/change"
