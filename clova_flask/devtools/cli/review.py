"""``flask clova review``: what a review would find, for this app or for an endpoint of any make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TextIO

import click
from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Flask
from flask.cli import ScriptInfo, pass_script_info

from ...errors import ClovaError, ModelError
from ...findings import Finding
from ...platforms import PLATFORMS
from ...runtime import Runtime
from ...security.devkey import read_key, testing_key
from ..diagnostics.app import check_app, request_to
from ..diagnostics.connection import HOME, Endpoint
from ..diagnostics.endpoint_review import Subject, review_endpoint
from ..diagnostics.extension import check_extension
from ..diagnostics.handlers import plays_audio
from ..diagnostics.linking import check_linking
from ..diagnostics.unchecked import unchecked
from ..diagnostics.user_data_store import check_user_data_store
from ..model.files import load_model
from ..model.objects import InteractionModel
from ..simulator.address import Where, address_of
from ..simulator.in_process import deliver_like_a_server
from .addresses import here_options
from .apps import all_runtimes, find_runtime, instance_folder, this_app
from .findings import exit_on_errors, findings_as_json, show_findings
from .junit import junit_xml
from .logs import log_on_stderr

CUSTOM = "custom"

_FORM = "What is entered in the console's form (C1, C5 to C11) is checked there: flask clova console"
_HUMAN = "What is natural, allowed and true (B2, P1 to P7, N2 to N9) only a human can judge."


@click.command("review")
@click.argument("url", required=False)
@click.option("--name", help="Review this extension alone.")
@click.option("--kind", type=click.Choice([CUSTOM, HOME]), help="Of the extension at URL. Custom by default.")
@click.option("--platform", type=click.Choice(list(PLATFORMS)), help="Of the extension at URL.")
@click.option("--extension-id", help="Of the extension at URL.")
@click.option("--model", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--audio/--no-audio", default=None, help="Whether it is registered with AudioPlayer.")
@click.option("--token", envvar="CLOVA_ACCESS_TOKEN", help="Also review what discovery lists for this user.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON, by extension.")
@click.option("--junit", type=click.File("w", encoding="utf-8"), help="Also write them as JUnit XML.")
@here_options
@pass_script_info
def review(
    info: ScriptInfo,
    name: str | None,
    kind: str | None,
    platform: str | None,
    extension_id: str | None,
    folder: Path | None,
    audio: bool | None,
    token: str | None,
    as_json: bool,
    junit: TextIO | None,
    where: Where,
) -> None:
    """Find what a platform's review would object to; exit 1 on errors.

    The extensions of this app, or the one at URL, whatever it is written with, if it trusts the development
    key. They are launched, and each intent is sent, so handlers run. What cannot be checked is told.
    """
    try:
        with log_on_stderr():
            if where.url:
                _require_id(extension_id)
                endpoint = Endpoint(where.url, kind or CUSTOM, platform or "naver", extension_id or "")
                found = {where.url: _at_url(Subject(endpoint, _key(info), _model(folder), audio, token))}
            else:
                with info.load_app().app_context():
                    found = _here(name, audio, token, where)
    except ClovaError as error:
        raise click.ClickException(str(error)) from None
    _show(found, as_json=as_json, junit=junit)


def _require_id(extension_id: str | None) -> None:
    if not extension_id:
        raise click.UsageError("Which extension is at URL? --extension-id com.example.pizzabot")


def _key(info: ScriptInfo) -> rsa.RSAPrivateKey:
    """Return the development key: the app's, or without an app that of the current folder."""
    folder = instance_folder(info)
    key = read_key(folder)
    if key is None:
        raise click.ClickException(
            f"A running endpoint trusts the development key, and {folder} has none. Make one: "
            "flask clova keygen"
        )
    return key


def _model(folder: Path | None) -> InteractionModel | None:
    return None if folder is None else load_model(folder)


def _at_url(subject: Subject) -> list[Finding]:
    return [*review_endpoint(subject), *_not_here()]


def _here(name: str | None, audio: bool | None, token: str | None, where: Where) -> dict[str, list[Finding]]:
    runtimes = all_runtimes() if name is None else {name: find_runtime(name)}
    return {name: _of_app(this_app(), runtime, audio, token, where) for name, runtime in runtimes.items()}


def _of_app(
    app: Flask, runtime: Runtime, audio: bool | None, token: str | None, where: Where
) -> list[Finding]:
    around = check_app(app, runtime, where)
    with request_to(app, runtime, where, runs_hooks=False):
        kept = [*check_user_data_store(app, runtime), *check_linking(app, runtime, where)]
        found = [*check_extension(runtime), *around, *kept]
    for subject in _subjects(app, runtime, audio, token, where):
        found += review_endpoint(subject)
    return list(dict.fromkeys([*found, *_not_here()]))


def _subjects(
    app: Flask, runtime: Runtime, audio: bool | None, token: str | None, where: Where
) -> Iterator[Subject]:
    """Make what is reviewed of an extension: custom, Clova Home, or each of them."""
    address, key = address_of(app, runtime, where), read_key(Path(app.instance_path)) or testing_key()
    runtime.verifier.trust(key.public_key())
    settings, model = runtime.settings, _own_model(runtime)
    platform = (settings.platform or PLATFORMS["naver"]).name
    in_model = model.extension_id if model else ""
    extension_id = next(iter(settings.extension_ids), in_model) or "com.example.extension"
    deliver = partial(deliver_like_a_server, app, address)
    for kind in _kinds(runtime):
        endpoint = Endpoint(address.target.url, kind, platform, extension_id, deliver)
        plays = _plays(runtime) if audio is None else audio
        links = runtime.registry.user_loader is not None
        yield Subject(endpoint, key, model, plays, token, links=links)


def _kinds(runtime: Runtime) -> list[str]:
    is_home, is_custom = bool(runtime.registry.home.handlers()), bool(runtime.registry.handlers())
    return [CUSTOM] * (is_custom or not is_home) + [HOME] * is_home


def _plays(runtime: Runtime) -> bool | None:
    """Tell whether it plays audio by its handlers; that it has none of the events tells nothing."""
    return plays_audio(runtime.registry) or None


def _own_model(runtime: Runtime) -> InteractionModel | None:
    """Read the model, unless it is that of another extension; what is wrong with it was found before."""
    if not runtime.model_folder.is_dir():
        return None
    try:
        model = load_model(runtime.model_folder)
    except ModelError:
        return None
    ids = runtime.settings.extension_ids
    is_of_another = bool(model.extension_id and ids) and model.extension_id not in ids
    return None if is_of_another else model


def _not_here() -> list[Finding]:
    return [unchecked("C1", _FORM), unchecked("P1", _HUMAN)]


def _show(found: Mapping[str, list[Finding]], *, as_json: bool, junit: TextIO | None) -> None:
    if junit is not None:
        junit.write(junit_xml(found))
    if as_json:
        click.echo(findings_as_json(found))
    else:
        for name, findings in found.items():
            show_findings(name, findings)
    exit_on_errors(finding for findings in found.values() for finding in findings)
