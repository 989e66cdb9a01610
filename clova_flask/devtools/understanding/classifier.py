"""Which intent an utterance is for, as a classifier sees it: evidence beside the nearest expression.

It is trained by a model's own expressions, and by what people say to other domains.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from .features import Mask, features, morphemes_of
from .frames import Frame, Shape, signature
from .languages.base import Language
from .morphemes import Morpheme
from .progress import Progress
from .rivals import rivals_of
from .softmax import STEPS, Floats, Softmax, train
from .text import Text
from .vectors import Vectorizer

_MOST, _LEAST = 5_000, 50
"""Expressions that train it at most, shared among the intents, and those of an intent that always may.

To analyse 1,000 takes 0.3 s by Kiwi. No model of the evaluation reaches the limit; what it costs is told by
the time alone: 50 intents × 2,000 expressions take a minute less with it (2026-11)."""
_ANALYSING = 0.8  # share of the time, beside the training


@dataclass(frozen=True, slots=True)
class Trained:
    """A classifier that was trained.

    :ivar names: the intents that have expressions; the class behind theirs is none of them.
    :ivar features: the features it knows.
    :ivar rarity: what each weighs for being in few texts.
    :ivar weights: by feature and class.
    :ivar bias: by class.
    """

    names: tuple[str, ...]
    features: tuple[str, ...]
    rarity: Floats
    weights: Floats
    bias: Floats


def trained(
    frames: Sequence[Frame], own: Iterable[str], language: Language, progress: Progress, share: float
) -> Trained:
    """Train a classifier.

    :param frames: the intents.
    :param own: the names of those that are the model's, and not built in.
    :param language: the language.
    :param share: what that is of the whole progress.
    """
    limit = max(_LEAST, _MOST // max(1, len(frames)))
    by_intent = {
        frame.name: [
            features(shape.text, masks, morphemes_of(shape.text, language))
            for shape, masks in _sample(frame, limit)
        ]
        for frame in progress.over(frames, _ANALYSING * share)
    }
    names = tuple(name for name, texts in by_intent.items() if texts)
    texts = [text for name in names for text in by_intent[name]]
    classes = [number for number, name in enumerate(names) for _ in by_intent[name]]
    others = rivals_of(language).beside(by_intent[name] for name in own if by_intent[name])
    vectorize = Vectorizer.of([*texts, *others])
    softmax = train(
        [vectorize(text) for text in (*texts, *others)],
        [*classes, *([len(names)] * len(others))],
        len(vectorize.names),
        steps=progress.over(range(STEPS), (1 - _ANALYSING) * share),
    )
    return Trained(names, vectorize.names, vectorize.rarity, softmax.weights, softmax.bias)


class Classifier:
    """Judges how likely each intent is.

    :param known: what was trained.
    """

    def __init__(self, known: Trained) -> None:
        self._names = known.names
        self._vectorize = Vectorizer(known.features, known.rarity)
        self._softmax = Softmax(known.weights, known.bias)

    def chances(
        self, text: Text, morphemes: Sequence[Morpheme], filled: Mapping[str, Sequence[Mask]]
    ) -> dict[str, float]:
        """Judge how likely each intent is against nothing of the model being meant, 0 to 1.

        Not against each other: two that are alike would halve what each has, and are no less meant for it.

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
        chances = 1 / (1 + np.exp(scores[none] - scores[:none]))
        return dict(zip(self._names, chances.tolist(), strict=True))


def _sample(frame: Frame, limit: int) -> list[tuple[Shape, list[Mask]]]:
    """Choose expressions that differ around their slots, as many as the limit, always the same."""
    distinct: dict[str, tuple[Shape, list[Mask]]] = {}
    for shape in frame.shapes:
        masks = _masks(frame, shape.spans)
        masked = signature(shape.text, [(type_, start, end) for (start, end), type_ in masks])
        distinct.setdefault(masked, (shape, masks))
    # By a checksum: expressions that were made by a pattern repeat it at equal distances.
    chosen = sorted(distinct, key=lambda masked: crc32(masked.encode()))[:limit]
    return [distinct[masked] for masked in chosen]


def _masks(frame: Frame, spans: Iterable[tuple[str, int, int]]) -> list[Mask]:
    return [((start, end), frame.slots[name].type) for name, start, end in spans if name in frame.slots]
