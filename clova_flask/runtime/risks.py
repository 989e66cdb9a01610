"""What is risky about an extension on its app: for the log at its start, and for ``flask clova check``."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from ..errors import KeySourceError
from ..findings import Finding, Place
from ..registry import Registry
from ..security.devkey import PRIVATE_NAME, made_here, read_key
from ..settings import Settings

ANSWERING = 1.0
"""Seconds that it may take after a timeout until the answer is there: the function that is cancelled may
clean up, and an errorhandler or a hook may run on the answer, for half a second each."""

_IN_MEMORY = frozenset({"sqlite://", "sqlite:///:memory:"})


def of_settings(settings: Settings) -> list[Finding]:
    """Check whether the settings are safe to answer CEK with."""
    findings = []
    if not settings.verify_signature:
        message = "CLOVA_VERIFY_SIGNATURE is off, so anybody can send messages. Remove the setting."
        findings.append(Finding("settings.signatures-off", message))
    if not settings.extension_ids:
        message = "CLOVA_EXTENSION_ID is not set, so messages for any other extension are answered too."
        findings.append(Finding("settings.no-extension-id", message))
    return [*findings, *_of_timeout(settings), *_of_user_data(settings)]


def _of_timeout(settings: Settings) -> list[Finding]:
    timeout, platform = settings.handler_timeout, settings.platform
    patience = platform.answer_seconds if platform else None
    if timeout is None or platform is None or patience is None or timeout + ANSWERING <= patience:
        return []
    message = (
        f"CLOVA_HANDLER_TIMEOUT is {timeout:g} s, and {platform.title} waits {patience:g} s. With the time "
        "that cancelling and answering may take, nobody would hear the answer. Set "
        f"{patience - ANSWERING:g} or less."
    )
    return [Finding("settings.long-timeout", message)]


def _of_user_data(settings: Settings) -> list[Finding]:
    if settings.user_data_url not in _IN_MEMORY:
        return []
    message = (
        f"CLOVA_USER_DATA_URL is {settings.user_data_url}, which each process has for itself and loses at "
        "its end. Set the URL of a file, sqlite:///clova.db, of PostgreSQL, or of a Redis."
    )
    return [Finding("settings.user-data-in-memory", message)]


def of_development_key(app: Flask) -> list[Finding]:
    """Check that the development key is readable in debug, and that it is not on a server."""
    path = Path(app.instance_path) / PRIVATE_NAME
    if not path.exists():
        return []
    place = Place(path=path)
    if not app.debug:
        if made_here(path):
            return []  # a developer's machine, on which the app is run without debug for once
        message = (
            "The development key was copied to this machine. An app that is not in debug does not trust "
            "it. On a server, remove the file; on a machine of yours, run flask --debug."
        )
        return [Finding("settings.development-key-in-production", message, place)]
    try:
        read_key(path.parent)
    except KeySourceError as error:
        message = f"{error} Make a new one: flask clova keygen --force"
        return [Finding("settings.development-key-unreadable", message, place)]
    return []


def missing_handlers(app: str, extension: str, registry: Registry) -> list[Finding]:
    """Check that anything is declared.

    At the first message and when a developer asks, not in ``init_app``: what is decorated after it
    counts too.

    :param app: the app's name.
    :param extension: the extension's name.
    """
    if not registry.is_empty:
        return []
    from ..injection.reruns import explain_nothing

    message = f"There are no handlers in the extension {extension!r} of the app {app!r}. {explain_nothing()}"
    return [Finding("handlers.none", message)]


def missing_user_data_key(registry: Registry) -> list[Finding]:
    """Check that Clova Home, where it takes user data, tells whose it is."""
    if not registry.needs_user_data_key:
        return []
    message = (
        "Handlers of Clova Home take user data, and nothing tells whose: a message of Clova Home has no id "
        "of a user. Decorate a function with @clova.user_data.key that returns the id of what the "
        "user_loader made."
    )
    return [Finding("home.no-user-data-key", message)]


def missing_user_loader(settings: Settings, registry: Registry) -> list[Finding]:
    """Check that Clova Home, where there is any, has a ``user_loader``.

    At the first message and when a developer asks, not in ``init_app``: either may be declared after it.
    """
    if registry.user_loader or settings.home_any_token or not registry.home.handlers():
        return []
    message = (
        "There is no user_loader, so nothing tells whose home a Clova Home message is for, and outside "
        "debug and testing each is refused. Decorate a function with @clova.user_loader, or set "
        "CLOVA_HOME_ANY_TOKEN to answer whoever sends one."
    )
    return [Finding("home.no-user-loader", message)]
