"""Where the nodes stand at first: whole numbers, the same for the same graph."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from math import ceil

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

EDGE = 100.0
"""The length that the layout aims at for an edge, in pixels."""
DOT = (46.0, 46.0)
READABLE = 80
"""Above so many nodes labels cannot all be read at once: room is made for the nodes alone."""
LINE = 22
"""How many characters of a label stand on a line; ``js/labels.js`` breaks it likewise."""
GAP = 30.0
SCREEN = 1.45
"""Width by height of the drawing area that layouts aim to fill."""
ROUNDS = 150


def overview(edges: Sequence[tuple[int, int]], count: int, limit: int) -> list[int]:
    """Return the nodes to draw at first: of ``count``, the ``limit`` best connected."""
    degree = [0] * count
    for a, b in edges:
        degree[a] += 1
        degree[b] += 1
    best = sorted(range(count), key=lambda i: (-degree[i], i))[:limit]
    return sorted(best)


def arrange(
    nodes: Sequence[int], edges: Sequence[tuple[int, int]], labels: Sequence[str]
) -> dict[int, tuple[int, int]]:
    """Return a place for every node: components side by side, with room for the labels."""
    graph = nx.Graph()
    graph.add_nodes_from(sorted(nodes))
    chosen = set(nodes)
    graph.add_edges_from(sorted((a, b) for a, b in edges if a != b and {a, b} <= chosen))
    parts = [sorted(part) for part in nx.connected_components(graph)]
    parts.sort(key=lambda part: (-len(part), part))
    laid = []
    for part in parts:
        sizes = np.array([DOT if len(nodes) > READABLE else box(labels[i]) for i in part])
        places = _spread(_stress(graph.subgraph(part), part), sizes)
        laid.append((places, sizes))
    offsets = _pack([_frame(places, sizes) for places, sizes in laid])
    return {
        node: (round(float(x)), round(float(y)))
        for part, (places, sizes), offset in zip(parts, laid, offsets, strict=True)
        for node, (x, y) in zip(part, places - _frame(places, sizes)[:2] + offset, strict=True)
    }


def box(label: str) -> tuple[float, float]:
    """Return the width and height that a node takes with its label below it."""
    units = [1.75 if unicodedata.east_asian_width(c) in "WF" else 1.0 for c in label[: 2 * LINE]]
    lines = min(2, ceil(sum(units) / LINE)) or 1
    width = 8.0 * min(sum(units), LINE if lines > 1 else sum(units))
    return max(width, 30.0) + 14, 40.0 + 17 * lines


def _stress(graph: nx.Graph, nodes: Sequence[int]) -> Points:
    """Place a component so that distances on paper follow distances in the graph.

    Stress majorization (Gansner, Koren, North 2004), started from classical scaling. networkx
    has kamada_kawai_layout for this, which needs scipy.
    """
    size = len(nodes)
    if size == 1:
        return np.zeros((1, 2))
    goal = _distances(graph, nodes) * EDGE
    np.fill_diagonal(goal, 1.0)
    weight = 1.0 / goal**2
    np.fill_diagonal(weight, 0.0)
    laplacian = np.diag(weight.sum(axis=1)) - weight
    inverse = np.linalg.pinv(laplacian)
    places = _scaling(goal)
    for _ in range(ROUNDS):
        delta = places[:, None, :] - places[None, :, :]
        apart = np.maximum(np.hypot(delta[..., 0], delta[..., 1]), 1e-6)
        pull = -weight * goal / apart
        np.fill_diagonal(pull, 0.0)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        places = inverse @ (pull @ places)
    return _level(places)


def _distances(graph: nx.Graph, nodes: Sequence[int]) -> Points:
    position = {node: i for i, node in enumerate(nodes)}
    goal = np.zeros((len(nodes), len(nodes)))
    for node, reached in nx.all_pairs_shortest_path_length(graph):
        for other, steps in reached.items():
            goal[position[node], position[other]] = steps
    return goal


def _scaling(goal: Points) -> Points:
    """Start from the two main axes of the distances, nudged so that no two points coincide."""
    square = goal**2
    np.fill_diagonal(square, 0.0)
    centred = square - square.mean(axis=0) - square.mean(axis=1)[:, None] + square.mean()
    values, vectors = np.linalg.eigh(-centred / 2)
    axes = vectors[:, -2:] * np.sqrt(np.maximum(values[-2:], 1.0))
    axes *= np.where(axes[np.abs(axes).argmax(axis=0), range(2)] < 0, -1.0, 1.0)
    turn = np.arange(len(goal)) * 2.399963  # the golden angle
    ring = np.sqrt(np.arange(len(goal)) + 1.0)[:, None] * np.column_stack(
        [np.cos(turn), np.sin(turn)]
    )
    return np.asarray(axes + 6.0 * ring)


def _level(places: Points) -> Points:
    """Turn the longest extent to lie flat, since screens are wide."""
    centred = places - places.mean(axis=0)
    _, vectors = np.linalg.eigh(centred.T @ centred)
    axes = vectors[:, ::-1]
    turned = np.asarray(centred @ (axes * np.where(axes[0] < 0, -1.0, 1.0)))
    extent = np.ptp(turned, axis=0) + EDGE
    stretch = np.clip((SCREEN * extent[1] / extent[0]) ** 0.5, 1.0, 1.3)
    return np.asarray(turned * np.array([stretch, 1 / stretch]))


def _spread(places: Points, sizes: Points) -> Points:
    """Push boxes apart until none overlaps, each pair along its shorter way out."""
    places = places.copy()
    reach = (sizes[:, None, :] + sizes[None, :, :]) / 2
    # Labels must not meet; nodes alone may touch, which the last rounds would keep undoing.
    for _ in range(400 if len(places) <= READABLE else 120):
        delta = places[:, None, :] - places[None, :, :]
        depth = reach - np.abs(delta)
        hit = np.asarray((depth > 0.5).all(axis=2))
        np.fill_diagonal(hit, False)
        if not hit.any():
            break
        flat = depth[..., 0] < depth[..., 1]
        order = np.sign(np.arange(len(places))[:, None] - np.arange(len(places))[None, :])
        sign = np.where(delta == 0, order[..., None], np.sign(delta))
        push = np.where(np.stack([flat, ~flat], axis=2) & hit[..., None], depth * sign, 0.0)
        # Half of the overlap is each one's share; crowded boxes take less at a time.
        share = np.maximum(hit.sum(axis=1), 1)[:, None] ** 0.5
        places += push.sum(axis=1) * 0.52 / share
    return places


def _frame(places: Points, sizes: Points) -> Points:
    """The left, top, right and bottom of a component with its labels."""
    low, high = (places - sizes / 2).min(axis=0), (places + sizes / 2).max(axis=0)
    return np.concatenate([low, high])


def _pack(frames: Sequence[Points]) -> list[Points]:
    """Set components beside and below each other, the largest first, to fill a screen.

    Each goes to the corner left by others, right of one or below one, that keeps the whole
    nearest to the shape of a screen. Returns where the left top of each one goes.
    """
    placed = np.zeros((0, 4))
    for frame in frames:
        extent = frame[2:] - frame[:2] + GAP
        corners = np.concatenate([[[0.0, 0.0]], placed[:, [2, 1]], placed[:, [0, 3]]])
        boxes = np.concatenate([corners, corners + extent], axis=1)
        apart = (boxes[:, None, :2] >= placed[None, :, 2:] - 0.01) | (
            boxes[:, None, 2:] <= placed[None, :, :2] + 0.01
        )
        free = boxes[np.all(apart.any(axis=2), axis=1)]
        whole = np.maximum(free[:, 2:], placed[:, 2:].max(axis=0, initial=0.0))
        cost = np.maximum(whole[:, 0] / SCREEN, whole[:, 1]) + 1e-3 * free[:, :2].sum(axis=1)
        placed = np.concatenate([placed, free[[cost.argmin()]]])
    return [box[:2] for box in placed]
