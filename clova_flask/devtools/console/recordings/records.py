"""Recordings that were uploaded."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import Conflict

from ..extensions import find_extension
from ..records import NUMBERED, Base, Moment, db, now
from ..texts import _

MAX_UPLOADED = 500
"""Recordings that are kept of an extension; the oldest ones go first."""
TRIES = 5
"""Times that files are stored again because somebody else stored the same in the same moment."""


class UploadedRecording(Base):
    """A file of ``flask clova record``, as it was uploaded; one of the same name replaces it."""

    __tablename__ = "console_recordings"
    __table_args__ = (UniqueConstraint("extension_key", "name"), NUMBERED)

    id: Mapped[int] = mapped_column(primary_key=True)
    extension_key: Mapped[int] = mapped_column(ForeignKey("console_extensions.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


def uploaded_names(extension_key: int) -> list[str]:
    """List the names of an extension's uploads, in their order."""
    query = select(UploadedRecording.name).where(UploadedRecording.extension_key == extension_key)
    return list(db.session.scalars(query.order_by(UploadedRecording.name)))


def find_uploaded(extension_key: int, name: str) -> UploadedRecording | None:
    """Return an upload by its name."""
    query = select(UploadedRecording).where(
        UploadedRecording.extension_key == extension_key, UploadedRecording.name == name
    )
    return db.session.scalar(query)


def keep_uploaded(extension_key: int, files: dict[str, bytes]) -> int:
    """Keep files, and drop the oldest ones where there are too many; or answer 404 or 409.

    It is done again where others have stored or removed some of the same names in the same moment.

    :return: how many were dropped.
    """
    for _try in range(TRIES):
        find_extension(extension_key)
        try:
            return _keep(extension_key, files)
        except (IntegrityError, StaleDataError):
            db.session.rollback()
    raise Conflict(_("Others are changing the same at this moment. Go back and send it again."))


def _keep(extension_key: int, files: dict[str, bytes]) -> int:
    for name, content in files.items():
        found = find_uploaded(extension_key, name)
        if found is None:
            db.session.add(UploadedRecording(extension_key=extension_key, name=name, content=content))
        else:
            found.content, found.at = content, now()
    db.session.flush()
    mine = select(UploadedRecording.id).where(UploadedRecording.extension_key == extension_key)
    beyond = mine.order_by(UploadedRecording.at.desc(), UploadedRecording.id.desc()).offset(MAX_UPLOADED)
    too_many = list(db.session.scalars(beyond))
    if too_many:
        db.session.execute(delete(UploadedRecording).where(UploadedRecording.id.in_(too_many)))
    db.session.commit()
    return len(too_many)


def count_uploaded(extension_key: int) -> int:
    """Count the uploads of an extension."""
    query = select(func.count()).where(UploadedRecording.extension_key == extension_key)
    return db.session.scalar(query) or 0


def drop_uploaded(extension_key: int) -> None:
    """Remove the uploads of an extension."""
    db.session.execute(delete(UploadedRecording).where(UploadedRecording.extension_key == extension_key))
    db.session.commit()
