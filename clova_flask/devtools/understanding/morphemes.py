"""Morphemes: what an utterance is made of, by the morphological analyser of its language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

CONTENT, LIGHT, FUNCTION = 1.0, 0.5, 0.25
"""What morphemes weigh: nouns and verbs; verbs that mostly help others; particles and endings."""

NOUN, AFFIX, NUMBER, COUNTER, OTHER = "noun", "affix", "number", "counter", ""
"""Kinds of morphemes: nouns, names; what makes a longer noun of one; numbers; what counts; all else."""


@dataclass(frozen=True, slots=True)
class Morpheme:
    """A morpheme of an utterance.

    :ivar start: where it begins, in what was said.
    :ivar end: where it ends.
    :ivar form: its dictionary form.
    :ivar weight: how much it tells of what is meant.
    :ivar kind: what kind it is, as far as names are concerned.
    :ivar kin: the groups of words that mean about the same, of which it is one.
    """

    start: int
    end: int
    form: str
    weight: float
    kind: str = OTHER
    kin: tuple[str, ...] = ()


Analyse = Callable[[str], Sequence[Morpheme]]
"""Splits an utterance into its morphemes; may be called from several threads at once."""
