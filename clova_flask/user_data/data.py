"""The dict that handlers get."""

from __future__ import annotations

from typing import Any


class UserData(dict[str, Any]):
    """What the extension keeps of one user; a parameter that is annotated with it gets the speaker's own.

    Values must be what JSON has: text, numbers, True, False, None, and lists and dicts of these, whose keys
    are text. A tuple comes back as a list. What a turn has changed is saved once its answer is written; where
    the turn raised an exception, nothing is.
    """

    __slots__ = ()
