"""The database is away, or its tables are missing or old: what each side is told, and what the log says."""

import pytest

for package in ("alembic", "authlib", "sqlalchemy"):
    pytest.importorskip(package)


from clova_flask.storage import StorageUnavailable
from clova_flask.testing import CekClient
from tests.linking.shop import Shop
from tests.storage import before_revisions

COMMAND = "flask clova db upgrade"


AWAY = {
    "port": "postgresql+psycopg2://clova:비밀번호@127.0.0.1:9/shop",
    "folder": "sqlite:////dev/null/clova.db",
}


@pytest.fixture
def serve(tmp_path):
    """Make a shop as it is in production, whose client is known by name alone."""
    shops = []

    def serve(url):
        shop = Shop(tmp_path, client=False, CLOVA_LINKING_DATABASE_URL=url, CLOVA_LINKING_INTROSPECTION=True)
        shop.app.testing = False
        shop.client_id, shop.secret = "clova-of-pizza", "비밀 값"
        shops.append(shop)
        return shop.declare()

    yield serve
    for shop in shops:
        database = shop.provider.store.database
        if database._engine is not None:
            database._engine.dispose()


def check_what_is_told(shop, caplog, logged):
    page = shop.open()
    assert page.status_code == 503
    assert "계정을 연결할 수 없습니다" in page.text
    assert page.headers["X-Frame-Options"] == "DENY"
    for answer in (
        shop.redeem("코드"),
        shop.refresh("갱신"),
        shop.call("revoke", token="접근"),
        shop.call("introspect", token="접근"),
    ):
        assert (answer.status_code, answer.json["error"]) == (503, "temporarily_unavailable")
        assert answer.headers["Retry-After"] == "30"
        assert answer.headers["Cache-Control"] == "no-store"
    # Not InvalidAccessTokenError: the platform would ask the user to link again.
    assert shop.discovery("접근") == "DriverInternalError"
    speech = CekClient(shop.app, access_token="접근").launch().speech
    assert speech
    assert "연결" not in speech
    assert caplog.text.count(logged) >= 7
    told = [page.text, speech]
    assert not [word for word in ("Traceback", "sqlalchemy", "비밀번호", COMMAND) if word in "".join(told)]
    assert not [word for word in ("비밀번호", "비밀 값", "접근", "갱신") if word in caplog.text]


def test_tables_that_are_missing(serve, database_url, caplog):
    shop = serve(database_url)
    check_what_is_told(shop, caplog, COMMAND)
    done = shop.app.test_cli_runner().invoke(args=["clova", "db", "upgrade"])
    assert done.exit_code == 0, done.output
    shop.client_id, shop.secret = shop.provider.make_client("clova")
    assert shop.is_valid(shop.link()["access_token"])


def test_tables_of_an_older_version(serve, database_url, caplog):
    shop = serve(database_url)
    shop.client_id, shop.secret = shop.provider.make_client("clova")
    tokens = shop.link()
    with shop.provider.store.database.begin() as connection:
        before_revisions.go_back(connection)
    for answer in (shop.open(), shop.refresh(tokens["refresh_token"])):
        assert answer.status_code == 503
    assert caplog.text.count(COMMAND) == 2
    assert shop.app.test_cli_runner().invoke(args=["clova", "db", "upgrade"]).exit_code == 0
    assert shop.refresh(tokens["refresh_token"]).status_code == 200


@pytest.mark.parametrize("url", AWAY.values(), ids=AWAY)
def test_a_database_that_is_away(serve, caplog, url):
    if url.startswith("postgresql"):
        pytest.importorskip("psycopg2")
    check_what_is_told(serve(url), caplog, "The database for account linking cannot be used")


def test_a_database_that_goes_away_and_comes_back(serve, tmp_path):
    path = tmp_path / "shop.db"
    shop = serve(f"sqlite:///{path}")
    shop.client_id, shop.secret = shop.provider.make_client("clova")
    tokens = shop.link()
    shop.provider.store.database.engine.dispose()
    path.rename(tmp_path / "kept.db")
    # What is remembered goes on.
    renewed = shop.refresh(tokens["refresh_token"])
    assert renewed.status_code == 503
    (tmp_path / "kept.db").replace(path)
    shop.provider.store.database.engine.dispose()
    assert shop.is_valid(tokens["access_token"])
    assert shop.refresh(tokens["refresh_token"]).status_code == 200


def test_an_app_may_answer_it_itself(serve):
    shop = serve("sqlite:///empty.db")
    shop.clova.errorhandler(StorageUnavailable)(lambda error: "지금은 계정을 확인할 수 없어요.")
    assert CekClient(shop.app, access_token="접근").launch().speech == "지금은 계정을 확인할 수 없어요."


def test_the_apps_own_page_gets_the_error(serve):
    shop = serve("sqlite:///empty.db")
    with shop.app.app_context(), pytest.raises(StorageUnavailable, match=COMMAND):
        shop.linking.links("bora")


def test_a_client_that_is_deleted_during_its_call(make_shop, monkeypatch):
    """Its link has no client any more; the next call finds that there is none."""
    from sqlalchemy.exc import IntegrityError

    shop = make_shop()

    def gone(*_, **__):
        raise IntegrityError("INSERT", {}, Exception("FOREIGN KEY"))

    code = shop.code()
    monkeypatch.setattr(shop.provider.store, "redeem", gone)
    assert shop.redeem(code).status_code == 503
