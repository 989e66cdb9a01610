"""The store: where it is, who makes it, and calls at the same time."""

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

for package in ("authlib", "sqlalchemy"):
    pytest.importorskip(package)

from sqlalchemy import create_engine, event, inspect

from clova_flask import Clova, ConfigurationError
from clova_flask.linking import AccountLinking
from clova_flask.linking.digests import digest
from tests.linking.shop import Shop
from tests.storage import before_revisions

AT_ONCE = 4


@pytest.fixture
def any_shop(make_shop, database_url):
    """A shop on each kind of database."""
    return make_shop(CLOVA_LINKING_DATABASE_URL=database_url)


@pytest.fixture
def slow(any_shop):
    """Slow the store down, so that what is done at the same time meets."""
    slow_down(any_shop)
    return any_shop


def slow_down(shop):
    """Wait between reading and writing, longer than any of the calls takes."""

    def wait(_connection, _cursor, statement, *_):
        time.sleep(0.02 if statement.startswith("SELECT") else 0.1)

    event.listen(shop.provider.store.database.engine, "before_cursor_execute", wait)


def at_once(function, *arguments):
    """Call a function several times at the same time."""
    barrier = threading.Barrier(AT_ONCE)

    def call(_number):
        barrier.wait()
        return function(*arguments)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(call, range(AT_ONCE)))


def test_one_code_several_times_at_once(slow):
    shop = slow
    for _ in range(3):
        code = shop.code()
        answers = at_once(shop.redeem, code)
        assert sorted(answer.status_code for answer in answers) == [200, 400, 400, 400]
        assert {answer.json["error"] for answer in answers if answer.status_code == 400} == {"invalid_grant"}
        # Somebody else has the code, so nobody's tokens are valid.
        (tokens,) = [answer.json for answer in answers if answer.status_code == 200]
        assert not shop.is_valid(tokens["access_token"])
        assert shop.refresh(tokens["refresh_token"]).status_code == 400


def test_one_refresh_token_several_times_at_once(slow):
    tokens = slow.link()
    answers = at_once(slow.refresh, tokens["refresh_token"])
    assert [answer.status_code for answer in answers] == [200] * AT_ONCE
    assert {answer.json["refresh_token"] for answer in answers} == {tokens["refresh_token"]}
    assert all(slow.is_valid(answer.json["access_token"]) for answer in answers)


def test_rotation_several_times_at_once(make_shop, database_url):
    shop = make_shop(CLOVA_LINKING_ROTATE=True, CLOVA_LINKING_DATABASE_URL=database_url)
    tokens = shop.link()
    slow_down(shop)
    answers = at_once(shop.refresh, tokens["refresh_token"])
    assert [answer.status_code for answer in answers] == [200] * AT_ONCE
    assert len({answer.json["refresh_token"] for answer in answers}) == AT_ONCE


def test_unlinking_while_tokens_are_refreshed(slow):
    tokens = slow.link()

    def unlink():
        with slow.app.app_context():
            return slow.linking.unlink("bora")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        renewed = [pool.submit(slow.refresh, tokens["refresh_token"]) for _ in range(AT_ONCE)]
        assert pool.submit(unlink).result() == 1
        answers = [one.result() for one in renewed]
    assert all(answer.status_code in (200, 400) for answer in answers)
    # Whatever was issued meanwhile is of a link that is over.
    issued = [answer.json["access_token"] for answer in answers if answer.status_code == 200]
    assert not any(map(slow.is_valid, [tokens["access_token"], *issued]))


def test_the_whole_life_on_each_database(any_shop):
    tokens = any_shop.link("さくら")
    assert any_shop.is_valid(tokens["access_token"])
    assert any_shop.refresh(tokens["refresh_token"]).status_code == 200
    for odd in ("\x00", "한글\x00", "x" * 60_000):
        assert any_shop.open(client_id=odd[:5000]).status_code == 400
        assert any_shop.redeem(odd).status_code == 400
        assert any_shop.refresh(odd).status_code == 400
        assert any_shop.call("revoke", token=odd).status_code == 200
        assert any_shop.discovery(odd[:100]) == "InvalidAccessTokenError"
    client_id = f"https://clova.example.com/{'가' * 2000}"
    assert any_shop.provider.make_client(client_id)[0] == client_id
    assert any_shop.provider.store.sweep() == 0
    with any_shop.app.app_context():
        assert len(any_shop.linking.links("さくら")) == 1
        assert any_shop.linking.unlink("さくら") == 1
    assert not any_shop.is_valid(tokens["access_token"])


