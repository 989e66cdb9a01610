"""A client's secret can be replaced while the one before still works."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column of the secret before."""
    op.add_column("clova_clients", sa.Column("former_secret_hash", sa.String(64)))
