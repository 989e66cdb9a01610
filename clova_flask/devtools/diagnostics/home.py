"""Checks of the handlers of Clova Home."""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Finding
from ...home.appliance_types import APPLIANCE_TYPES
from ...home.interfaces import INTERFACES
from ...home.kinds import describe_platforms
from ...injection.parameters import place_of
from ...runtime import Runtime
from ...runtime.risks import missing_user_data_key, missing_user_loader


def check_home(runtime: Runtime) -> Iterator[Finding]:
    """Check which handlers of Clova Home there are, where there are any."""
    home = runtime.registry.home
    if not (home.single or home.actions):
        return
    if "discover" not in home.single:
        message = "No function lists appliances. Decorate one with @clova.home.discover."
        yield Finding("home.no-discover", message)
    yield from missing_user_loader(runtime.settings, runtime.registry)
    yield from missing_user_data_key(runtime.registry)
    yield from _check_platform(runtime)
    missing = [name for name in ("scenes", "scene_action") if name not in home.single]
    if len(missing) == 1:  # without scenes, both are
        message = f"Scenes need both @clova.home.scenes and .scene_action; {missing[0]} is missing."
        yield Finding("home.incomplete-scenes", message)


def _check_platform(runtime: Runtime) -> Iterator[Finding]:
    """Check for functions that handle what the platform has not; those of classes are told at discovery."""
    regions = set(runtime.regions)
    platform = describe_platforms(runtime.regions)
    for (name, type_), handler in runtime.registry.home.actions.items():
        interface = INTERFACES.get(name)
        if interface is None:
            continue
        if not regions & set(interface.regions):
            message = f"{platform} has no {name}, so this is never called."
            yield Finding("home.other-platform-handler", message, place_of(handler.function))
        elif type_ and name not in APPLIANCE_TYPES[type_].allowed(regions):
            message = f"On {platform} a {type_} cannot do {name}, so this is never called."
            yield Finding("home.other-platform-handler", message, place_of(handler.function))
