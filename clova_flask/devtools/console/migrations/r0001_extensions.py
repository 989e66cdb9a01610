"""Extensions, their versions, models, images and history."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "console_extensions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("extension_id", sa.Text, nullable=False),
        sa.Column("folded_id", sa.Text, nullable=False, unique=True),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "console_versions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("extension_key", sa.Integer, sa.ForeignKey("console_extensions.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("values", sa.JSON, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("request", sa.Text, nullable=False),
        sa.Column("state_before", sa.String(16), nullable=False),
        sa.Column("tried", sa.JSON, nullable=True),
        sa.Column("ticked", sa.JSON, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_console_versions_extension_key", "console_versions", ["extension_key"])
    op.create_table(
        "console_images",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("media_type", sa.String(32), nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "console_answered_pages",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column(
            "extension_key",
            sa.Integer,
            sa.ForeignKey("console_extensions.id", ondelete="CASCADE"),
            nullable=True,
        ),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "console_acts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("extension_id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("actor", sa.String(16), nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "console_turns",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "extension_key",
            sa.Integer,
            sa.ForeignKey("console_extensions.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("conversation", sa.String(32), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("line", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("words", sa.JSON, nullable=False),
        sa.Column("why", sa.JSON, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("milliseconds", sa.Float, nullable=False),
        sa.Column("findings", sa.JSON, nullable=False),
        sa.Column("log", sa.JSON, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_console_turns_extension_key", "console_turns", ["extension_key"])
    op.create_index("ix_console_turns_conversation", "console_turns", ["extension_key", "conversation"])
    op.create_index("ix_console_acts_extension_id", "console_acts", ["extension_id"])
    _make_models()
    _make_linking()
    _make_evaluations()
    _make_recordings()


def _make_recordings() -> None:
    op.create_table(
        "console_recordings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "extension_key",
            sa.Integer,
            sa.ForeignKey("console_extensions.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("extension_key", "name"),
        sqlite_autoincrement=True,
    )


def _make_models() -> None:
    op.create_table(
        "console_model_parts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "version_key",
            sa.Integer,
            sa.ForeignKey("console_versions.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("part", sa.String(16), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("summary", sa.JSON, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.UniqueConstraint("version_key", "part", "name"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "console_model_builds",
        sa.Column(
            "version_key",
            sa.Integer,
            sa.ForeignKey("console_versions.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("tried_at", sa.BigInteger, nullable=False),
        sa.Column("findings", sa.JSON, nullable=False),
        sa.Column("conflicts", sa.JSON, nullable=False),
        sa.Column("built_at", sa.BigInteger),
        sa.Column("archive", sa.LargeBinary),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("slots", sa.JSON, nullable=False),
    )
    op.create_table(
        "console_model_folders",
        sa.Column(
            "version_key",
            sa.Integer,
            sa.ForeignKey("console_versions.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("common", sa.JSON, nullable=False),
    )


def _make_linking() -> None:
    extension = sa.ForeignKey("console_extensions.id", ondelete="CASCADE")
    op.create_table(
        "console_linking_runs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("extension_key", sa.Integer, extension, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("state", sa.String(128), nullable=False, unique=True),
        sa.Column("redirect_url", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "console_linking_steps",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "run_key",
            sa.Integer,
            sa.ForeignKey("console_linking_runs.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("milliseconds", sa.Float, nullable=False),
        sa.Column("findings", sa.JSON, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "console_linked_accounts",
        sa.Column(
            "extension_key",
            sa.Integer,
            sa.ForeignKey("console_extensions.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column(
            "run_key",
            sa.Integer,
            sa.ForeignKey("console_linking_runs.id", ondelete="SET NULL"),
            nullable=True,
        ),
        sa.Column("access_token", sa.Text, nullable=False),
        sa.Column("refresh_token", sa.Text, nullable=False),
        sa.Column("scopes", sa.JSON, nullable=False),
        sa.Column("expires_in", sa.Float, nullable=True),
        sa.Column("received_at", sa.Float, nullable=False),
        sa.Column("is_taken_for_expired", sa.Boolean, nullable=False),
        sa.Column("is_revoked", sa.Boolean, nullable=False),
    )
    op.create_index("ix_console_linking_runs_extension_key", "console_linking_runs", ["extension_key"])
    op.create_index("ix_console_linking_steps_run_key", "console_linking_steps", ["run_key"])


def _make_evaluations() -> None:
    op.create_table(
        "console_utterance_sets",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "extension_key",
            sa.Integer,
            sa.ForeignKey("console_extensions.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("name", sa.Text, nullable=False),
        sa.UniqueConstraint("extension_key", "name"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "console_utterances",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("set_key", sa.Integer, _of_set(), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("intent", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.UniqueConstraint("set_key", "folded"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "console_evaluation_runs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("set_key", sa.Integer, _of_set(), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("by", sa.String(16), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.Column("figures", sa.JSON, nullable=False),
        sa.Column("scores", sa.JSON, nullable=False),
        sa.Column("outcomes", sa.LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_console_evaluation_runs_set_key", "console_evaluation_runs", ["set_key"])


def _of_set() -> sa.ForeignKey:
    return sa.ForeignKey("console_utterance_sets.id", ondelete="CASCADE")
