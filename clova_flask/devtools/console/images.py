"""Images that are uploaded: PNG or JPG, of the size that the store shows."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta

from PIL import Image as Pictures
from PIL import UnidentifiedImageError
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import FileStorage

from .fields.rows import Field, Size
from .records import Image, Version, db, now
from .texts import _

MAX_BYTES = 4 * 1024 * 1024
"""Bytes of an image; no guide tells a limit, and an icon of 512 pixels has less than one of these."""

MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg"}


MAX_WAITING = 30
"""Images that no version has: they were uploaded in a form that could not be stored."""
MAX_AGE = timedelta(days=1)
"""For how long they wait."""


def entered(row: Field, file: FileStorage | None, form: Mapping[str, str]) -> tuple[str, str]:
    """Store an image that was uploaded now, or take one that waits since the form could not be stored.

    The page has the file, ``NAME-waiting`` with the digest of one that waits, and ``NAME-leave`` to leave it.

    :return: its digest, empty for none; and what is wrong with it.
    """
    digest, problem = _uploaded(row, file)
    waiting = form.get(f"{row.name}-waiting", "")
    if digest or problem or not waiting or f"{row.name}-leave" in form:
        return digest, problem
    found = find_image(waiting)
    if found is None or row.size != Size(found.width, found.height):
        return "", _("The image was kept for a day, and is not there any more. Choose it again.")
    found.at = now()  # whoever sends its form again is at work on it
    return waiting, ""


def _uploaded(row: Field, file: FileStorage | None) -> tuple[str, str]:
    """Store an image.

    :return: its digest, empty when none was chosen; and what is wrong with it.
    """
    if file is None or not file.filename:
        return "", ""
    content = file.stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        return "", _("The image has more than %(most)s MB.", most=MAX_BYTES // 1024 // 1024)
    try:
        kind, size = _read(content)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Pictures.DecompressionBombError):
        return "", _("The file is not a PNG or JPG image that can be read.")
    if size != row.size:
        return "", _("The image must have %(wanted)s pixels, not %(given)s.", wanted=row.size, given=size)
    return _kept(content, MEDIA_TYPES[kind], size), ""


def _read(content: bytes) -> tuple[str, Size]:
    with Pictures.open(io.BytesIO(content), formats=list(MEDIA_TYPES)) as picture:
        size = Size(*picture.size)
        if size.width * size.height > 4_000_000:
            raise ValueError("more pixels than any of the console's images has")
        picture.load()
        return str(picture.format), size


def _kept(content: bytes, media_type: str, size: Size) -> str:
    digest = hashlib.sha256(content).hexdigest()
    found = db.session.get(Image, digest)
    if found is not None:
        found.at = now()
        return digest
    _drop_forgotten()
    made = Image(digest=digest, media_type=media_type, width=size.width, height=size.height, at=now())
    made.content = content
    with suppress(IntegrityError), db.session.begin_nested():  # another may upload the same in this moment
        db.session.add(made)
    return digest


def _drop_forgotten() -> None:
    """Drop images that no version has: those that waited too long, and the oldest of too many."""
    used = {
        value
        for values in db.session.scalars(select(Version.values))
        for value in values.values()
        if isinstance(value, str)
    }
    rows = db.session.execute(select(Image.digest, Image.at).order_by(Image.at.desc()))
    waiting = [(digest, at) for digest, at in rows if digest not in used]
    oldest = now() - MAX_AGE
    dropped = [digest for index, (digest, at) in enumerate(waiting) if index >= MAX_WAITING or at < oldest]
    db.session.execute(delete(Image).where(Image.digest.in_(dropped)))


def find_image(digest: str) -> Image | None:
    """Return an image by its digest."""
    if not digest.isalnum():  # not every database can look for NUL
        return None
    return db.session.scalar(select(Image).where(Image.digest == digest))
