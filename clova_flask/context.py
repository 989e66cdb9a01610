"""What is being handled right now, for code that is called deeper than a handler.

Each of these stands for the parameter of the same name; outside a handler they raise ``RuntimeError``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from werkzeug.local import LocalProxy

from .injection.current import current_turn

if TYPE_CHECKING:
    from .custom.objects import Context, Request
    from .custom.session import Session

_OUTSIDE = """\
No Clova message is being handled here.

current_request and its kin work inside handlers, hooks and errorhandlers, and in what those call. A test
makes a message with clova_flask.testing.CekClient; a thread of your own has to be given what it needs."""

current_request: Request = LocalProxy(current_turn, "request", unbound_message=_OUTSIDE)  # type: ignore[assignment]
"""The typed request."""

current_session: Session = LocalProxy(current_turn, "session", unbound_message=_OUTSIDE)  # type: ignore[assignment]
"""The session, a dict of the session attributes."""

current_context: Context = LocalProxy(current_turn, "context", unbound_message=_OUTSIDE)  # type: ignore[assignment]
"""The typed context: device, display, audio player."""


current_user: Any = LocalProxy(current_turn, "user", unbound_message=_OUTSIDE)
"""What ``user_loader`` made of the access token; without a loader the message's ``User``."""
