"""Words that mean about the same, whatever is spoken of: who says one of them could have said another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files

from .morphemes import FUNCTION, LIGHT, Analyse, Morpheme

_LONGEST = 3  # morphemes of a word


class Thesaurus:
    """Groups of words of one language.

    :param code: the language, ``ko``.
    :param analyse: its morphological analyser, which finds a word in all its forms.
    """

    def __init__(self, code: str, analyse: Analyse) -> None:
        self._groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
        text = files(__package__).joinpath("languages", code, "thesaurus.tsv").read_text("utf-8")
        for line in text.splitlines():
            name, words = line.split("\t")
            for word in words.split():
                forms = tuple(one.form for one in _telling(analyse(word.replace("_", " "))))
                if 0 < len(forms) <= _LONGEST:
                    self._groups[forms].append(name)

    def among(self, morphemes: Sequence[Morpheme]) -> list[Morpheme]:
        """Return morphemes with their groups; a word of several morphemes has its groups at the first."""
        telling = _telling(morphemes)
        kin = {one.start: tuple(self._at(telling, place)) for place, one in enumerate(telling)}
        return [replace(one, kin=(*one.kin, *kin.get(one.start, ()))) for one in morphemes]

    def _at(self, telling: Sequence[Morpheme], place: int) -> Iterator[str]:
        for length in range(1, min(_LONGEST, len(telling) - place) + 1):
            yield from self._groups.get(tuple(one.form for one in telling[place : place + length]), ())


def _telling(morphemes: Sequence[Morpheme]) -> Sequence[Morpheme]:
    """Leave out what only helps, unless there is nothing else."""
    content = [one for one in morphemes if one.weight > LIGHT]
    return content or [one for one in morphemes if one.weight > FUNCTION]


@lru_cache
def thesaurus_of(code: str, analyse: Analyse) -> Thesaurus:
    """Return the thesaurus of a language, which is made ready once."""
    return Thesaurus(code, analyse)
