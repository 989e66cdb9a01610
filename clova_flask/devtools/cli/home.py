"""``flask clova home``: Clova Home requests from the terminal, signed, to the app in this process."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import click
from flask.cli import AppGroup

from ...errors import ClovaError, nearest
from ...home.interfaces import INTERFACES
from ...wire.objects import NOTHING
from ..simulator.address import Where
from ..simulator.cek import SimulatedCek
from ..simulator.fields import parse_fields
from ..simulator.reply import Reply, json_object
from ..simulator.start import make_cek
from .addresses import here_options
from .apps import find_runtime, this_app

home = AppGroup("home", help="Send Clova Home requests, as the user's Clova app does.")

_token = click.option("--token", envvar="CLOVA_ACCESS_TOKEN", help="The user's access token.")
_name = click.option("--name", help="The extension, when the app has several.")


@home.command("discover")
@_token
@_name
@here_options
def discover(token: str | None, name: str | None, where: Where) -> None:
    """List the user's appliances."""
    reply = _ask(_cek(token, name, where), "DiscoverAppliances")
    payload = json_object(json_object(reply.json).get("payload"))
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
@here_options
def control(
    action: str, appliance: str, fields: tuple[str, ...], token: str | None, name: str | None, where: Where
) -> None:
    """Send ACTION for APPLIANCE: control SetBrightness lamp-1 brightness=50."""
    try:
        payload = parse_fields(fields)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
    if action not in INTERFACES:
        hint = nearest(action, INTERFACES)
        click.secho(f"{action!r} is not an action.{hint}", fg="yellow", err=True)
    cek = _cek(token, name, where)
    _ask(cek, "DiscoverAppliances")
    _show(_ask(cek, action, payload, appliance))


def _cek(token: str | None, name: str | None, where: Where) -> SimulatedCek:
    runtime = find_runtime(name)
    if token is None:
        click.secho("No access token is sent. Pass the user's with --token.", fg="yellow", err=True)
    try:
        user = {"access_token": token}
        return make_cek(this_app(), runtime, where=where, user=user, needs_model=False)
    except ClovaError as error:
        raise click.ClickException(str(error)) from None


def _ask(cek: SimulatedCek, name: str, fields: Mapping[str, Any] = NOTHING, appliance: str = "") -> Reply:
    with _log_on_stderr():
        (exchange,) = cek.home(name, fields, appliance)
    return exchange.reply


class _OnStderr(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        click.echo(self.format(record), err=True)


@contextmanager
def _log_on_stderr() -> Iterator[None]:
    """Show why a request is answered with an error, unless the app has a log of its own."""
    logger = logging.getLogger("clova_flask")
    if logger.hasHandlers():
        yield
        return
    handler, level = _OnStderr(), logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


def _show(reply: Reply) -> None:
    if not isinstance(reply.json, dict):
        raise click.ClickException(f"HTTP {reply.status_code}: {reply.error or reply.text}")
    failed = reply.status_code != 200 or reply.name.endswith("Error")
    click.secho(reply.error or reply.name, fg="red" if failed else "green")
    click.echo(json.dumps(reply.json, ensure_ascii=False, indent=2))
    if failed:
        raise click.exceptions.Exit(1)
