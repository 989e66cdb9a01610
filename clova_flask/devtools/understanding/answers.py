"""Answers to what the extension has asked for: 내일, 내일이요, 明日です.

No guide tells that a platform knows what was asked for; but a user who was asked answers with that alone, and
the expressions of a model that works have the answer.
"""

from __future__ import annotations

import re

from ...wire.names import spellings
from .assign import Filling
from .frames import Shape
from .score import Nearest
from .text import Text

_ANSWER = 0.1
"""What an intent is nearer by that has what was asked for."""

_NOTHING_ELSE = 0.98
"""The score of an answer that is nothing else."""


def is_of_another_slot(shape: Shape, asked: str) -> bool:
    """Whether an expression is nothing but a slot, and another one was asked for, which may be meant."""
    is_bare = shape.filled == ((0, len(shape.text.chars)),)
    return is_bare and shape.spans[0][0] not in spellings(asked)


def preferred(
    near: Nearest, filled: tuple[Filling, ...], text: Text, asked: str, endings: re.Pattern[str]
) -> Nearest:
    """Let an intent that has what was asked for win over one that is about as near, or that has it as well.

    :param filled: the slots of the intent that are filled.
    :param endings: what may stand behind an answer that is nothing else.
    """
    wanted = spellings(asked)
    answer = next((filling for filling in filled if filling.slot.name in wanted), None)
    if answer is None:
        return near
    kinds, kind = answer.slot.kinds, answer.found.kind
    is_usual = not kinds or kind is None or kind in kinds
    is_all = answer.found.start == 0 and endings.fullmatch(text.chars[answer.end :]) is not None
    score = _NOTHING_ELSE if is_all and is_usual else 0.0
    return Nearest(max(score, near.score + _ANSWER), near.shape, near.known)
