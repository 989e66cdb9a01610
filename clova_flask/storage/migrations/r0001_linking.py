"""Account linking."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables; they are there in a database that was made before there were revisions."""
    op.create_table(
        "clova_clients",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("extension", sa.Text, nullable=False),
        sa.Column("client_id", sa.Text, nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("redirect_uris", sa.Text, nullable=False),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "clova_links",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("extension", sa.Text, nullable=False),
        sa.Column("client_key", sa.String(64), sa.ForeignKey("clova_clients.key"), nullable=False),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("revoked_at", sa.BigInteger),
        sa.Column("code_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("code_expires_at", sa.BigInteger, nullable=False),
        sa.Column("code_used_at", sa.BigInteger),
        sa.Column("code_challenge", sa.Text),
        sa.Column("redirect_uri", sa.Text, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "clova_tokens",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("link_id", sa.Integer, sa.ForeignKey("clova_links.id"), nullable=False),
        sa.Column("kind", sa.String(7), nullable=False),
        sa.Column("expires_at", sa.BigInteger),
        sa.Column("replaced_at", sa.BigInteger),
        if_not_exists=True,
    )
    op.create_index("clova_links_of_user", "clova_links", ["extension", "user_id"], if_not_exists=True)
    op.create_index("ix_clova_tokens_link_id", "clova_tokens", ["link_id"], if_not_exists=True)
