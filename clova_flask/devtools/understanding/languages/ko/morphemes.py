"""Korean morphemes, by Kiwi."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from ...morphemes import AFFIX, CONTENT, FUNCTION, NOUN, NUMBER, OTHER, Analyse, Morpheme

_FUNCTIONS = ("VX", "VCP", "XS", "XPN")  # 주다 and 싶다 behind a verb, 이다, endings that make verbs of nouns
_CONTENTS = ("N", "V", "M", "X", "SL", "SN", "SH", "IC", "W_")
_SIGNS = "S"
_KINDS = (
    ("NNG", NOUN), ("NNP", NOUN), ("SL", NOUN), ("SH", NOUN), ("XR", NOUN), ("UN", NOUN),
    ("NR", NUMBER), ("SN", NUMBER), ("NNB", NUMBER), ("XPN", AFFIX), ("XSN", AFFIX),
)  # fmt: skip


def load() -> Analyse:
    """Load Kiwi, which takes seconds and some 500 MB.

    :raises ImportError: it is not installed.
    """
    kiwi: Any = import_module("kiwipiepy").Kiwi(
        num_workers=1
    )  # no threads of its own, which a fork would lose

    def analyse(said: str) -> list[Morpheme]:
        return [
            Morpheme(token.start, token.start + token.len, token.form, weight, _kind(token.tag))
            for token in kiwi.tokenize(said)
            if (weight := _weight(token.tag))
        ]

    return analyse


def _weight(tag: str) -> float:
    if tag.startswith(_CONTENTS) and not tag.startswith(_FUNCTIONS):
        return CONTENT
    return 0.0 if tag.startswith(_SIGNS) else FUNCTION


def _kind(tag: str) -> str:
    return next((kind for start, kind in _KINDS if tag.startswith(start)), OTHER)
