"""The best dependency tree under given scores."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.lang.ru.tree import best_tree, is_tree


@pytest.mark.parametrize(
    ("heads", "verdict"),
    [
        ([0], True),
        ([2, 0], True),
        ([2, 0, 2, 3], True),
        ([2, 3, 0], True),
        ([0, 0], False),  # two roots
        ([2, 1], False),  # no root, a cycle
        ([0, 3, 2], False),  # a cycle beside the root
        ([0, 3, 4, 2], False),
        ([1], False),  # its own head
        ([], False),
    ],
)
def test_is_tree(heads, verdict):
    assert is_tree(heads) is verdict


def brute(scores: np.ndarray) -> float:
    n = len(scores)
    trees = (list(heads) for heads in product(range(n + 1), repeat=n))
    return max(gain(scores, heads) for heads in trees if is_tree(heads))


def gain(scores: np.ndarray, heads: list[int]) -> float:
    return float(sum(scores[i, head] for i, head in enumerate(heads)))


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("seed", range(6))
def test_the_best_tree_is_the_best_of_all_trees(n, seed):
    scores = np.random.default_rng(100 * n + seed).normal(0, 10, (n, n + 1)).astype(np.float32)
    found = best_tree(scores)
    assert is_tree(found)
    assert gain(scores, found) == pytest.approx(brute(scores), abs=1e-3)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 4).flatmap(
        lambda n: st.lists(st.integers(-3, 3), min_size=n * (n + 1), max_size=n * (n + 1))
    )
)
def test_ties_do_not_make_a_second_root_or_a_cycle(flat):
    n = next(k for k in range(1, 5) if k * (k + 1) == len(flat))
    scores = np.array(flat, dtype=np.float32).reshape(n, n + 1)
    found = best_tree(scores)
    assert is_tree(found)
    assert gain(scores, found) == pytest.approx(brute(scores), abs=1e-3)


def test_one_root_even_where_every_token_would_be_it():
    scores = np.full((6, 7), -50, dtype=np.float32)
    scores[:, 0] = 50
    assert best_tree(scores).count(0) == 1


def test_the_scores_are_left_as_they_were():
    scores = np.ones((3, 4), dtype=np.float32)
    best_tree(scores)
    assert (scores == 1).all()
