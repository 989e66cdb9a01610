"""The life of tokens: expiry, refreshing, revocation, what is remembered, what is swept."""

import subprocess
import sys
import time

import pytest

for package in ("authlib", "sqlalchemy"):
    pytest.importorskip(package)

from sqlalchemy import event

from clova_flask.testing import CekClient
from tests.linking.shop import ACCOUNTS

DAY = 86_400


@pytest.fixture
def clock(monkeypatch):
    """Stop the store's time, and move it on: `clock(3600)`."""
    from clova_flask.linking import times

    time = [times.now()]
    monkeypatch.setattr(times, "now", lambda: time[0])

    def move(seconds):
        time[0] += seconds

    return move


@pytest.fixture
def queries(shop):
    """Record what is asked of the database."""
    asked = []
    engine = shop.provider.store.database.engine
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, statement, *_: asked.append(statement))
    return asked


def test_an_expired_token_is_told_from_an_unknown_one(shop, clock):
    tokens = shop.link()
    clock(3599)
    assert shop.is_valid(tokens["access_token"])
    clock(1)
    assert shop.discovery(tokens["access_token"]) == "ExpiredAccessTokenError"
    assert shop.discovery("unknown") == "InvalidAccessTokenError"
    assert shop.discovery("모르는 토큰\x00") == "InvalidAccessTokenError"
    assert "연결" in shop.speech(tokens["access_token"])


def test_a_refresh_token_stays_the_same(shop, clock):
    tokens = shop.link()
    for _ in range(3):
        clock(3600)
        renewed = shop.refresh(tokens["refresh_token"]).json
        assert renewed["refresh_token"] == tokens["refresh_token"]
        assert shop.is_valid(renewed["access_token"])
    assert shop.discovery(tokens["access_token"]) == "ExpiredAccessTokenError"


@pytest.mark.parametrize("token", ["unknown", "", "한글", "\x00"])
def test_an_unknown_refresh_token(shop, token):
    assert shop.refresh(token).status_code == 400


def test_an_access_token_refreshes_nothing(shop):
    tokens = shop.link()
    assert shop.refresh(tokens["access_token"]).json["error"] == "invalid_grant"
    assert shop.discovery(tokens["refresh_token"]) == "InvalidAccessTokenError"


def test_a_refresh_asks_for_no_more_than_was_granted(shop):
    tokens = shop.link(scope="orders lights")
    assert shop.refresh(tokens["refresh_token"], scope="lights").json["scope"] == "lights"
    assert shop.refresh(tokens["refresh_token"], scope="lights admin").json["error"] == "invalid_scope"


def test_rotation_with_its_grace(make_shop, clock):
    shop = make_shop(CLOVA_LINKING_ROTATE=True)
    tokens = shop.link()
    second = shop.refresh(tokens["refresh_token"]).json
    assert second["refresh_token"] != tokens["refresh_token"]
    clock(60)
    # The answer was lost on its way, and the platform asks again.
    third = shop.refresh(tokens["refresh_token"]).json
    assert shop.is_valid(third["access_token"])
    assert shop.is_valid(second["access_token"])
    clock(1)
    assert shop.refresh(tokens["refresh_token"]).json["error"] == "invalid_grant"
    assert not shop.is_valid(third["access_token"])
    assert shop.refresh(third["refresh_token"]).json["error"] == "invalid_grant"


def test_another_client_cannot_end_a_link_by_an_old_refresh_token(make_shop, clock):
    shop = make_shop(CLOVA_LINKING_ROTATE=True)
    other = shop.provider.make_client("another")
    tokens = shop.link()
    renewed = shop.refresh(tokens["refresh_token"]).json
    clock(100)
    assert shop.refresh(tokens["refresh_token"], auth=other).status_code == 400
    assert shop.refresh(renewed["refresh_token"]).status_code == 200


@pytest.mark.parametrize("hint", ["access_token", "refresh_token", None])
@pytest.mark.parametrize("kind", ["access_token", "refresh_token"])
def test_revocation_by_the_platform(shop, kind, hint):
    tokens, others = shop.link(), shop.link("さくら")
    assert shop.is_valid(tokens["access_token"])
    answer = shop.call("revoke", token=tokens[kind], token_type_hint=hint)
    assert (answer.status_code, answer.json) == (200, {})
    assert shop.discovery(tokens["access_token"]) == "InvalidAccessTokenError"
    assert shop.refresh(tokens["refresh_token"]).status_code == 400
    assert shop.call("revoke", token=tokens[kind]).status_code == 200
    assert shop.is_valid(others["access_token"])


