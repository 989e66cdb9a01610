"""Account linking as the platform goes through it, with servers of all kinds."""

import base64
import json
import threading
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask, redirect, request
from werkzeug.serving import make_server

from clova_flask.devtools.simulator.linking import LinkingClient
from clova_flask.devtools.simulator.linking_browser import browser_in_process, sender_in_process
from clova_flask.devtools.simulator.linking_steps import (
    Authentication,
    LinkingError,
    Registration,
    Tokens,
)
from clova_flask.devtools.simulator.reply import Reply

HOST = "https://accounts.example.com"
REDIRECT = "https://prod-ni-cic.clova.ai/v1/al/token"
VIEWPORT = '<meta name="viewport" content="width=device-width">'
DENY = {"X-Frame-Options": "DENY"}
TOKENS = {"access_token": "토큰", "refresh_token": "r-1", "token_type": "Bearer", "expires_in": 3600}
NO_STORE = {"Cache-Control": "no-store"}


def registration(**changes):
    given = {
        "authorization_url": f"{HOST}/authorize",
        "token_url": f"{HOST}/token?grant_type=authorization_code",
        "refresh_url": f"{HOST}/token?grant_type=refresh_token",
        "redirect_url": REDIRECT,
        "client_id": "https://clova.example.com/클로바",
        "client_secret": "비밀:1",
    }
    return Registration(**{**given, **changes})


class Server:
    """An OAuth server whose answers are the test's."""

    def __init__(self):
        self.app = Flask("accounts", static_folder=None)
        self.page = (VIEWPORT, 200, DENY)
        self.tokens = (TOKENS, 200, NO_STORE)
        self.seen = []
        self.app.add_url_rule("/authorize", "page", lambda: self.page)
        self.app.add_url_rule("/token", view_func=self.token, methods=["POST"])
        self.app.add_url_rule("/login", "login", self.login)

    def token(self):
        self.seen.append((dict(request.args), dict(request.form), request.headers.get("Authorization")))
        return self.tokens

    def login(self):
        """A login page that wants its cookie back before it shows itself."""
        if "seen" not in request.cookies:
            answer = redirect(request.url)
            answer.set_cookie("seen", "네")
            return answer
        return VIEWPORT, 200, DENY

    def client(self, now=1000.0, **changes):
        return LinkingClient(
            registration(**changes),
            sender_in_process(self.app, HOST),
            phone=browser_in_process(self.app, HOST),
            clock=lambda: now,
        )


@pytest.fixture
def server():
    return Server()


def codes(step):
    return [finding.code.removeprefix("linking.") for finding in step.findings]


def test_what_the_platform_asks(server):
    asked = server.client(scopes=("orders", "profile")).ask()
    assert asked.findings == ()
    assert asked.url.startswith(f"{HOST}/authorize?")
    assert parse_qs(urlsplit(asked.url).query) == {
        "state": [asked.state],
        "client_id": ["https://clova.example.com/클로바"],
        "response_type": ["code"],
        "scope": ["orders profile"],
        "redirect_uri": [REDIRECT],
    }
    assert asked.state != server.client().ask().state
    assert server.client(authorization_url=f"{HOST}/authorize?lang=ko").ask("상태").url.count("?") == 1


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"authorization_url": "http://accounts.example.com/authorize"}, ["http"]),
        ({"token_url": "accounts.example.com/token"}, ["http"]),
        ({"refresh_url": f"{HOST}:8443/token"}, ["port"]),
        ({"authorization_url": f"{HOST}:443/authorize"}, []),
        ({"refresh_url": ""}, ["no-refresh"]),
        ({"scopes": tuple("abcdefghijklmnop")}, ["scopes"]),
        ({"scopes": tuple("abcdefghijklmno")}, []),
    ],
    ids=["http", "no scheme", "port", "443", "no refresh", "16 scopes", "15 scopes"],
)
def test_what_is_registered(server, changes, expected):
    assert codes(server.client(**changes).ask()) == expected


