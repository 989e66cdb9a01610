"""The option that links an account of the app first, in place of an access token."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from ...errors import ClovaError
from ...runtime import Runtime
from ..simulator.address import Where, address_of
from ..simulator.linking_app import AppLinker
from .apps import this_app
from .logs import log_on_stderr

link_option: Callable[..., Any] = click.option(
    "--link",
    "link_user",
    metavar="USER",
    help="Link the account of this user first, and send its access token.",
)


def linked_token(runtime: Runtime, where: Where, user: str | None, token: str | None) -> str | None:
    """Link an account where a user is named, and return its access token; else the token that is given."""
    if user is None:
        return token
    require_here(where)
    app = this_app()
    try:
        with log_on_stderr():
            linker = AppLinker(app, runtime, address_of(app, runtime, where), raises=False)
            linking, _ = linker.link(user)
    except ClovaError as error:
        raise click.ClickException(str(error)) from None
    for finding in linking.findings:
        click.secho(f"{finding} [{finding.code}]", fg="yellow", err=True)
    return linking.access_token


def require_here(where: Where) -> None:
    """Refuse to link an account of an extension elsewhere."""
    if where.url:
        raise click.UsageError(
            "--link goes through account linking of the app in this process. For --url pass an access token, "
            "--token, or link in a conversation: flask clova talk --url … and /link."
        )
