"""Set up the simulated CEK for an app: its model, its key, and the way to its endpoint."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import tzinfo
from functools import partial
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Flask

from ...errors import ModelError, nearest
from ...platforms import PLATFORMS
from ...runtime import Runtime
from ...security.devkey import read_key, testing_key
from ...settings import Settings
from ...settings.zones import zone
from ...wire.objects import NOTHING
from ..model.files import load_model
from ..model.objects import InteractionModel
from .address import HERE, Address, Where, address_of
from .caller import SCREENS, Caller
from .cek import SimulatedCek
from .device import Device, SimulatorError
from .in_process import deliver_like_a_server
from .linking_app import AppLinker
from .linking_by_url import UrlLinker
from .listener import Listener
from .refusals import Target
from .transport import Deliver, Sender, deliver_over_http

LOCALES = {"ko": "ko-KR", "ja": "ja-JP", "en": "en-US"}


def locale_of(language: str, default: str) -> str:
    """Return the locale of a language; the default where it is none of the platforms'."""
    return LOCALES.get(language, default)


def make_cek(
    app: Flask,
    runtime: Runtime,
    *,
    where: Where = HERE,
    user: Mapping[str, Any] = NOTHING,
    needs_model: bool = True,
    progress: Callable[[float], None] | None = None,
) -> SimulatedCek:
    """Make a simulated CEK that speaks to an extension, with verification on.

    :param where: where the extension is; an app of this process trusts the key.
    :param user: fields of :class:`~clova_flask.devtools.simulator.caller.Caller`; None is the default.
    :param needs_model: whether it has to understand utterances.
    :param progress: is told how far it is to make the model ready, where that is not kept.
    :raises SimulatorError: there is no such address, no development key for a running endpoint, or a field
        of the user is not valid.
    :raises ModelError: there is no model, or it cannot be read.
    """
    linker: AppLinker | UrlLinker
    if where.url:
        sender, linker = _sender_over_http(app, runtime, where), UrlLinker(runtime, where.url, os.environ)
    else:
        address = address_of(app, runtime, where)
        sender = _sender_in_process(app, runtime, address)
        linker = AppLinker(app, runtime, address, raises=False)
    model = read_model(runtime) if needs_model else None
    caller = make_caller(runtime, model, user)
    listener = make_listener(model, users_zone(runtime.settings), progress)
    device = Device(sender, caller, listener, option=runtime.option)
    return SimulatedCek(device, runtime.answer_rules(), linker)


def _sender_in_process(app: Flask, runtime: Runtime, address: Address) -> Sender:
    deliver = partial(deliver_like_a_server, app, address)
    return trusted_sender(runtime, address, deliver, read_key(Path(app.instance_path)) or testing_key())


def _sender_over_http(app: Flask, runtime: Runtime, where: Where) -> Sender:
    key = read_key(Path(app.instance_path))
    if key is None:
        raise SimulatorError("A running endpoint trusts the development key. Make one: flask clova keygen")
    url = where.url or ""
    return Sender(partial(deliver_over_http, url), key, Target(url, runtime.name))


def trusted_sender(runtime: Runtime, address: Address, deliver: Deliver, key: rsa.RSAPrivateKey) -> Sender:
    """Make a sender whose key an extension of this process trusts."""
    runtime.verifier.trust(key.public_key())
    return Sender(deliver, key, address.target)


def read_model(runtime: Runtime) -> InteractionModel:
    """Read the interaction model of an extension.

    :raises ModelError: there is none, or it cannot be read.
    """
    folder = runtime.model_folder
    if not folder.is_dir():
        raise ModelError(
            f"There is no interaction model. Make one: flask clova model new{runtime.option}", folder
        )
    return load_model(folder, option=runtime.option)


def users_zone(settings: Settings) -> tzinfo:
    """Return the time zone of an extension's users: as it is set, or their platform's.

    Clova is at home in two countries that have the same time, so where no platform is set it is that.
    """
    if settings.timezone is not None:
        return settings.timezone
    return zone((settings.platform or PLATFORMS["naver"]).timezone)


def make_listener(
    model: InteractionModel | None, zone: tzinfo, progress: Callable[[float], None] | None = None
) -> Listener | None:
    """Make what understands utterances; None without a model.

    :param zone: the time zone of those who speak.
    :param progress: as in :func:`make_cek`.
    """
    if model is None:
        return None
    # Understanding is an extra, and only for those who use it.
    from ..understanding import Understander

    return Listener(model, Understander(model, zone=zone, keep=True, progress=progress))


def make_caller(runtime: Runtime, model: InteractionModel | None, user: Mapping[str, Any]) -> Caller:
    """Make who speaks: as settings and model have it, and as ``user`` has it.

    :raises SimulatorError: there is no screen of that name.
    """
    settings = runtime.settings
    ids = settings.extension_ids
    in_model = model.extension_id if model else ""
    extension_id = ids[0] if ids else in_model or "com.example.extension"
    language = model.language if model else settings.default_lang
    given = {name: value for name, value in user.items() if value is not None}
    screen = given.get("screen", "l100")
    if screen not in SCREENS:
        raise SimulatorError(f"{screen!r} is not a screen.{nearest(screen, SCREENS, or_list=True)}")
    version = settings.platform.version if settings.platform else "1.0"
    defaults = {"version": version, "locale": LOCALES.get(language, "ko-KR")}
    return Caller(extension_id=extension_id, **{**defaults, **given})
