"""The accounts of the app, by the functions that it declares."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import current_app

from ..errors import ConfigurationError, RegistrationError
from .sign_in import user_in_process


class Accounts:
    """Who is signed in, and whom an id stands for.

    Each function is the app's own, ``async def`` included, and is called in a request.
    """

    def __init__(self) -> None:
        self._functions: dict[str, Callable[..., Any]] = {}

    def declare(self, name: str, function: Callable[..., Any]) -> None:
        """Keep a function of the app under its decorator's name.

        :raises RegistrationError: there is another one.
        """
        known = self._functions.setdefault(name, function)
        if known is not function:
            raise RegistrationError(
                f"AccountLinking has a function for {name} already: {known.__module__}.{known.__qualname__}."
            )

    @property
    def missing(self) -> list[str]:
        """The decorators that the app has to use, and has not."""
        return [name for name in ("current_user_id", "load_user") if name not in self._functions]

    def signed_in(self) -> str | None:
        """Return the id of who is signed in, or None."""
        if "current_user_id" not in self._functions:
            raise ConfigurationError(
                "Account linking does not know who is signed in. Decorate a function that returns the user's "
                "id with @linking.current_user_id."
            )
        user_id = user_in_process()
        if user_id is None:
            user_id = self._call("current_user_id")
        return None if user_id in (None, "") else str(user_id)

    def load(self, user_id: str, ensure_sync: Callable[..., Any] | None = None) -> Any:
        """Load an account; None when it is gone.

        :param ensure_sync: makes the function callable where it is ``async def``; None for the app's own.
        """
        if "load_user" not in self._functions:
            raise ConfigurationError(
                "Account linking does not know the accounts. Decorate a function that returns the account of "
                "a user's id with @linking.load_user."
            )
        ensure_sync = ensure_sync or current_app.ensure_sync
        return ensure_sync(self._functions["load_user"])(user_id)

    def name(self, user_id: str) -> str | None:
        """Return what a user calls the account, or None where the app does not name accounts."""
        if "account_name" not in self._functions:
            return None
        account = self.load(user_id)
        name = None if account is None else self._call("account_name", account)
        return None if name is None else str(name)

    @property
    def can_sign_out(self) -> bool:
        """Whether the app lets users of the consent page sign out."""
        return "sign_out" in self._functions

    def sign_out(self) -> None:
        """Sign the user out of the app."""
        self._call("sign_out")

    def _call(self, name: str, *values: Any) -> Any:
        return current_app.ensure_sync(self._functions[name])(*values)
