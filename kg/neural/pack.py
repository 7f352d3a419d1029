"""A model on disk: a folder of meta.json, pieces.tsv, weights.npz and two ONNX graphs.

Large weights stand in weights.npz as 8-bit integers: the encoder's are used as such, the others
have a scale for each row or column and are 32-bit numbers again once loaded. Nothing is pickled.
meta.json is read first: its protocol says whether this version of kg can run the model at all,
its digests whether the files are its own.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from kg.errors import InputError
from kg.neural.labels import parts

PROTOCOL = 2
META, PIECES, WEIGHTS, READER, PAIRS = (
    "meta.json", "pieces.tsv", "weights.npz", "reader.onnx", "pairs.onnx",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scheme:
    """The labels of one way to annotate, in the columns of the network's outputs.

    ``classes[0]`` is that of no entity.
    """

    name: str
    classes: tuple[str, ...]
    relations: tuple[str, ...]
    statuses: tuple[str, ...]
    first_class: int
    first_relation: int
    first_status: int

    def column(self, label: str) -> int:
        """Return the place of a label of mentions, of its bare class if it has none itself."""
        known = label if label in self.classes else parts(label)[0]
        return self.classes.index(known)


@dataclass(frozen=True, slots=True)
class Pack:
    """A model as read; ``weights`` are arrays by the names that the graphs know."""

    name: str
    size: int
    widest: int
    schemes: dict[str, Scheme]
    pieces: dict[str, float]
    weights: dict[str, Any]
    reader: bytes
    pairs: bytes


def folder(name: str) -> Path:
    """Return where a model lies that comes with kg, or that ``name`` is the folder of."""
    if Path(name).is_dir():
        return Path(name)
    return Path(str(resources.files("kg.neural"))) / "models" / name


def read(path: Path) -> Pack:
    """Return the model in a folder.

    Raises InputError for a folder that holds none, one of another protocol, or changed files.
    """
    try:
        meta = dict(json.loads((path / META).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise InputError(f"{path} holds no model; give a folder that `kg train` wrote") from error
    if meta.get("protocol") != PROTOCOL:
        asked = f"{path} is a model of protocol {meta.get('protocol')}, this kg runs {PROTOCOL}"
        raise InputError(f"{asked}; train it again or take the kg that wrote it")
    files = {}
    for name in (PIECES, WEIGHTS, READER, PAIRS):
        files[name] = (path / name).read_bytes() if (path / name).is_file() else b""
        if sha256(files[name]).hexdigest() != meta["files"][name]:
            raise InputError(f"{path / name} is not the file that meta.json tells of; get it again")
    lines = files[PIECES].decode("utf-8").rstrip("\n").split("\n")
    rows = (line.rpartition("\t") for line in lines)
    schemes = {name: _scheme(name, found) for name, found in meta["schemes"].items()}
    return Pack(
        meta["name"], meta["size"], meta["widest"], schemes,
        {piece: float(score) for piece, _, score in rows},
        _restored(path / WEIGHTS), files[READER], files[PAIRS],
    )  # fmt: skip


def _scheme(name: str, found: dict[str, Any]) -> Scheme:
    classes, relations, statuses = (
        tuple(found[key]) for key in ("classes", "relations", "statuses")
    )
    cls, relation, status = found["first"]
    return Scheme(name, classes, relations, statuses, cls, relation, status)


def _restored(path: Path) -> dict[str, Any]:
    with np.load(path, allow_pickle=False) as found:
        scales = {name for name in found.files if name.endswith(".scale")}
        weights = {name: found[name] for name in found.files if name not in scales}
        for scale in scales:
            name = scale.removesuffix(".scale")
            weights[name] = weights[name].astype(np.float32) * found[scale]
        return weights
