"""``flask clova home``: Clova Home requests from the terminal, signed, to this app or to a URL."""

from __future__ import annotations

import json
from collections.abc import Mapping
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
from .addresses import where_options
from .apps import find_runtime, this_app
from .linking_option import link_option, linked_token
from .logs import log_on_stderr

home = AppGroup("home", help="Send Clova Home requests, as the user's Clova app does.")

_token = click.option("--token", envvar="CLOVA_ACCESS_TOKEN", help="The user's access token.")
_json = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON and nothing else.")
_name = click.option("--name", help="The extension, when the app has several.")


@home.command("discover")
@_token
@link_option
@_name
@_json
@where_options
def discover(token: str | None, link_user: str | None, name: str | None, as_json: bool, where: Where) -> None:
    """List the user's appliances."""
    reply = _ask(_cek(token, link_user, name, where), "DiscoverAppliances")
    payload = json_object(json_object(reply.json).get("payload"))
    for appliance in () if as_json else payload.get("discoveredAppliances", []):
        types = "/".join(appliance["applianceTypes"])
        click.secho(f"{appliance['applianceId']}  {types}  {appliance.get('friendlyName', '')}", bold=True)
        click.echo(f"  {' '.join(appliance['actions'])}")
    _show(reply, as_json=as_json)


@home.command("control")
@click.argument("action")
@click.argument("appliance")
@click.argument("fields", nargs=-1, metavar="[FIELD=VALUE]...")
@_token
@link_option
@_name
@_json
@where_options
def control(
    action: str,
    appliance: str,
    fields: tuple[str, ...],
    token: str | None,
    link_user: str | None,
    name: str | None,
    as_json: bool,
    where: Where,
) -> None:
    """Send ACTION for APPLIANCE: control SetBrightness lamp-1 brightness=50."""
    try:
        payload = parse_fields(fields)
    except ValueError as error:
        raise click.BadParameter(f"{error}{_example(action)}") from None
    if action not in INTERFACES and not nearest(action, INTERFACES):
        click.secho(f"{action!r} is not an action.", fg="yellow", err=True)
    cek = _cek(token, link_user, name, where)
    _ask(cek, "DiscoverAppliances")
    _show(_ask(cek, action, payload, appliance), as_json=as_json)


def _example(action: str) -> str:
    """Show the form of an action's own field: ``Write target_temperature=…``."""
    row = INTERFACES.get(action)
    return f" Write {row.takes[0].python_name}=…" if row is not None and row.takes else ""


def _cek(token: str | None, link_user: str | None, name: str | None, where: Where) -> SimulatedCek:
    runtime = find_runtime(name)
    token = linked_token(runtime, where, link_user, token)
    if token is None:
        click.secho(
            "No access token is sent. Pass the user's with --token. Or link an account: --link USER",
            fg="yellow",
            err=True,
        )
    try:
        user = {"access_token": token}
        return make_cek(this_app(), runtime, where=where, user=user, needs_model=False)
    except ClovaError as error:
        raise click.ClickException(str(error)) from None


def _ask(cek: SimulatedCek, name: str, fields: Mapping[str, Any] = NOTHING, appliance: str = "") -> Reply:
    try:
        with log_on_stderr():
            (exchange,) = cek.home(name, fields, appliance)
    except ClovaError as error:
        raise click.ClickException(str(error)) from None
    return exchange.reply


def _show(reply: Reply, *, as_json: bool) -> None:
    if not isinstance(reply.json, dict):
        raise click.ClickException(f"HTTP {reply.status_code}: {reply.error or reply.text}")
    failed = reply.status_code != 200 or reply.name.endswith("Error")
    if not as_json:
        click.secho(reply.error or reply.name, fg="red" if failed else "green")
    click.echo(json.dumps(reply.json, ensure_ascii=False, indent=2))
    if failed:
        raise click.exceptions.Exit(1)
