"""Features as vectors: weighed by how few texts have them, and brought to one length."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Self

import numpy as np

from .softmax import Floats, Row


class Vectorizer:
    """Turns features into vectors over the features of some texts; others are left out.

    :param names: the features.
    :param rarity: what each weighs for being in few texts.
    """

    def __init__(self, names: tuple[str, ...], rarity: Floats) -> None:
        self.names = names
        self.rarity = rarity
        self._places = {name: place for place, name in enumerate(names)}

    @classmethod
    def of(cls, texts: Sequence[Mapping[str, float]]) -> Self:
        """Make one for the features of some texts."""
        having = Counter(chain.from_iterable(texts))
        names = tuple(sorted(having))
        counts = np.array([having[name] for name in names])
        return cls(names, (1 + np.log((len(texts) + 1) / (counts + 1))).astype(np.float32))

    def __call__(self, text: Mapping[str, float]) -> Row:
        """Turn the features of a text into a vector of length 1; an empty one where none is known."""
        known = {
            place: weight for name, weight in text.items() if (place := self._places.get(name)) is not None
        }
        places = np.fromiter(known, np.int64, len(known))
        values = np.fromiter(known.values(), np.float32, len(known)) * self.rarity[places]
        return Row(places, values / (math.sqrt(values @ values) or 1))
