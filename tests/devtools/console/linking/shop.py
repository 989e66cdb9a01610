"""An app whose accounts are linked through the console, and what a developer presses there."""

import re
from html import unescape

import requests
from flask import Flask, redirect, request

from clova_flask import Clova, tell
from clova_flask.devtools.console.linking.records import LinkingStep
from clova_flask.devtools.console.records import db
from clova_flask.home import Appliance
from clova_flask.linking import AccountLinking, next_url

BACK = "http://localhost:5050/linking/return"
ACCOUNTS = {"bora": {"name": "보라"}}
PASSWORD = "비밀번호-1234"
LOGIN_PAGE = """<meta name="viewport" content="width=device-width"><h1>로그인 <b>피자</b></h1>
<form method="post"><input type="hidden" name="seal" value="봉인"><input name="name">
<input type="password" name="password"><input type="checkbox" name="remember" value="yes">
<button>로그인</button></form>
<form action="/search"><input type="search" name="words"><button name="sort" value="new">새로운 것</button>
</form>"""


class Shop:
    """An app with an OAuth server of its own, on the loopback address; who has the cookie is signed in."""

    def __init__(self, folder, key, serve):
        app = Flask("shop", instance_path=str(folder))
        app.config.update(SECRET_KEY="비밀", CLOVA_LINKING_LOGIN_VIEW="/login")
        clova = Clova(
            extension_id=["com.example.pizzabot", "com.example.home"], platform="naver", public_key=key
        )
        linking = AccountLinking(clova)
        linking.current_user_id(lambda: request.cookies.get("who"))
        linking.load_user(ACCOUNTS.get)

        @clova.launch
        def welcome(user=None):
            return tell(f"{user['name']}님, 어서 오세요." if user else "계정을 연결해 주세요.")

        @clova.home.discover
        def discover(user):
            return [Appliance("lamp-1", type="LIGHT", friendly_name=f"{user['name']}의 등")]

        @clova.home.on("TurnOn")
        def turn_on(appliance):
            raise LookupError("퓨즈")

        @app.route("/login", methods=["GET", "POST"])
        def login():
            if request.form.get("password") != PASSWORD or request.form.get("seal") != "봉인":
                return LOGIN_PAGE, {"X-Frame-Options": "DENY"}
            answer = redirect(next_url())
            answer.set_cookie("who", request.form["name"])
            return answer

        clova.init_app(app)
        linking.init_app(app)
        self.app = app
        self.provider = app.extensions["clova_linking"]["clova"]
        self.client_id, self.secret = self.provider.make_client(None, redirect_uris=(BACK,))
        self.url = serve(app)

    def settings(self, **changes):
        link = f"{self.url}/clova/link"
        return {
            "authorization_url": f"{link}/authorize",
            "token_url": f"{link}/token?grant_type=authorization_code",
            "refresh_url": f"{link}/token?grant_type=refresh_token",
            "client_id": self.client_id,
            "client_secret": self.secret,
            **changes,
        }

    def consent(self, url, decision="allow"):
        """Open the page as a browser in which the user is signed in, and press; return where it is sent."""
        browser = requests.Session()
        browser.cookies.set("who", "bora")
        page = browser.get(url, timeout=5)
        proof = unescape(re.search(r'name="proof" value="([^"]+)"', page.text)[1])
        pressed = browser.post(
            url,
            {"proof": proof, "decision": decision},
            timeout=5,
            allow_redirects=False,
            headers={"Referer": url},
        )
        return pressed.headers["Location"]


def page_of(browser):
    return browser.get("/extensions/1/account/")


def begin(browser):
    return page_of(browser).form_to("begin").submit()


def asked_url(page):
    return next(link for link in page.links if "response_type=code" in link)


def link(browser, shop, decision="allow"):
    back = shop.consent(asked_url(begin(browser)), decision)
    return browser.get(back.removeprefix("http://localhost:5050"))


def press(browser, kind, **values):
    return page_of(browser).form_to(kind).submit(**values)


def kept(console, record=LinkingStep):
    with console.app_context():
        return list(db.session.scalars(db.select(record).order_by(*record.__table__.primary_key)))


def steps(console):
    return [(step.kind, [code for code, _ in step.findings]) for step in kept(console)]
