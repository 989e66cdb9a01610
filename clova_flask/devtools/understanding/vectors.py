"""Features as vectors: weighed by how few texts have them, and brought to one length."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from .softmax import Row


class Vectorizer:
    """Turns features into vectors over the features of some texts; others are left out.

    :param texts: the features of each text.
    """

    def __init__(self, texts: Sequence[Mapping[str, float]]) -> None:
        having = Counter(feature for text in texts for feature in text)
        self._places = {feature: place for place, feature in enumerate(sorted(having))}
        rarity = [1 + math.log((len(texts) + 1) / (having[feature] + 1)) for feature in self._places]
        self._rarity = np.array(rarity, np.float32)

    @property
    def width(self) -> int:
        """How many features there are."""
        return len(self._places)

    def __call__(self, text: Mapping[str, float]) -> Row:
        """Turn the features of a text into a vector of length 1; an empty one where none is known."""
        known = {place: weight for name, weight in text.items() if (place := self._places.get(name)) is not None}
        places = np.fromiter(known, np.int64, len(known))
        values = np.fromiter(known.values(), np.float32, len(known)) * self._rarity[places]
        return Row(places, values / (math.sqrt(values @ values) or 1))
