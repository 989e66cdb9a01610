"""Signals: what happens to messages, for those who want to watch.

Each is sent with the Flask app as sender and ``extension``, the name of the :class:`~clova_flask.Clova`.
"""

from __future__ import annotations

import logging
from typing import Any

from blinker import NamedSignal, Namespace

logger = logging.getLogger("clova_flask")

_signals = Namespace()

message_received = _signals.signal("clova-message-received")
"""A body came in, nothing about it is known yet. ``size``: its length in bytes."""

message_verified = _signals.signal("clova-message-verified")
"""The message is signed and for this extension. ``message``: the typed message."""

message_refused = _signals.signal("clova-message-refused")
"""The message reached no handler. ``error``: the :class:`~clova_flask.RequestRefused`."""

message_handled = _signals.signal("clova-message-handled")
"""The answer is ready. ``message``: the typed message. ``answer``: the response message, a dict."""

message_failed = _signals.signal("clova-message-failed")
"""A handler raised and no errorhandler answered. ``message``: the typed message. ``error``: the exception."""


class Notifier:
    """Sends the signals of one extension in one app.

    A receiver that raises is logged, and does not change the answer.

    :param sender: the app.
    :param extension: name of the extension.
    """

    def __init__(self, sender: object, extension: str) -> None:
        self._sender = sender
        self._extension = extension

    def __call__(self, signal: NamedSignal, **details: Any) -> None:
        """Send a signal."""
        try:
            signal.send(self._sender, extension=self._extension, **details)
        except Exception:
            logger.exception("A receiver of %s failed.", signal.name)
