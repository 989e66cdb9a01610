"""The turn that is being handled in this thread or task."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

current_turn: ContextVar[Any] = ContextVar("clova_flask.turn")
"""The turn: a message on its way through the handlers, with what their parameters may ask for."""
