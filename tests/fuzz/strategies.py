"""Hypothesis's strategies: cases, which it shrinks to the fewest mutations, and messages with any JSON in."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from hypothesis import strategies as st

from .cases import PLATFORMS, Case, Step
from .mutations import MUTATIONS, places
from .seeds import seeds
from .writing import ON_BYTES, write

_NUMBERS = st.integers(0, 2**32 - 1)


def cases() -> st.SearchStrategy[Case]:
    """Draw a case: a seed, and what is done to it."""
    return st.sampled_from(PLATFORMS).flatmap(_cases_of)


def _cases_of(platform: str) -> st.SearchStrategy[Case]:
    return st.builds(
        Case,
        st.just(platform),
        st.sampled_from(tuple(seeds(platform))),
        _steps(tuple(MUTATIONS), 5),
        _steps(tuple(ON_BYTES), 2),
        st.booleans(),
    )


def _steps(names: tuple[str, ...], most: int) -> st.SearchStrategy[tuple[Step, ...]]:
    return st.lists(st.builds(Step, st.sampled_from(names), _NUMBERS), max_size=most).map(tuple)


TEXTS = st.text(max_size=40)
"""Text of any characters, lone surrogates too."""

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=8,
)
"""Whatever JSON has, and infinities, which it has not."""


@st.composite
def planted(draw: st.DrawFn) -> tuple[str, bytes]:
    """Draw a platform and a valid message in which one value is replaced by any other."""
    platform = draw(st.sampled_from(PLATFORMS))
    message = json.loads(seeds(platform)[draw(st.sampled_from(tuple(seeds(platform))))])
    found = list(places(message))
    found[draw(st.integers(0, len(found) - 1))].put(draw(VALUES))
    return platform, write(message, ascii_only=draw(st.booleans()))


def randoms() -> st.SearchStrategy[Random]:
    """Draw what decides how a signature is forged."""
    return _NUMBERS.map(Random)
