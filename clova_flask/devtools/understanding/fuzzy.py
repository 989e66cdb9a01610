"""Likeness of words, by rapidfuzz, which is of the extra ``clova-flask[local]``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from importlib.util import find_spec
from types import ModuleType

from ...errors import ConfigurationError
from ...texts.templated import Templated

fuzz: ModuleType | None
process: ModuleType | None
try:
    from rapidfuzz import fuzz, process
except ImportError:  # the extra is not installed; Understander reports it
    fuzz = process = None


def require() -> None:
    """Make sure that the extra is installed.

    :raises ConfigurationError: it is not.
    """
    package = "rapidfuzz" if fuzz is None else "numpy"
    if fuzz is None or not _is_installed(package):
        raise ConfigurationError(
            Templated(
                "Understanding utterances needs %(package)s, which is not installed. "
                "Install the extra: pip install 'clova-flask[local]'",
                package=package,
            )
        )


def _is_installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ValueError:  # it is kept from being imported
        return False


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


class Alike:
    """Words, of which the one is found that is most like another.

    :param words: what is compared of each word, and the word.
    """

    def __init__(self, words: Iterable[tuple[str, str]]) -> None:
        self._by_length: dict[int, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
        for letters, word in sorted(words, key=lambda pair: pair[1], reverse=True):
            own, known = self._by_length[len(letters)]
            own.append(letters)
            known.append(word)

    def nearest(self, letters: str, cutoff: float) -> tuple[float, str] | None:
        """Find the word that is most like some letters; of several the last by name.

        :return: how alike, and the word; None when none reaches the cutoff.
        """
        require()
        found: list[tuple[float, str]] = []
        for length, (own, known) in self._by_length.items():
            if (
                process is None
                or fuzz is None
                or 2 * min(length, len(letters)) < cutoff * (length + len(letters))
            ):
                continue  # words of such lengths cannot be as alike
            best = process.extractOne(letters, own, scorer=fuzz.ratio, score_cutoff=100 * cutoff)
            if best is not None:
                found.append((best[1] / 100, known[best[2]]))
        return max(found, default=None)
