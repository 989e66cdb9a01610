"""Which known name is meant by one that is not known: spelt alike, with the same words, or within it.

Errors and findings ask here; nobody waits for it who makes no mistake.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable

MAX_HINTS = 3
"""How many names an error suggests; where more are close it lists all there are."""

_SURELY_MISSPELT = 0.8
"""Likeness from which letters tell what was meant, and whole words need not."""

_RARE = 5
"""One name of so many may have a word that tells which was meant; what a few are all about tells nothing."""


def misspelt(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that one is surely a misspelling of; None for none."""
    start, end, names = _unshared(name, list(known))
    wanted = sorted(_folded(name[start:end]))
    exchanged = next((one for key, one in names.items() if sorted(_folded(key)) == wanted), None)
    return exchanged or _alike(name[start:end], names, _SURELY_MISSPELT)


def close_names(name: object, known: Iterable[str]) -> list[str]:
    """List the one name that is spelt nearly alike, or those that share a rare word or contain it."""
    if not isinstance(name, str):
        return []
    start, end, names = _unshared(name, list(known))
    rest = name[start:end]
    close = _alike(rest, names, _SURELY_MISSPELT)
    by_words = [] if close else _with_its_words(rest, names)
    if by_words:
        return by_words
    close = close or _alike(rest, names, 0.6)
    if close:
        return [close]
    wanted, folded = _folded(rest), {_folded(key): one for key, one in names.items()}
    around = [one for key, one in folded.items() if _contains(key, wanted) or _contains(wanted, key)]
    return around if len(around) <= MAX_HINTS else []


def _unshared(name: str, known: list[str]) -> tuple[int, int, dict[str, str]]:
    """Leave out what makes no name nearer than another: "Clova." and "Intent" of a built-in intent.

    :return: where the rest of the name begins and ends, and the known names by what is left of them.
    """
    prefix = name[: name.rfind(".") + 1]
    within = [one for one in known if prefix and one.startswith(prefix)]
    names, start = within or known, len(prefix) if within else 0
    last = re.search(r"[A-Z][a-z]+\Z", name)
    shares = last is not None and len(names) > 1 and all(one.endswith(last[0]) for one in names)
    ending = len(last[0]) if last is not None and shares else 0
    rests = {one[start : len(one) - ending]: one for one in reversed(names)}
    return start, len(name) - ending, dict(reversed(rests.items()))


def _alike(rest: str, names: dict[str, str], cutoff: float) -> str | None:
    folded = {_folded(key): one for key, one in reversed(names.items())}
    found = difflib.get_close_matches(_folded(rest), folded, n=1, cutoff=cutoff)
    return folded[found[0]] if found else None


def _with_its_words(rest: str, names: dict[str, str]) -> list[str]:
    """List the few names that share most of their words with one, among them a word that few names have."""
    words = {one: _words(key) for key, one in names.items()}
    having = Counter(word for own in words.values() for word in own)
    wanted = _words(rest)
    rare = {word for word in wanted if having[word] * _RARE <= len(words)}
    shared = {one: len(wanted & own) / len(wanted | own) for one, own in words.items() if rare & own}
    close = [one for one, share in shared.items() if share == max(shared.values())]
    return close if len(close) <= MAX_HINTS else []


def _words(name: str) -> set[str]:
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return {word for word in re.split(r"[\W_]+", spaced.casefold()) if len(word) > 1}


def _contains(longer: str, shorter: str) -> bool:
    # Two letters within a word are chance, at its end they are "TV".
    return longer.endswith(shorter) if len(shorter) == 2 else len(shorter) > 2 and shorter in longer


def _folded(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter not in "_- ")
