"""``flask clova health``: ask a running server, as a container's HEALTHCHECK does."""

from __future__ import annotations

import http.client
import threading
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

import click
from flask import current_app
from flask.cli import ScriptInfo, pass_script_info

from ...errors import line_in_log

if TYPE_CHECKING:
    from ...runtime import Runtime

SERVER = "http://127.0.0.1:8000"
"""Where gunicorn listens, unless it is told otherwise."""

_SAYS = {
    200: "well",
    404: "nothing is there: is CLOVA_HEALTH on, and does the server listen to this host name (--host)?",
    503: "not ready; the server's log tells what is missing",
}


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked: a URL, by which host name, and within how many seconds."""

    url: str
    host: str | None
    timeout: float


@click.command("health")
@click.argument("url", required=False)
@click.option("--host", help="Host name to ask by, where the extension has one and URL has another.")
@click.option("--no-ready", is_flag=True, help="Ask whether the server is alive, not whether it is ready.")
@click.option("--timeout", type=click.FloatRange(0.1, 60), default=3, help="Seconds to wait for the answer.")
@click.option("--name", help="The extension, where the app has several and there is no URL.")
@pass_script_info
def health(
    info: ScriptInfo, url: str | None, host: str | None, no_ready: bool, timeout: float, name: str | None
) -> None:
    """Ask a running server whether it is ready; exit 1 when it is not, or does not answer.

    URL is the address of the extension, http://127.0.0.1:8000/clova. Then the app is not loaded, which takes
    less time. Without it, it is port 8000 of this machine and the path of the extension. No proxy is used.
    """
    if url is None:
        from .apps import find_runtime  # with a URL nothing of the app is imported

        with info.load_app().app_context():
            url, own_host = _address(find_runtime(name))
        host = host or own_host
    # Whoever pastes the address of the health, with its question, asks what the options say as well.
    base = url.partition("?")[0].rstrip("/").removesuffix("/health")
    address = base + ("/health" if no_ready else "/health?ready")
    status, told = _ask(_Question(address, host, timeout))
    click.echo(f"{address}: {told}")
    if status != 200:
        raise click.exceptions.Exit(1)


def _address(runtime: Runtime) -> tuple[str, str | None]:
    """Return where the extension is on this machine, and its host name where it has one.

    :raises click.ClickException: it has no health, or there are variables in its address.
    """
    settings = runtime.settings
    if not settings.health:
        raise click.ClickException(f"The extension {runtime.name!r} has no health: set CLOVA_HEALTH.")
    if "<" in runtime.address:
        raise click.ClickException(
            f"The extension {runtime.name!r} is at {runtime.address}. Pass its URL with values for the "
            f"variables: flask clova health {SERVER}/…"
        )
    host = settings.host
    if settings.subdomain is not None:
        host = f"{settings.subdomain}.{current_app.config['SERVER_NAME']}".lstrip(".")
    return f"{SERVER}{settings.url_prefix}", host


def _ask(question: _Question) -> tuple[int | None, str]:
    """Ask, and return the status and one line about it; None where there is no answer in time."""
    parts = urlsplit(question.url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise click.UsageError(f"{question.url!r} must be a URL, such as {SERVER}/clova.")
    outcome: list[tuple[int | None, str]] = []
    # A thread, since the time-out of a socket begins anew with each byte, and resolving a name has none.
    thread = threading.Thread(target=lambda: outcome.append(_answer(parts, question)), daemon=True)
    thread.start()
    thread.join(question.timeout)
    return outcome[0] if outcome else (None, f"no answer within {question.timeout:g} seconds")


def _answer(parts: SplitResult, question: _Question) -> tuple[int | None, str]:
    # Not requests: a probe of this machine goes through no proxy, and the import takes longer than the rest.
    kinds: dict[str, Any] = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
    try:
        connection = kinds[parts.scheme](parts.hostname, parts.port, timeout=question.timeout)
        with closing(connection):
            headers = {"Host": question.host} if question.host else {}
            connection.request("GET", f"{parts.path}?{parts.query}".rstrip("?"), headers=headers)
            response = connection.getresponse()
    except (OSError, ValueError, http.client.HTTPException) as error:
        return None, f"no answer ({line_in_log(error) or type(error).__name__})"
    location = line_in_log(response.getheader("Location") or "")
    told = _SAYS.get(response.status) or (f"redirected to {location}" if location else "not the health")
    return response.status, f"{response.status}, {told}"
