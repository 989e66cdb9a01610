"""English words, with the commonest endings taken off."""

from __future__ import annotations

import re

from ...morphemes import CONTENT, FUNCTION, NOUN, OTHER, Analyse, Morpheme
from .lexicon import FUNCTION as FUNCTION_WORDS

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_ENDING = re.compile(r"(?<=[^\W\d_]{3})(?:ing|ed|es|s|'s)$")
_FUNCTION = frozenset(FUNCTION_WORDS.split())


def load() -> Analyse:
    """Return what splits English at its spaces."""
    return _analyse


def _analyse(said: str) -> list[Morpheme]:
    return [_morpheme(match) for match in _WORD.finditer(said)]


def _morpheme(match: re.Match[str]) -> Morpheme:
    word = match[0].lower()
    is_content = word.replace("'", "") not in _FUNCTION
    weight, kind = (CONTENT, NOUN) if is_content else (FUNCTION, OTHER)
    return Morpheme(match.start(), match.end(), _ENDING.sub("", word), weight, kind)
