"""What the console keeps of interaction models: their parts, the last build, what the folder had."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..records import NUMBERED, Base, Moment, now

CONFIG = "config"
INTENT = "intent"
SLOT_TYPE = "slot_type"


def digest_of(content: bytes) -> str:
    """Return the digest of a part's file."""
    return hashlib.sha256(content).hexdigest()


class ModelPart(Base):
    """A file of a version's model: ``model.toml``, an intent, or a slot type.

    A row each keeps a page of one intent as quick with 200 intents as with two; the list of them reads the
    summaries alone.

    :ivar part: :data:`CONFIG`, :data:`INTENT` or :data:`SLOT_TYPE`.
    :ivar name: of the intent or slot type; empty for the config.
    :ivar content: the file, as :mod:`clova_flask.devtools.model` reads and writes it.
    :ivar digest: of its content.
    :ivar summary: what the list of parts shows: ``count``, and of an intent ``slots``, the types by name.
    :ivar revision: counts its changes, so that of two writers the later one is told.
    """

    __tablename__ = "console_model_parts"
    __table_args__ = (UniqueConstraint("version_key", "part", "name"), NUMBERED)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_key: Mapped[int] = mapped_column(ForeignKey("console_versions.id", ondelete="CASCADE"))
    part: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(Text, default="")
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    digest: Mapped[str] = mapped_column(String(64))
    summary: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    revision: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": revision}

    def fill(self, content: bytes, summary: dict[str, Any]) -> None:
        """Put a file into the row."""
        self.content, self.summary = content, summary
        self.digest = digest_of(content)


class ModelBuild(Base):
    """The last build of a version's model.

    :ivar tried_at: when it was built last, or refused.
    :ivar findings: what was found, as JSON.
    :ivar conflicts: what two intents claim, as JSON.
    :ivar built_at: when the model that tests use was built; None when it never was.
    :ivar archive: that model, as a zip of its folder.
    :ivar digest: of the model that was built, so that a later change is noticed.
    :ivar slots: the names of that model's slots.
    """

    __tablename__ = "console_model_builds"

    version_key: Mapped[int] = mapped_column(
        ForeignKey("console_versions.id", ondelete="CASCADE"), primary_key=True
    )
    tried_at: Mapped[datetime] = mapped_column(Moment, default=now)
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    conflicts: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    built_at: Mapped[datetime | None] = mapped_column(Moment)
    archive: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    digest: Mapped[str] = mapped_column(String(64), default="")
    slots: Mapped[list[str]] = mapped_column(JSON, default=list)


class ModelFolder(Base):
    """The state in which a version's model and the one of the project's folder were last alike.

    :ivar common: the digests of its parts, by their keys.
    """

    __tablename__ = "console_model_folders"

    version_key: Mapped[int] = mapped_column(
        ForeignKey("console_versions.id", ondelete="CASCADE"), primary_key=True
    )
    common: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