PAGES = {
    "for phones": (VIEWPORT, DENY, []),
    "not for phones": ("<p>로그인", DENY, ["page-viewport"]),
    "fixed width": ('<meta name=viewport content="initial-scale=1">', DENY, ["page-viewport"]),
    "target": (f"{VIEWPORT}<a href=/ target=_BLANK>도움말</a>", DENY, ["page-pop-up"]),
    "formtarget": (f"{VIEWPORT}<form><button formtarget=_blank></form>", DENY, ["page-pop-up"]),
    "same window": (f"{VIEWPORT}<a href=/ target=_self>도움말</a>", DENY, []),
    "script": (f"{VIEWPORT}<script>if (a) {{ window . open('/') }}</script>", DENY, ["page-pop-up"]),
    "onclick": (f"{VIEWPORT}<b onclick=\"window.open('/')\">b</b>", DENY, ["page-pop-up"]),
    "said in words": (f"{VIEWPORT}<p>window.open() を使いません", DENY, []),
    "large": (VIEWPORT + "가" * 170_000, DENY, ["page-size"]),
    "in frames": (VIEWPORT, {}, ["page-framed"]),
    "frame-ancestors": (VIEWPORT, {"Content-Security-Policy": "frame-ancestors 'none'"}, []),
    "frames of another": (
        VIEWPORT,
        {"Content-Security-Policy": "frame-ancestors https://a.example.com"},
        ["page-framed"],
    ),
    "another host": (f"{VIEWPORT}<img src=//cdn.example.com/a.png>", DENY, ["domains"]),
    "own host": (f"{VIEWPORT}<img src={HOST}/a.png><link rel=stylesheet href=/a.css>", DENY, []),
    "a link that loads nothing": (f"{VIEWPORT}<link rel=author href=//other.example.com/>", DENY, []),
    "16 hosts": (
        VIEWPORT + "".join(f"<script src=https://{n}.example.com/a.js></script>" for n in range(16)),
        DENY,
        ["domains"],
    ),
    "blocked": (
        f"{VIEWPORT}<style>b{{}}</style>",
        {**DENY, "Content-Security-Policy": "default-src 'self'"},
        ["page-blocked"],
    ),
    "nonce": (
        f"{VIEWPORT}<style nonce=a>b{{}}</style>",
        {**DENY, "Content-Security-Policy": "default-src 'none'; style-src 'nonce-a'"},
        [],
    ),
    "unsafe-inline beside a nonce": (
        f"{VIEWPORT}<script>1</script>",
        {**DENY, "Content-Security-Policy": "script-src 'unsafe-inline' 'nonce-a'"},
        ["page-blocked"],
    ),
    "allowed elsewhere": (
        f"{VIEWPORT}<img src=https://a.cdn.example.com/a.png>",
        {**DENY, "Content-Security-Policy": "img-src *.cdn.example.com"},
        ["domains"],
    ),
    "two policies": (
        f"{VIEWPORT}<script src=/a.js></script>",
        {**DENY, "Content-Security-Policy": "script-src 'self', script-src https://cdn.example.com"},
        ["page-blocked"],
    ),
    "odd markup": (f"<<<&#xffffff; {VIEWPORT} <form <p </b target=_blank", DENY, []),
}


@pytest.mark.parametrize(("page", "headers", "expected"), PAGES.values(), ids=PAGES)
def test_the_page_that_users_see(server, page, headers, expected):
    server.page = (page, 200, headers)
    client = server.client()
    assert codes(client.open(client.ask())) == expected


def test_the_way_to_a_login_page(server):
    server.page = redirect("/login?next=%2Fauthorize%3Fa")
    client = server.client()
    opened = client.open(client.ask())
    assert (opened.url, opened.got.status, codes(opened)) == (f"{HOST}/login?next=/authorize?a", 200, [])
    assert [hop.got.status for hop in opened.hops] == [302, 302]


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("/authorize", ["page-status"]),
        ("intent://login", ["page-status"]),
        ("http://accounts.example.com/login?a=1", ["http"]),
        ("https://id.example.com/login?a=1", ["domains"]),
    ],
)
def test_a_way_that_is_odd(server, to, expected):
    server.page = redirect(to)
    client = server.client()
    assert codes(client.open(client.ask())) == expected


def test_no_page(server):
    server.page = ("모르는 클라이언트", 404)
    client = server.client()
    opened = client.open(client.ask())
    assert codes(opened) == ["page-status"]
    assert "404" in opened.findings[0].message


