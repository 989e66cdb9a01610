"""Whether a build that was read can be one of a model: nothing in it may lead outside of what is there."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..model.objects import CustomIntent
from .build import Build
from .classifier import Trained
from .score import Compared, Counts
from .softmax import Places


def fits(build: Build, intents: Mapping[str, CustomIntent]) -> bool:
    """Tell whether a build has all of some intents, and of them nothing else.

    :param intents: the intents of the model.
    """
    if list(build.intents) != list(intents):
        return False
    sizes = {name: len(intent.expressions) for name, intent in intents.items()}
    return (
        all(_has_slots(build, intent) for intent in intents.values())
        and all(
            0 <= number < sizes[name]
            for name, known in build.intents.items()
            for numbers in (known.texts, known.signatures)
            for number in numbers.values()
        )
        and _compares(build.compared, sizes)
        and _judges(build.trained, sizes)
    )


def _has_slots(build: Build, intent: CustomIntent) -> bool:
    known = build.intents[intent.name]
    declared = {slot.name: slot.type for slot in intent.slots}
    return {name: slot.type for name, slot in known.slots.items()} == declared


def _compares(known: Compared, sizes: Mapping[str, int]) -> bool:
    if not (list(known.tokens) == list(known.counts) == list(sizes)):
        return False
    counts = np.array(list(known.counts.values()), np.int64)
    of_tokens = np.repeat(counts, [len(tokens) for tokens in known.tokens.values()])
    if len(of_tokens) != len(known.having) or min((0, *counts, *known.having)) < 0:
        return False
    return (
        len(known.numbers) == len(known.weights) == counts.sum()
        and len(known.places) == known.having.sum()
        and _are_below(known.numbers, np.repeat(list(sizes.values()), counts))
        and _are_below(known.places, np.repeat(of_tokens, known.having))
    )


def _are_below(numbers: Counts, limits: Places) -> bool:
    return bool(np.all(numbers >= 0) and np.all(numbers < limits))


def _judges(known: Trained, sizes: Mapping[str, int]) -> bool:
    width, classes = len(known.features), len(known.names) + 1
    return (
        set(known.names) <= set(sizes)
        and known.rarity.shape == (width,)
        and known.weights.shape == (width, classes)
        and known.bias.shape == (classes,)
    )
