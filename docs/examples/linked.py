"""A shop with accounts of its own, which Clova links."""

from __future__ import annotations

from flask import Flask, redirect, render_template_string, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user, logout_user
from werkzeug.security import check_password_hash, generate_password_hash

from clova_flask import Answer, Clova, tell
from clova_flask.linking import AccountLinking, next_url


class Account(UserMixin):
    def __init__(self, name: str, password: str) -> None:
        self.id = name
        self.password_hash = generate_password_hash(password)


ACCOUNTS = {"bora": Account("bora", "보라의 비밀번호")}

login = LoginManager()
login.login_view = "sign_in"
login.user_loader(ACCOUNTS.get)

# [linking]
clova = Clova()
linking = AccountLinking(clova)


@linking.current_user_id
def signed_in() -> str | None:
    user_id: str | None = current_user.get_id()
    return user_id


@linking.load_user
def load_account(user_id: str) -> Account | None:
    return ACCOUNTS.get(user_id)
    # [end of linking]


# [page]
@linking.account_name
def name_of(account: Account) -> str:
    return account.id


linking.sign_out(logout_user)
# [end of page]


# [handler]
@clova.launch
def welcome(user: Account) -> Answer:
    return tell(f"{user.id}님, 안녕하세요.")
    # [end of handler]


# [factory]
def create_app() -> Flask:
    app = Flask(__name__)
    app.config.from_prefixed_env()  # FLASK_SECRET_KEY, FLASK_CLOVA_PLATFORM, …
    login.init_app(app)
    clova.init_app(app)
    linking.init_app(app)
    # [end of factory]
    app.add_url_rule("/sign-in", view_func=sign_in, methods=["GET", "POST"])
    app.add_url_rule("/account", view_func=account)
    app.add_url_rule("/unlink", view_func=unlink, methods=["POST"])
    return app


# [sign-in]
def sign_in() -> ResponseReturnValue:
    if request.method == "POST":
        known = ACCOUNTS.get(request.form["name"])
        if known and check_password_hash(known.password_hash, request.form["password"]):
            login_user(known)
            return redirect(next_url(default="/account"))
    return SIGN_IN_PAGE
    # [end of sign-in]


SIGN_IN_PAGE = """\
<!doctype html>
<meta name="viewport" content="width=device-width">
<form method="post"><input name="name"><input name="password" type="password"><button>로그인</button></form>
"""

ACCOUNT_PAGE = """\
<!doctype html>
<ul>{% for link in links %}<li>{{ link.client }}, {{ link.created.date() }}</li>{% endfor %}</ul>
<form method="post" action="/unlink"><button>연결 해제</button></form>
"""


# [account]
@login_required
def account() -> ResponseReturnValue:
    return render_template_string(ACCOUNT_PAGE, links=linking.links(current_user.get_id()))


@login_required
def unlink() -> ResponseReturnValue:
    linking.unlink(current_user.get_id())
    return redirect(url_for("account"))
    # [end of account]
