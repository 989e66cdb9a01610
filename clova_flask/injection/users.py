"""Users: who an access token stands for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import Any

from ..wire.objects import WireObject, on_wire, wire_object

LoadUser = Callable[[str], Any]
"""Takes an access token and returns the account that it stands for, or None when it is unknown."""


@wire_object
class User(WireObject):
    """``context.System.user`` or ``session.user``.

    :ivar id: the platform's id of the user.
    :ivar access_token: the linked account's OAuth access token; None before account linking.
    """

    id: str = field(default="", metadata=on_wire("userId"))
    access_token: str | None = field(default=None, repr=False)
