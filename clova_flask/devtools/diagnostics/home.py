"""Checks of the handlers of Clova Home."""

from __future__ import annotations

from collections.abc import Iterator

from ...decorators import Registry
from ...findings import Finding


def check_home(registry: Registry) -> Iterator[Finding]:
    """Check which handlers of Clova Home there are, where there are any."""
    home = registry.home
    if not home.handlers():
        return
    if "discover" not in home.single:
        message = "No function lists appliances. Decorate one with @clova.home.discover."
        yield Finding("home.no-discover", message)
    if registry.user_loader is None:
        message = "There is no user_loader, so any access token is accepted. Home needs account linking."
        yield Finding("home.no-user-loader", message)
    missing = [name for name in ("scenes", "scene_action") if name not in home.single]
    if len(missing) == 1:  # without scenes, both are
        message = f"Scenes need both @clova.home.scenes and .scene_action; {missing[0]} is missing."
        yield Finding("home.incomplete-scenes", message)
