"""``flask clova home``: Clova Home requests from the terminal, signed, to the app in this process."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click
from flask.cli import AppGroup

from ...errors import ClovaError
from ...home.appliance_types import APPLIANCE_TYPES
from ...home.appliances import Appliance
from ...home.binding import HomeHandler
from ...home.defaults import default_handler
from ...home.interfaces import INTERFACES
from ...home.registry import HomeRegistry
from ...runtime import Runtime
from ...wire.objects import NOTHING
from ..simulator.cek import SimulatedCek
from ..simulator.fields import parse_fields
from ..simulator.reply import Reply
from ..simulator.start import make_cek
from .apps import find_runtime, this_app

home = AppGroup("home", help="Send Clova Home requests, as the user's Clova app does.")

_token = click.option("--token", envvar="CLOVA_ACCESS_TOKEN", help="The user's access token.")
_name = click.option("--name", default="clova", show_default=True, help="The extension, of several.")


@home.command("discover")
@_token
@_name
def discover(token: str | None, name: str) -> None:
    """List the user's appliances."""
    reply = _ask(_cek(token, name), "DiscoverAppliances")
    payload = reply.json.get("payload", {}) if reply.status_code == 200 else {}
    for appliance in payload.get("discoveredAppliances", []):
        types = "/".join(appliance["applianceTypes"])
        click.secho(f"{appliance['applianceId']}  {types}  {appliance.get('friendlyName', '')}", bold=True)
        click.echo(f"  {' '.join(appliance['actions'])}")
    _show(reply)


@home.command("control")
@click.argument("action")
@click.argument("appliance")
@click.argument("fields", nargs=-1, metavar="[FIELD=VALUE]...")
@_token
@_name
def control(action: str, appliance: str, fields: tuple[str, ...], token: str | None, name: str) -> None:
    """Send ACTION for APPLIANCE: control SetBrightness lamp-1 brightness=50."""
    try:
        payload = parse_fields(fields)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
    cek = _cek(token, name)
    _ask(cek, "DiscoverAppliances")
    _show(_ask(cek, action, payload, appliance))


def _cek(token: str | None, name: str) -> SimulatedCek:
    runtime = find_runtime(name)
    try:
        return make_cek(this_app(), runtime, user={"access_token": token}, needs_model=False)
    except ClovaError as error:
        raise click.ClickException(str(error)) from None


def _ask(cek: SimulatedCek, name: str, fields: Mapping[str, Any] = NOTHING, appliance: str = "") -> Reply:
    (exchange,) = cek.home(name, fields, appliance)
    return exchange.reply


def _show(reply: Reply) -> None:
    failed = reply.status_code != 200 or reply.name.endswith("Error")
    if reply.json is None:
        raise click.ClickException(f"HTTP {reply.status_code}: {reply.text}")
    click.secho(reply.error or reply.name, fg="red" if failed else "green")
    click.echo(json.dumps(reply.json, ensure_ascii=False, indent=2))
    if failed:
        raise click.exceptions.Exit(1)


HANDLED, DEFAULT, MISSING = "●", "○", "·"
_COLUMNS = 5


def matrix(runtime: Runtime) -> Iterator[str]:
    """Write which actions of which types of appliance have a handler, for the types the app knows."""
    registry = runtime.registry.home
    if not registry.handlers():
        return
    kinds = _kinds(registry)
    types = sorted(kinds)
    for start in range(0, len(types), _COLUMNS):
        yield from _table(types[start : start + _COLUMNS], kinds, runtime)
    yield f"  {HANDLED} handled  {DEFAULT} default  {MISSING} missing"


def class_handlers(registry: HomeRegistry) -> list[HomeHandler]:
    """List the handlers that classes of appliances declare themselves, in an app that has a home."""
    if not registry.handlers():
        return []
    return [handler for cls in _own_classes(registry) if cls.type for handler in cls.handlers.values()]


def _kinds(registry: HomeRegistry) -> dict[str, list[type[Appliance]]]:
    """Find the types of appliance that classes or functions are for."""
    kinds: dict[str, list[type[Appliance]]] = {}
    for cls in _own_classes(registry):
        if cls.type is not None:
            kinds.setdefault(cls.type, []).append(cls)
    for _, type_ in registry.actions:
        if type_ is not None:
            kinds.setdefault(type_, [])
    return kinds


def _own_classes(registry: HomeRegistry) -> list[type[Appliance]]:
    """Find the classes of appliance that stand in the packages of the app's own handlers."""
    packages = {_package(inspect.unwrap(handler.function).__module__) for handler in registry.handlers()}
    return [cls for cls in _subclasses(Appliance) if _package(cls.__module__) in packages]


def _package(module: str) -> str:
    return module.partition(".")[0]


def _subclasses(cls: type[Appliance]) -> Iterator[type[Appliance]]:
    for child in cls.__subclasses__():
        yield child
        yield from _subclasses(child)


def _table(types: Sequence[str], kinds: dict[str, list[type[Appliance]]], runtime: Runtime) -> Iterator[str]:
    allowed = {type_: APPLIANCE_TYPES[type_].allowed(runtime.regions) for type_ in types}
    actions = [action for action in INTERFACES if any(action in names for names in allowed.values())]
    width = max((len(action) for action in actions), default=0)
    yield "  " + " ".join([" " * width, *types])
    for action in actions:
        marks = [
            _mark(action, type_, kinds[type_], runtime.registry.home) if action in allowed[type_] else " "
            for type_ in types
        ]
        cells = [mark.center(len(type_)) for mark, type_ in zip(marks, types, strict=True)]
        yield "  " + " ".join([action.ljust(width), *cells]).rstrip()


def _mark(action: str, type_: str, classes: Sequence[type[Appliance]], registry: HomeRegistry) -> str:
    if any(action in cls.handlers for cls in classes) or registry.find(action, (type_,)):
        return HANDLED
    return DEFAULT if default_handler(action) else MISSING
