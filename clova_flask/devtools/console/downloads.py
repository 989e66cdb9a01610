"""Files that a page sends."""

from __future__ import annotations

import io

from flask import Response, send_file


def download_of(data: bytes, name: str, media_type: str) -> Response:
    """Send a file under a name in whatever letters: in the header those of ASCII alone may stand."""
    response = send_file(
        io.BytesIO(data), media_type, as_attachment=True, download_name=name, conditional=False, etag=False
    )
    response.headers["Cache-Control"] = "no-store"
    return response
