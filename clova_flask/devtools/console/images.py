"""Images that are uploaded: PNG or JPG, of the size that the store shows."""

from __future__ import annotations

import hashlib
import io
from typing import Any

from PIL import Image as Pictures
from PIL import UnidentifiedImageError
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from .fields.rows import Field, Size
from .records import Image, db
from .texts import _

MAX_BYTES = 4 * 1024 * 1024
"""Bytes of an image; no guide tells a limit, and an icon of 512 pixels has less than one of these."""

MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg"}


def uploaded(row: Field, file: FileStorage | None) -> tuple[str, str]:
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
    if db.session.get(Image, digest) is None:
        row: Any = Image(
            digest=digest, media_type=media_type, width=size.width, height=size.height, content=content
        )
        db.session.add(row)
    return digest


def find_image(digest: str) -> Image | None:
    """Return an image by its digest."""
    return db.session.scalar(select(Image).where(Image.digest == digest))