def test_revocation_of_what_is_no_token(shop):
    assert shop.call("revoke", token="unknown").status_code == 200
    assert shop.call("revoke").status_code == 400
    assert 400 <= shop.call("revoke", token="a", token_type_hint="비밀").status_code < 500


def test_links_of_a_user_and_unlinking(shop):
    phone, tablet, other = shop.link(), shop.link(scope=None), shop.link("さくら")
    shop.code()  # was consented to, and is not redeemed yet
    with shop.app.app_context():
        listed = shop.linking.links("bora")
        assert [(link.client, link.scopes) for link in listed] == [
            ("NAVER Clova", ("orders",)),
            ("NAVER Clova", ()),
        ]
        assert listed[0].id < listed[1].id
        assert listed[0].created.tzinfo is not None
        assert shop.linking.unlink("bora") == 3
        assert shop.linking.unlink("bora") == 0
        assert shop.linking.links("bora") == []
    assert [shop.is_valid(tokens["access_token"]) for tokens in (phone, tablet, other)] == [
        False,
        False,
        True,
    ]


def test_a_code_is_worth_nothing_after_unlinking(shop):
    code = shop.code()
    with shop.app.app_context():
        shop.linking.unlink("bora")
    assert shop.redeem(code).json["error"] == "invalid_grant"


def test_an_account_that_is_gone(shop, monkeypatch):
    tokens = shop.link()
    monkeypatch.delitem(ACCOUNTS, "bora")
    assert shop.discovery(tokens["access_token"]) == "InvalidAccessTokenError"
    assert "연결" in shop.speech(tokens["access_token"])


def test_a_check_is_one_query_and_is_remembered(shop, queries):
    tokens = shop.link()
    queries.clear()
    for _ in range(3):
        assert shop.is_valid(tokens["access_token"])
    assert len(queries) == 1
    queries.clear()
    for _ in range(3):
        shop.discovery("unknown")
    assert len(queries) == 3


def test_a_check_is_by_primary_keys(shop):
    from sqlalchemy import text

    with shop.provider.store.database.engine.connect() as connection:
        plan = connection.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT * FROM clova_tokens t JOIN clova_links l ON l.id = t.link_id "
                "WHERE t.hash = 'a' AND l.extension = 'clova' AND l.revoked_at IS NULL"
            )
        ).all()
    assert all(row.detail.startswith("SEARCH") for row in plan)


def test_a_revocation_counts_at_once_here_and_in_seconds_elsewhere(make_shop, monkeypatch):
    shop = make_shop(CLOVA_LINKING_CACHE=5)
    url = f"sqlite:///{shop.provider.store.database.engine.url.database}"
    worker = make_shop(CLOVA_LINKING_CACHE=5, CLOVA_LINKING_DATABASE_URL=url, client=False)
    tokens = shop.link()
    assert shop.is_valid(tokens["access_token"])
    assert worker.is_valid(tokens["access_token"])
    with shop.app.app_context():
        shop.linking.unlink("bora")
    assert not shop.is_valid(tokens["access_token"])
    assert worker.is_valid(tokens["access_token"])
    from clova_flask.linking import checks

    real = checks.time.monotonic()
    monkeypatch.setattr(checks.time, "monotonic", lambda: real + 5.1)
    assert not worker.is_valid(tokens["access_token"])


REVOKING = """
import sys
from tests.linking.shop import Shop
shop = Shop(sys.argv[1], client=False, CLOVA_LINKING_DATABASE_URL=sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
with shop.app.app_context():
    print(shop.linking.unlink("bora"), flush=True)
"""


