"""Likeness of words, by rapidfuzz, which is of the extra ``clova-flask[local]``."""

from __future__ import annotations

from types import ModuleType

from ...errors import ConfigurationError
from ...texts.templated import Templated

fuzz: ModuleType | None
try:
    from rapidfuzz import fuzz
except ImportError:  # the extra is not installed; Understander reports it
    fuzz = None


def require() -> None:
    """Make sure that the extra is installed.

    :raises ConfigurationError: it is not.
    """
    if fuzz is None:
        raise ConfigurationError(
            Templated(
                "Understanding utterances needs rapidfuzz, which is not installed. "
                "Install the extra: pip install 'clova-flask[local]'"
            )
        )


def ratio(one: str, other: str, cutoff: float = 0.0) -> float:
    """Return how alike two words are, 0 to 1; 0 below the cutoff."""
    require()
    return float(fuzz.ratio(one, other, score_cutoff=100 * cutoff)) / 100 if fuzz else 0.0


def best_stretch(word: str, text: str, cutoff: float) -> tuple[float, int, int] | None:
    """Find the stretch of a text that is most like a word.

    :return: how alike, where it begins and where it ends; None when nothing reaches the cutoff.
    """
    require()
    found = fuzz.partial_ratio_alignment(word, text, score_cutoff=100 * cutoff) if fuzz else None
    return (found.score / 100, found.dest_start, found.dest_end) if found else None
