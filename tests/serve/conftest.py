"""A server of the command line's own, on a port that is free, and a client that talks to it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from graph_samples import cooperation, denial, hostile

from kg import KnowledgeGraph, export

TOKEN = "correct-horse"  # noqa: S105  # of a server that ends with the test


@contextmanager
def serving(graph: Path, *options: str, token: str = "") -> Iterator[tuple[httpx.Client, int]]:
    """Start ``kg serve`` and yield a client for it and its process number; end it afterwards."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", str(graph), "--port", "0", *options],
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"KG_TOKEN": token},
    )
    try:
        assert process.stderr
        first = process.stderr.readline()
        address = re.fullmatch(r"listening on (http://\S+)\n", first)
        assert address, first + process.stderr.read()
        with httpx.Client(base_url=address[1], timeout=60, trust_env=False) as client:
            yield client, process.pid
    finally:
        process.terminate()
        said = process.communicate(timeout=20)[1]
        assert process.returncode == 0, said
        assert "Traceback" not in said


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    graph = KnowledgeGraph()
    for resolution in (cooperation(), denial(), hostile()):
        graph.add(resolution)
    path = tmp_path_factory.mktemp("served") / "graph.nq"
    export(graph, path)
    return path


@pytest.fixture(scope="module")
def client(file: Path) -> Iterator[httpx.Client]:
    with serving(file, "--timeout", "2", "--max-rows", "50") as (client, _):
        yield client
