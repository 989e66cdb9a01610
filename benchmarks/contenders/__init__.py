"""Who is compared: one row each, one module for each kind of app."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from dataclasses import dataclass

from flask import Flask

from .. import peers


@dataclass(frozen=True, slots=True)
class Contender:
    """An app that answers the order.

    :ivar module: of this package, with ``create_app(public_key)``.
    :ivar needs: a module without which it cannot run.
    :ivar without: a module that it is to do without, though it may be installed.
    """

    name: str
    title: str
    module: str
    needs: str | None = None
    without: str | None = None


FLOOR = "floor"

CONTENDERS = {
    row.name: row
    for row in (
        Contender("bare", "bare Flask, static answer", "bare"),
        Contender(FLOOR, "floor: Flask by hand, same checks", "floor"),
        Contender("line", "LINE's clova-cek-sdk on Flask", "line_sdk", needs="cek"),
        Contender("ours", "clova-flask without orjson", "ours", without="orjson"),
        Contender("ours-orjson", "clova-flask with orjson", "ours", needs="orjson"),
    )
}


def available() -> list[Contender]:
    """List those whose modules are installed."""
    peers.use()
    return [row for row in CONTENDERS.values() if row.needs is None or importlib.util.find_spec(row.needs)]


def make_app(name: str, public_key: str) -> Flask:
    """Make a contender's app; once in a process, so that each has one to itself.

    :param name: a key of :data:`CONTENDERS`.
    :param public_key: PEM of the key that requests are signed with.
    """
    contender = CONTENDERS[name]
    peers.use()
    if contender.without is not None:
        _hide(contender.without)
    module = importlib.import_module(f"{__name__}.{contender.module}")
    app: Flask = module.create_app(public_key)
    return app


def _hide(module: str) -> None:
    """Make a module as if it were not installed, before anybody has imported it."""
    if sys.modules.get(module) is not None:
        raise RuntimeError(f"{module} is imported already; this contender needs a process of its own.")
    sys.modules[module] = None  # type: ignore[assignment]