def test_a_server_that_asks_nobody(server):
    client = server.client()
    asked = client.ask()
    server.page = redirect(f"{REDIRECT}?error=invalid_scope&state=a")
    assert client.open(asked).back_to == f"{REDIRECT}?error=invalid_scope&state=a"


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("form-action 'self'", ["page-policy"]),
        ("form-action 'self' https://prod-ni-cic.clova.ai", []),
        ("default-src 'none'", []),
        ("form-action 'none'; form-action *", ["page-policy"]),
        ("form-action http://prod-ni-cic.clova.ai", ["page-policy"]),
        ("form-action https:", []),
    ],
)
def test_a_policy_that_stops_the_redirect(server, policy, expected):
    headers = {**DENY, "Content-Security-Policy": policy}
    server.page = (VIEWPORT, 200, headers)
    server.app.add_url_rule("/authorize", "consent", lambda: redirect(f"{REDIRECT}?code=a"), methods=["POST"])
    client = server.client()
    opened = client.open(client.ask())
    pressed = client.press(opened, {"decision": "허용"}, opened.url)
    assert codes(pressed) == expected
    assert dict(pressed.sent.headers)["Referer"] == opened.url


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?state={}&code=a&token_type=Bearer", []),
        ("?token_type=bearer&code=a&state={}", []),
        ("?state={}&code=a", ["redirect-token-type"]),
        ("?code=a&token_type=Bearer", ["state"]),
        ("?state=b&code=a&token_type=Bearer", ["state"]),
        ("?state={}&state={}&code=a&token_type=Bearer", ["state"]),
        ("?state={}&token_type=Bearer", ["no-code"]),
        ("?state={}&code=&token_type=Bearer", ["no-code"]),
        ("?state={}&code=a&code=b&token_type=Bearer", ["no-code"]),
        ("?state={}&token_type=Bearer#code=a", ["no-code"]),
        ("/?state={}&code=a&token_type=Bearer", ["returned-elsewhere"]),
        ("?state={}&error=access_denied", []),
    ],
)
def test_the_way_back(server, query, expected):
    client = server.client()
    asked = client.ask()
    state = asked.url.partition("state=")[2].partition("&")[0]
    assert codes(client.read_return(asked, REDIRECT + query.replace("{}", state))) == expected


def test_a_state_that_was_decoded_once_too_often(server):
    client = server.client()
    asked = client.ask()
    returned = client.read_return(asked, f"{REDIRECT}?state={asked.state}&code=a&token_type=Bearer")
    assert codes(returned) == ["state"]
    assert "changed" in returned.findings[0].message


def test_the_code_in_a_fragment_is_told(server):
    client = server.client()
    (finding, *_) = client.read_return(client.ask("a"), f"{REDIRECT}?state=a#code=1").findings
    assert "fragment" in finding.message


def test_a_refusal(server):
    client = server.client()
    refused = f"{REDIRECT}?state=a&error=access_denied&error_description=%EC%B7%A8%EC%86%8C"
    returned = client.read_return(client.ask("a"), refused)
    assert (returned.error, returned.description, returned.code) == ("access_denied", "취소", "")


def test_credentials_in_basic(server):
    answered = server.client().redeem("코드")
    assert (codes(answered), answered.error) == ([], "")
    query, form, header = server.seen[0]
    assert query == {"grant_type": "authorization_code"}
    assert form == {"code": "코드", "redirect_uri": REDIRECT}
    scheme, _, credentials = header.partition(" ")
    assert scheme == "Basic"
    assert base64.b64decode(credentials).decode() == "https://clova.example.com/클로바:비밀:1"


def test_credentials_in_the_body(server):
    server.client(authentication=Authentication.BODY).redeem("a")
    _, form, header = server.seen[0]
    assert header is None
    assert (form["client_id"], form["client_secret"]) == ("https://clova.example.com/클로바", "비밀:1")


def test_the_grant_is_in_the_form_where_the_registered_url_lacks_it(server):
    client = server.client(token_url=f"{HOST}/token", refresh_url=f"{HOST}/token?a=b")
    client.redeem("a")
    client.refresh(Tokens(access_token="a", refresh_token="r"))
    assert [(query, form["grant_type"]) for query, form, _ in server.seen] == [
        ({}, "authorization_code"),
        ({"a": "b"}, "refresh_token"),
    ]


def without(name):
    return {key: value for key, value in TOKENS.items() if key != name}


ANSWERS = {
    "as it must be": (TOKENS, 200, []),
    "bearer": ({**TOKENS, "token_type": "bearer"}, 200, []),
    "no expires_in": (without("expires_in"), 200, ["expires-in"]),
    "expires_in as text": ({**TOKENS, "expires_in": "3600"}, 200, ["expires-in"]),
    "expires_in of 0": ({**TOKENS, "expires_in": 0}, 200, ["expires-in"]),
    "expires_in true": ({**TOKENS, "expires_in": True}, 200, ["expires-in"]),
    "no token_type": (without("token_type"), 200, ["token-type"]),
    "mac": ({**TOKENS, "token_type": "mac"}, 200, ["token-type"]),
    "no refresh token": (without("refresh_token"), 200, ["no-refresh"]),
    "no access token": (without("access_token"), 200, ["no-access-token"]),
    "access token that is a number": ({**TOKENS, "access_token": 1}, 200, ["no-access-token"]),
    "list": ([TOKENS], 200, ["token-not-json"]),
    "refused": ({"error": "invalid_client"}, 401, ["token-status"]),
    "created": (TOKENS, 201, ["token-status"]),
    "odd": ({"error": ["a"], "error_description": {"b": 1}}, 400, ["token-status"]),
}


