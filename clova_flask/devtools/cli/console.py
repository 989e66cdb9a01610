"""``flask clova console``: the app and the developer console beside it."""

from __future__ import annotations

import logging
import socket
from pathlib import Path

import click
from flask.cli import ScriptInfo, pass_script_info
from werkzeug.serving import run_simple

from ...errors import ClovaError

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
    """Serve the app in debug, and the developer console beside it."""
    is_local = host in ("127.0.0.1", "localhost")
    if not is_local and not password:
        raise click.UsageError(
            f"At {host} other machines reach the console. Give it a password: --password, or the environment "
            "variable CLOVA_CONSOLE_PASSWORD."
        )
    for wanted, option in ((app_port, "--app-port"), (port, "--port")):
        _require_free(wanted, option)
    try:
        from ..console import create_app
        from ..console.attached.process import AttachedApp
        from ..console.safety import LOCAL_HOSTS
    except ImportError as error:
        raise click.ClickException(str(error)) from None
    attached = AttachedApp(_import_path(info), app_port)
    attached.start()
    try:
        _tell_how_it_starts(attached.wait(START_TIMEOUT), attached.failure)
        app = create_app(
            instance_path=attached.instance_path or Path.cwd() / "instance",
            database_url=database_url,
            attached=attached,
            password=password,
            hosts=LOCAL_HOSTS if is_local else (),
        )
        # What the console is asked for is no news; what the app is asked for is.
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        click.echo(f"The app listens at {attached.url}, the console at http://localhost:{port}")
        run_simple(host, port, app, threaded=True)
    except ClovaError as error:
        raise click.ClickException(str(error)) from None
    finally:
        attached.stop()


def _tell_how_it_starts(is_served: bool, failure: str) -> None:
    if failure:
        click.secho("The app cannot be loaded. It is tried again when a file changes.", fg="red", err=True)
    elif not is_served:
        click.secho("The app is still being loaded.", fg="yellow", err=True)


def _import_path(info: ScriptInfo) -> str:
    if info.app_import_path:
        return info.app_import_path
    found = next((name for name in ("wsgi.py", "app.py") if Path(name).is_file()), None)
    if found is None:
        raise click.UsageError("Name the app: flask --app shop clova console")
    return found


def _require_free(port: int, option: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise click.UsageError(f"Port {port} is in use. Choose another: {option}") from None
