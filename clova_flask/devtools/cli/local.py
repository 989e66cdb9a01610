"""``flask clova say``, ``talk``, ``replay`` and ``record``: the local CEK in the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from werkzeug.serving import run_simple

from ...errors import ClovaError
from ...runtime import runtime_of
from ..simulator.cek import Exchange, LocalCek
from ..simulator.recording import Recorder, RecordingError, differences, load_recording, speak_as
from ..simulator.start import make_cek
from ..simulator.suite import replay_transcript
from ..simulator.transport import deliver_over_http
from .render import render
from .talk import Talk, converse, history


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say which extension is talked to, and who talks."""
    for option in (
        click.option("--name", default="clova", show_default=True, help="The extension, of several."),
        click.option("--url", help="A running endpoint; without it the app answers in this process."),
        click.option("--token", "access_token", envvar="CLOVA_ACCESS_TOKEN", help="The user's access token."),
        click.option("--user", "user_id", help="The user's id."),
        click.option("--screen", help="The device's screen: none, s100, m100, l100 or xl100."),
        click.option("--locale", help="ko-KR, ja-JP…"),
    ):
        command = option(command)
    return with_appcontext(command)


def _cek(name: str, url: str | None, user: dict[str, Any], *, needs_model: bool = True) -> LocalCek:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    try:
        return make_cek(app, runtime_of(app, name), url=url, user=user, needs_model=needs_model)
    except (ClovaError, LookupError, ImportError) as error:
        raise click.ClickException(str(error)) from None


@click.command("say")
@click.argument("utterance")
@click.option("--json", "as_json", is_flag=True, help="Show both messages whole.")
@_options
def say(utterance: str, as_json: bool, name: str, url: str | None, **user: Any) -> None:
    """Say one thing to the extension, and show what comes of it."""
    if not utterance.strip():
        raise click.UsageError("Say something.")
    cek = _cek(name, url, user)
    try:
        exchanges = cek.say(utterance)
    except ClovaError as error:
        raise click.ClickException(str(error)) from None
    _show(exchanges, as_json=as_json)


def _show(exchanges: Iterable[Exchange], *, as_json: bool) -> None:
    findings = 0
    for exchange in exchanges:
        findings += len(exchange.findings)
        for line in render(exchange, as_json=as_json):
            click.echo(line)
    if findings:
        raise click.exceptions.Exit(1)


@click.command("talk")
@_options
def talk(name: str, url: str | None, **user: Any) -> None:
    """Talk to the extension; /help lists what else can be done."""
    conversation = Talk(_cek(name, url, user))
    click.echo("Say something; /help lists the commands, /quit leaves.")
    with history(Path(current_app.instance_path) / "clova-talk-history"):
        converse(conversation)


@click.command("replay")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@_options
def replay_files(files: tuple[Path, ...], name: str, url: str | None, **user: Any) -> None:
    """Replay transcripts (*.dialog.yaml) and recordings (*.json); exit 1 when one fails."""
    failed = 0
    for path in _expand(files):
        try:
            failures = list((_recording if path.suffix == ".json" else _transcript)(path, name, url, user))
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
                raise click.ClickException(f"{path} holds neither *.dialog.yaml nor *.json.")
            yield from found
        else:
            yield path


def _transcript(path: Path, name: str, url: str | None, user: dict[str, Any]) -> Iterator[str]:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    return iter(replay_transcript(app, path, name=name, url=url, **user))


def _recording(path: Path, name: str, url: str | None, user: dict[str, Any]) -> Iterator[str]:
    message, answer = load_recording(path)
    cek = _cek(name, url, user, needs_model=False)
    exchange = cek.send("recording", speak_as(message, user))
    yield from map(str, exchange.findings)
    if exchange.reply.json is not None:
        yield from differences(answer, exchange.reply.json)


@click.command("record")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--to", "url", required=True, help="The running endpoint that requests are handed on to.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=5005, show_default=True)
def record(folder: Path, url: str, host: str, port: int) -> None:
    """Stand before a running endpoint and store what it answers, without what is private, in FOLDER."""
    recorder = Recorder(partial(deliver_over_http, url), folder, lambda name: click.echo(f"recorded {name}"))
    click.echo(f"Requests to http://{host}:{port}/ are handed on to {url} and recorded in {folder}.")
    run_simple(host, port, recorder, threaded=True)


COMMANDS = (say, talk, replay_files, record)
