"""A shop whose accounts are linked, and the platform that links them."""

import base64
import re
from urllib.parse import parse_qs, urlsplit

from flask import Flask, request

from clova_flask import Clova, tell
from clova_flask.home import Appliance
from clova_flask.linking import AccountLinking
from clova_flask.testing import CekClient

ADDRESS = "https://pizza.example.com"
REDIRECT = "https://prod-ni-cic.clova.ai/v1/al/token"
STATE = "상태 +&=%2F/?"
CLIENT_ID = "clova-of-pizza"
ACCOUNTS = {"bora": {"name": "보라"}, "さくら": {"name": "さくら"}}


class Shop:
    """One app with one extension; a browser has the cookie `who` of its user."""

    def __init__(self, instance, *, clova=None, linking=None, client=True, prepare=None, **config):
        self.clova = clova or Clova()
        self.linking = linking or AccountLinking(self.clova)
        self.app = Flask("shop", instance_path=str(instance))
        self.app.testing = True
        settings = {
            "SECRET_KEY": "비밀",
            "CLOVA_PLATFORM": "naver",
            "CLOVA_EXTENSION_ID": "com.example.pizzabot",
            "CLOVA_LINKING_LOGIN_VIEW": "/login",
        }
        self.app.config.update({**settings, **config})
        if prepare:
            prepare(self.app)
        self.clova.init_app(self.app)
        self.linking.init_app(self.app)
        self.provider = self.app.extensions["clova_linking"][self.clova.name]
        if client:
            self.client_id, self.secret = self.provider.make_client(CLIENT_ID, title="NAVER Clova")

    def declare(self):
        self.linking.current_user_id(who)
        self.linking.load_user(ACCOUNTS.get)
        self.clova.launch(greet)
        self.clova.home.discover(list_lamps)
        return self

    def browser(self, user="bora"):
        browser = self.app.test_client()
        if user:
            browser.set_cookie("who", user.encode().hex(), domain="pizza.example.com")
        return browser

    def query(self, **changes):
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": REDIRECT,
            "state": STATE,
            "scope": "orders",
        }
        return {name: value for name, value in {**asked, **changes}.items() if value is not None}

    def open(self, browser=None, **changes):
        """Open the page that asks for consent."""
        browser = browser or self.browser()
        return browser.get("/clova/link/authorize", query_string=self.query(**changes), base_url=ADDRESS)

    def answer(self, proof, browser=None, *, decision="allow", **changes):
        return (browser or self.browser()).post(
            "/clova/link/authorize",
            query_string=self.query(**changes),
            data={"proof": proof, "decision": decision},
            base_url=ADDRESS,
            headers={"Referer": f"{ADDRESS}/clova/link/authorize"},
        )

    def consent(self, user="bora", *, decision="allow", **changes):
        """Open the page and answer it; return where the browser is sent."""
        browser = self.browser(user)
        page = self.open(browser, **changes)
        assert page.status_code == 200, page.text
        answered = self.answer(proof_in(page), browser, decision=decision, **changes)
        assert answered.status_code == 302, answered.text
        return answered.location

    def code(self, user="bora", **changes):
        return parameters(self.consent(user, **changes))["code"]

    def call(self, path="token", *, auth="mine", query=None, headers=None, **form):
        """Call the token endpoint, or that of revocation, as the platform does."""
        credentials = (self.client_id, self.secret) if auth == "mine" else auth
        return self.app.test_client().post(
            f"/clova/link/{path}",
            data={name: value for name, value in form.items() if value is not None},
            query_string=query,
            auth=credentials,
            headers=headers,
            base_url=ADDRESS,
        )

    def redeem(self, code, **changes):
        form = {"code": code, "redirect_uri": REDIRECT, **changes}
        return self.call(query={"grant_type": "authorization_code"}, **form)

    def refresh(self, refresh_token, **changes):
        return self.call(query={"grant_type": "refresh_token"}, refresh_token=refresh_token, **changes)

    def link(self, user="bora", **changes):
        """Go the whole way; return the tokens."""
        answer = self.redeem(self.code(user, **changes))
        assert answer.status_code == 200, answer.text
        return answer.json

    def speech(self, access_token):
        return CekClient(self.app, access_token=access_token).launch().speech

    def is_valid(self, access_token):
        return self.discovery(access_token) == "DiscoverAppliancesResponse"

    def discovery(self, access_token):
        """Return the name of what discovery is answered with."""
        return CekClient(self.app, access_token=access_token).discover().name


def who():
    return bytes.fromhex(request.cookies.get("who", "")).decode() or None


def greet(user):
    return tell(f"{user['name']}님, 안녕하세요.")


def list_lamps(user):
    return [
        Appliance("lamp-1", type="LIGHT", friendly_name=f"{user['name']} 등", manufacturer_name="Example")
    ]


def is_asked_again(answered):
    """Whether the answer to a page led to the page, and not to the platform."""
    here = answered.location.startswith("/clova/link/authorize?") and answered.location.endswith("&again=1")
    return answered.status_code == 303 and here


def proof_in(page):
    return re.search('name="proof" value="([^"]*)"', page.text)[1]


def parameters(url):
    """Return the parameters of a URL, each of which is there once."""
    return {name: value for name, (value,) in parse_qs(urlsplit(url).query).items()}


def basic(client_id, secret):
    """Write the header by hand: clients' libraries do not agree on what is encoded."""
    return {"Authorization": "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()}
