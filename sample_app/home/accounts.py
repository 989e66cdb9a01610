"""The accounts of the homes: signing in, and linking them with Clova."""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.security import check_password_hash

from clova_flask.linking import AccountLinking, next_url

from .database import database
from .seed import PASSWORDS
from .tables import UserRow
from .words import BROWSERS_LANGUAGES, word

linking = AccountLinking(engine=lambda: database().ready(), login_view="account.login")

blueprint = Blueprint(
    "account", __name__, url_prefix="/account", template_folder="templates", static_folder="static"
)
blueprint.add_app_template_filter(word)


@linking.current_user_id
def signed_in() -> str | None:
    return session.get("user_id")


@linking.load_user
def load_user(user_id: str) -> UserRow | None:
    with database().reading() as rows:
        return rows.get(UserRow, user_id)


@linking.account_name
def name_of(user: UserRow) -> str:
    return f"{user.name} ({user.id})"


@linking.sign_out
def sign_out() -> None:
    session.clear()


def current_user() -> UserRow | None:
    """Return who is signed in."""
    user_id = signed_in()
    return None if user_id is None else load_user(user_id)


@blueprint.after_request
def allow_own_files_alone(response: Response) -> Response:
    """Let the pages load files of this app only, and be in no frame of another."""
    response.content_security_policy.default_src = "'self'"
    response.content_security_policy.frame_ancestors = "'none'"
    return response


@blueprint.get("/login")
def login() -> str:
    """Ask who it is."""
    lang = request.accept_languages.best_match(BROWSERS_LANGUAGES) or "ko"
    shown = PASSWORDS if current_app.debug else {}
    return render_template("account/login.html", lang=lang, passwords=shown)


@blueprint.post("/login")
def check_password() -> ResponseReturnValue:
    """Sign in, and go on to the page that asked for it."""
    user = load_user(request.form.get("name", ""))
    if user is None or not check_password_hash(user.password_hash, request.form.get("password", "")):
        flash("wrong")
        return redirect(url_for(".login", next=request.args.get("next")))
    sign_out()  # what another user has left in the session
    session["user_id"] = user.id
    return redirect(next_url(default=url_for(".show")))


@blueprint.get("/", strict_slashes=False)
def show() -> ResponseReturnValue:
    """Show whether the account is linked."""
    user = current_user()
    if user is None:
        return redirect(url_for(".login"))
    return render_template("account/show.html", lang=user.lang, user=user, links=linking.links(user.id))


@blueprint.post("/unlink")
def unlink() -> ResponseReturnValue:
    """End all links of the account."""
    user = current_user()
    if user is not None:
        linking.unlink(user.id)
    return redirect(next_url(default=url_for(".show")))


@blueprint.post("/logout")
def logout() -> ResponseReturnValue:
    """Sign out."""
    sign_out()
    return redirect(url_for(".login"))
