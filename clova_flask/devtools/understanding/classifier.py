"""Which intent an utterance is for, as a classifier sees it: evidence beside the nearest expression.

It is trained by a model's own expressions, and by what people say to other domains.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from .features import Mask, features, morphemes_of
from .frames import Frame
from .languages.base import Language
from .morphemes import Morpheme
from .rivals import rivals_of
from .softmax import likelihoods, train
from .text import Text
from .vectors import Vectorizer


class Classifier:
    """Judges how likely each intent is.

    :param frames: the intents.
    :param own: the names of those that are the model's, and not built in.
    :param language: the language.
    """

    def __init__(self, frames: Sequence[Frame], own: Iterable[str], language: Language) -> None:
        self._language = language
        by_intent = {frame.name: self._expressions(frame) for frame in frames}
        self._names = [name for name, texts in by_intent.items() if texts]
        texts = [text for name in self._names for text in by_intent[name]]
        classes = [number for number, name in enumerate(self._names) for _ in by_intent[name]]
        others = rivals_of(language).beside(by_intent[name] for name in own if by_intent[name])
        self._vectorize = Vectorizer([*texts, *others])
        self._softmax = train(
            [self._vectorize(text) for text in (*texts, *others)],
            [*classes, *([len(self._names)] * len(others))],
            self._vectorize.width,
        )

    def _expressions(self, frame: Frame) -> list[dict[str, float]]:
        return [
            features(shape.text, _masks(frame, shape.spans), morphemes_of(shape.text, self._language))
            for shape in frame.shapes
        ]

    def likelihoods(
        self, text: Text, morphemes: Sequence[Morpheme], filled: Mapping[str, Sequence[Mask]]
    ) -> dict[str, float]:
        """Judge how likely each intent is; what is left to 1 is how likely none of them is meant.

        :param text: the utterance.
        :param morphemes: its morphemes.
        :param filled: what fills the slots of each intent.
        """
        alike: dict[tuple[Mask, ...], list[int]] = defaultdict(list)
        for number, name in enumerate(self._names):
            alike[tuple(filled.get(name, ()))].append(number)
        none = len(self._names)
        alike[()].append(none)  # who says something else fills no slot
        scores = np.zeros(none + 1, np.float32)
        for masks, numbers in alike.items():
            row = self._vectorize(features(text, masks, morphemes))
            scores[numbers] = self._softmax.scores(row)[numbers]
        return dict(zip(self._names, likelihoods(scores)[:none].tolist(), strict=True))


def _masks(frame: Frame, spans: Iterable[tuple[str, int, int]]) -> list[Mask]:
    return [((start, end), frame.slots[name].type) for name, start, end in spans if name in frame.slots]
