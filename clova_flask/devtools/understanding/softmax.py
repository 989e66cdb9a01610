"""Softmax regression over sparse features: which of several classes an utterance belongs to, and how likely.

Trained by Nesterov's accelerated gradient with a step that the features' norm bounds, all at once and from
zero: the same expressions always give the same classifier.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Places = NDArray[np.int64]

_STEPS = 40
"""Steps of the training: with 100 of them nothing is understood better."""
_PENALTY = 0.1
"""What large weights cost, divided by the number of rows."""
_NORM_STEPS = 8


class Row(NamedTuple):
    """A vector of features that is zero but for a few.

    :ivar places: which features, ascending.
    :ivar values: what they weigh.
    """

    places: Places
    values: Floats


class _Matrix:
    """Rows, in a form that multiplies fast from either side."""

    def __init__(self, rows: Sequence[Row], width: int) -> None:
        lengths = np.array([len(row.places) for row in rows])
        self.height, self._width = len(rows), width
        self._places = np.concatenate([row.places for row in rows])
        self._values = np.concatenate([row.values for row in rows])[:, None]
        self._is_filled = lengths > 0
        self._starts = (np.cumsum(lengths) - lengths)[self._is_filled]
        by_column = np.argsort(self._places, kind="stable")
        self._rows_by_column = np.repeat(np.arange(self.height), lengths)[by_column]
        self._values_by_column = self._values[by_column]
        self._columns, self._column_starts = np.unique(self._places[by_column], return_index=True)

    def times(self, right: Floats) -> Floats:
        product = np.zeros((self.height, right.shape[1]), np.float32)
        product[self._is_filled] = np.add.reduceat(right[self._places] * self._values, self._starts, axis=0)
        return product

    def transposed_times(self, right: Floats) -> Floats:
        product = np.zeros((self._width, right.shape[1]), np.float32)
        scaled = right[self._rows_by_column] * self._values_by_column
        product[self._columns] = np.add.reduceat(scaled, self._column_starts, axis=0)
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


def train(rows: Sequence[Row], classes: Sequence[int], width: int) -> Softmax:
    """Train a classifier, to which each class counts the same however many rows it has.

    :param rows: the vectors, each of length 1 or empty.
    :param classes: the class of each, 0 and up.
    :param width: how many features there are.
    """
    of_row = np.array(classes)
    sizes = np.bincount(of_row)
    shares = (1 / (len(sizes) * sizes[of_row])).astype(np.float32)[:, None]
    wanted = np.eye(len(sizes), dtype=np.float32)[of_row]
    matrix, penalty = _Matrix(rows, width), np.float32(_PENALTY / len(rows))
    step = np.float32(1 / (matrix.curvature(shares) + penalty + 0.05))
    weights: Floats = np.zeros((width, len(sizes)), np.float32)
    bias: Floats = np.zeros(len(sizes), np.float32)
    ahead: Any = weights  # to numpy's stubs a product with a scalar is of any precision
    bias_ahead: Any = bias
    momentum = 1.0
    for _ in range(_STEPS):
        error = (likelihoods(matrix.times(ahead) + bias_ahead) - wanted) * shares
        new: Floats = ahead - step * (matrix.transposed_times(error) + penalty * ahead)
        new_bias: Floats = bias_ahead - step / 2 * error.sum(0)
        following = (1 + math.sqrt(1 + 4 * momentum**2)) / 2
        drive = np.float32((momentum - 1) / following)
        ahead, bias_ahead = new + drive * (new - weights), new_bias + drive * (new_bias - bias)
        weights, bias, momentum = new, new_bias, following
    return Softmax(weights, bias)


def likelihoods(scores: Floats) -> Floats:
    """Turn scores into likelihoods, which add up to 1."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    likely: Floats = raised / raised.sum(-1, keepdims=True)
    return likely
