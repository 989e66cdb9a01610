"""`flask clova data`."""

import json

import pytest
from flask import Flask

from clova_flask import Clova, UserData
from clova_flask.testing import CekClient


@pytest.fixture
def clova():
    return Clova()


@pytest.fixture
def app(clova):
    app = Flask("shop")
    app.testing = True
    app.config.update(CLOVA_PLATFORM="line", CLOVA_EXTENSION_ID="com.example.shop")
    clova.init_app(app)
    clova.user_loader({"token": {"id": 7}}.get)
    clova.user_data.key(lambda user: user["id"])

    @clova.launch
    def welcome(data: UserData):
        data["人数"] = 2
        return "いらっしゃいませ。"

    CekClient(app, user_id="さくら").launch()
    return app


def run(app, *arguments, code=0, **options):
    done = app.test_cli_runner().invoke(args=["clova", "data", *arguments], **options)
    assert done.exit_code == code, done.output
    return done.output


def test_show(app):
    shown = run(app, "show", "さくら")
    assert shown.startswith("custom: 12 bytes, changed 20")
    assert '"人数": 2' in shown


def test_export(app, tmp_path):
    exported = json.loads(run(app, "export", "さくら"))
    [record] = exported["records"]
    assert (exported["extension"], exported["user"]) == ("clova", "さくら")
    assert (record["kind"], record["data"]) == ("custom", {"人数": 2})
    file = tmp_path / "さくら.json"
    assert run(app, "export", "さくら", "-o", str(file)) == ""
    assert json.loads(file.read_text(encoding="utf-8"))["records"][0]["data"] == {"人数": 2}


def test_delete(app):
    said = run(app, "delete", "さくら", input="n\n", code=1)
    assert "Delete 1 record of さくら?" in said
    assert "Aborted" in said
    assert "人数" in run(app, "show", "さくら")
    assert "Deleted 1 record." in run(app, "delete", "さくら", input="y\n")
    assert "Nothing is kept there." in run(app, "show", "さくら", code=1)
    assert "Nothing is kept there." in run(app, "delete", "さくら", "--yes")


def test_each_kind(app, clova):
    with app.app_context():
        clova.user_data.update(7, lambda data: data.update(home=True), kind="home")
        clova.user_data.update("7", lambda data: data.update(home=False))
    assert run(app, "show", "7").count("bytes") == 2
    assert '"home": true' in run(app, "show", "7", "--kind", "home")
    assert "Deleted 2 records." in run(app, "delete", "7", "--yes")


def test_a_record_by_its_key(app, clova):
    keeper = app.extensions["clova"]["clova"].keeper
    key = keeper.scope.key("custom", "さくら")
    assert "record: 12 bytes" in run(app, "show", "--key", key)
    assert "Deleted 1 record." in run(app, "delete", "--key", key, "--yes")


@pytest.mark.parametrize(
    "arguments", [(), ("a", "--key", "b"), ("--key", "b", "--account"), ("a", "--account", "--kind", "home")]
)
def test_what_is_unclear(app, arguments):
    assert "Error" in run(app, "show", *arguments, code=2)


def test_an_empty_id(app):
    assert "no id of a user" in run(app, "show", "", code=1)


def test_an_extension_that_keeps_nothing():
    app = Flask("shop")
    Clova(app, platform="naver", extension_id="a")
    assert "CLOVA_USER_DATA_URL is not set" in run(app, "show", "a", code=1)


@pytest.mark.parametrize("command", ["show", "export"])
@pytest.mark.parametrize("text", ["not JSON", "[7]", '{"a":"\\ud800"}'])
def test_a_record_that_something_else_has_written(app, command, text):
    keeper = app.extensions["clova"]["clova"].keeper
    keeper.store.write(keeper.scope.key("custom", "보라"), text, replacing=None)
    told = run(app, command, "보라", code=1)
    assert "is not a JSON object" in told
    assert "flask clova data delete" in told
    assert "Deleted 1 record." in run(app, "delete", "보라", "--yes")
