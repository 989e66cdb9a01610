"""What the console keeps: extensions with their versions, images, and who did what."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, BigInteger, ForeignKey, LargeBinary, String, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from ...texts.templated import as_json, restored
from .lifecycle import IN_DEVELOPMENT, IN_SERVICE

NUMBERED = {"sqlite_autoincrement": True}
"""Of each table: a number is never given twice, for it stands in addresses, and in work that is under way."""


class Base(DeclarativeBase):
    """The console's tables."""

    __table_args__: Any = NUMBERED


db = SQLAlchemy(model_class=Base)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, kept as microseconds since 1970, which every database orders and gives back alike."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:
        """Write a moment."""
        return None if value is None else round(value.timestamp() * 1_000_000)

    def process_result_value(self, value: int | None, dialect: Any) -> datetime | None:
        """Read a moment."""
        return None if value is None else datetime.fromtimestamp(value / 1_000_000, UTC)


class TemplatedText(TypeDecorator[str]):
    """A text with its template where it has one, by which a page tells it in its language."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> Any:
        """Write a text."""
        return None if value is None else as_json(value)

    def process_result_value(self, value: Any, dialect: Any) -> str | None:
        """Read a text."""
        return None if value is None else restored(value)


def now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


class Extension(Base):
    """An extension: its identity, which never changes, and its versions.

    :ivar folded_id: its id without case: two that differ in case alone would be one to whoever reads them.
    """

    __tablename__ = "console_extensions"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    platform: Mapped[str] = mapped_column(String(16))
    extension_id: Mapped[str] = mapped_column(Text)
    folded_id: Mapped[str] = mapped_column(Text, unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    versions: Mapped[list[Version]] = relationship(
        back_populates="extension", order_by="Version.number", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def test_version(self) -> Version:
        """The version that is worked on: the newest."""
        return self.versions[-1]

    @property
    def service_version(self) -> Version | None:
        """The version that users have."""
        return next((version for version in self.versions if version.state == IN_SERVICE), None)


class Version(Base):
    """A version of an extension, with the values of its form's fields.

    :ivar number: counted from 1.
    :ivar state: one of the states of :mod:`.lifecycle`.
    :ivar values: by the names of the fields, as :class:`~.fields.Kind` has them.
    :ivar revision: counts its changes, so that of two writers the later one is told.
    :ivar message: what the reviewer wrote when it was rejected.
    :ivar request: what the developer wrote to the reviewer.
    :ivar state_before: the state that a cancelled review goes back to.
    :ivar tried: what the endpoint's answers were objected to, as codes, texts and places; None before it was
        tried, and after each change.
    :ivar ticked: the ids of the review rules that the reviewer has ticked.
    """

    __tablename__ = "console_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    extension_key: Mapped[int] = mapped_column(ForeignKey("console_extensions.id"), index=True)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(16), default=IN_DEVELOPMENT)
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    revision: Mapped[int] = mapped_column()
    changed_at: Mapped[datetime] = mapped_column(Moment, default=now)
    message: Mapped[str] = mapped_column(Text, default="")
    request: Mapped[str] = mapped_column(Text, default="")
    state_before: Mapped[str] = mapped_column(String(16), default="")
    tried: Mapped[list[list[Any]] | None] = mapped_column(JSON(none_as_null=True), default=None)
    ticked: Mapped[list[str]] = mapped_column(JSON, default=list)
    extension: Mapped[Extension] = relationship(back_populates="versions", lazy="joined")
    __mapper_args__ = {"version_id_col": revision}

    @property
    def title(self) -> str:
        """The name that the developer gave it, or its id."""
        return self.values.get("name") or self.extension.extension_id


class Image(Base):
    """An image that was uploaded, by its digest; two versions may show the same.

    :ivar at: when it was last uploaded, or sent again in a form that waits to be stored.
    """

    __tablename__ = "console_images"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(32))
    width: Mapped[int]
    height: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Act(Base):
    """Something that somebody did. It stays when the extension is deleted.

    :ivar actor: ``developer``, ``reviewer`` or ``platform``.
    :ivar action: the action's name.
    :ivar detail: what it was about, a message or a step of the form.
    """

    __tablename__ = "console_acts"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    extension_id: Mapped[str] = mapped_column(Text, index=True)
    version: Mapped[int]
    actor: Mapped[str] = mapped_column(String(16))
    action: Mapped[str] = mapped_column(String(32))
    detail: Mapped[str] = mapped_column(Text, default="")
