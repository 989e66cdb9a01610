"""Deleting rows that are of no use any more."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, func, select

from ..storage.tables import ACCESS, links, tokens

SWEPT_AFTER = 30 * 86_400
"""Seconds that rows stay after they have ended; until then a second use of a code or a token is noticed."""


def sweep(connection: Connection, extension: str, now: int) -> int:
    """Delete links that were revoked or never used, and tokens that have successors.

    The newest access token of a valid link stays, however long ago it expired: it must be told from an
    unknown one, for which the platform would ask the user to link again.

    :param now: the time, as it is stored.
    :return: how many rows were deleted.
    """
    before = now - SWEPT_AFTER
    unused = links.c.code_used_at.is_(None) & (links.c.code_expires_at < before)
    mine = select(links.c.id).where(links.c.extension == extension)
    dead = mine.where((links.c.revoked_at < before) | unused)
    replaced = tokens.c.replaced_at < before
    statements = (
        delete(tokens).where(tokens.c.link_id.in_(dead)),
        delete(links).where(links.c.id.in_(dead)),
        delete(tokens).where(tokens.c.link_id.in_(mine), replaced | _superseded(before)),
    )
    return sum(_deleted(connection, statement) for statement in statements)


def _superseded(before: int) -> Any:
    """Write the condition on access tokens that expired, of a link that has a newer one."""
    newer = tokens.alias()
    newest = (
        select(func.max(newer.c.expires_at))
        .where(newer.c.link_id == tokens.c.link_id, newer.c.kind == ACCESS)
        .scalar_subquery()
    )
    return (tokens.c.kind == ACCESS) & (tokens.c.expires_at < before) & (tokens.c.expires_at < newest)


def _deleted(connection: Connection, statement: Any) -> int:
    return connection.execute(statement).rowcount