def test_a_revocation_in_another_process_counts_within_the_seconds(make_shop, database_url, tmp_path):
    seconds = 1.0
    shop = make_shop(CLOVA_LINKING_CACHE=seconds, CLOVA_LINKING_DATABASE_URL=database_url)
    tokens, other = shop.link(), shop.link("さくら")
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    command = [sys.executable, "-X", "utf8", "-c", REVOKING, tmp_path / "another", database_url]
    with subprocess.Popen(command, **pipes) as another:
        assert another.stdout.readline() == "ready\n"
        assert shop.is_valid(tokens["access_token"])
        remembered = time.monotonic()
        another.stdin.write("go\n")
        another.stdin.flush()
        assert another.stdout.readline() == "1\n"
    if time.monotonic() - remembered < seconds / 2:  # a busy machine may have taken longer
        assert shop.is_valid(tokens["access_token"])
    time.sleep(max(0, remembered + seconds - time.monotonic()))
    assert not shop.is_valid(tokens["access_token"])
    assert shop.is_valid(other["access_token"])


def test_a_refresh_while_its_client_is_deleted(make_shop, database_url):
    """SQLite gives the number of a deleted link to the next one, whose user the token must not stand for."""
    shop = make_shop(CLOVA_LINKING_DATABASE_URL=database_url)
    tokens, store, clients = shop.link(), shop.provider.store, shop.provider.clients
    client = clients.find(shop.client_id)
    read = store.refresh_token(tokens["refresh_token"], client)
    assert clients.delete(client) == 1
    assert store.refreshed(read, access="late", refresh=None, expires_in=60) is False
    shop.client_id, shop.secret = shop.provider.make_client("another")
    shop.link("さくら")
    assert shop.discovery("late") == "InvalidAccessTokenError"


@pytest.mark.parametrize("seconds", [0, "0"])
def test_without_a_memory_each_check_asks(make_shop, seconds):
    shop = make_shop(CLOVA_LINKING_CACHE=seconds)
    worker = make_shop(
        CLOVA_LINKING_CACHE=seconds,
        CLOVA_LINKING_DATABASE_URL=f"sqlite:///{shop.provider.store.database.engine.url.database}",
        client=False,
    )
    tokens = shop.link()
    assert worker.is_valid(tokens["access_token"])
    with shop.app.app_context():
        shop.linking.unlink("bora")
    assert not worker.is_valid(tokens["access_token"])


def test_the_memory_is_bounded(shop, monkeypatch):
    monkeypatch.setattr("clova_flask.linking.checks.MAX_REMEMBERED", 3)
    tokens = [shop.link()["access_token"] for _ in range(5)]
    assert all(map(shop.is_valid, tokens))
    assert len(shop.provider.checks._remembered) == 2


def test_sweeping(make_shop, clock):
    shop = make_shop(CLOVA_LINKING_ROTATE=True)
    kept, revoked = shop.link(), shop.link("さくら")
    shop.code()
    with shop.app.app_context():
        shop.linking.unlink("さくら")
    assert shop.provider.store.sweep() == 0
    clock(DAY)
    kept = shop.refresh(kept["refresh_token"]).json
    clock(31 * DAY)
    # Two links, the two tokens of one, and what was renewed: its access token and refresh token.
    assert shop.provider.store.sweep() == 6
    assert shop.provider.store.sweep() == 0
    assert shop.discovery(kept["access_token"]) == "ExpiredAccessTokenError"
    assert shop.discovery(revoked["access_token"]) == "InvalidAccessTokenError"
    assert shop.refresh(kept["refresh_token"]).status_code == 200


def test_an_expired_token_lasts_as_long_as_its_link(shop, clock):
    tokens = shop.link()
    clock(400 * DAY)
    shop.provider.store.sweep()
    assert shop.discovery(tokens["access_token"]) == "ExpiredAccessTokenError"
    assert shop.is_valid(shop.refresh(tokens["refresh_token"]).json["access_token"])


def test_seconds_of_a_token_are_a_setting(make_shop, clock):
    shop = make_shop(CLOVA_LINKING_EXPIRES_IN="60")
    tokens = shop.link()
    assert tokens["expires_in"] == 60
    clock(60)
    assert shop.discovery(tokens["access_token"]) == "ExpiredAccessTokenError"


def test_functions_of_the_app_may_be_async(make_shop):
    pytest.importorskip("asgiref")
    shop = make_shop(declare=False)

    @shop.linking.current_user_id
    async def current():
        return "bora"

    @shop.linking.load_user
    async def load(user_id):
        return ACCOUNTS[user_id]

    shop.clova.launch(lambda user: user["name"])
    assert shop.speech(shop.link()["access_token"]) == "보라"


def test_a_message_without_a_token(shop):
    assert "연결" in CekClient(shop.app).launch().speech
