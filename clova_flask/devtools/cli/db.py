"""``flask clova db``: the schema of the databases that the extensions keep data in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from flask.cli import AppGroup

from ...errors import ConfigurationError, StorageUnavailable
from .apps import all_runtimes, find_runtime, this_app

if TYPE_CHECKING:
    from ...storage.database import Database

db = AppGroup("db", help="The tables of the extensions: their revisions.")

_name = click.option("--name", help="This extension alone.")


@db.command("upgrade")
@_name
def upgrade(name: str | None) -> None:
    """Make the tables, and bring them to the newest revision.

    Run it when the package is installed or updated, before the app is started. Nothing is lost.
    """
    for title, database in _databases(name):
        with _explained(title):
            missing = database.upgrade()
            click.secho(f"{title} ({database})", bold=True)
        for revision in missing:
            click.echo(f"  {revision.id}  {revision.title}")
        if not missing:
            click.echo("  It is up to date.")


@db.command("current")
@click.option("--check", is_flag=True, help="Exit with 1 when a revision is missing.")
@_name
def current(check: bool, name: str | None) -> None:
    """Print the revision of each database, and which are missing."""
    is_behind = False
    for title, database in _databases(name):
        with _explained(title):
            reached, missing = database.current(), database.pending()
            click.secho(f"{title} ({database})", bold=True)
        click.echo(f"  {reached or 'no revision'}{'' if missing else ' (newest)'}")
        for revision in missing:
            click.echo(f"  missing: {revision.id}  {revision.title}")
        is_behind = is_behind or bool(missing)
    if is_behind:
        click.echo("Upgrade with: flask clova db upgrade")
    if is_behind and check:
        raise click.exceptions.Exit(1)


def _databases(name: str | None) -> list[tuple[str, Database]]:
    names = all_runtimes() if name is None else [find_runtime(name).name]
    # What the app has not imported is not imported here: it may be without the extra.
    kept: dict[str, list[Database]] = this_app().extensions.get("clova_storage", {})
    found = [(f"{one}: {database.use}", database) for one in names for database in kept.get(one, [])]
    if not found and any(find_runtime(one).settings.user_data_url for one in names):
        click.echo("User data is in Redis, which has no tables.")
    elif not found:
        raise click.ClickException(
            f"{'The extension ' + repr(name) if name else 'This app'} keeps nothing in a database. What does "
            "is user data (CLOVA_USER_DATA_URL) and account linking (AccountLinking(clova).init_app(app))."
        )
    return found


@contextmanager
def _explained(title: str) -> Iterator[None]:
    try:
        yield
    except (ConfigurationError, StorageUnavailable) as error:
        raise click.ClickException(f"{title}: {error}") from None
