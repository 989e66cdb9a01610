"""Clients, links and tokens in the database."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection, insert, select, update

from ..storage.database import Database
from ..storage.tables import ACCESS, REFRESH, clients, links, tokens
from .digests import digest
from .records import Client, Code, Link, Token, moment
from .sweeping import sweep

CODE_LIFETIME = 300
"""Seconds; ``state`` lives no longer."""
ROTATION_GRACE = 60
"""Seconds in which a refresh token that was replaced still works: the answer may have got lost."""


def now() -> int:
    """Return the time as it is stored."""
    return int(time.time())


class Store:
    """The store of one extension in one app.

    :param database: where it is.
    :param extension: the extension's name; it sees its own rows alone.
    :ivar on_revoke: called after links were revoked.
    """

    def __init__(self, database: Database, extension: str, on_revoke: Callable[[], None]) -> None:
        self.database = database
        self.extension = extension
        self._on_revoke = on_revoke

    def client(self, client_id: str) -> Client | None:
        """Return a client by its id, or None."""
        with self.database.connect() as connection:
            row = connection.execute(select(clients).where(clients.c.key == self._key(client_id))).first()
        return None if row is None else _client(row)

    def clients(self) -> list[Client]:
        """List the extension's clients."""
        query = select(clients).where(clients.c.extension == self.extension).order_by(clients.c.created_at)
        with self.database.connect() as connection:
            return [_client(row) for row in connection.execute(query)]

    def add_client(
        self, client_id: str, secret: str, *, title: str, redirect_uris: Iterable[str], scopes: Iterable[str]
    ) -> None:
        """Add a client; whoever calls has looked that there is none of this id."""
        row = {
            "key": self._key(client_id),
            "extension": self.extension,
            "client_id": client_id,
            "secret_hash": digest(secret),
            "title": title,
            "redirect_uris": "\n".join(redirect_uris),
            "scope": " ".join(scopes),
            "created_at": now(),
        }
        with self.database.begin() as connection:
            connection.execute(insert(clients).values(row))

    def _key(self, client_id: str) -> str:
        return digest(self.extension, client_id)

    def add_link(
        self, client: Client, user_id: str, code: str, *, scope: str, redirect_uri: str, challenge: str | None
    ) -> None:
        """Save a consent, with the code that the client redeems for its tokens."""
        row = {
            "extension": self.extension,
            "client_key": client.key,
            "user_id": user_id,
            "scope": scope,
            "created_at": now(),
            "code_hash": digest(code),
            "code_expires_at": now() + CODE_LIFETIME,
            "code_challenge": challenge,
            "redirect_uri": redirect_uri,
        }
        with self.database.begin() as connection:
            connection.execute(insert(links).values(row))

    def code(self, code: str, client: Client) -> Code | None:
        """Return a code of this client that can be redeemed, or None; one that was redeemed ends its link."""
        mine = (links.c.code_hash == digest(code), links.c.client_key == client.key)
        with self.database.connect() as connection:
            row = connection.execute(select(links).where(*mine)).first()
        if row is None or row.revoked_at is not None:
            return None
        if row.code_used_at is not None:
            self.revoke(row.id)
            return None
        if row.code_expires_at <= now():
            return None
        return Code(
            link_id=row.id,
            user_id=row.user_id,
            scope=row.scope,
            redirect_uri=row.redirect_uri,
            code_challenge=row.code_challenge,
        )

    def redeem(self, code: Code, *, access: str, refresh: str, expires_in: int) -> bool:
        """Save the tokens of a code, in the transaction that uses it up.

        The update comes first: it locks the row, and SQLite would refuse a lock after a read.

        :return: False when another call was faster. Then the link is revoked, and none has valid tokens.
        """
        unused = (links.c.id == code.link_id, links.c.code_used_at.is_(None), links.c.revoked_at.is_(None))
        with self.database.begin() as connection:
            redeemed = connection.execute(update(links).where(*unused).values(code_used_at=now()))
            if redeemed.rowcount == 1:
                _save(connection, code.link_id, access, expires_in=expires_in)
                _save(connection, code.link_id, refresh)
                return True
        self.revoke(code.link_id)
        return False

    def refresh_token(self, value: str, client: Client) -> Token | None:
        """Return a refresh token of this client that is valid, or None.

        One that was replaced longer ago than the grace was stolen, or its successor was: its link ends.
        """
        row = self._row(value, tokens.c.kind == REFRESH, links.c.client_key == client.key)
        if row is not None and row.replaced_at is not None and row.replaced_at + ROTATION_GRACE < now():
            self.revoke(row.link_id)
            return None
        return _token(row)

    def refreshed(self, token: Token, *, access: str, refresh: str | None, expires_in: int) -> None:
        """Save what a refresh token was used for.

        :param refresh: its successor; None when it stays.
        """
        with self.database.begin() as connection:
            if refresh is not None:
                first = (tokens.c.hash == token.hash, tokens.c.replaced_at.is_(None))
                connection.execute(update(tokens).where(*first).values(replaced_at=now()))
                _save(connection, token.link_id, refresh)
            _save(connection, token.link_id, access, expires_in=expires_in)

    def token(self, value: str) -> Token | None:
        """Return a token of either kind whose link is valid, or None."""
        return _token(self._row(value))

    def access(self, value: str) -> tuple[str, int] | None:
        """Return the user of an access token, and when it expires; None when it or its link is not valid."""
        row = self._row(value, tokens.c.kind == ACCESS)
        return None if row is None else (row.user_id, row.expires_at)

    def _row(self, value: str, *where: Any) -> Any:
        """Read a token with its link: one query, by the primary keys of both."""
        query = (
            select(tokens, links.c.client_key, links.c.user_id, links.c.scope)
            .join(links, links.c.id == tokens.c.link_id)
            .where(tokens.c.hash == digest(value), links.c.extension == self.extension)
            .where(links.c.revoked_at.is_(None), *where)
        )
        with self.database.connect() as connection:
            return connection.execute(query).first()

    def revoke(self, link_id: int) -> None:
        """Revoke a link, and with it its tokens."""
        self._revoke(links.c.id == link_id)

    def unlink(self, user_id: str) -> int:
        """Revoke all links of a user.

        :return: how many there were.
        """
        return self._revoke(links.c.user_id == user_id)

    def _revoke(self, which: Any) -> int:
        valid = (links.c.extension == self.extension, links.c.revoked_at.is_(None))
        with self.database.begin() as connection:
            revoked = connection.execute(update(links).where(which, *valid).values(revoked_at=now()))
        self._on_revoke()
        return revoked.rowcount

    def links(self, user_id: str) -> list[Link]:
        """List the links of a user that are valid and have tokens, the oldest first."""
        query = (
            select(links, clients.c.title)
            .join(clients, clients.c.key == links.c.client_key)
            .where(links.c.extension == self.extension, links.c.user_id == user_id)
            .where(links.c.revoked_at.is_(None), links.c.code_used_at.is_not(None))
            .order_by(links.c.id)
        )
        with self.database.connect() as connection:
            rows = connection.execute(query).all()
        return [
            Link(
                id=row.id,
                client=row.title,
                scopes=tuple(row.scope.split()),
                created=moment(row.created_at),
            )
            for row in rows
        ]

    def sweep(self) -> int:
        """Delete what is of no use any more.

        :return: how many rows were deleted.
        """
        with self.database.begin() as connection:
            return sweep(connection, self.extension, now())


def _client(row: Any) -> Client:
    return Client(
        key=row.key,
        client_id=row.client_id,
        secret_hash=row.secret_hash,
        title=row.title,
        redirect_uris=tuple(row.redirect_uris.split("\n")),
        scopes=tuple(row.scope.split()),
    )


def _token(row: Any) -> Token | None:
    if row is None:
        return None
    return Token(
        hash=row.hash,
        link_id=row.link_id,
        client_key=row.client_key,
        user_id=row.user_id,
        scope=row.scope,
    )


def _save(connection: Connection, link_id: int, value: str, *, expires_in: int | None = None) -> None:
    """Save an access token, or a refresh token, which has no end of its own."""
    row = {
        "hash": digest(value),
        "link_id": link_id,
        "kind": REFRESH if expires_in is None else ACCESS,
        "expires_at": None if expires_in is None else now() + expires_in,
    }
    connection.execute(insert(tokens).values(row))
