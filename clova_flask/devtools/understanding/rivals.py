"""What people say to other domains of an assistant, which on the platforms compete for each utterance.

They are what an utterance is likened to that no intent is for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from .features import features, morphemes_of
from .languages.base import Language, analyser, language
from .morphemes import Analyse
from .softmax import Floats, Row
from .text import Text, read
from .vectors import Vectorizer

_ALIKE = 0.1  # likeness of an expression and a domain from which it may be of that domain
_SHARE, _MOSTLY = 0.4, 0.6  # of an intent's expressions, and of those that are of any domain, if it is of one


@dataclass(frozen=True, slots=True)
class Rival:
    """An utterance for another domain.

    :ivar domain: ``weather``, ``music``…
    """

    domain: str
    text: Text


def read_rivals(spoken: Language) -> list[Rival]:
    """Read the rivals of a language."""
    lines = files(__package__).joinpath("languages", spoken.code, "rivals.tsv").read_text("utf-8")
    pairs = [line.split("\t") for line in lines.splitlines()]
    return [Rival(domain, read(said)) for domain, said in pairs]


class Rivals:
    """The rivals of a language.

    :param spoken: the language.
    """

    def __init__(self, spoken: Language) -> None:
        self._rivals = read_rivals(spoken)
        self._features = [features(one.text, (), morphemes_of(one.text, spoken)) for one in self._rivals]
        self._vectorize = Vectorizer.of(self._features)
        self._domains = sorted({one.domain for one in self._rivals})
        centres = np.zeros((len(self._vectorize.names), len(self._domains)), np.float32)
        for one, found in zip(self._rivals, self._features, strict=True):
            row = self._vectorize(found)
            centres[row.places, self._domains.index(one.domain)] += row.values
        self._centres: Floats = centres / np.linalg.norm(centres, axis=0)

    def beside(self, intents: Iterable[Sequence[dict[str, float]]]) -> list[dict[str, float]]:
        """Return the features of the rivals, but for those of domains that a model is of itself.

        :param intents: for each intent the features of its expressions.
        """
        own = {domain for expressions in intents for domain in self._of(expressions)}
        pairs = zip(self._rivals, self._features, strict=True)
        return [found for rival, found in pairs if rival.domain not in own]

    def _of(self, expressions: Sequence[dict[str, float]]) -> list[str]:
        """Return the domain that an intent is of, if it is of one."""
        nearest = Counter(self._nearest(self._vectorize(found)) for found in expressions)
        least = max(_SHARE * len(expressions), _MOSTLY * (len(expressions) - nearest.pop("", 0)))
        return [domain for domain, count in nearest.items() if count >= least]

    def _nearest(self, row: Row) -> str:
        likeness = row.values @ self._centres[row.places]
        best = int(likeness.argmax())
        return self._domains[best] if likeness[best] >= _ALIKE else ""


def rivals_of(spoken: Language) -> Rivals:
    """Return the rivals of a language, which are made ready once."""
    return _rivals(spoken.code, analyser(spoken))


@lru_cache
def _rivals(code: str, analyse: Analyse | None) -> Rivals:
    return Rivals(language(code))
