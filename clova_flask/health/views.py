"""``GET /clova/health``: the view, and the rule that leads to it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, Flask, Response, current_app, request

from ..errors import ConfigurationError
from ..runtime import Runtime
from .checks import checks_of
from .conflicts import rules_beside
from .readiness import Readiness

logger = logging.getLogger("clova_flask")

PATH = "/health"


def add_health(app: Flask, runtime: Runtime, blueprint: Blueprint) -> None:
    """Add the rule to the extension's blueprint, which is registered after it.

    :raises ConfigurationError: the app has a rule of its own there.
    """
    settings = runtime.settings
    taken = next(rules_beside(app, runtime), None)
    if taken is not None:
        raise ConfigurationError(
            f"CLOVA_HEALTH is on, and the app has the rule {taken.rule} of its own, {taken.endpoint!r}, "
            "which would answer in its place. Give one of them another path, CLOVA_URL_PREFIX for the "
            "extension, or turn CLOVA_HEALTH off."
        )
    view = _view(app, runtime, Readiness(runtime.name, partial(checks_of, app, runtime), app.app_context))
    blueprint.add_url_rule(
        PATH,
        endpoint="health",
        view_func=view,
        methods=["GET"],
        host=settings.host,
        strict_slashes=False,
        provide_automatic_options=False,
    )
    blueprint.url_value_preprocessor(partial(_exempt, f"{runtime.name}.health", view))


def _view(app: Flask, runtime: Runtime, readiness: Readiness) -> Callable[..., Response]:
    first = iter((True,))

    def clova_health(**_values: object) -> Response:
        if next(first, False):
            _warn_of_shadowed(app, runtime)
        is_well = "ready" not in request.args or readiness.is_ready()
        response = Response(status=200 if is_well else 503)
        del response.headers["Content-Type"]
        response.headers["Cache-Control"] = "no-store"
        return response

    # A probe comes by http, from the machine itself; Flask-Talisman reads this of a view.
    clova_health.talisman_view_options = {"force_https": False}  # type: ignore[attr-defined]
    return clova_health


def _warn_of_shadowed(app: Flask, runtime: Runtime) -> None:
    """Tell of a rule of the app's that was added after the extension, so that it is never reached."""
    for rule in rules_beside(app, runtime):
        logger.warning(
            "The app's own rule %s, %r, is never reached by GET: the health of the extension %r is there. "
            "Give one of them another path, or turn CLOVA_HEALTH off. [app.health-shadows]",
            rule.rule,
            rule.endpoint,
            runtime.name,
        )


def _exempt(health: str, view: Callable[..., Response], endpoint: str | None, _values: Any) -> None:
    """Exempt the view from limits of rate that Flask-Limiter sets for all views.

    At a request, before the hooks: it may be put on the app after the extension.
    """
    if endpoint == health:
        for limiter in current_app.extensions.get("limiter", ()):
            if type(limiter).__module__.startswith("flask_limiter"):
                limiter.exempt(view)
