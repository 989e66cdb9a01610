"""A page that shows the state of both homes, for trying things out."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, request
from sqlalchemy import select

from .accounts import current_user, linking
from .appliances.lamp import LampRow
from .database import database
from .tables import DeviceRow
from .words import READINGS, home_of, reading, word

blueprint = Blueprint(
    "home", __name__, url_prefix="/home", template_folder="templates", static_folder="static"
)

_PERCENTAGES = {"battery", "brightness", "volume"}


@blueprint.before_request
def require_page() -> None:
    """Serve the page in debug only, unless SAMPLE_HOME_PAGE is set: anybody can read it."""
    shown = current_app.config.get("SAMPLE_HOME_PAGE")
    if shown is None:
        shown = current_app.debug
    if not shown:
        abort(404)


@blueprint.after_request
def allow_own_files_alone(response: Response) -> Response:
    """Let the page load files of this app only, and be in no frame of another."""
    response.content_security_policy.default_src = "'self'"
    response.content_security_policy.frame_ancestors = "'none'"
    return response


@blueprint.get("/", strict_slashes=False)
def show() -> str:
    """Show both homes, and whether the account of who is signed in is linked."""
    user = current_user()
    links = linking.links(user.id) if user else []
    return render_template("home/index.html", homes=read_homes(), user=user, links=links)


@blueprint.get("/state")
def state() -> Response:
    """Return the state of both homes; 304 when the browser has it already."""
    response = jsonify(homes=read_homes())
    response.cache_control.no_cache = True
    response.add_etag()
    response.make_conditional(request)
    return response


def read_homes() -> list[dict[str, Any]]:
    """Read every home, as the page shows it."""
    homes: dict[str, dict[str, Any]] = {}
    with database().reading() as session:
        for row in session.scalars(select(DeviceRow).order_by(DeviceRow.user_id, DeviceRow.id)):
            user = row.user
            home = homes.setdefault(
                user.id, {"title": home_of(user.name, user.lang), "lang": user.lang, "devices": []}
            )
            home["devices"].append(_device(row))
    return list(homes.values())


def _device(row: DeviceRow) -> dict[str, Any]:
    lang = row.user.lang
    status = _status(row)
    return {
        "id": row.id,
        "name": row.name,
        "kind": word(row.kind, lang),
        "location": word(row.location, lang),
        "status": status,
        "status_text": word(status, lang),
        "color": _color(row) if isinstance(row, LampRow) else None,
        "readings": [_reading(row, name) for name in READINGS if hasattr(row, name)],
    }


def _status(row: DeviceRow) -> str:
    if not row.is_online:
        return "offline"
    return "fault" if row.is_faulty else row.condition


def _color(row: LampRow) -> str:
    """Write a hue and saturation as a CSS colour, in which lightness stands for saturation."""
    return f"hsl({row.hue:g}, 100%, {100 - row.saturation / 2:g}%)"


def _reading(row: DeviceRow, name: str) -> dict[str, Any]:
    value = getattr(row, name)
    return {
        "name": name,
        "label": word(name, row.user.lang),
        "text": reading(name, value, row.user.lang),
        "percent": value if name in _PERCENTAGES else None,
    }
