"""Entering the console by its password, and choosing the language."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from .languages import COOKIE, LANGUAGES
from .safety import gate
from .texts import _

blueprint = Blueprint("access", __name__)

_A_YEAR = 365 * 86_400


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for the password."""
    problem = ""
    if request.method == "POST":
        if gate().opens_for(request.form.get("password", "")):
            session["opened"] = True
            return redirect(url_for("extension_list.show"))
        problem = _("That is not the password.")
    return render_template("console/sign_in.html", problem=problem), 403 if problem else 200


@blueprint.post("/language")
def choose_language() -> ResponseReturnValue:
    """Keep the language that was chosen, and return to the page it was chosen on."""
    response = redirect(_page_before())
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        response.set_cookie(COOKIE, chosen, max_age=_A_YEAR, samesite="Lax", httponly=True)
    return response


def _page_before() -> str:
    parts = urlsplit(request.referrer or "")
    if parts.netloc != request.host:
        return url_for("extension_list.show")
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
