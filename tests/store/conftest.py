"""Real servers to keep a graph on, and one that answers what a test tells it to."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest

ROWS_AT_MOST = 500
PROGRAM = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
INI = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = {sql}
DirsAllowed = {folder}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = {rows}
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def running(command: list[str], address: str) -> Iterator[str]:
    """Run a server until the end of the block; it is ready when it answers a query."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                httpx.get(address, params={"query": "ASK {}"}, trust_env=False)
            except httpx.TransportError:
                assert process.poll() is None, f"{command[0]} ended with {process.returncode}"
                time.sleep(0.1)
            else:
                break
        yield address
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def oxigraph() -> Iterator[str]:
    """The address of an Oxigraph server."""
    if PROGRAM is None:
        pytest.skip("oxigraph is not installed; make test installs it")
    port = free_port()
    with running(
        [PROGRAM, "serve", "--bind", f"127.0.0.1:{port}"], f"http://127.0.0.1:{port}/query"
    ) as address:
        yield address


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Virtuoso server, which cuts answers after ``ROWS_AT_MOST`` rows."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("Virtuoso is not installed; make system installs it")
    folder = tmp_path_factory.mktemp("virtuoso")
    http = free_port()
    ini = INI.format(folder=folder, sql=free_port(), http=http, rows=ROWS_AT_MOST)
    (folder / "virtuoso.ini").write_text(ini)
    command = [program, "-f", "-c", str(folder / "virtuoso.ini")]
    with running(command, f"http://127.0.0.1:{http}/sparql") as address:
        yield address


@pytest.fixture(params=["oxigraph", "virtuoso"])
def address(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty store on each of the servers in turn."""
    found = str(request.getfixturevalue(request.param))
    if request.param == "virtuoso":
        monkeypatch.setenv("KG_STORE_USER", "dba")
        monkeypatch.setenv("KG_STORE_PASSWORD", "dba")
    empty(found)
    return found


def empty(address: str) -> None:
    """Drop what a test before has left."""
    rows = "application/sparql-results+json"
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    found = httpx.post(address, data={"query": query}, headers={"Accept": rows}, trust_env=False)
    graphs = [row["g"]["value"] for row in found.json()["results"]["bindings"]]
    drops = [f"DROP SILENT GRAPH <{g}>" for g in graphs if g.startswith("https://w3id.org/kg/")]
    if drops:
        virtuoso = address.endswith("/sparql")
        place = address.replace("/sparql", "/sparql-auth").replace("/query", "/update")
        done = httpx.post(
            place,
            content=" ;\n".join(drops),
            headers={"Content-Type": "application/sparql-update"},
            auth=httpx.DigestAuth("dba", "dba") if virtuoso else None,
            trust_env=False,
        )
        done.raise_for_status()


Reply = tuple[int, dict[str, str], bytes]


class Stub:
    """A server that gives its replies one after the other, the last one again and again."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}/query"
        self.replies: list[Reply] = []
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []

    def reply(self) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@pytest.fixture
def stub() -> Iterator[Stub]:
    """A server that answers what the test tells it to."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", "0")))
            stub.asked.append((self.command, self.path, dict(self.headers), body))
            status, headers, content = stub.reply()
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(content))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = answer  # noqa: N815  # as http.server calls them

        def version_string(self) -> str:
            return "Oxigraph/0"

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stub = Stub(server.server_address[1])
    Thread(target=server.serve_forever, daemon=True).start()
    yield stub
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test wait long before it tries again."""
    monkeypatch.setattr("kg.store.client.WAIT", 0.01)
    for name in ("USER", "PASSWORD", "TOKEN", "UPDATE", "DATA"):
        monkeypatch.delenv(f"KG_STORE_{name}", raising=False)
