"""What only a real process shows: pipes, signals, locales, and being killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time

import pytest
from cli_runs import KG, environment, spawn
from graph_samples import cooperation, synthetic

import kg
from kg.graph import KnowledgeGraph

posix = pytest.mark.skipif(os.name != "posix", reason="signals and pipes as POSIX has them")


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    path = tmp_path_factory.mktemp("graph") / "graph.ttl"
    with KnowledgeGraph() as made:
        made.add(cooperation())
        for number in range(5):
            made.add(synthetic(number))
        kg.export(made, path)
    return path


def test_output_and_messages_go_their_own_ways(graph):
    result = spawn("facts", graph, "--about", "никто")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("kg: the graph knows no 'никто'; ")
    result = spawn("query", graph, "SELECT ?s { ?s a kg:City }", "--format", "csv")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines() == ["s", "https://w3id.org/kg/entity/city/харбин"]


@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}]
)
def test_output_is_utf8_whatever_the_locale(graph, locale):
    result = spawn("facts", graph, "--relation", "takesPlaceIn", env=environment(**locale))
    assert result.stderr == ""
    assert "форум — проходит в (takesPlaceIn) → Харбин" in result.stdout


@posix
def test_a_reader_that_leaves_is_not_complained_of(graph):
    commands = (["facts", graph], ["query", graph, "SELECT * { ?s ?p ?o }"], ["ontology"])
    for command in commands:
        process = subprocess.Popen(
            [*KG, *map(str, command)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        )
        process.stdout.close()
        assert process.stderr.read() == b"", command
        process.stderr.close()
        assert process.wait(30) == 141


@posix
def test_ctrl_c_ends_a_query_at_once(graph):
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    process = subprocess.Popen(
        [*KG, "query", str(graph), endless],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        process_group=0,
    )
    time.sleep(1.5)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out, err) == (130, b"", b"kg: interrupted\n")


def held(store):
    """How many articles a store holds."""
    with KnowledgeGraph.open(store) as graph:
        return graph.counts().articles


def written(store):
    """How far a store has got, told without opening it: RocksDB numbers its files upwards."""
    return max((int(path.stem) for path in store.glob("*.*") if path.stem.isdigit()), default=0)


def stopped(command, store, sign):
    """Start a build, and end it when it has written some articles."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    )
    end, begun = time.monotonic() + 60, written(store)
    while written(store) < begun + 30:
        assert process.poll() is None, process.stderr.read()
        assert time.monotonic() < end
        time.sleep(0.1)
    process.send_signal(sign)
    out, err = process.communicate(timeout=30)
    return process.returncode, out.decode(), err.decode()


@posix
def test_a_build_that_is_stopped_or_killed_goes_on_where_it_was(tmp_path):
    records = [json.dumps({"text": f"В Харбине открыли завод номер {n}."}) for n in range(3000)]
    news, store, output = tmp_path / "news.jsonl", tmp_path / "store", tmp_path / "graph.ttl"
    news.write_text("\n".join(records), encoding="utf-8")
    build = [*KG, "build", str(news), "--store", str(store), "-o", str(output)]

    code, out, err = stopped(build, store, signal.SIGINT)
    assert (code, out) == (130, "")
    assert err == f"kg: interrupted; {store} keeps what was done: run again to go on\n"
    first = held(store)
    assert first > 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["news.jsonl", "store"]

    code, _, _ = stopped(build, store, signal.SIGKILL)
    assert code == -signal.SIGKILL
    second = held(store)
    assert first < second < len(records)

    news.write_text("\n".join(records[: second + 3]), encoding="utf-8")
    result = spawn(*build[len(KG) :])
    assert result.returncode == 0, result.stderr
    assert result.stderr.startswith(f"{second + 3} articles read: 3 new, {second} known; ")
    with KnowledgeGraph.open(output) as whole:
        assert whole.counts().articles == second + 3
