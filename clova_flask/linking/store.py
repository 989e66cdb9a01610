"""Links and tokens in the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, insert, select, update

from ..storage.database import Database
from ..storage.tables import ACCESS, REFRESH, clients, links, tokens
from . import times
from .digests import digest
from .records import Client, Code, Link, Token
from .sweeping import sweep

CODE_LIFETIME = 300
"""Seconds; ``state`` lives no longer."""
ROTATION_GRACE = 60
"""Seconds in which a refresh token that was replaced still works: the answer may have got lost."""


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

    def add_link(
        self, client: Client, user_id: str, code: str, *, scope: str, redirect_uri: str, challenge: str | None
    ) -> None:
        """Save a consent, with the code that the client redeems for its tokens."""
        row = {
            "extension": self.extension,
            "client_key": client.key,
            "user_id": user_id,
            "scope": scope,
            "created_at": times.now(),
            "code_hash": digest(code),
            "code_expires_at": times.now() + CODE_LIFETIME,
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
        if row.code_expires_at <= times.now():
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
            redeemed = connection.execute(update(links).where(*unused).values(code_used_at=times.now()))
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
        if row is not None and _is_replaced(row):
            self.revoke(row.link_id)
            return None
        return _token(row)

    def refreshed(self, token: Token, *, access: str, refresh: str | None, expires_in: int) -> bool:
        """Save what a refresh token was used for.

        :param refresh: its successor; None when it stays.
        :return: False when its link was revoked meanwhile, or deleted.
        """
        valid = (links.c.id == token.link_id, links.c.revoked_at.is_(None))
        with self.database.begin() as connection:
            # It changes nothing, and locks the row: no token may be saved for a link that is deleted.
            if connection.execute(update(links).where(*valid).values(revoked_at=None)).rowcount == 0:
                return False
            if refresh is not None:
                first = (tokens.c.hash == token.hash, tokens.c.replaced_at.is_(None))
                connection.execute(update(tokens).where(*first).values(replaced_at=times.now()))
                _save(connection, token.link_id, refresh)
            _save(connection, token.link_id, access, expires_in=expires_in)
        return True

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

    def revoke_by_access(self, value: str) -> bool:
        """Revoke the link of an access token that is valid and has not expired.

        :return: whether it was one.
        """
        row = self._row(value, tokens.c.kind == ACCESS, tokens.c.expires_at > times.now())
        if row is None:
            return False
        self.revoke(row.link_id)
        return True

    def unlink(self, user_id: str) -> int:
        """Revoke all links of a user.

        :return: how many there were.
        """
        return self._revoke(links.c.user_id == user_id)

    def _revoke(self, which: Any) -> int:
        valid = (links.c.extension == self.extension, links.c.revoked_at.is_(None))
        with self.database.begin() as connection:
            revoked = connection.execute(update(links).where(which, *valid).values(revoked_at=times.now()))
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
                created=times.moment(row.created_at),
            )
            for row in rows
        ]

    def sweep(self) -> int:
        """Delete what is of no use any more.

        :return: how many rows were deleted.
        """
        with self.database.begin() as connection:
            return sweep(connection, self.extension, times.now())


def _token(row: Any) -> Token | None:
    if row is None:
        return None
    return Token(
        hash=row.hash,
        link_id=row.link_id,
        client_key=row.client_key,
        user_id=row.user_id,
        scope=row.scope,
        expires_at=row.expires_at,
        is_over=_is_replaced(row) or (row.expires_at is not None and row.expires_at <= times.now()),
    )


def _is_replaced(row: Any) -> bool:
    """Tell whether a refresh token was replaced longer ago than the grace."""
    return row.replaced_at is not None and bool(row.replaced_at + ROTATION_GRACE < times.now())


def _save(connection: Connection, link_id: int, value: str, *, expires_in: int | None = None) -> None:
    """Save an access token, or a refresh token, which has no end of its own."""
    row = {
        "hash": digest(value),
        "link_id": link_id,
        "kind": REFRESH if expires_in is None else ACCESS,
        "expires_at": None if expires_in is None else times.now() + expires_in,
    }
    connection.execute(insert(tokens).values(row))
