"""The check of what discovery lists for a user."""

from __future__ import annotations

from ...findings import Finding
from ...home.errors import HomeError
from ...injection.refusals import HookRefusal
from ...runtime import Runtime
from ..simulator.tracebacks import place_of_error


def check_discovery(runtime: Runtime, token: str | None) -> list[Finding]:
    """Check the appliances that discovery lists for a user.

    :param token: the user's access token; None checks nothing.
    """
    if token is None or "discover" not in runtime.registry.home.single:
        return []
    try:
        return runtime.home_service().check_discovery(token)
    except HookRefusal as error:
        message = f"Discovery with this access token is refused by a before_request hook: {error}"
        return [Finding("home.discovery-failed", message)]
    except HomeError as error:
        message = f"Discovery with this access token is answered with {error.name}."
        return [Finding("home.discovery-failed", message)]
    except Exception as error:  # noqa: BLE001 - whatever the user's functions raise
        message = f"Discovery with this access token raises {type(error).__name__}: {error}"
        return [Finding("home.discovery-failed", message, place_of_error(error))]
