"""An encoder's matrices as 8-bit integers that are multiplied as such, and its tables.

Of the activations some channels are far larger than the rest, and would leave these few of the
256 steps. So each channel is divided by a power of its largest value, and the matrix's row for it
multiplied by the same (SmoothQuant, Xiao et al. 2023). Then the matrix is rounded row by row, and
what one row is off by is made good in the rows to come (GPTQ, Frantar et al. 2023). Weights keep
to 7 bits: processors without VNNI add two products in 16 bits, which 8 would overflow. The steps
of activations are found as the model runs (dynamic quantization).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import helper, numpy_helper

from kg.neural.model import session

POWERS = (0.55, 0.65, 0.75, 0.85)
"""Of an activation's largest value, to be tried; the rest of 1 is that of its weights' largest."""

HIGHEST = 63
"""The largest weight."""

TRIED = 12
"""Samples that powers are tried on."""

_DAMPED = 0.01
_LEAST = 1e-5
_BLOCK = 64
_LARGE = 4096
"""Elements of a table that is worth it."""


@dataclass(slots=True)
class _Seen:
    """What an activation of K channels was on some samples.

    ``moments`` (K, K) are the sums of its products, ``largest`` (K,) its absolute values, and
    ``rows`` some of it, as it was: (N, K).
    """

    moments: Any = 0.0
    largest: Any = 0.0
    rows: list[Any] = field(default_factory=list)

    def add(self, values: Any) -> None:  # noqa: ANN401  # an array of float32
        rows = values.reshape(-1, values.shape[-1])
        self.moments = self.moments + rows.T.astype(np.float64) @ rows
        self.largest = np.maximum(self.largest, np.abs(rows).max(0))
        if len(self.rows) < TRIED:
            self.rows.append(rows)


def quantize(path: Path, scope: str, samples: Iterable[Mapping[str, Any]]) -> None:
    """Quantize, in place, what those nodes of a graph hold whose names begin with ``scope``.

    That is matrices, and tables that rows are gathered from. ``samples`` are inputs of the
    graph, as it will see them.
    """
    model = onnx.load(str(path))
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    groups: dict[str, list[onnx.NodeProto]] = defaultdict(list)
    for node in model.graph.node:
        if node.op_type == "MatMul" and node.name.startswith(scope) and node.input[1] in tensors:
            groups[node.input[0]].append(node)
    seen = _seen(model, sorted(groups), samples)
    replaced: dict[str, list[onnx.NodeProto]] = {}
    for name, nodes in groups.items():
        arrays = [numpy_helper.to_array(tensors[node.input[1]]) for node in nodes]
        scale = _best(seen[name], arrays)
        model.graph.initializer.append(numpy_helper.from_array(1 / scale, f"{name}.scale"))
        whole = [f"{name}.{part}" for part in ("integers", "step", "zero")]
        even = [
            helper.make_node("Mul", [name, f"{name}.scale"], [f"{name}.even"]),
            helper.make_node("DynamicQuantizeLinear", [f"{name}.even"], whole),
        ]
        moments = seen[name].moments / np.outer(scale, scale)
        for node, array in zip(nodes, arrays, strict=True):
            values, steps = compensated(array * scale[:, None], moments)
            tensors[node.input[1]].CopyFrom(numpy_helper.from_array(values, node.input[1]))
            model.graph.initializer.append(numpy_helper.from_array(steps, f"{node.name}.steps"))
            replaced[node.name] = [*even, *_multiplied(node, whole)]
            even = []
    for node in model.graph.node:
        table = tensors.get(node.input[0]) if node.op_type == "Gather" else None
        large = table is not None and len(table.dims) == 2 and np.prod(table.dims) > _LARGE
        if table is not None and large and node.name.startswith(scope):
            replaced[node.name] = _gathered(model, node, table)
    ordered = [new for node in model.graph.node for new in replaced.get(node.name, [node])]
    del model.graph.node[:]
    model.graph.node.extend(ordered)
    onnx.save(model, str(path))


def rounded(values: Any, axis: int) -> tuple[Any, Any]:  # noqa: ANN401
    """Return numbers as 8-bit integers and what to multiply them with, one along ``axis``."""
    scale = np.maximum(np.abs(values).max(axis, keepdims=True) / 127, 1e-12).astype(np.float32)
    return np.round(values / scale).astype(np.int8), scale


def compensated(matrix: Any, moments: Any) -> tuple[Any, Any]:  # noqa: ANN401
    """Return a (K, N) matrix as integers up to HIGHEST, and the step of each of its N columns.

    ``moments`` (K, K) are sums of products of what it is multiplied with: errors are made good
    where that has the same to say, rows with the most to say first.
    """
    steps = np.maximum(np.abs(matrix).max(0) / HIGHEST, 1e-12)
    order = np.argsort(-np.diag(moments))
    left = matrix[order].astype(np.float64)
    damped = moments + np.eye(len(order)) * (_DAMPED * np.diag(moments).mean() + _LEAST)
    upper = np.linalg.cholesky(np.linalg.inv(damped[np.ix_(order, order)])).T
    found = np.zeros_like(left)
    for begin in range(0, len(order), _BLOCK):
        end = min(begin + _BLOCK, len(order))
        errors = np.zeros_like(left[begin:end])
        for k in range(begin, end):
            found[k] = np.clip(np.round(left[k] / steps), -HIGHEST, HIGHEST)
            errors[k - begin] = (left[k] - found[k] * steps) / upper[k, k]
            left[k + 1 : end] -= np.outer(upper[k, k + 1 : end], errors[k - begin])
        left[end:] -= upper[begin:end, end:].T @ errors
    values = np.zeros_like(found)
    values[order] = found
    return values.astype(np.int8), steps.astype(np.float32)


def _seen(
    model: onnx.ModelProto, names: Sequence[str], samples: Iterable[Mapping[str, Any]]
) -> dict[str, _Seen]:  # fmt: skip
    telling = onnx.ModelProto()
    telling.CopyFrom(model)
    telling.graph.output.extend(
        helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in names
    )
    running = session(telling.SerializeToString(), {})
    found = {name: _Seen() for name in names}
    for sample in samples:
        for name, values in zip(names, running.run(names, dict(sample)), strict=True):
            found[name].add(values)
    return found


def _best(seen: _Seen, matrices: Sequence[Any]) -> Any:  # noqa: ANN401
    """Return that scale of those by POWERS by which products are the least off."""
    tried = [_scale(seen, matrices, power) for power in POWERS]
    return min(tried, key=lambda scale: _off(seen, matrices, scale))


def _scale(seen: _Seen, matrices: Sequence[Any], power: float) -> Any:  # noqa: ANN401
    """Return what to divide each channel by, 1 in the (geometric) mean."""
    weights = np.max([np.abs(matrix).max(1) for matrix in matrices], axis=0)
    scale = np.maximum(seen.largest, _LEAST) ** power / np.maximum(weights, _LEAST) ** (1 - power)
    return (scale / np.exp(np.log(scale).mean())).astype(np.float32)


def _off(seen: _Seen, matrices: Sequence[Any], scale: Any) -> float:  # noqa: ANN401
    """Return how far products would be off, squared, if all were but rounded."""
    error = 0.0
    for matrix in matrices:
        even = matrix * scale[:, None]
        step = np.maximum(np.abs(even).max(0) / HIGHEST, 1e-12)
        whole = np.round(even / step) * step
        for rows in seen.rows:
            error += float(((_stepped(rows / scale) @ whole - rows @ matrix) ** 2).sum())
    return error


def _stepped(rows: Any) -> Any:  # noqa: ANN401
    """Return activations as DynamicQuantizeLinear leaves them (ONNX operators, since 11)."""
    low, high = min(float(rows.min()), 0.0), max(float(rows.max()), 0.0)
    step = max((high - low) / 255, 1e-12)
    zero = round(-low / step)
    return (np.clip(np.round(rows / step) + zero, 0, 255) - zero).astype(np.float32) * step


def _multiplied(node: onnx.NodeProto, whole: Sequence[str]) -> list[onnx.NodeProto]:
    """Return what does a matrix's work with integers; onnxruntime makes one operation of it."""
    integers, step, zero = whole
    told = [f"{node.name}.{part}" for part in ("product", "floats", "factor")]
    return [
        helper.make_node("MatMulInteger", [integers, node.input[1], zero], told[:1]),
        helper.make_node("Cast", told[:1], told[1:2], to=onnx.TensorProto.FLOAT),
        helper.make_node("Mul", [step, f"{node.name}.steps"], told[2:]),
        helper.make_node("Mul", told[1:], [node.output[0]]),
    ]


def _gathered(
    model: onnx.ModelProto, node: onnx.NodeProto, table: onnx.TensorProto
) -> list[onnx.NodeProto]:  # fmt: skip
    """Keep a table as integers with a scale for each row; return what restores rows as read."""
    name, rows, output = table.name, node.input[1], node.output[0]
    values, scale = rounded(numpy_helper.to_array(table), 1)
    table.CopyFrom(numpy_helper.from_array(values, name))
    model.graph.initializer.append(numpy_helper.from_array(scale, f"{name}.scales"))
    integers, floats, scales = (f"{output}.{part}" for part in ("integers", "floats", "scale"))
    return [
        helper.make_node("Gather", [name, rows], [integers]),
        helper.make_node("Cast", [integers], [floats], to=onnx.TensorProto.FLOAT),
        helper.make_node("Gather", [f"{name}.scales", rows], [scales]),
        helper.make_node("Mul", [floats, scales], [output]),
    ]
