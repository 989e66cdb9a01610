"""What an app tells the console of its extensions, as JSON that goes from the one process to the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask

from ....errors import ClovaError
from ....platforms import PLATFORMS
from ....runtime import Runtime, runtimes_of
from ...diagnostics.handlers import plays_audio
from ...simulator.address import HERE, address_of
from ..fields.shared import NAVER
from ..fields.tables import CUSTOM, HOME


@dataclass(frozen=True, slots=True)
class Described:
    """An extension as its app has it.

    :ivar name: its name in the app.
    :ivar kind: ``custom`` or ``home``; an endpoint with handlers of both kinds is described twice.
    :ivar platform: ``naver`` or ``line``.
    :ivar extension_id: its id; empty where the app sets none. Where an endpoint has both kinds, that of Clova
        Home ends with ``.home``.
    :ivar path: the path of its endpoint.
    :ivar model_folder: where its interaction model is, or would be.
    :ivar plays_audio: whether it has handlers of AudioPlayer's events.
    :ivar links: whether it has a ``user_loader``, and so accounts to link.
    :ivar linking_path: the path of the app's own OAuth server; empty where it has none.
    """

    name: str
    kind: str
    platform: str
    extension_id: str
    path: str
    model_folder: str
    plays_audio: bool = False
    links: bool = False
    linking_path: str = ""


def describe(app: Flask) -> list[Described]:
    """Describe the extensions of an app."""
    try:
        runtimes = runtimes_of(app)
    except LookupError:
        return []
    return [one for runtime in runtimes.values() for one in _described(app, runtime)]


def _described(app: Flask, runtime: Runtime) -> Iterator[Described]:
    settings = runtime.settings
    platform = settings.platform or PLATFORMS[NAVER]
    kinds = _kinds(runtime, platform.name)
    for kind in kinds:
        for extension_id in settings.extension_ids or ("",):
            yield Described(
                name=runtime.name,
                kind=kind,
                platform=platform.name,
                extension_id=_id_of(extension_id, kind, kinds),
                path=_path(app, runtime),
                model_folder=str(runtime.model_folder),
                plays_audio=plays_audio(runtime.registry),
                links=runtime.registry.user_loader is not None,
                linking_path=_linking_path(app, runtime),
            )


def _id_of(extension_id: str, kind: str, kinds: list[str]) -> str:
    """Return the id of one of the kinds: a console has an id once, and Clova Home sends none."""
    return f"{extension_id}.home" if extension_id and kind == HOME and CUSTOM in kinds else extension_id


def _kinds(runtime: Runtime, platform: str) -> list[str]:
    has_home = bool(runtime.registry.home.handlers()) and platform == NAVER
    has_custom = bool(runtime.registry.handlers()) or runtime.model_folder.is_dir()
    return [CUSTOM] * (has_custom or not has_home) + [HOME] * has_home


def _path(app: Flask, runtime: Runtime) -> str:
    try:
        return address_of(app, runtime, HERE).path
    except ClovaError:  # the prefix has a variable, for which nobody here has a value
        return runtime.settings.url_prefix or "/"


def _linking_path(app: Flask, runtime: Runtime) -> str:
    provider = app.extensions.get("clova_linking", {}).get(runtime.name)
    return provider.path if provider else ""
