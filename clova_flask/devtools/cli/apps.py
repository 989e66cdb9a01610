"""The app that a command is run for, and its extensions."""

from __future__ import annotations

import click
from flask import Flask, current_app

from ...runtime import Runtime, runtime_of, runtimes_of


def this_app() -> Flask:
    """Return the app itself, not the proxy for it."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    return app


def find_runtime(name: str | None) -> Runtime:
    """Return an extension of the app by its name; without one, the only one.

    :raises click.ClickException: the app has no extension of that name.
    """
    try:
        return runtime_of(this_app(), name)
    except LookupError as error:
        raise click.ClickException(str(error)) from None


def all_runtimes() -> dict[str, Runtime]:
    """Return the app's extensions by name.

    :raises click.ClickException: the app has none.
    """
    try:
        return runtimes_of(this_app())
    except LookupError as error:
        raise click.ClickException(str(error)) from None
