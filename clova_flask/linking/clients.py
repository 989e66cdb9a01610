"""Clients in the database: who may ask for tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from ..storage.database import Database
from ..storage.tables import clients, links, tokens
from . import times
from .digests import digest
from .records import Client


class ClientStore:
    """The clients of one extension in one app.

    :param database: where they are.
    :param extension: the extension's name; it sees its own rows alone.
    :param on_revoke: called after links were revoked.
    """

    def __init__(self, database: Database, extension: str, on_revoke: Callable[[], None]) -> None:
        self._database = database
        self._extension = extension
        self._on_revoke = on_revoke

    def find(self, client_id: str) -> Client | None:
        """Return a client by its id, or None."""
        query = select(clients).where(clients.c.key == self._key(client_id))
        with self._database.connect() as connection:
            row = connection.execute(query).first()
        return None if row is None else _client(row)

    def all(self) -> list[tuple[Client, int]]:
        """List the clients, each with the number of its links that are valid and have tokens."""
        is_linked = links.c.revoked_at.is_(None) & links.c.code_used_at.is_not(None)
        counted = (
            select(func.count(links.c.id)).where(links.c.client_key == clients.c.key, is_linked)
        ).scalar_subquery()
        query = select(clients, counted.label("links")).where(clients.c.extension == self._extension)
        with self._database.connect() as connection:
            rows = connection.execute(query.order_by(clients.c.created_at, clients.c.client_id)).all()
        return [(_client(row), row.links) for row in rows]

    def add(
        self, client_id: str, secret: str, *, title: str, redirect_uris: Iterable[str], scopes: Iterable[str]
    ) -> None:
        """Add a client; whoever calls has looked that there is none of this id."""
        row = {
            "key": self._key(client_id),
            "extension": self._extension,
            "client_id": client_id,
            "secret_hash": digest(secret),
            "title": title,
            "redirect_uris": "\n".join(redirect_uris),
            "scope": " ".join(scopes),
            "created_at": times.now(),
        }
        with self._database.begin() as connection:
            connection.execute(insert(clients).values(row))

    def replace_secret(self, client: Client, secret: str, *, keeps_former: bool) -> None:
        """Give a client a new secret.

        :param keeps_former: whether the one that it has works too.
        """
        former = clients.c.secret_hash if keeps_former else None
        self._change(client, former_secret_hash=former, secret_hash=digest(secret))

    def end_former_secret(self, client: Client) -> None:
        """End the secret before the newest."""
        self._change(client, former_secret_hash=None)

    def _change(self, client: Client, **values: Any) -> None:
        with self._database.begin() as connection:
            connection.execute(update(clients).where(clients.c.key == client.key).values(**values))

    def delete(self, client: Client) -> int:
        """Delete a client, with its links and their tokens.

        They are revoked first: that waits for a token call that is under way, whose tokens are seen then.

        :return: how many links were valid.
        """
        mine = links.c.client_key == client.key
        with self._database.begin() as connection:
            valid = update(links).where(mine, links.c.revoked_at.is_(None)).values(revoked_at=times.now())
            revoked = connection.execute(valid).rowcount
            connection.execute(delete(tokens).where(tokens.c.link_id.in_(select(links.c.id).where(mine))))
            connection.execute(delete(links).where(mine))
            connection.execute(delete(clients).where(clients.c.key == client.key))
        self._on_revoke()
        return revoked

    def _key(self, client_id: str) -> str:
        return digest(self._extension, client_id)


def _client(row: Any) -> Client:
    return Client(
        key=row.key,
        client_id=row.client_id,
        secret_hash=row.secret_hash,
        former_secret_hash=row.former_secret_hash,
        title=row.title,
        redirect_uris=tuple(row.redirect_uris.split("\n")),
        scopes=tuple(row.scope.split()),
    )
