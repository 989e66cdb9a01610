"""The tables of what runs in production, all in one schema.

A database has all of them, whichever parts of the package use it, so that its revision tells what is in it.

Account linking: a *link* is one consent of one user. It owns its code and its tokens: a token is valid only
while its link is. What is secret is stored as SHA-256. A slow hash would protect nothing more, since the
values are random, and cost 108 ms a call (2026-11-26).

User data: one row a user, a JSON object. Its key and its owner, a linked account, are digests of ids.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

DIGEST_SIZE = 64

metadata = MetaData()

clients = Table(
    "clova_clients",
    metadata,
    Column("key", String(DIGEST_SIZE), primary_key=True),  # of a URL of any length, which no index could hold
    Column("extension", Text, nullable=False),
    Column("client_id", Text, nullable=False),
    Column("secret_hash", String(DIGEST_SIZE), nullable=False),
    Column("former_secret_hash", String(DIGEST_SIZE)),
    Column("title", Text, nullable=False),
    Column("redirect_uris", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

links = Table(
    "clova_links",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("extension", Text, nullable=False),
    Column("client_key", ForeignKey(clients.c.key), nullable=False),
    Column("user_id", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
    Column("code_hash", String(DIGEST_SIZE), nullable=False, unique=True),
    Column("code_expires_at", BigInteger, nullable=False),
    Column("code_used_at", BigInteger),
    Column("code_challenge", Text),
    Column("redirect_uri", Text, nullable=False),
    Index("clova_links_of_user", "extension", "user_id"),
)

tokens = Table(
    "clova_tokens",
    metadata,
    Column("hash", String(DIGEST_SIZE), primary_key=True),
    Column("link_id", ForeignKey(links.c.id), nullable=False, index=True),
    Column("kind", String(7), nullable=False),
    Column("expires_at", BigInteger),
    Column("replaced_at", BigInteger),
)

user_data = Table(
    "clova_user_data",
    metadata,
    Column("key", String(DIGEST_SIZE), primary_key=True),
    Column("text", Text, nullable=False),
    Column("version", String(16), nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("owner", String(DIGEST_SIZE), index=True),
)

ACCESS = "access"
REFRESH = "refresh"
