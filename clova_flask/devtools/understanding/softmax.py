"""Softmax regression over sparse features: which of several classes an utterance belongs to, and how likely.

Trained by Nesterov's accelerated gradient with a step that the features' norm bounds, all at once and from
zero: the same expressions always give the same classifier.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Places = NDArray[np.int64]

STEPS = 40
"""Steps of the training: with 100 of them nothing is understood better."""
_PENALTY = 0.1
"""What large weights cost, divided by the number of rows."""
_NORM_STEPS = 8
_BLOCK = 16
"""Rows that are multiplied together. From 32 on OpenBLAS shares out each product among threads that wait for
each other: to train by 5,400 rows took 6.5 s of CPU instead of 0.8 s on a busy machine (2026-11)."""


class Row(NamedTuple):
    """A vector of features that is zero but for a few.

    :ivar places: which features, each once.
    :ivar values: what they weigh.
    """

    places: Places
    values: Floats


class _Block(NamedTuple):
    """Some rows that follow each other, as a dense matrix of the features that any of them has."""

    start: int
    places: Places
    values: Floats

    @property
    def rows(self) -> slice:
        return slice(self.start, self.start + len(self.values))


class _Matrix:
    """Rows, in blocks that multiply fast from either side: expressions of one intent share most features."""

    def __init__(self, rows: Sequence[Row], width: int) -> None:
        self.height, self._width = len(rows), width
        starts = range(0, len(rows), _BLOCK)
        self._blocks = [_block(start, rows[start : start + _BLOCK]) for start in starts]

    def times(self, right: Floats) -> Floats:
        product = np.empty((self.height, right.shape[1]), np.float32)
        for block in self._blocks:
            np.matmul(block.values, right[block.places], out=product[block.rows])
        return product

    def transposed_times(self, right: Floats) -> Floats:
        product = np.zeros((self._width, right.shape[1]), np.float32)
        for block in self._blocks:
            product[block.places] += block.values.T @ right[block.rows]
        return product

    def curvature(self, shares: Floats) -> float:
        """Bound how fast the gradient changes: half the square of the norm, by power iteration."""
        vector = np.full((self._width, 1), self._width**-0.5, np.float32)
        norm = 1.0
        for _ in range(_NORM_STEPS):
            vector = self.transposed_times(shares * self.times(vector))
            norm = float(np.linalg.norm(vector)) or 1.0
            vector /= norm
        return 0.55 * norm  # a tenth more, since the iteration comes from below


def _block(start: int, rows: Sequence[Row]) -> _Block:
    lengths = [len(row.places) for row in rows]
    places, columns = np.unique(np.concatenate([row.places for row in rows]), return_inverse=True)
    values = np.zeros((len(rows), len(places)), np.float32)
    values[np.repeat(np.arange(len(rows)), lengths), columns] = np.concatenate([row.values for row in rows])
    return _Block(start, places, values)


class Softmax:
    """A trained classifier.

    :ivar weights: by feature and class.
    :ivar bias: by class.
    """

    def __init__(self, weights: Floats, bias: Floats) -> None:
        self.weights = weights
        self.bias = bias

    def scores(self, row: Row) -> Floats:
        """Return what speaks for each class; their softmax is how likely each is."""
        scores: Floats = row.values @ self.weights[row.places] + self.bias
        return scores


def train(
    rows: Sequence[Row], classes: Sequence[int], width: int, *, steps: Iterable[object] = range(STEPS)
) -> Softmax:
    """Train a classifier, to which each class counts the same however many rows it has.

    The weights are always a sum of the rows, so what the steps change is how much of each row is in it:
    there are fewer rows than features.

    :param rows: the vectors, each of length 1 or empty.
    :param classes: the class of each, 0 and up.
    :param width: how many features there are.
    :param steps: the steps, for those who show how far it is.
    """
    of_row = np.array(classes)
    sizes = np.bincount(of_row)
    shares = (1 / (len(sizes) * sizes[of_row])).astype(np.float32)[:, None]
    wanted = np.eye(len(sizes), dtype=np.float32)[of_row]
    matrix, penalty = _Matrix(rows, width), np.float32(_PENALTY / len(rows))
    step = np.float32(1 / (matrix.curvature(shares) + penalty + 0.05))
    parts: Floats = np.zeros((len(rows), len(sizes)), np.float32)
    bias: Floats = np.zeros(len(sizes), np.float32)
    ahead: Any = parts  # to numpy's stubs a product with a scalar is of any precision
    bias_ahead: Any = bias
    momentum = 1.0
    for _ in steps:
        scores = matrix.times(matrix.transposed_times(ahead)) + bias_ahead
        error = (likelihoods(scores) - wanted) * shares
        new: Floats = ahead - step * (error + penalty * ahead)
        new_bias: Floats = bias_ahead - step / 2 * error.sum(0)
        following = (1 + math.sqrt(1 + 4 * momentum**2)) / 2
        drive = np.float32((momentum - 1) / following)
        ahead, bias_ahead = new + drive * (new - parts), new_bias + drive * (new_bias - bias)
        parts, bias, momentum = new, new_bias, following
    return Softmax(matrix.transposed_times(parts), bias)


def likelihoods(scores: Floats) -> Floats:
    """Turn scores into likelihoods, which add up to 1."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    likely: Floats = raised / raised.sum(-1, keepdims=True)
    return likely
