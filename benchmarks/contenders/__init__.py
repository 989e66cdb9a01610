"""Who is compared: one row each, one module for each kind of app.

Each is there once for each JSON encoder it can use, and is compared with the floor that uses the same.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from dataclasses import dataclass

from flask import Flask

from .. import peers
from ..workloads import WORKLOADS


@dataclass(frozen=True, slots=True)
class Contender:
    """An app that answers a workload.

    :ivar module: of this package, with ``create_app(workload, public_key)``.
    :ivar encoder: ``json`` or ``orjson``; with ``json``, orjson is hidden though it may be installed.
    :ivar needs: a module without which it cannot run.
    """

    name: str
    title: str
    module: str
    encoder: str = "json"
    needs: str | None = None

    @property
    def floor(self) -> str:
        """The name of the floor it is compared with."""
        return f"floor-{self.encoder}"


_BARE = Contender("bare", "bare Flask, static answer", "bare")
_SDK = Contender("line", "LINE's clova-cek-sdk on Flask", "intent_line_sdk", needs="cek")


def _with_floors(workload: str) -> list[Contender]:
    return [
        Contender("floor-json", "floor: Flask by hand, json", f"{workload}_floor"),
        Contender("ours-json", "clova-flask, json", f"{workload}_ours"),
        Contender("floor-orjson", "floor: Flask by hand, orjson", f"{workload}_floor", "orjson", "orjson"),
        Contender("ours-orjson", "clova-flask, orjson", f"{workload}_ours", "orjson", "orjson"),
    ]


CONTENDERS = {
    "intent": [_BARE, _SDK, *_with_floors("intent")],
    "brightness": [_BARE, *_with_floors("brightness")],
}
"""By workload, in the order in which they are printed."""


def available(workload: str) -> list[Contender]:
    """List those whose modules are installed."""
    peers.use()
    return [row for row in CONTENDERS[workload] if row.needs is None or importlib.util.find_spec(row.needs)]


def make_app(workload: str, name: str, public_key: str) -> Flask:
    """Make a contender's app; once in a process, so that each has one to itself.

    :param workload: a key of :data:`CONTENDERS`.
    :param name: the name of one of its contenders.
    :param public_key: PEM of the key that requests are signed with.
    """
    contender = next(row for row in CONTENDERS[workload] if row.name == name)
    peers.use()
    choose_encoder(contender.encoder)
    module = importlib.import_module(f"{__name__}.{contender.module}")
    app: Flask = module.create_app(WORKLOADS[workload], public_key)
    return app


def choose_encoder(encoder: str) -> None:
    """Hide orjson unless it is chosen, before anybody has imported it."""
    if encoder == "orjson":
        return
    if sys.modules.get("orjson") is not None:
        raise RuntimeError("orjson is imported already; choose the encoder in a process of its own.")
    sys.modules["orjson"] = None  # type: ignore[assignment]
