"""``flask clova data``: what is kept of a user, for who asks for it and for who wants it deleted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import wraps
from typing import Any, TextIO

import click
from flask.cli import AppGroup

from ...errors import StorageUnavailable, UserDataUnavailable
from ...runtime import Runtime
from ...user_data.keeper import Keeper
from ...user_data.keys import KINDS, require_kind
from ...user_data.merging import read
from ...user_data.stores import Record
from .apps import find_runtime

data = AppGroup("data", help="User data: shows, exports and deletes what is kept of a user.")

_name = click.option("--name", help="The extension, when the app has several.")


class _Asked:
    """What was asked for: a user, or the key of a record."""

    def __init__(self, user: str | None, account: bool, kind: str | None, key: str | None) -> None:
        if (user is None) == (key is None):
            raise click.UsageError("Name a USER, or a record by --key.")
        if key is not None and (account or kind):
            raise click.UsageError("--key names one record; leave out --account and --kind.")
        if account and kind:
            raise click.UsageError("The records of an account are of any kind; leave out --kind.")
        self.user, self.account, self.key = user, account, key
        self.kinds = KINDS if kind is None else (require_kind(kind),)

    def keys(self, keeper: Keeper) -> dict[str, str]:
        """List the keys under which there may be data, by what they are called."""
        if self.key is not None:
            return {"record": self.key}
        if self.account:
            owned = keeper.store.owned(keeper.scope.owner(self.user or ""))
            return {f"record {index}": key for index, key in enumerate(sorted(owned), 1)}
        return {kind: keeper.scope.key(kind, self.user) for kind in self.kinds}

    def records(self, keeper: Keeper) -> dict[str, Record]:
        """Return what is kept.

        :raises click.ClickException: nothing is.
        """
        records = {title: keeper.store.read(key) for title, key in self.keys(keeper).items()}
        found = {title: record for title, record in records.items() if record is not None}
        if not found:
            raise click.ClickException(_NOTHING)
        return found


_NOTHING = (
    "Nothing is kept there. USER is the platform's id of a user, as in context.System.user.userId; for Clova "
    "Home what @clova.user_data.key returns; with --account the id of a linked account."
)


def _asking(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the argument and the options that name a user."""

    @click.argument("user", required=False)
    @click.option("--account", is_flag=True, help="USER is the id of a linked account.")
    @click.option("--kind", type=click.Choice(KINDS), help="Of this kind of message alone.")
    @click.option("--key", help="In place of USER: the key of a record, as a log has it.")
    @_name
    @wraps(function)
    def command(
        user: str | None, account: bool, kind: str | None, key: str | None, name: str | None, **others: Any
    ) -> None:
        function(_Asked(user, account, kind, key), find_runtime(name), **others)

    return command


@data.command("show")
@_asking
def show(asked: _Asked, runtime: Runtime) -> None:
    """Print what is kept of a user, and since when."""
    with _explained():
        found = asked.records(_keeper(runtime))
        kept = {title: read(record.text) for title, record in found.items()}
    for title, record in found.items():
        when = _time(record).strftime("%Y-%m-%d %H:%M:%S UTC")
        click.secho(f"{title}: {len(record.text.encode())} bytes, changed {when}", bold=True)
        click.echo(json.dumps(kept[title], ensure_ascii=False, indent=2))


@data.command("export")
@click.option(
    "-o", "--output", type=click.File("w", encoding="utf-8"), default="-", help="File; - prints it."
)
@_asking
def export(asked: _Asked, runtime: Runtime, output: TextIO) -> None:
    """Write what is kept of a user as one JSON document, to be handed over."""
    with _explained():
        found = asked.records(_keeper(runtime))
        records = [
            {"kind": title, "changed": _time(record).isoformat(), "data": read(record.text)}
            for title, record in found.items()
        ]
    document = {"extension": runtime.name, "user": asked.user, "records": records}
    output.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


@data.command("delete")
@click.option("--yes", is_flag=True, help="Do not ask.")
@_asking
def delete(asked: _Asked, runtime: Runtime, yes: bool) -> None:
    """Delete what is kept of a user; it does not come back."""
    keeper = _keeper(runtime)
    with _explained():
        known = [key for key in asked.keys(keeper).values() if keeper.store.read(key) is not None]
        if not known:
            click.echo("Nothing is kept there.")
            return
        if not yes:
            click.confirm(
                f"Delete {len(known)} {_records(len(known))} of {asked.user or asked.key}?", abort=True
            )
        count = sum(keeper.store.delete(key) for key in known)
    click.echo(f"Deleted {count} {_records(count)}.")


def _records(count: int) -> str:
    return "record" if count == 1 else "records"


def _time(record: Record) -> datetime:
    return datetime.fromtimestamp(record.changed_at, UTC)


def _keeper(runtime: Runtime) -> Keeper:
    if runtime.keeper is None:
        raise click.ClickException(
            f"The extension {runtime.name!r} keeps no user data: CLOVA_USER_DATA_URL is not set."
        )
    return runtime.keeper


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except (StorageUnavailable, UserDataUnavailable) as error:
        raise click.ClickException(str(error)) from None
