"""Understanding: from an utterance to an intent, its slots with values, how sure that is, and why."""

from __future__ import annotations

from .missing import missing_analyser
from .results import FilledSlot, Understanding
from .understander import Understander

__all__ = ["FilledSlot", "Understander", "Understanding", "missing_analyser"]
