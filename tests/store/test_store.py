"""Stores keep what they say they have written, whole."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from graph_samples import HOSTILE, synthetic
from pyoxigraph import Literal, NamedNode

from kg import store as stores
from kg.errors import StoreError
from kg.graph import KnowledgeGraph
from kg.store import MARKS, Change, Quad

G, P = NamedNode("http://e/g"), NamedNode("http://e/p")
MARK = NamedNode(f"{MARKS}a/b")


def quad(text: str, number: int = 0) -> Quad:
    return Quad(NamedNode(f"http://e/{number}"), P, Literal(text, language="ru"), G)


def test_hostile_literals_stay_literals():
    store = stores.memory()
    store.extend([quad("here before")])
    quads = tuple(quad(text, n) for n, text in enumerate(HOSTILE, 1))
    store.commit(Change(insert=quads))
    assert set(store.dump()) == {quad("here before"), *quads}
    store.commit(Change(delete=quads))
    assert set(store.dump()) == {quad("here before")}


def test_a_change_drops_before_it_adds():
    store = stores.memory()
    store.extend([quad("old")])
    store.commit(Change(drop=(G,), insert=(quad("new"),)))
    assert set(store.dump()) == {quad("new")}


def test_marks_are_kept_and_are_no_quads():
    store = stores.memory()
    store.commit(Change(insert=(quad("a"),), mark=(MARK,)))
    assert list(store.marks()) == [MARK]
    assert list(store.graphs()) == [G]
    assert len(list(store.dump())) == 1
    store.commit(Change(unmark=(MARK,)))
    assert list(store.marks()) == []


def test_a_second_writer_is_told_to_wait(tmp_path):
    first = stores.folder(tmp_path / "s", writable=True)
    with pytest.raises(StoreError, match="in use by another process; wait until it is done"):
        stores.folder(tmp_path / "s", writable=True)
    first.close()
    stores.folder(tmp_path / "s", writable=True).close()


def test_a_writer_in_another_process_locks_too(tmp_path):
    code = (
        "import sys; from pathlib import Path; from kg import store\n"
        "s = store.folder(Path(sys.argv[1]), writable=True); print('open', flush=True)\n"
        "sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "s")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[1],
    ) as other:
        assert other.stdout is not None and other.stdout.readline() == b"open\n"
        with pytest.raises(StoreError, match="in use by another process"):
            stores.folder(tmp_path / "s", writable=True)
        # RocksDB would let a reader in, and delete the files that it reads.
        with pytest.raises(StoreError, match="in use by another process"):
            stores.folder(tmp_path / "s", writable=False)
        other.communicate()


def test_readers_share_a_store_and_keep_writers_out(tmp_path):
    stores.folder(tmp_path / "s", writable=True).close()
    one, other = (stores.folder(tmp_path / "s", writable=False) for _ in range(2))
    with pytest.raises(StoreError, match="in use"):
        stores.folder(tmp_path / "s", writable=True)
    one.close()
    other.close()
    stores.folder(tmp_path / "s", writable=True).close()


def test_a_reader_cannot_write(tmp_path):
    stores.folder(tmp_path / "s", writable=True).close()
    reader = stores.folder(tmp_path / "s", writable=False)
    with pytest.raises(StoreError, match="writable=True"):
        reader.commit(Change(insert=(quad("a"),)))


def test_a_closed_store_says_so(tmp_path):
    store = stores.memory()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        list(store.dump())


@pytest.mark.parametrize("writable", [True, False])
def test_what_is_no_store_is_refused_and_left_alone(tmp_path, writable):
    (tmp_path / "file").write_text("x")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("x")
    for name in ("file", "full"):
        with pytest.raises(StoreError, match="store") as caught:
            stores.folder(tmp_path / name, writable=writable)
        assert "\n" not in str(caught.value)
    assert [p.name for p in (tmp_path / "full").iterdir()] == ["mine.txt"]


def test_reading_makes_no_folder(tmp_path):
    with pytest.raises(StoreError, match="not a store"):
        stores.folder(tmp_path / "none", writable=False)
    assert not (tmp_path / "none").exists()


def test_a_damaged_store_is_named(tmp_path):
    path = tmp_path / "s"
    stores.folder(path, writable=True).close()
    (path / "CURRENT").write_text("nonsense")
    with pytest.raises(StoreError, match="cannot be opened"):
        stores.folder(path, writable=True)


ADD_FOREVER = """
import sys
from pathlib import Path
from graph_samples import synthetic
from kg.graph import KnowledgeGraph
with KnowledgeGraph.open(sys.argv[1], writable=True) as graph:
    for number in range(10_000):
        # The same origin again and again: each article replaces the one before it.
        graph.add(synthetic(number), origin="/always/the/same")
        graph.add(synthetic(-number - 1), origin=f"/n/{number}")
        print(number, flush=True)
"""


@pytest.mark.parametrize("after", [1, 4])
def test_a_kill_leaves_no_half_article(tmp_path, after):
    path = tmp_path / "s"
    with subprocess.Popen(
        [sys.executable, "-c", ADD_FOREVER, str(path)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parent,
        env={"PYTHONPATH": f"{Path(__file__).parents[1]}:{Path(__file__).parent}"},
    ) as other:
        assert other.stdout is not None
        told = [int(other.stdout.readline()) for _ in range(after)][-1]
        other.send_signal(signal.SIGKILL)
    with KnowledgeGraph.open(path) as graph:
        kept = [int(a.title.removeprefix("Статья ")) for a in graph.articles()]
        assert {-n - 1 for n in range(told + 1)} <= set(kept)
        assert sum(n >= 0 for n in kept) == 1
        expected = KnowledgeGraph()
        for number in kept:
            expected.add(synthetic(number))
        assert set(graph.quads()) == set(expected.quads())