@pytest.mark.parametrize(("answer", "status", "expected"), ANSWERS.values(), ids=ANSWERS)
def test_what_the_token_endpoint_answers(server, answer, status, expected):
    server.tokens = (json.dumps(answer), status, {**NO_STORE, "Content-Type": "application/json"})
    assert codes(server.client().redeem("a")) == expected


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        ((TOKENS, 200), ["cacheable"]),
        ((json.dumps(TOKENS), 200, NO_STORE), ["media-type"]),
        (("<p>로그인</p>", 200), ["token-not-json"]),
        ((b"\xff\xfe", 200), ["token-not-json"]),
        (("[" * 100_000, 200), ["token-not-json"]),
        (redirect("/login?code=a"), ["token-status"]),
    ],
    ids=["cacheable", "not said to be JSON", "page", "not UTF-8", "deep", "redirect"],
)
def test_an_answer_of_another_kind(server, tokens, expected):
    server.tokens = tokens
    answered = server.client().redeem("a")
    assert codes(answered) == expected
    assert "code=a" not in str(answered)


def test_what_is_kept_of_the_tokens(server):
    server.tokens = ({**TOKENS, "scope": "orders profile"}, 200, NO_STORE)
    tokens = server.client().redeem("a").tokens
    assert (tokens.access_token, tokens.refresh_token) == ("토큰", "r-1")
    assert (tokens.expires_in, tokens.scopes, tokens.received_at) == (3600, ("orders", "profile"), 1000)
    assert [tokens.has_expired(now) for now in (4599.9, 4600)] == [False, True]
    assert "토큰" not in repr(tokens)


def test_a_refresh_keeps_what_the_answer_leaves_out(server):
    server.tokens = (without("refresh_token"), 200, NO_STORE)
    answered = server.client().refresh(Tokens(access_token="a", refresh_token="처음", scopes=("orders",)))
    assert codes(answered) == []
    assert (answered.tokens.refresh_token, answered.tokens.scopes) == ("처음", ("orders",))
    assert server.seen[0][:2] == ({"grant_type": "refresh_token"}, {"refresh_token": "처음"})


def test_nothing_to_refresh_with(server):
    with pytest.raises(LinkingError, match="no refresh token"):
        server.client().refresh(Tokens(access_token="a"))
    with pytest.raises(LinkingError, match="no refresh token"):
        server.client(refresh_url="").refresh(Tokens(access_token="a", refresh_token="r"))


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        (({"error": "invalid_grant"}, 400, NO_STORE), []),
        (({"error": "invalid_grant"}, 400), ["cacheable"]),
        (({"error": "invalid_grant"}, 401, NO_STORE), ["wrong-code"]),
        (({"error": "invalid_request"}, 400, NO_STORE), ["wrong-code"]),
        ((TOKENS, 200, NO_STORE), ["wrong-code"]),
        (("<p>잘못된 요청", 400), ["wrong-code"]),
        (redirect("/login"), ["wrong-code"]),
    ],
    ids=["as it must be", "cacheable", "401", "another error", "any code", "page", "login"],
)
def test_a_wrong_code(server, tokens, expected):
    server.tokens = tokens
    assert codes(server.client().try_wrong_code()) == expected
    server.client().try_wrong_code(Authentication.BODY)
    assert [header is None for _, _, header in server.seen] == [False, True]
    assert server.seen[0][1]["code"] != server.seen[1][1]["code"]


@pytest.mark.parametrize(
    ("status", "error", "used", "secret"),
    [
        (400, "invalid_grant", [], ["wrong-secret"]),
        (401, "invalid_client", ["used-code"], []),
        (400, "invalid_client", ["used-code"], []),
        (403, "invalid_client", ["used-code"], ["wrong-secret"]),
        (200, None, ["used-code"], ["wrong-secret"]),
    ],
)
def test_what_must_be_refused(server, status, error, used, secret):
    server.tokens = ({"error": error}, status, NO_STORE)
    client = server.client()
    assert codes(client.try_used_code("코드")) == used
    assert codes(client.try_wrong_secret()) == secret
    (_, first, right), (_, second, wrong) = server.seen
    assert first["code"] == "코드" != second["code"]
    assert right != wrong
    revoked = ["revoked"] if used else []
    assert codes(client.try_revoked(Tokens(access_token="a", refresh_token="r"))) == revoked
    assert server.seen[-1][1] == {"refresh_token": "r"}


