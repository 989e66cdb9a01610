"""`flask clova db`."""

import pytest

for package in ("alembic", "authlib", "sqlalchemy"):
    pytest.importorskip(package)

from flask import Flask
from sqlalchemy import create_engine, text

from clova_flask import Clova
from clova_flask.linking import AccountLinking


@pytest.fixture
def make_app(tmp_path):
    apps = []

    def make_app(*names, **config):
        app = Flask("shop", instance_path=str(tmp_path / "instance"))
        app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="a", SECRET_KEY="비밀", **config)
        for name in names or ("clova",):
            clova = Clova(name, url_prefix=f"/{name}")
            clova.init_app(app)
            AccountLinking(clova).init_app(app)
        apps.append(app)
        return app

    yield make_app
    for app in apps:
        for databases in app.extensions["clova_storage"].values():
            for database in databases:
                if database._engine is not None:
                    database._engine.dispose()


def run(app, *arguments, fails=False):
    done = app.test_cli_runner().invoke(args=["clova", "db", *arguments])
    assert done.exit_code == fails, done.output
    return done.output


def test_from_nothing_to_the_newest(make_app, tmp_path):
    app = make_app()
    assert run(app, "current").splitlines() == [
        f"clova: account linking (sqlite:///{tmp_path}/instance/clova_linking.db)",
        "  no revision",
        "  missing: 0001  Account linking",
        "  missing: 0002  A client's secret can be replaced while the one before still works",
        "  missing: 0003  User data",
        "Upgrade with: flask clova db upgrade",
    ]
    assert "missing: 0002" in run(app, "current", "--check", fails=True)
    assert "  0001  Account linking" in run(app, "upgrade").splitlines()
    assert run(app, "upgrade").splitlines()[1:] == ["  It is up to date."]
    assert run(app, "current", "--check").splitlines()[1:] == ["  0003 (newest)"]


def test_each_extension_has_its_own(make_app, tmp_path):
    app = make_app("pizza", "집", CLOVA_LINKING_DATABASE_URL="sqlite:///shared.db")
    printed = run(app, "upgrade")
    assert printed.count("shared.db") == 2
    assert printed.count("It is up to date.") == 1
    assert run(app, "upgrade", "--name", "집").startswith("집: account linking (")
    assert "Did you mean" in run(app, "upgrade", "--name", "piza", fails=True)


def test_a_database_that_is_away_or_newer(make_app, tmp_path):
    away = make_app(CLOVA_LINKING_DATABASE_URL="sqlite:////dev/null/a.db")
    for command in ("upgrade", "current"):
        assert "The database for account linking cannot be used" in run(away, command, fails=True)
    app = make_app()
    run(app, "upgrade")
    engine = create_engine(f"sqlite:///{tmp_path}/instance/clova_linking.db")
    with engine.begin() as connection:
        connection.execute(text("UPDATE clova_alembic_version SET version_num = '9999'"))
    engine.dispose()
    for command in ("upgrade", "current"):
        assert "A newer version has upgraded the database" in run(app, command, fails=True)


def test_an_app_without_a_database():
    app = Flask("shop")
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="a")
    Clova(app)
    assert "This app keeps nothing in a database." in run(app, "upgrade", fails=True)


def test_where_user_data_is_in_redis_there_is_nothing_to_upgrade():
    """A step of each deployment does not fail because the data has moved."""
    pytest.importorskip("redis")
    app = Flask("shop")
    Clova(app, platform="naver", extension_id="a", user_data_url="redis://127.0.0.1:1")
    for command in (("upgrade",), ("current", "--check"), ("upgrade", "--name", "clova")):
        assert run(app, *command) == "User data is in Redis, which has no tables.\n"
