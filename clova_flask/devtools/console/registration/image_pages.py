"""The images themselves."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from ..images import find_image

blueprint = Blueprint("images", __name__)


@blueprint.get("/images/<digest>")
def show(digest: str) -> Response:
    """Return an image; it never changes, since its address is its digest."""
    image = find_image(digest)
    if image is None:
        abort(404)
    response = Response(image.content, mimetype=image.media_type)
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return response
