"""The sample app, the platform that links its accounts, and a site that means harm."""

from urllib.parse import urlencode

from flask import Flask, request

from sample_app.home.database import EXTENSION
from sample_app.home.seed import PASSWORDS
from tests.linking.shop import REDIRECT, STATE

HOST, PLATFORM = "pizza.example.com", "prod-ni-cic.clova.ai"
ADDRESS = f"https://{HOST}"
QUESTION = f"{ADDRESS}/clova/link/authorize?**"
LOGIN = f"{ADDRESS}/account/login?**"
RETURN = f"{REDIRECT}?**"
CLIENT_ID = "clova-of-pizza"


class Platform:
    """What is at the redirect URL; it fetches the tokens at once, as the real one does, and once."""

    def __init__(self, shop, secret):
        self.returned, self.tokens = [], []
        self.app = Flask("platform", static_folder=None)
        self.app.add_url_rule("/v1/al/token", view_func=self.receive)
        self._shop, self._secret = shop, secret

    def receive(self):
        returned = request.args.to_dict()
        if returned in self.returned:
            return page_of("이미 처리되었습니다")
        self.returned.append(returned)
        if "code" not in returned:
            return page_of("연결하지 않았습니다")
        answer = self._shop.test_client().post(
            "/clova/link/token?grant_type=authorization_code",
            data={"code": returned["code"], "redirect_uri": REDIRECT},
            auth=(CLIENT_ID, self._secret),
            base_url=ADDRESS,
        )
        self.tokens.append(answer.json["access_token"])
        return page_of("연결되었습니다")


class Town:
    """All of them, with what a user does there."""

    def __init__(self, shop, serve):
        self.shop = shop
        with shop.app_context():
            _, secret = shop.extensions["clova_linking"]["clova"].make_client(CLIENT_ID)
        self.platform = Platform(shop, secret)
        serve(HOST, shop)
        serve(PLATFORM, self.platform.app)

    @staticmethod
    def question(**changes):
        """Return the URL that the platform's app opens."""
        asked = {
            "response_type": "code",
            "client_id": CLIENT_ID,
            "redirect_uri": REDIRECT,
            "state": STATE,
            **changes,
        }
        return f"{ADDRESS}/clova/link/authorize?{urlencode(asked)}"

    def ask(self, page, user=None, **changes):
        """Open the question for consent, and sign in where nobody is."""
        page.goto(self.question(**changes))
        if user:
            self.sign_in(page, user)
            page.wait_for_url(QUESTION)

    @staticmethod
    def sign_in(page, user, password=None):
        page.fill("[name=name]", user)
        page.fill("[name=password]", password or PASSWORDS[user])
        page.click("form button")

    @staticmethod
    def choose(page, decision="allow", url=RETURN):
        page.click(f"[value={decision}]")
        page.wait_for_url(url)

    def close(self):
        self.shop.extensions[EXTENSION].close()


def page_of(text):
    return f'<!doctype html><html lang="ko"><title>{text}</title><main><h1>{text}</h1></main></html>'
