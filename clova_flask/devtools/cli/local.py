"""``flask clova say``, ``talk``, ``replay`` and ``record``: the simulated CEK in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from werkzeug.serving import run_simple

from ...errors import ClovaError, ModelError
from ...findings import Finding
from ...runtime import Runtime, runtime_of
from ..simulator.address import Where
from ..simulator.cek import SimulatedCek
from ..simulator.exchange import Exchange
from ..simulator.recorded import RecordingError, differences, load_recording, speak_as
from ..simulator.recording import Recorder
from ..simulator.start import make_cek
from ..simulator.suite import replay_transcript
from ..simulator.talk import Talk
from ..simulator.transport import deliver_over_http
from .addresses import where_options
from .advice import advise
from .apps import find_runtime, this_app
from .findings import exit_on_errors
from .line_editing import line_editing
from .linking_option import link_option, linked_token, require_here
from .logs import log_on_stderr
from .progress import building
from .render import render
from .talk import converse, read_aloud, show_line


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that tell which extension is spoken to, and who speaks."""
    for option in (
        click.option("--name", help="The extension, when the app has several."),
        where_options,
        click.option("--token", "access_token", envvar="CLOVA_ACCESS_TOKEN", help="The user's access token."),
        link_option,
        click.option("--user", "user_id", help="The user's id."),
        click.option("--screen", help="The device's screen: none, s100, m100, l100 or xl100."),
        click.option("--locale", help="ko-KR, ja-JP…"),
    ):
        command = option(command)
    return with_appcontext(command)


def _cek(name: str | None, where: Where, user: dict[str, Any], *, needs_model: bool = True) -> SimulatedCek:
    app = this_app()
    try:
        runtime = runtime_of(app, name)
        who = _who(runtime, where, user)
        with building() as progress:
            return make_cek(app, runtime, where=where, user=who, needs_model=needs_model, progress=progress)
    except (ClovaError, LookupError, ImportError) as error:
        raise click.ClickException(str(error)) from None


