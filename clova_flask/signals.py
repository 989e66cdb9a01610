"""Signals: what happens to messages, for those who want to watch.

Each is sent with the Flask app as sender and ``extension``, the name of the :class:`~clova_flask.Clova`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from blinker import NamedSignal, Namespace

from .errors import failures

logger = logging.getLogger("clova_flask")

_signals = Namespace()

message_received = _signals.signal("clova-message-received")
"""A body came in, nothing about it is known yet. ``size``: its length in bytes."""

message_verified = _signals.signal("clova-message-verified")
"""The message is signed and for this extension. ``message``: the typed message."""

message_refused = _signals.signal("clova-message-refused")
"""The message reached no handler. ``error``: the :class:`~clova_flask.RequestRefused`. ``duration``: seconds
since the body was there; of one that could not be read, 0."""

message_handled = _signals.signal("clova-message-handled")
"""The answer is ready. ``message``: the typed message. ``answer``: the response message or reply, a dict.
``duration``: seconds since the body was there."""

message_failed = _signals.signal("clova-message-failed")
"""A function of the user's raised, and no errorhandler answered. ``message``: the typed message. ``error``:
the exception, also a HomeError or HTTPException, which is an answer itself. ``duration``: seconds since the
body was there."""


class Notifier:
    """Sends signals of one extension in one app.

    A receiver that raises is logged; it changes neither the answer nor whether the others are called.

    :param sender: the app.
    :param extension: name of the extension.
    :param ensure_sync: makes an ``async def`` receiver callable, ``app.ensure_sync``.
    """

    def __init__(self, sender: object, extension: str, ensure_sync: Callable[..., Any]) -> None:
        self._sender = sender
        self._extension = extension
        self._ensure_sync = ensure_sync

    def __call__(self, signal: NamedSignal, **details: Any) -> None:
        """Send one of the signals above."""
        self.send(signal, extension=self._extension, **details)

    def send(self, signal: NamedSignal, **details: Any) -> None:
        """Send any signal."""
        for receiver in () if signal.is_muted else signal.receivers_for(self._sender):
            try:
                self._ensure_sync(receiver)(self._sender, **details)
            except failures():
                logger.exception("A receiver of %s failed.", signal.name)
