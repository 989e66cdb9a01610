"""The expressions of an intent, each made ready when it is first asked for.

Of 100,000 expressions an utterance is near to some dozens; to make all of them ready takes seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import overload

from ..model.objects import CustomIntent
from .frames import Shape, counting_slots, shape
from .languages.base import Language


class Shapes(Sequence[Shape]):
    """The expressions of an intent.

    :param intent: the intent.
    :param language: the language of its expressions.
    """

    def __init__(self, intent: CustomIntent, language: Language) -> None:
        self._expressions = intent.expressions
        self._counting = counting_slots(intent)
        self._counters = language.counters
        self._made: dict[int, Shape] = {}

    def __len__(self) -> int:
        return len(self._expressions)

    @overload
    def __getitem__(self, place: int) -> Shape: ...
    @overload
    def __getitem__(self, place: slice) -> list[Shape]: ...
    def __getitem__(self, place: int | slice) -> Shape | list[Shape]:
        if isinstance(place, slice):
            return [self[number] for number in range(len(self))[place]]
        made = self._made.get(place)
        if made is None:
            made = shape(self._expressions[place], self._counting, self._counters)
            self._made[place] = made
        return made


class ShapesByText(Mapping[str, Shape]):
    """The expressions of an intent by a text.

    :param shapes: the expressions.
    :param numbers: by the text, which of them it is.
    """

    def __init__(self, shapes: Shapes, numbers: Mapping[str, int]) -> None:
        self._shapes = shapes
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __getitem__(self, text: str) -> Shape:
        return self._shapes[self._numbers[text]]

    def __contains__(self, text: object) -> bool:
        return text in self._numbers
