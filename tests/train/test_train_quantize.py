"""Matrices and tables as 8-bit integers, with activations that have far larger channels."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest
from trainer import onnx

from kg.train import quantize as quantizing
from kg.train.quantize import compensated, quantize, rounded

TensorProto, helper, numpy_helper = onnx.TensorProto, onnx.helper, onnx.numpy_helper
DICE = np.random.default_rng(7)
TABLE = DICE.normal(size=(300, 32)).astype(np.float32) * DICE.choice([1, 40], size=(300, 1))
ROWS = np.arange(0, 300, 3)
SAMPLE = {"rows": ROWS}


def graph(path, table=TABLE):
    """Rows of a table, one of whose channels is large, times two matrices; the last as it is."""
    wide = np.ones(32, dtype=np.float32)
    wide[5] = 80
    matrices = {name: DICE.normal(size=(32, 32)).astype(np.float32) for name in ("one", "last")}
    constants = {"table": table.astype(np.float32), "wide": wide, **matrices}
    nodes = [
        helper.make_node("Gather", ["table", "rows"], ["x"], name="/encoder/word"),
        helper.make_node("Mul", ["x", "wide"], ["y"], name="/encoder/mul"),
        helper.make_node("MatMul", ["y", "one"], ["z"], name="/encoder/one"),
        helper.make_node("MatMul", ["z", "last"], ["out"], name="/head/last"),
    ]
    made = helper.make_graph(
        nodes, "made", [helper.make_tensor_value_info("rows", TensorProto.INT64, [None])],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, [None, 32])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )  # fmt: skip
    opset = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(made, opset_imports=opset, ir_version=8), str(path))
    return path


def answer(path):
    session = onnxruntime.InferenceSession(path.read_bytes(), providers=["CPUExecutionProvider"])
    return session.run(None, SAMPLE)[0]


def distance(path, wanted):
    return np.abs(answer(path) - wanted).mean() / np.abs(wanted).mean()


def test_a_graph_says_nearly_what_it_said(tmp_path):
    path = graph(tmp_path / "made.onnx")
    wanted = answer(path)
    quantize(path, "/encoder/", [SAMPLE])
    assert 0 < distance(path, wanted) < 0.03


def test_a_large_channel_leaves_the_others_their_steps(tmp_path, monkeypatch):
    path = graph(tmp_path / "made.onnx")
    wanted, before = answer(path), path.read_bytes()
    quantize(path, "/encoder/", [SAMPLE])
    smooth = distance(path, wanted)
    path.write_bytes(before)
    monkeypatch.setattr(quantizing, "_scale", lambda *_: np.ones(32, dtype=np.float32))
    quantize(path, "/encoder/", [SAMPLE])
    assert distance(path, wanted) > 2 * smooth


def test_what_lies_outside_stays_as_it_is(tmp_path):
    path = graph(tmp_path / "made.onnx")
    quantize(path, "/encoder/", [SAMPLE])
    made = onnx.load(str(path)).graph
    kinds = {tensor.name: tensor.data_type for tensor in made.initializer}
    assert kinds["last"] == TensorProto.FLOAT
    assert kinds["table"] == kinds["one"] == TensorProto.INT8
    assert [node.name for node in made.node if node.op_type == "MatMul"] == ["/head/last"]
    (matrix,) = (t for t in made.initializer if t.name == "one")
    assert np.abs(numpy_helper.to_array(matrix).astype(int)).max() <= 63, "of 7 bits"


def test_a_small_table_is_left_alone(tmp_path):
    path = graph(tmp_path / "made.onnx", TABLE[:100])
    quantize(path, "/encoder/", [{"rows": ROWS[:30]}])
    kinds = {t.name: t.data_type for t in onnx.load(str(path)).graph.initializer}
    assert kinds["table"] == TensorProto.FLOAT


def test_what_one_row_is_off_by_the_others_make_good():
    """Of channels that say much the same, a sum is nearer when errors are passed on."""
    common = DICE.normal(size=(500, 1))
    rows = (common + 0.1 * DICE.normal(size=(500, 32))).astype(np.float32)
    matrix = DICE.normal(size=(32, 8)).astype(np.float32)
    values, steps = compensated(matrix, rows.T @ rows)
    plain = np.round(matrix / steps) * steps
    wanted = rows @ matrix
    assert np.abs(values).max() <= 63
    assert np.abs(rows @ (values * steps) - wanted).mean() < (
        0.5 * np.abs(rows @ plain - wanted).mean()
    )


@pytest.mark.parametrize("axis", [0, 1, -1])
def test_rounding_is_off_by_half_a_step_at_most(axis):
    values = TABLE.astype(np.float32)
    whole, scale = rounded(values, axis)
    assert whole.dtype == np.int8
    assert (np.abs(whole * scale - values) <= scale * 0.5001).all()


def test_a_row_of_zeros_stays_one():
    whole, scale = rounded(np.zeros((2, 3), dtype=np.float32), 1)
    assert not whole.any()
    assert np.isfinite(scale).all()
