"""``flask clova``: the command line."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from click import ClickException
from flask.cli import AppGroup
from flask.helpers import get_debug_flag

__all__ = ["clova"]


class _Commands(AppGroup):
    """All commands, which are imported when one is used.

    But for ``health``, which a container runs every few seconds, and which does without the others: it starts
    in 0.4 s instead of 1.2 (2026-11-26).
    """

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands."""
        return self._all().list_commands(ctx)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command, or None."""
        if cmd_name == "health":
            return import_module("clova_flask.devtools.cli.health").health
        return self._all().get_command(ctx, cmd_name)

    def invoke(self, ctx: Any) -> Any:
        """Run a command. An app that cannot be made is told in one line, in debug with the traceback."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            if get_debug_flag() or not _tells_enough(error):
                raise
            raise ClickException(f"The app cannot be loaded. {error}") from None

    @staticmethod
    def _all() -> AppGroup:
        commands: AppGroup = import_module("clova_flask.devtools.cli.commands").clova
        return commands


def _tells_enough(error: Exception) -> bool:
    """Whether the text tells what to do about the app: where the error was raised helps nobody then."""
    errors = import_module("clova_flask.errors")
    return isinstance(error, (errors.ConfigurationError, errors.RegistrationError, errors.KeySourceError))


clova = _Commands("clova", help="Clova extensions of this app.")
