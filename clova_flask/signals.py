"""Signals: what happens to messages, for those who want to watch.

Each is sent with the Flask app as sender and ``extension``, the name of the :class:`~clova_flask.Clova`.
"""

from __future__ import annotations

from blinker import Namespace

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