def test_a_redirect_url_that_is_not_registered(server):
    client, foreign = server.client(), "https://evil.example.org/return"
    assert codes(client.try_foreign_redirect(client.ask(), foreign)) == []
    server.page = redirect(f"{foreign}?code=1")
    step = client.try_foreign_redirect(client.ask(), foreign)
    assert codes(step) == ["redirect-unchecked"]
    assert "redirect_uri=https%3A%2F%2Fevil.example.org%2Freturn" in step.sent.url


@pytest.mark.parametrize("location", ["intent://app", "//"])
def test_a_redirect_to_what_is_no_url(server, location):
    server.page = ("", 302, {"Location": location})
    assert codes(server.client().open(server.client().ask()))[-1] == "page-status"


def test_a_page_with_addresses_that_are_none(server):
    page = f'{VIEWPORT}<form action="http://["></form><script src="//[x"></script><img src="http://a:b/">'
    server.page = (page, 200, DENY)
    client = server.client()
    opened = client.open(client.ask())
    assert opened.page.forms[0].action == "http://["
    assert codes(opened) == ["domains"]


def test_a_revocation(server):
    assert codes(server.client().revoke("토큰", f"{HOST}/token")) == []
    assert server.seen[0][1] == {"token": "토큰"}
    assert codes(server.client().revoke("토큰", f"{HOST}/revoke")) == ["token-status"]


@pytest.mark.parametrize(
    ("name", "is_valid", "expected"),
    [
        ("DiscoverAppliancesResponse", True, []),
        ("InvalidAccessTokenError", True, ["token-refused"]),
        ("ExpiredAccessTokenError", True, ["token-refused"]),
        ("ExpiredAccessTokenError", False, []),
        ("DiscoverAppliancesResponse", False, ["token-accepted"]),
    ],
)
def test_the_use_of_a_token(server, name, is_valid, expected):
    reply = Reply({}, 200, {"header": {"name": name}, "payload": {}}, "")
    assert codes(server.client().use(reply, is_valid=is_valid)) == expected
    spoken = Reply({}, 200, {"response": {}}, "")
    assert codes(server.client().use(spoken, is_valid=is_valid)) == []


@pytest.fixture
def at_port(server):
    running = make_server("127.0.0.1", 0, server.app, threaded=True)
    thread = threading.Thread(target=running.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{running.port}"
    running.shutdown()
    thread.join()
    running.server_close()


def test_by_http(server, at_port):
    """All of it over a socket; that it is not https is found, and does not stop it."""
    server.page = redirect("/login")
    server.app.add_url_rule(
        "/login", "signed_in", lambda: redirect(f"{request.args['back']}&code=1"), methods=["POST"]
    )
    client = LinkingClient(
        registration(
            authorization_url=f"{at_port}/authorize",
            token_url=f"{at_port}/token?grant_type=authorization_code",
        )
    )
    asked = client.ask()
    assert codes(asked) == ["http", "http"]
    opened = client.open(asked)
    assert (opened.got.status, opened.url, codes(opened)) == (200, f"{at_port}/login", ["http"])
    pressed = client.press(opened, {"이름": "보라"}, f"{at_port}/login?back={REDIRECT}?state=a")
    assert pressed.got.location == f"{REDIRECT}?state=a&code=1"
    assert client.redeem("1").tokens.access_token == "토큰"


def test_nobody_listens():
    dead = "http://127.0.0.1:9"
    client = LinkingClient(
        registration(authorization_url=f"{dead}/authorize", token_url=f"{dead}/token", refresh_url=f"{dead}/")
    )
    asked = client.ask()
    assert codes(client.open(asked)) == ["no-answer"]
    for answered in (
        client.redeem("a"),
        client.try_wrong_code(),
        client.revoke("a", dead),
        client.refresh(Tokens(access_token="a", refresh_token="b")),
    ):
        assert codes(answered) == ["no-answer"]
        assert answered.error == "no answer"


def test_nothing_secret_is_shown(server):
    client = server.client()
    asked = client.ask()
    returned = client.read_return(asked, f"{REDIRECT}?state={asked.state}&code=%EC%BD%94%EB%93%9C")
    steps = [returned, client.redeem("코드"), client.try_wrong_code()]
    shown = " ".join(map(repr, [client.registration, *steps]))
    assert [secret for secret in ("비밀:1", "토큰", "코드", "Basic ") if secret in shown] == []
