"""``flask clova linking``: clients of account linking, and users' links."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click
from flask.cli import AppGroup

from ...errors import ConfigurationError, StorageUnavailable
from .apps import find_runtime, this_app

if TYPE_CHECKING:
    from ...linking.provider import Provider

linking = AppGroup("linking", help="Account linking: clients of the OAuth 2.0 server, and users' links.")

_name = click.option("--name", help="The extension, when the app has several.")


@linking.command("client")
@click.option("--title", help="Name on the consent page. Without it, NAVER Clova or LINE Clova.")
@click.option("--client-id", help="The client's id, also a URL. Without it a random one is made.")
@click.option("--scope", "scopes", multiple=True, help="A scope that may be asked for. Without it, any.")
@click.option("--redirect-uri", "redirect_uris", multiple=True, help="A URL beside the platform's own.")
@click.option("--base-url", help="Scheme and host of the app for what is printed: https://voice.example.com.")
@click.option("--json", "as_json", is_flag=True, help="Print id and secret as JSON, for other programs.")
@_name
def client(
    title: str | None,
    client_id: str | None,
    scopes: tuple[str, ...],
    redirect_uris: tuple[str, ...],
    base_url: str | None,
    as_json: bool,
    name: str | None,
) -> None:
    """Make a client, and print what to enter in the developer console.

    The tables are made where there are none. The secret is shown this once.
    """
    provider = _provider(name)
    base = _base(base_url) + provider.path
    try:
        client_id, secret = provider.make_client(
            client_id, title=title, scopes=scopes, redirect_uris=redirect_uris
        )
    except (ConfigurationError, StorageUnavailable, ValueError) as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        click.echo(json.dumps({"client_id": client_id, "client_secret": secret}))
        return
    rows = (
        ("Authorization URL", f"{base}/authorize"),
        ("Client ID", client_id),
        ("Client secret", secret),
        ("Access token URI", f"{base}/token?grant_type=authorization_code"),
        ("Refresh token URI", f"{base}/token?grant_type=refresh_token"),
        ("Client authentication", "HTTP Basic (Recommended)"),
        ("Scopes", "\n".join(scopes) or "none needed"),
        ("Grant type", "Authorization code"),
    )
    click.secho("Enter this in the console, under account linking:", bold=True)
    for label, value in rows:
        click.echo(f"  {label:<22}{value.replace(chr(10), chr(10) + ' ' * 24)}")
    click.echo("Redirect URLs that are accepted:")
    for platform in provider.platforms:
        click.echo(f"  {platform.redirect_url} ({platform.name}), also with / at its end")
    for url in redirect_uris:
        click.echo(f"  {url}")
    click.echo("The secret is stored nowhere. Keep it, or make another client.")


def _base(base_url: str | None) -> str:
    host = this_app().config["SERVER_NAME"] or "YOUR-HOST"
    base = base_url or f"https://{host}"
    parts = urlsplit(base)
    if parts.scheme != "https" or not parts.netloc:
        raise click.BadParameter("The platforms call https:// URLs alone.", param_hint="--base-url")
    return base.rstrip("/")


@linking.command("clients")
@_name
def clients(name: str | None) -> None:
    """List the clients, each with the number of its links."""
    listed = _ready(name).clients.all()
    for one, links in listed:
        click.secho(f"{one.client_id}  {one.title}", bold=True)
        click.echo(f"  links: {links}")
        click.echo(f"  scopes: {' '.join(one.scopes) or 'any'}")
        for url in one.redirect_uris:
            click.echo(f"  {url}")
        if one.former_secret_hash:
            click.echo("  The secret before the newest works too; it ends with: secret --end-former")
    if not listed:
        click.echo("There are no clients. Make one: flask clova linking client")


@linking.command("secret")
@click.argument("client_id")
@click.option("--at-once", is_flag=True, help="The secret before ends now: somebody else knows it.")
@click.option("--end-former", is_flag=True, help="Make none; end the one before the newest.")
@_name
def secret(client_id: str, at_once: bool, end_former: bool, name: str | None) -> None:
    """Make a new secret for the client CLIENT_ID.

    The one before works too, until the next is made or --end-former ends it: what is in the console counts
    for users only when the platform has approved it.
    """
    if at_once and end_former:
        raise click.UsageError("--at-once makes a secret, and --end-former makes none. Give one of them.")
    provider = _ready(name)
    try:
        if end_former:
            provider.clients.end_former_secret(provider.known_client(client_id))
            click.echo(f"Only the newest secret of {client_id} works.")
            return
        made = provider.replace_secret(client_id, at_once=at_once)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Client secret  {made}")
    if at_once:
        click.echo("The secret before has ended: links cannot be renewed until the console has this one.")
    else:
        click.echo(
            "Enter it in the console. The secret before works until you end it, when users have the version "
            f"with this one: flask clova linking secret {client_id} --end-former"
        )


@linking.command("delete")
@click.argument("client_id")
@click.option("--yes", is_flag=True, help="Do not ask.")
@_name
def delete(client_id: str, yes: bool, name: str | None) -> None:
    """Delete the client CLIENT_ID; its links are revoked, and users have to link again."""
    provider = _ready(name)
    try:
        client = provider.known_client(client_id)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    if not yes:
        count = next(links for one, links in provider.clients.all() if one.key == client.key)
        click.confirm(f"Delete {client_id}, and revoke its {count} links?", abort=True)
    click.echo(f"{client_id} was deleted; {provider.clients.delete(client)} links were revoked.")


@linking.command("revoke")
@click.argument("user_id")
@_name
def revoke(user_id: str, name: str | None) -> None:
    """Revoke all links of the user with USER_ID."""
    click.echo(f"{_ready(name).store.unlink(user_id)} links of {user_id} were revoked.")


@linking.command("sweep")
@_name
def sweep(name: str | None) -> None:
    """Delete links and tokens that ended more than 30 days ago; for a daily cron job."""
    click.echo(f"{_ready(name).store.sweep()} rows were deleted.")


def _provider(name: str | None) -> Provider:
    runtime, app = find_runtime(name), this_app()
    # What the app has not imported is not imported here: it may be without the extra.
    provider: Provider | None = app.extensions.get("clova_linking", {}).get(runtime.name)
    if provider is None:
        raise click.ClickException(
            f"The extension {runtime.name!r} has no account linking. Call "
            "AccountLinking(clova).init_app(app) in the app's factory."
        )
    return provider


def _ready(name: str | None) -> Provider:
    """Return account linking whose tables are those of this version; what fails then is told as it is."""
    provider = _provider(name)
    try:
        missing = provider.store.database.pending()
    except (ConfigurationError, StorageUnavailable) as error:
        raise click.ClickException(str(error)) from None
    if missing:
        raise click.ClickException(
            "The tables are missing, or are those of an older version. Make them, or upgrade them: "
            "flask clova db upgrade"
        )
    return provider
