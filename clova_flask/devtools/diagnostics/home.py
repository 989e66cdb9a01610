"""Checks of the handlers of Clova Home."""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Finding
from ...runtime import Runtime


def check_home(runtime: Runtime) -> Iterator[Finding]:
    """Check which handlers of Clova Home there are, where there are any."""
    home = runtime.registry.home
    if not home.handlers():
        return
    if "discover" not in home.single:
        message = "No function lists appliances. Decorate one with @clova.home.discover."
        yield Finding("home.no-discover", message)
    yield from runtime.check_home_users()
    missing = [name for name in ("scenes", "scene_action") if name not in home.single]
    if len(missing) == 1:  # without scenes, both are
        message = f"Scenes need both @clova.home.scenes and .scene_action; {missing[0]} is missing."
        yield Finding("home.incomplete-scenes", message)
