"""What every page has: its frame, texts and marks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Flask, render_template, request, url_for
from flask_babel import format_datetime
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import Conflict, HTTPException, SecurityError

from ...texts.templated import restored
from .attached.process import attached_app
from .fields.rows import Kind, Step
from .fields.tables import form_of
from .found import told_of
from .http_errors import name_of, text_of
from .languages import current_language
from .lifecycle import ACTIONS, ATTENTION, EDITABLE, IN_REVIEW, IN_SERVICE, PREPARING, STATES, allowed
from .records import Extension, Version
from .texts import _
from .told import told

_BADGES = {
    ATTENTION: "text-bg-danger",
    IN_REVIEW: "text-bg-info",
    PREPARING: "text-bg-info",
    IN_SERVICE: "text-bg-success",
}
"""The colour of a state; others have none. The state stands there in words, too."""

PLATFORM_TITLES = {"naver": "NAVER", "line": "LINE"}


def init_pages(app: Flask) -> None:
    """Put what the templates need on the console's app."""
    app.jinja_env.globals.update(
        Kind=Kind,
        attached_app=attached_app,
        badge_of=lambda state: _BADGES.get(state, "text-bg-secondary"),
        endpoint_example=_endpoint_example,
        image_url=lambda digest: url_for("images.show", digest=digest),
        is_editable=lambda version: version.state in EDITABLE,
        kind_titles=lambda: {"custom": _("Custom"), "home": "Clova Home"},
        platform_titles=PLATFORM_TITLES,
        told_of=told_of,
        state_title=lambda state: _(STATES[state]),
        action_title=lambda name: _(ACTIONS[name].title) if name in ACTIONS else name,
    )
    app.jinja_env.filters["told"] = told
    app.jinja_env.filters["restored"] = restored
    app.jinja_env.filters["moment"] = _moment
    app.jinja_env.filters["clock"] = _clock
    app.url_defaults(_keep_version)
    app.register_error_handler(HTTPException, _error_page)
    app.register_error_handler(StaleDataError, _changed_elsewhere)


_MOMENTS = {"ko": "yyyy. M. d. HH:mm", "ja": "yyyy/MM/dd HH:mm", "en": "d MMM yyyy, HH:mm"}
"""How a date with its time is written: of 24 hours everywhere, as in a log."""


def _endpoint_example() -> str:
    """Return an endpoint of the app beside, or what one usually is."""
    app = attached_app()
    if app is None:
        return "http://127.0.0.1:5000/clova"
    known = app.described()
    return app.endpoint_url(known[0]) if known else f"{app.url}/clova"


def _keep_version(_endpoint: str, values: dict[str, Any]) -> None:
    """Keep the version that the page shows in the addresses of the same extension."""
    shown, key = request.args.get("version"), (request.view_args or {}).get("key")
    if shown is not None and key is not None and values.get("key") == key:
        values.setdefault("version", shown)


def _moment(at: datetime, *, seconds: bool = False) -> str:
    return str(format_datetime(at, _MOMENTS[current_language()] + (":ss" if seconds else "")))


def _clock(at: datetime) -> str:
    """Write the time of day, that of this machine: it is compared with the clock beside the browser."""
    return f"{at.astimezone():%H:%M:%S}"


def _error_page(error: HTTPException) -> Any:
    if error.response is not None:
        return error.response
    if isinstance(error, SecurityError):  # no address of the console can be written for such a host
        return error
    return render_template(
        "console/error.html", error=error, name=name_of(error), text=text_of(error)
    ), error.code or 500


def _changed_elsewhere(_error: StaleDataError) -> Any:
    text = _("In the same moment somebody else changed it, and nothing of yours is stored. Look at it again.")
    return _error_page(Conflict(text))


def extension_page(template: str, version: Version, **values: Any) -> str:
    """Write a page of an extension, with the tabs above it."""
    extension = version.extension
    steps = form_of(extension.kind, extension.platform)
    return render_template(
        f"console/{template}.html",
        extension=extension,
        version=version,
        steps=steps,
        gaps={step.name: len(step.missing(version.values)) for step in steps},
        **values,
    )


def actions_of(extension: Extension) -> list[str]:
    """List what may be done with an extension."""
    return allowed(extension.test_version.state, in_service=extension.service_version is not None)


def next_step(steps: tuple[Step, ...], step: Step) -> Step | None:
    """Return the step after one; None after the last."""
    index = steps.index(step) + 1
    return steps[index] if index < len(steps) else None
