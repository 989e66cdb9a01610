"""``flask clova console``: the app and the developer console beside it."""

from __future__ import annotations

import logging
import socket
from pathlib import Path

import click
from flask.cli import ScriptInfo, pass_script_info
from werkzeug.serving import run_simple

from ...errors import ClovaError
from .apps import import_path_of

START_TIMEOUT = 60
"""Seconds that the app may take to load before the console says that it is still waited for."""


@click.command("console")
@click.option("--port", default=5050, show_default=True, help="Of the console.")
@click.option("--app-port", default=5000, show_default=True, help="Of the app, on the loopback address.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address the console listens at.")
@click.option(
    "--password", envvar="CLOVA_CONSOLE_PASSWORD", help="Needed where --host is not this machine's alone."
)
@click.option(
    "--database-url",
    envvar="CLOVA_CONSOLE_DATABASE_URL",
    help="Database of the console. Without it, SQLite in the app's instance folder.",
)
@pass_script_info
def console(
    info: ScriptInfo, port: int, app_port: int, host: str, password: str | None, database_url: str | None
) -> None:
    """Serve the app in debug, and the developer console beside it.

    Without an app the console is served alone, for extensions of any make.
    """
    is_local = host in ("127.0.0.1", "localhost")
    if not is_local and not password:
        raise click.UsageError(
            f"At {host} other machines reach the console. Give it a password: --password, or the environment "
            "variable CLOVA_CONSOLE_PASSWORD."
        )
    path = import_path_of(info)
    if path is None and info.create_app is not None:  # the app's own command line has no name for it
        raise click.UsageError("Name the app, which runs in another process: flask --app shop clova console")
    for wanted, option in ((app_port, "--app-port"), (port, "--port"))[path is None :]:
        _require_free(wanted, option)
    try:
        from ..console import create_app
        from ..console.attached.process import AttachedApp
        from ..console.safety import LOCAL_HOSTS
        from ..console.warming import warm
    except ImportError as error:
        raise click.ClickException(str(error)) from None
    attached = AttachedApp(path, app_port) if path is not None else None
    try:
        if attached is not None:
            click.echo(f"Loading {attached.import_path} …")
            attached.start()
            _tell_how_it_starts(attached.wait(START_TIMEOUT), attached.failure)
        app = create_app(
            instance_path=(attached and attached.instance_path) or Path.cwd() / "instance",
            database_url=database_url,
            attached=attached,
            password=password,
            hosts=LOCAL_HOSTS if is_local else (),
        )
        warm(app)
        # What the console is asked for is no news; what the app is asked for is.
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        click.echo(_where(attached.url if attached is not None else None, port))
        run_simple(host, port, app, threaded=True)
    except ClovaError as error:
        raise click.ClickException(str(error)) from None
    finally:
        if attached is not None:
            attached.stop()


def _where(app_url: str | None, port: int) -> str:
    console = f"http://localhost:{port}"
    if app_url is not None:
        return f"The app listens at {app_url}, the console at {console}"
    return f"The console listens at {console}, without an app. With one: flask --app shop clova console"


def _tell_how_it_starts(is_served: bool, failure: str) -> None:
    if failure:
        click.secho("The app cannot be loaded. It is tried again when a file changes.", fg="red", err=True)
    elif not is_served:
        click.secho("The app is still being loaded.", fg="yellow", err=True)


def _require_free(port: int, option: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise click.UsageError(f"Port {port} is in use. Choose another: {option}") from None
