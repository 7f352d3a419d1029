"""A vocabulary of single letters, and a model on disk that is too small to run."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from kg.neural.words import Pieces

MARKS = {"<s>": 0.0, "<pad>": 0.0, "</s>": 0.0, "<unk>": 0.0}
"""What a vocabulary begins with; words are never spelled so."""

META = {
    "protocol": 2,
    "name": "small",
    "size": 64,
    "widest": 16,
    "schemes": {
        "kg": {
            "classes": ["", "City", "Person", "Person:pronoun"],
            "relations": ["visited"],
            "statuses": ["Asserted", "Denied"],
            "first": [0, 0, 0],
        },
        "other": {
            "classes": ["", "CITY"],
            "relations": [],
            "statuses": ["Asserted"],
            "first": [4, 1, 2],
        },
    },
}


def spelling(**scores: float) -> Pieces:
    """Pieces with these log probabilities."""
    return Pieces({**MARKS, **scores})


def letters() -> Pieces:
    """Pieces of one letter each: a word of n letters has n + 1, a glued one n."""
    return spelling(**{"▁": -1.0}, **{chr(code): -2.0 for code in range(ord("а"), ord("я") + 1)})


def small(folder: Path, **changed: Any) -> Path:
    """Write a model whose graphs are none; ``changed`` goes into its meta.json."""
    folder.mkdir(exist_ok=True)
    arrays = {
        "reader:big": np.array([[1, -2], [127, 0]], dtype=np.int8),
        "reader:big.scale": np.array([[0.5], [2.0]], dtype=np.float32),
    }
    np.savez_compressed(folder / "weights.npz", **arrays)
    rows = "".join(f"{piece}\t{score!r}\n" for piece, score in {**MARKS, "▁а": -1.5}.items())
    (folder / "pieces.tsv").write_bytes(rows.encode("utf-8"))
    (folder / "reader.onnx").write_bytes(b"a reader")
    (folder / "pairs.onnx").write_bytes(b"pairs")
    signed(folder, **changed)
    return folder


def signed(folder: Path, **changed: Any) -> None:
    """Write a meta.json that tells of the files as they are."""
    names = ("pieces.tsv", "weights.npz", "reader.onnx", "pairs.onnx")
    files = {name: sha256((folder / name).read_bytes()).hexdigest() for name in names}
    meta = {**META, "files": files, **changed}
    (folder / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
