"""``flask clova``: list the handlers, check the extension, make a key, send a signed message."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import click
from cryptography.hazmat.primitives.asymmetric import rsa
from flask.cli import AppGroup, ScriptInfo, pass_script_info

from ...errors import ClovaError, MalformedMessage
from ...findings import Finding
from ...home.binding import HomeHandler
from ...injection.handler import Handler
from ...injection.parameters import describe_function
from ...runtime import Runtime
from ...security.devkey import PRIVATE_NAME, public_pem, read_key, sign, write_key
from ...security.signature import HEADER
from ...wire.http import HttpResponse
from ...wire.json import decode, encode
from ..diagnostics.app import check_app, request_to
from ..diagnostics.extension import check_extension
from ..diagnostics.linking import check_linking
from ..diagnostics.user_data_store import check_user_data_store
from ..simulator.address import Where, address_of
from ..simulator.in_process import deliver_in_process
from ..simulator.recorded import with_token
from ..simulator.refusals import Target, cause_of
from ..simulator.reply import json_object
from ..simulator.transport import deliver_over_http
from ..simulator.wording import said
from .addresses import here_options, where_options
from .apps import all_runtimes, find_runtime, instance_folder, this_app
from .console import console
from .data import data
from .db import db
from .findings import exit_on_errors, findings_as_json, show_findings
from .health import health
from .home import home
from .linking import linking
from .linking_option import link_option, linked_token
from .local import COMMANDS
from .matrix import class_handlers, matrix
from .model import model
from .review import review

clova = AppGroup("clova", help="Clova extensions of this app.")

clova.add_command(db)
clova.add_command(console)
clova.add_command(data)
clova.add_command(health)
clova.add_command(home)
clova.add_command(linking)
clova.add_command(review)
for command in COMMANDS:
    clova.add_command(command)
clova.add_command(model)


@clova.command("handlers")
def list_handlers() -> None:
    """List the handlers, and for Clova Home the actions of each appliance type."""
    for name, runtime in all_runtimes().items():
        click.secho(f"{name} at {runtime.address}", bold=True)
        registry = runtime.registry
        handlers: list[Handler | HomeHandler] = [
            *registry.handlers(),
            *registry.home.handlers(),
            *class_handlers(registry.home),
        ]
        width = max((len(handler.title) for handler in handlers), default=0)
        for handler in handlers:
            click.echo(f"  {handler.title:<{width}}  {_describe(handler)}")
        if not handlers:
            click.echo("  No handlers yet.")
        for line in matrix(runtime):
            click.echo(line)


def _describe(handler: Handler | HomeHandler) -> str:
    slots = f"({', '.join(handler.slots)}) " if handler.slots else ""
    return f"{slots}{describe_function(handler.function)}"


@clova.command("check")
@click.option("--token", envvar="CLOVA_ACCESS_TOKEN", help="Also check what discovery lists for this user.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON, by extension.")
@click.option("--name", help="Check this extension alone.")
@click.option(
    "--model",
    "model_folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Check the model in this folder, and the handlers against it, instead of the extension's own.",
)
@here_options
def check(
    token: str | None, as_json: bool, name: str | None, model_folder: Path | None, where: Where
) -> None:
    """Check settings, keys, the app around, account linking, handlers and model; exit 1 on errors.

    A message with a bad signature is posted through the app, whose hooks run; no handler does. An account is
    linked, in a store in memory.
    """
    runtimes = all_runtimes() if name is None else {name: find_runtime(name)}
    found = {name: _checked(runtime, token, model_folder, where) for name, runtime in runtimes.items()}
    if as_json:
        click.echo(findings_as_json(found))
    else:
        for name, findings in found.items():
            show_findings(name, findings)
    exit_on_errors(finding for findings in found.values() for finding in findings)


def _checked(runtime: Runtime, token: str | None, model_folder: Path | None, where: Where) -> list[Finding]:
    app = this_app()
    around = check_app(app, runtime, where)
    linked = [*check_user_data_store(app, runtime), *check_linking(app, runtime, where)]
    with request_to(app, runtime, where, runs_hooks=token is not None and not around):
        return [*check_extension(runtime, token=token, model_folder=model_folder), *around, *linked]


@clova.command("keygen", with_appcontext=False)
@click.option("--force", is_flag=True, help="Replace an existing key.")
@click.option("--public", is_flag=True, help="Print the public key that there is, for CLOVA_FURTHER_KEYS.")
@pass_script_info
def keygen(info: ScriptInfo, force: bool, public: bool) -> None:
    """Make the development key, which an app in debug trusts.

    It is kept in the app's instance folder; without an app, in the folder instance here.
    """
    folder = instance_folder(info)
    path = folder / PRIVATE_NAME
    if public:
        click.echo(public_pem(_development_key(folder)), nl=False)
        return
    if path.exists() and not force:
        click.echo(f"{path} already exists. --force replaces it.")
        return
    try:
        path.unlink(missing_ok=True)
        click.echo(f"Made {write_key(folder)}. An app in debug trusts it. Keep it out of version control.")
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}.") from None


def _development_key(folder: Path) -> rsa.RSAPrivateKey:
    try:
        key = read_key(folder)
    except ClovaError as error:
        raise click.ClickException(str(error)) from None
    if key is None:
        raise click.ClickException("There is no development key. Make one: flask clova keygen")
    return key


@clova.command("send")
@click.argument("file", type=click.File("rb"))
@where_options
@link_option
@click.option("--name", help="The extension, when the app has several.")
def send(file: BinaryIO, where: Where, link_user: str | None, name: str | None) -> None:
    """Sign the message in FILE (- for standard input) with the development key and post it."""
    app, runtime = this_app(), find_runtime(name)
    key = _development_key(Path(app.instance_path))
    token = linked_token(runtime, where, link_user, None)
    try:
        body = file.read()
        if token is not None:
            body = _with_token(body, token)
        delivered, target = _deliver(runtime, where, body, {HEADER: sign(key, body)})
    except ClovaError as error:
        raise click.ClickException(str(error)) from None
    _show(delivered)
    cause = cause_of(delivered, target)
    if cause:
        click.secho(cause, fg="yellow", err=True)
    elif delivered.status_code == 401 and not where.url and not app.debug:
        click.echo("The development key is trusted in debug only. Run flask --debug clova send …", err=True)
    if delivered.status_code != 200:
        raise click.exceptions.Exit(1)


def _with_token(body: bytes, token: str) -> bytes:
    try:
        return encode(with_token(decode(body), token))
    except MalformedMessage as error:
        raise click.ClickException(f"The message cannot bring an access token: {error}") from None


def _deliver(
    runtime: Runtime, where: Where, body: bytes, headers: Mapping[str, str]
) -> tuple[HttpResponse, Target]:
    if where.url:
        return deliver_over_http(where.url, body, headers), Target(where.url, runtime.name)
    app = this_app()
    address = address_of(app, runtime, where)
    return deliver_in_process(app, address, body, headers), address.target


def _show(delivered: HttpResponse) -> None:
    color = "green" if delivered.status_code == 200 else "red"
    click.secho(f"HTTP {delivered.status_code}", fg=color)
    try:
        answer = json.loads(delivered.body)
    except ValueError:
        click.echo(delivered.body.decode(errors="replace"))
        return
    for line in _speech(answer):
        click.secho(line, bold=True)
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))


def _speech(answer: Any) -> list[str]:
    response = json_object(json_object(answer).get("response"))
    return [f"Clova: {text}" for text in said(response.get("outputSpeech"))]
