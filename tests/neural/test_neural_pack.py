"""A model on disk: what is read, and what is refused."""

from __future__ import annotations

import json
import os

import numpy as np
import pytest
from neural_samples import META, signed, small

from kg.errors import InputError
from kg.neural import pack

FILES = ("pieces.tsv", "weights.npz", "reader.onnx", "pairs.onnx")


def refused(folder, said: str) -> None:
    with pytest.raises(InputError) as fault:
        pack.read(folder)
    assert said in str(fault.value)
    assert str(folder) in str(fault.value)
    assert "\n" not in str(fault.value)


def test_a_model_is_read_as_it_was_written(tmp_path):
    found = pack.read(small(tmp_path))
    assert (found.name, found.size, found.widest) == ("small", 64, 16)
    assert list(found.pieces) == ["<s>", "<pad>", "</s>", "<unk>", "▁а"]
    assert found.pieces["▁а"] == -1.5
    assert (found.reader, found.pairs) == (b"a reader", b"pairs")
    assert found.schemes["other"].first_class == 4
    assert found.schemes["other"].classes == ("", "CITY")


def test_weights_are_numbers_of_32_bits_again(tmp_path):
    weights = pack.read(small(tmp_path)).weights
    assert list(weights) == ["reader:big"]
    assert weights["reader:big"].dtype == np.float32
    assert weights["reader:big"].tolist() == [[0.5, -1.0], [254.0, 0.0]]


def test_weights_without_a_scale_are_used_as_they_are(tmp_path):
    folder = small(tmp_path)
    np.savez(folder / "weights.npz", whole=np.array([[1, -2]], dtype=np.int8))
    signed(folder)
    weights = pack.read(folder).weights
    assert weights["whole"].dtype == np.int8
    assert weights["whole"].tolist() == [[1, -2]]


def test_a_label_that_the_model_does_not_know_is_its_bare_class(tmp_path):
    scheme = pack.read(small(tmp_path)).schemes["kg"]
    assert scheme.column("City") == 1
    assert scheme.column("Person:pronoun") == 3
    assert scheme.column("Person:nominal") == 2


def test_a_folder_without_a_model(tmp_path):
    refused(tmp_path, "holds no model; give a folder that `kg train` wrote")
    refused(tmp_path / "none", "holds no model; give a folder that `kg train` wrote")


@pytest.mark.parametrize("text", ["", "{", "3", "[1]", "null", '"kg"'])
def test_a_meta_json_that_is_none(tmp_path, text):
    (small(tmp_path) / "meta.json").write_text(text, encoding="utf-8")
    refused(tmp_path, "holds no model; give a folder that `kg train` wrote")


@pytest.mark.parametrize("protocol", [0, 1, "2", None])
def test_another_protocol(tmp_path, protocol):
    small(tmp_path, protocol=protocol)
    refused(tmp_path, f"is a model of protocol {protocol}, this kg runs 2; train it again or take")


def test_a_protocol_to_come_is_refused_whatever_its_files_are(tmp_path):
    (tmp_path / "meta.json").write_text(json.dumps({"protocol": 3}), encoding="utf-8")
    refused(tmp_path, "train it again or take the kg that wrote it")


@pytest.mark.parametrize("name", FILES)
def test_a_changed_file(tmp_path, name):
    path = small(tmp_path) / name
    path.write_bytes(path.read_bytes() + b"\0")
    refused(tmp_path, f"{name} is not the file that meta.json tells of; get it again")


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file(tmp_path, name):
    (small(tmp_path) / name).unlink()
    refused(tmp_path, f"{name} is not the file that meta.json tells of; get it again")


class Trap:
    """Makes a folder when it is unpickled."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (self.path,)


def test_nothing_is_unpickled(tmp_path):
    folder, sprung = small(tmp_path / "model"), tmp_path / "sprung"
    trap = np.array([Trap(str(sprung))], dtype=object)
    np.savez(folder / "weights.npz", **{"reader:big": trap, "reader:big.scale": trap})
    signed(folder)
    with pytest.raises(ValueError, match="allow_pickle=False"):
        pack.read(folder)
    assert not sprung.exists()
    np.load(folder / "weights.npz", allow_pickle=True)["reader:big"]
    assert sprung.exists(), "the trap works"


def test_the_model_that_comes_with_kg_can_be_read():
    found = pack.read(pack.folder("base"))
    assert {"kg", "nerel"} <= found.schemes.keys()
    held = sum(value.nbytes for value in found.weights.values())
    whole = sum(value.nbytes for value in found.weights.values() if value.dtype == np.int8)
    assert whole > 0.6 * held, "the encoder's are multiplied as they are stored"
    for scheme in found.schemes.values():
        assert scheme.classes[0] == ""
        assert len(set(scheme.classes)) == len(scheme.classes)
    assert META["protocol"] == pack.PROTOCOL