def test_links_from_before_there_were_revisions(database_url, make_shop):
    engine = create_engine(database_url)
    before_revisions.make(engine, digest)
    shop = make_shop(CLOVA_LINKING_DATABASE_URL=database_url, client=False)
    shop.client_id, shop.secret = "clova-of-pizza", "비밀"
    assert shop.discovery("접근") == "ExpiredAccessTokenError"
    renewed = shop.refresh("갱신").json
    assert shop.speech(renewed["access_token"]) == "보라님, 안녕하세요."
    with shop.app.app_context():
        assert [link.scopes for link in shop.linking.links("bora")] == [("orders",)]
    engine.dispose()


@pytest.mark.parametrize(
    ("url", "file"),
    [(None, "clova_linking.db"), ("sqlite:///자료/연결.db", "자료/연결.db")],
    ids=["default", "relative"],
)
def test_sqlite_is_in_the_instance_folder(tmp_path, make_shop, url, file, monkeypatch):
    monkeypatch.chdir("/")
    make_shop(CLOVA_LINKING_DATABASE_URL=url)
    assert (tmp_path / "instance-0" / file).is_file()


def test_sqlite_at_an_absolute_path(tmp_path, make_shop):
    make_shop(CLOVA_LINKING_DATABASE_URL=f"sqlite:///{tmp_path}/elsewhere.db")
    assert (tmp_path / "elsewhere.db").is_file()


def test_sqlite_in_memory(make_shop):
    shop = make_shop(CLOVA_LINKING_DATABASE_URL="sqlite://")
    assert shop.is_valid(shop.link()["access_token"])


def test_an_argument_wins_over_the_setting(tmp_path):
    clova = Clova()
    linking = AccountLinking(clova, database_url=f"sqlite:///{tmp_path}/mine.db")
    shop = Shop(tmp_path, clova=clova, linking=linking, CLOVA_LINKING_DATABASE_URL="sqlite:///theirs.db")
    assert [path.name for path in tmp_path.glob("*.db")] == ["mine.db"]
    shop.provider.store.database.engine.dispose()


@pytest.mark.parametrize("as_function", [True, False])
def test_the_apps_own_engine(tmp_path, as_function):
    engine = create_engine(f"sqlite:///{tmp_path}/shop.db")
    clova = Clova()
    linking = AccountLinking(clova, engine=(lambda: engine) if as_function else engine)
    shop = Shop(tmp_path / "instance", clova=clova, linking=linking).declare()
    assert shop.provider.store.database.engine is engine
    assert shop.is_valid(shop.link()["access_token"])
    assert not (tmp_path / "instance").exists()
    engine.dispose()


def test_the_engine_of_flask_sqlalchemy(tmp_path):
    flask_sqlalchemy = pytest.importorskip("flask_sqlalchemy")
    db, clova = flask_sqlalchemy.SQLAlchemy(), Clova()
    linking = AccountLinking(clova, engine=lambda: db.engine)
    url = f"sqlite:///{tmp_path}/shop.db"
    shop = Shop(tmp_path, clova=clova, linking=linking, client=False, SQLALCHEMY_DATABASE_URI=url).declare()
    db.init_app(shop.app)
    with shop.app.app_context():
        shop.client_id, shop.secret = shop.provider.make_client("clova")
        assert shop.provider.store.database.engine is db.engine
    assert shop.is_valid(shop.link()["access_token"])
    with shop.app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize(
    "url", ["postgresql", "mysql+nothing://root:비밀번호@host/db", "sqlite:/x", "nothing://a"]
)
def test_a_url_that_cannot_be(make_shop, url):
    with pytest.raises(ConfigurationError, match="CLOVA_LINKING_DATABASE_URL must be") as raised:
        make_shop(CLOVA_LINKING_DATABASE_URL=url)
    assert "비밀번호" not in str(raised.value)


def test_tables_are_made_by_a_command_and_not_by_a_worker(tmp_path):
    shop = Shop(tmp_path, client=False)
    shop.app.testing = False
    engine = shop.provider.store.database.engine
    assert inspect(engine).get_table_names() == []
    shop.provider.make_client("clova")
    tables = {"clova_alembic_version", "clova_clients", "clova_links", "clova_tokens", "clova_user_data"}
    assert set(inspect(engine).get_table_names()) == tables
    engine.dispose()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_worker_makes_an_engine_of_its_own(shop, monkeypatch):
    engines = shop.provider.store.database
    parents = engines.engine
    assert engines.engine is parents
    process = os.getpid()
    monkeypatch.setattr(os, "getpid", lambda: process + 1)
    childs = engines.engine
    assert childs is not parents
    assert engines.engine is childs
    assert shop.is_valid(shop.link()["access_token"])
    parents.dispose()
