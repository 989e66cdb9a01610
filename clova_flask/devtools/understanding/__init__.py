"""Understanding: from an utterance to an intent, its slots with values, how sure that is, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .missing import missing_analyser
from .results import FilledSlot, Understanding

if TYPE_CHECKING:
    from .understander import Understander

__all__ = ["FilledSlot", "Understander", "Understanding", "missing_analyser"]


def __getattr__(name: str) -> Any:
    """Load what understands when it is asked for: it needs the extra ``clova-flask[local]``.

    :raises ConfigurationError: the extra is not installed.
    """
    if name != "Understander":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .fuzzy import require

    require()
    from .understander import Understander

    return Understander
