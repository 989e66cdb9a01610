"""What of a runtime is there only where a setting asks for it; what is off is not imported."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Flask

from ..errors import ConfigurationError
from ..security.signature import Verifier
from ..settings import Settings

if TYPE_CHECKING:
    from ..security.replay import ReplayGuard
    from ..telemetry.otel import Telemetry
    from ..user_data.keeper import Keeper

Check = Callable[[], None]
"""Raises what keeps something from being used."""


def make_guard(name: str, settings: Settings) -> ReplayGuard | None:
    """Make the replay guard of an extension.

    :raises ConfigurationError: its URL is not valid, or what it takes is not installed.
    """
    if settings.replay_guard_url is None:
        return None
    from ..security.replay import ReplayGuard
    from ..storage.replays import open_replays

    return ReplayGuard(open_replays(settings.replay_guard_url, settings.replay_guard_ttl), name, settings)


def make_keeper(
    app: Flask, name: str, settings: Settings, find_account: Callable[[str], Any]
) -> Keeper | None:
    """Make what loads and saves user data; in testing there is memory for it.

    :param find_account: returns the linked account of an access token, or None.
    :raises ConfigurationError: the URL is not valid, or what it takes is not installed.
    """
    if settings.user_data_url is None and settings.user_data_engine is None and not app.testing:
        return None
    from . import stored

    return stored.make_keeper(app, name, settings, find_account)


def make_telemetry(name: str, settings: Settings, verifier: Verifier) -> Telemetry | None:
    """Make what tells OpenTelemetry of messages.

    The lines that the package logs have the ids of their messages from then on.

    :raises ConfigurationError: OpenTelemetry is not installed.
    """
    if not settings.telemetry:
        return None
    try:
        from ..telemetry import otel
    except ImportError as error:
        raise ConfigurationError(
            f"CLOVA_TELEMETRY needs {error.name}, which the extra otel brings: "
            "pip install 'clova-flask[otel]'"
        ) from None
    from ..telemetry.message_ids import MessageIds

    log = logging.getLogger("clova_flask")
    if not any(isinstance(one, MessageIds) for one in log.filters):
        log.addFilter(MessageIds())
    return otel.Telemetry(
        name,
        key_age=verifier.key_age,
        tracer_provider=settings.tracer_provider,
        meter_provider=settings.meter_provider,
    )


def ready_checks(
    keeper: Keeper | None, guard: ReplayGuard | None, settings: Settings
) -> list[tuple[str, Check]]:
    """List what must be up for an extension to be ready, beside its key and its databases."""
    checks: list[tuple[str, Check]] = []
    # A database is looked at with the others of the app; memory is always there.
    if keeper is not None and not hasattr(keeper.store, "database"):
        checks.append(("The Redis for user data", keeper.store.check))
    if guard is not None and settings.replay_guard_fail == "closed":
        checks.append(("The Redis of the replay guard", guard.memory.check))
    return checks
