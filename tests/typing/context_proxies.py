"""What type checkers know about ``current_*``: each is what a handler's parameter of that name is."""

from __future__ import annotations

from typing import Any, assert_type

from clova_flask import (
    Context,
    IntentRequest,
    Request,
    Session,
    Slot,
    User,
    current_context,
    current_request,
    current_session,
    current_user,
)

assert_type(current_request, Request)
assert_type(current_session, Session)
assert_type(current_context, Context)
assert_type(current_user, Any)


def inside_a_handler() -> None:
    assert_type(current_request.type, str)
    assert_type(current_request.locale, str | None)
    assert_type(current_session.user, User)
    assert_type(current_session.state, str | None)
    assert_type(current_session["amount"], Any)
    current_session["amount"] = 2
    if isinstance(current_request, IntentRequest):
        assert_type(current_request.intent.slots["amount"], Slot)


def wrong_uses() -> None:
    current_request.intent  # type: ignore[attr-defined]  # noqa: B018 - only an IntentRequest has one
    current_session[5] = "text"  # type: ignore[index]
    current_session.stat = "menu"  # type: ignore[attr-defined]
    current_context.session  # type: ignore[attr-defined]  # noqa: B018
