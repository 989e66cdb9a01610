"""The app that a command is run for, and its extensions."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask, current_app, has_app_context
from flask.cli import ScriptInfo

from ...runtime import Runtime, runtime_of, runtimes_of

APP_FILES = ("wsgi.py", "app.py")
"""Files in which Flask finds an app that is not named."""


def import_path_of(info: ScriptInfo) -> str | None:
    """Return how the app is named, or the file in which Flask would find it; None where there is none."""
    return info.app_import_path or next((name for name in APP_FILES if Path(name).is_file()), None)


def instance_folder(info: ScriptInfo) -> Path:
    """Return the app's instance folder; ``instance`` in the current folder where there is no app.

    :raises flask.cli.NoAppException: an app is named, or there is a file of one, and it cannot be loaded.
    """
    if has_app_context():
        return Path(current_app.instance_path)
    if info.create_app is None and import_path_of(info) is None:
        return Path.cwd() / "instance"
    return Path(info.load_app().instance_path)


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
