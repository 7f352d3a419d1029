"""A trained network as the pack that kg.neural runs: ONNX graphs and their weights apart."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from kg.neural.model import given
from kg.neural.pack import META, PAIRS, PIECES, PROTOCOL, READER, WEIGHTS
from kg.neural.words import Window
from kg.train.labels import Layout
from kg.train.network import WIDEST, Batch, Network
from kg.train.quantize import quantize, rounded

_OPSET = 17
_LARGE = 4096
"""Tensors of more elements than this are stored as 8-bit integers."""

ENCODER = "/encoder/"
"""What the names of the encoder's nodes begin with."""


class _Reader(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        batch = Batch(pieces[None], first[None], last[None], first.shape[0] + 0 * first[:1], first)
        states, read, attention, scores = self.network.read(batch)
        return states[0], read[0], attention[0], scores[0]


def write(
    network: Network, pieces: Mapping[str, float], folder: Path, samples: Sequence[Window]
) -> None:  # fmt: skip
    """Write a pack, but its meta.json, into a folder, which is made.

    ``samples`` show what the network is to read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _quiet():
        _graphs(network, folder)
    quantize(folder / READER, ENCODER, (given(window) for window in samples))
    weights: dict[str, Any] = {}
    for file in (READER, PAIRS):
        weights |= _taken_out(folder / file)
    np.savez_compressed(folder / WEIGHTS, **weights)
    rows = "".join(f"{piece}\t{score!r}\n" for piece, score in pieces.items())
    (folder / PIECES).write_text(rows, encoding="utf-8")


def sign(
    folder: Path, layout: Layout, *, name: str, size: int, card: Mapping[str, Any]
) -> None:  # fmt: skip
    """Write the meta.json of what ``write`` wrote into a folder.

    ``size`` is the length of windows in pieces; ``card`` goes in as it is.
    """
    meta = {
        "protocol": PROTOCOL, "name": name, "size": size, "widest": WIDEST,
        "schemes": {
            key: {
                "classes": ["", *place.scheme.classes],
                "relations": place.scheme.relations,
                "statuses": place.scheme.statuses,
                "first": [place.classes.start, place.relations.start, place.statuses.start],
            }
            for key, place in layout.places.items()
        },
        "files": {
            file: sha256((folder / file).read_bytes()).hexdigest()
            for file in (PIECES, WEIGHTS, READER, PAIRS)
        },
        **card,
    }  # fmt: skip
    text = json.dumps(meta, ensure_ascii=False, indent=1)
    (folder / META).write_text(text + "\n", encoding="utf-8")


def _taken_out(path: Path) -> dict[str, Any]:
    """Take the large weights out of a graph; return them as integers, with scales if restored."""
    model = onnx.load(str(path))
    found: dict[str, Any] = {}
    for tensor in model.graph.initializer:
        if np.prod(tensor.dims) <= _LARGE:
            continue
        values = numpy_helper.to_array(tensor)
        name = f"{path.stem}:{tensor.name}"
        found[name] = values
        if values.dtype == np.float32 and values.shape[-1] > 1:
            found[name], found[f"{name}.scale"] = rounded(values, _over(path.name, tensor, values))
        for node in model.graph.node:
            for i, used in enumerate(node.input):
                if used == tensor.name:
                    node.input[i] = name
        tensor.name = name
        tensor.ClearField("raw_data")
        tensor.ClearField("float_data")
        tensor.data_location = onnx.TensorProto.EXTERNAL
        tensor.external_data.add(key="location", value=WEIGHTS)
    path.write_bytes(model.SerializeToString())
    return found


def _over(file: str, tensor: onnx.TensorProto, values: Any) -> int:  # noqa: ANN401
    """Return the axis along which one scale will do: of an embedding's row, a matrix's column."""
    if values.ndim != 2:
        return -1
    embedding = values.shape[0] > values.shape[1] * 4
    return 1 if embedding and not (file == PAIRS and "MatMul" not in tensor.name) else 0


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep back what the exporter warns of and is meant: that it is the one by tracing.

    What tracing turns into constants are sizes of the network, and no index is negative.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", torch.jit.TracerWarning)
        warnings.filterwarnings("ignore", "You are using the legacy", DeprecationWarning)
        warnings.filterwarnings("ignore", "The feature will be removed", DeprecationWarning)
        warnings.filterwarnings("ignore", "Exporting aten::index operator", UserWarning)
        warnings.filterwarnings("ignore", "Constant folding", UserWarning)
        yield


def _graphs(network: Network, folder: Path) -> None:
    network.eval().float()
    pieces = torch.tensor([0, *range(20, 40), 2])
    first = torch.arange(1, 21)
    words, long = {0: "words"}, {0: "pieces"}
    reader = _Reader(network).eval()
    torch.onnx.export(
        reader, (pieces, first, first), str(folder / READER), opset_version=_OPSET, dynamo=False,
        input_names=["pieces", "first", "last"],
        output_names=["states", "read", "attention", "scores"],
        dynamic_axes={
            "pieces": long, "first": words, "last": words, "states": words, "read": long,
            "attention": {1: "pieces", 2: "pieces"}, "scores": words,
        },
    )  # fmt: skip
    states, read, attention, _ = reader(pieces, first, first)
    spans = torch.tensor([[0, 1, 0], [3, 3, 0], [5, 6, 0]])
    pairs = torch.tensor([[0, 1], [1, 0], [0, 2], [2, 1]])
    torch.onnx.export(
        network.pairs,
        (states, read, attention, first, first, torch.zeros(20, dtype=torch.long), spans, pairs),
        str(folder / PAIRS), opset_version=_OPSET, dynamo=False,
        input_names=["states", "read", "attention", "first", "last", "sentences", "spans", "pairs"],
        output_names=["relations", "statuses"],
        dynamic_axes={
            "states": words, "read": long, "attention": {1: "pieces", 2: "pieces"},
            "first": words, "last": words, "sentences": words, "spans": {0: "spans"},
            "pairs": {0: "pairs"}, "relations": {0: "pairs"}, "statuses": {0: "pairs"},
        },
    )  # fmt: skip
