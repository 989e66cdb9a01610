"""The check of what discovery lists for a user."""

from __future__ import annotations

from ...findings import Finding
from ...home.errors import HomeError
from ...runtime import Runtime


def check_discovery(runtime: Runtime, token: str | None) -> list[Finding]:
    """Check the appliances that discovery lists for a user.

    :param token: the user's access token; None checks nothing.
    """
    if token is None or "discover" not in runtime.registry.home.single:
        return []
    try:
        problems = runtime.home_service().discovery_faults(token)
    except HomeError as error:
        message = f"Discovery with this access token is answered with {error.name}."
        return [Finding("home.discovery-failed", message)]
    return [Finding("home.left-out", problem) for problem in problems]
