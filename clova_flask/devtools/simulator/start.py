"""Setting up a local CEK for an app: its model, its key, and the way to its endpoint."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask

from ...errors import ModelError, nearest
from ...runtime import Runtime
from ...security.devkey import read_key, testing_key
from ...wire.http import HttpResponse
from ..model.files import load_model
from ..model.objects import InteractionModel
from .cek import LocalCek, NotListening
from .listener import Listener
from .requests import SCREENS, Caller
from .transport import deliver_in_process, deliver_over_http

logger = logging.getLogger("clova_flask")

LOCALES = {"ko": "ko-KR", "ja": "ja-JP", "en": "en-US"}


def make_cek(
    app: Flask,
    runtime: Runtime,
    *,
    url: str | None = None,
    user: Mapping[str, Any] | None = None,
    needs_model: bool = True,
) -> LocalCek:
    """Make a local CEK that talks to an extension, with verification on.

    :param url: a running endpoint; without it the app answers in this process, and trusts the key.
    :param user: fields of :class:`~clova_flask.devtools.simulator.requests.Caller` that are not as usual.
    :param needs_model: whether it has to understand utterances.
    :raises NotListening: a running endpoint is to be talked to, and there is no development key.
    :raises ModelError: there is no model, or it cannot be read.
    """
    key = read_key(Path(app.instance_path))
    if url is None:
        key = key or testing_key()
        runtime.verifier.trust(key.public_key())
        deliver = partial(_deliver, app, runtime.settings.url_prefix or "/")
    elif key is None:
        raise NotListening("A running endpoint trusts the development key; make one: flask clova keygen")
    else:
        deliver = partial(deliver_over_http, url)
    model = read_model(runtime) if needs_model else None
    return LocalCek(deliver, key, make_caller(runtime, model, user or {}), make_listener(model))


def _deliver(app: Flask, path: str, body: bytes, headers: Mapping[str, str]) -> HttpResponse:
    """Post to the app; what its handlers raise in debug or testing is answered with 500, as a server does."""
    try:
        return deliver_in_process(app, path, body, headers)
    except Exception as error:
        logger.exception("A handler failed.")
        return HttpResponse(500, f"{type(error).__name__}: {error}".encode(errors="replace"))


def read_model(runtime: Runtime) -> InteractionModel:
    """Read an extension's interaction model.

    :raises ModelError: it is not there, or cannot be read.
    """
    folder = runtime.model_folder
    if not folder.is_dir():
        raise ModelError("There is no interaction model; start one: flask clova model new", folder)
    return load_model(folder)


def make_listener(model: InteractionModel | None) -> Listener | None:
    """Make what understands utterances; None without a model."""
    if model is None:
        return None
    from ..understanding import Understander

    return Listener(model, Understander(model))


def make_caller(runtime: Runtime, model: InteractionModel | None, given: Mapping[str, Any]) -> Caller:
    """Make who speaks: as the settings and the model have it, and as is given.

    :raises NotListening: the device has a screen of a size that there is not.
    """
    settings = runtime.settings
    ids = settings.extension_ids
    in_model = model.extension_id if model else ""
    extension_id = ids[0] if ids else in_model or "com.example.extension"
    language = model.language if model else settings.default_lang
    known = {key: value for key, value in given.items() if value is not None}
    screen = known.get("screen")
    if screen is not None and screen not in SCREENS:
        raise NotListening(f"{screen!r} is no screen: {', '.join(SCREENS)}.{nearest(screen, SCREENS)}")
    fields = {"version": settings.platform.version if settings.platform else "1.0", **known}
    return Caller(extension_id=extension_id, **{"locale": LOCALES.get(language, "ko-KR"), **fields})