def _who(runtime: Runtime, where: Where, user: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of who speaks, with the token of an account that is linked first."""
    fields = {**user}
    fields["access_token"] = linked_token(
        runtime, where, fields.pop("link_user", None), fields.get("access_token")
    )
    return fields


_MOMENTS = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d")


@click.command("say")
@click.argument("utterance")
@click.option("--json", "as_json", is_flag=True, help="Show both messages whole.")
@click.option("--now", type=click.DateTime(_MOMENTS), help="When it is said, 2026-12-31T23:59; else now.")
@_options
def say(
    utterance: str, as_json: bool, now: datetime | None, name: str | None, where: Where, **user: Any
) -> None:
    """Say UTTERANCE to the extension and show the answer; exit 1 when the platform would refuse it."""
    if not utterance.strip():
        raise click.UsageError("UTTERANCE must not be empty.")
    cek = _cek(name, where, user)
    advise(cek.device.listener)
    try:
        with log_on_stderr():
            exchanges = cek.say(utterance, now)
    except ClovaError as error:
        raise click.ClickException(str(error)) from None
    _show(exchanges, as_json=as_json)


def _show(exchanges: Iterable[Exchange], *, as_json: bool) -> None:
    findings: list[Finding] = []
    for exchange in exchanges:
        findings += exchange.findings
        for line in render(exchange, as_json=as_json):
            click.echo(line)
    exit_on_errors(findings)


@click.command("talk")
@_options
def talk(name: str | None, where: Where, **user: Any) -> None:
    """Talk to the extension; /help lists the commands."""
    linked = user.pop("link_user")
    if linked is not None:
        require_here(where)
    cek = _cek_for_talk(find_runtime(name), where, user)
    advise(cek.device.listener)
    if cek.device.listener is not None:
        click.echo("Type what you would say to Clova. /help lists the commands, /quit leaves.")
    conversation = Talk(cek)
    if linked is not None:  # by its command, so that the token is refreshed in a long conversation
        for shown in show_line(conversation, f"/link {linked}"):
            click.echo(shown)
    is_typed = sys.stdin.isatty()
    with line_editing(Path(current_app.instance_path) / "clova-talk-history") if is_typed else nullcontext():
        converse(conversation, input if is_typed else read_aloud)


def _cek_for_talk(runtime: Runtime, where: Where, user: dict[str, Any]) -> SimulatedCek:
    """Make a CEK that understands utterances, or does commands alone where there is no model at all."""
    if runtime.model_folder.exists():
        return _cek(runtime.name, where, user)
    try:
        return make_cek(this_app(), runtime, where=where, user=user)
    except ModelError:
        click.echo(
            "There is no interaction model, so commands are done, but nothing that you say is understood. "
            f"/help lists them, /quit leaves. Make a model: flask clova model new{runtime.option}"
        )
        return _cek(runtime.name, where, user, needs_model=False)
    except (ClovaError, ImportError) as error:
        raise click.ClickException(str(error)) from None


@click.command("replay")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@_options
def replay_files(files: tuple[Path, ...], name: str | None, where: Where, **user: Any) -> None:
    """Replay transcripts (*.dialog.yaml) and recordings (*.json); exit 1 when one fails."""
    failed = 0
    for path in _expand(files):
        try:
            failures = list((_recording if path.suffix == ".json" else _transcript)(path, name, where, user))
        except (ClovaError, ImportError, LookupError, RecordingError, RecursionError) as error:
            failures = [str(error)]
        failed += bool(failures)
        mark = click.style("failed", fg="red") if failures else click.style("passed", fg="green")
        click.echo(f"{mark}  {path}")
        for failure in failures:
            click.echo(f"  {failure}")
    if failed:
        raise click.exceptions.Exit(1)


def _expand(files: Iterable[Path]) -> Iterator[Path]:
    for path in files:
        if path.is_dir():
            found = sorted([*path.glob("*.dialog.yaml"), *path.glob("*.json")])
            if not found:
                raise click.ClickException(f"{path} has neither *.dialog.yaml nor *.json in it.")
            yield from found
        else:
            yield path


def _transcript(path: Path, name: str | None, where: Where, user: dict[str, Any]) -> Iterator[str]:
    who = _who(find_runtime(name), where, user)
    return iter(replay_transcript(this_app(), path, name=name, where=where, **who))


def _recording(path: Path, name: str | None, where: Where, user: dict[str, Any]) -> Iterator[str]:
    message, answer = load_recording(path)
    who = _who(find_runtime(name), where, user)
    cek = _cek(name, where, who, needs_model=False)
    exchange = cek.send("recording", speak_as(message, who))
    yield from (str(finding) for finding in exchange.findings if finding.is_error)
    if exchange.reply.json is not None:
        yield from differences(answer, exchange.reply.json)


_REPLACED = "ids of users, devices and sessions, tokens and other credentials, e-mail, telephone"
_KEPT = "speech, session attributes, names and ids of appliances, places"
_SLOTS_TOO = ", values of slots"
_SLOTS_KEPT = ", values of slots (--redact-slots replaces them)"


@click.command("record")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--to", "url", required=True, help="The running endpoint to forward requests to.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=5005, show_default=True)
@click.option("--redact-slots", is_flag=True, help="Replace what users said, the values of slots, as well.")
def record(folder: Path, url: str, host: str, port: int, redact_slots: bool) -> None:
    """Forward requests to a running endpoint, and store them in FOLDER with its answers.

    Replaced are the ids of users, devices and sessions, and what stands in fields whose names tell of
    credentials, e-mail or telephone; elsewhere the same values, in other encodings too. Kept is all else:
    speech, slots, session attributes, names and ids of appliances.
    """
    forward = partial(deliver_over_http, url)
    recorder = Recorder(
        forward, folder, lambda name: click.echo(f"recorded {name}"), redact_slots=redact_slots
    )
    click.echo(f"Requests to http://{host}:{port}/ are forwarded to {url} and recorded in {folder}.")
    click.echo(f"Replaced: {_REPLACED}{_SLOTS_TOO if redact_slots else ''}.")
    click.echo(f"Kept: {_KEPT}{'' if redact_slots else _SLOTS_KEPT}.")
    run_simple(host, port, recorder, threaded=True)


COMMANDS = (say, talk, replay_files, record)
