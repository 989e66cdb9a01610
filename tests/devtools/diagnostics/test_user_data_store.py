"""What ``flask clova check`` tells of where user data is kept."""

import pytest
from flask import Flask

from clova_flask import Clova, tell

pytest.importorskip("sqlalchemy")


@pytest.fixture
def made(tmp_path, monkeypatch):
    def make(*, debug=False, **arguments):
        monkeypatch.setenv("FLASK_DEBUG", str(int(debug)))
        app = Flask(__name__, instance_path=str(tmp_path / "instance"))
        clova = Clova(app, platform="line", extension_id="com.example.parkrun", **arguments)
        clova.launch(lambda: tell("おはようございます"))
        clova.fallback(lambda: tell("はい"))
        return app

    return make


def run(app, *arguments):
    return app.test_cli_runner().invoke(args=["clova", *arguments])


def test_tables_that_were_not_made_are_an_error_until_they_are(made):
    app = made(user_data_url="sqlite:///データ.db")
    result = run(app, "check")
    assert "[settings.user-data-away]" in result.output
    assert "データ.db is missing. Make it: flask clova db upgrade." in result.output
    assert result.exit_code == 1
    assert run(app, "db", "upgrade").exit_code == 0
    result = run(made(user_data_url="sqlite:///データ.db"), "check")
    assert "user-data" not in result.output
    assert result.exit_code == 0


def test_in_debug_the_check_makes_no_file_and_asks_for_none(made, tmp_path):
    output = run(made(user_data_url="sqlite:///new.db", debug=True), "check").output
    assert "user-data" not in output, output
    assert not (tmp_path / "instance" / "new.db").exists()


def test_a_file_that_is_no_database_is_told_in_debug_too(made, tmp_path):
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / "odd.db").write_bytes("データベースではない".encode() * 200)
    for debug in (True, False):
        assert (
            "[settings.user-data-away]"
            in run(made(user_data_url="sqlite:///odd.db", debug=debug), "check").output
        )


def test_what_the_apps_own_function_raises_is_told(made):
    def engine():
        raise RuntimeError("接続できません")

    output = run(made(user_data_engine=engine), "check").output
    assert "RuntimeError: 接続できません" in output


def test_a_redis_that_is_away_is_an_error_without_its_password(made):
    pytest.importorskip("redis")
    app = made(user_data_url="redis://:himitsu@127.0.0.1:1/0")
    for result in (run(app, "check"), run(app, "review")):
        assert "[settings.user-data-away]" in result.output
        assert "CLOVA_USER_DATA_URL" in result.output
        assert "himitsu" not in result.output
        assert result.exit_code == 1


def test_without_user_data_nothing_is_said(made):
    assert "user-data" not in run(made(), "check").output
