"""The best dependency tree under given scores."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


def is_tree(heads: list[int]) -> bool:
    """Tell whether ``heads`` (0 is the root, i+1 token i) make one single-rooted tree."""
    if heads.count(0) != 1:
        return False
    state = [0] * (len(heads) + 1)
    state[0] = 2
    for node in range(1, len(heads) + 1):
        path = []
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = heads[node - 1]
        if state[node] == 1:
            return False
        for seen in path:
            state[seen] = 2
    return True


def best_tree(scores: Scores) -> list[int]:
    """Return the heads of the maximum spanning tree that has a single root.

    ``scores[i, j]`` is what token i gains under head j, j=0 being the root; shape (n, n+1).
    Chu & Liu 1965, Edmonds 1967; single-rooted by a penalty on every edge from the root that
    outweighs all others together (Zmigrod et al. 2020 discuss why the constraint is needed).
    """
    n = len(scores)
    full = np.full((n + 1, n + 1), -np.inf)
    full[1:, :] = scores.astype(np.float64)
    np.fill_diagonal(full, -np.inf)
    spread = float(scores.max() - scores.min()) + 1.0
    full[1:, 0] -= spread * (n + 1)
    return [int(head) for head in _arborescence(full)[1:]]


def _arborescence(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the best head of every node but 0; ``scores[child, head]``."""
    heads: NDArray[np.int64] = scores.argmax(axis=1)
    heads[0] = 0
    cycle = _cycle(heads)
    if not cycle:
        return heads
    # Contract the cycle to one node, solve the smaller problem, then break the cycle where
    # the edge that enters it does.
    inside = np.array(cycle)
    outside = np.array([i for i in range(len(heads)) if i not in set(cycle)])
    size = len(outside)
    small = np.full((size + 1, size + 1), -np.inf)
    small[:size, :size] = scores[np.ix_(outside, outside)]
    kept = scores[inside, heads[inside]]
    entering = scores[np.ix_(inside, outside)] - kept[:, None]
    small[size, :size] = entering.max(axis=0)
    enter = inside[entering.argmax(axis=0)]
    leaving = scores[np.ix_(outside, inside)]
    small[:size, size] = leaving.max(axis=1)
    leave = inside[leaving.argmax(axis=1)]
    small[0, :] = -np.inf
    solved = _arborescence(small)
    for i in range(1, size):
        heads[outside[i]] = leave[i] if solved[i] == size else outside[solved[i]]
    heads[enter[solved[size]]] = outside[solved[size]]
    return heads


def _cycle(heads: NDArray[np.int64]) -> list[int]:
    seen = {0}
    for start in range(1, len(heads)):
        path, node = [], start
        while node not in seen:
            seen.add(node)
            path.append(node)
            node = int(heads[node])
        if node in path:
            return path[path.index(node) :]
    return []
