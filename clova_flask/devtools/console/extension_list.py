"""The first page: the extensions, their states, and what each allows."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from .attached.process import attached_app
from .extensions import all_extensions, is_taken
from .page import actions_of

blueprint = Blueprint("extension_list", __name__)


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """List the extensions, and those of the app beside that are not registered yet."""
    attached = attached_app()
    known = attached.described() if attached else []
    return render_template(
        "console/list.html",
        extensions=all_extensions(),
        actions_of=actions_of,
        found=[one for one in known if not (one.extension_id and is_taken(one.extension_id))],
    )
