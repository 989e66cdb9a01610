"""Settings are read once, from one prefix, and say what is wrong with them."""

import logging

import pytest
from flask import Flask

from clova_flask import Clova, ConfigurationError, tell
from clova_flask.platforms import PLATFORMS
from clova_flask.security.devkey import generate_key, public_pem


def init(app_config=None, **arguments):
    app = Flask(__name__)
    app.config.update(app_config or {})
    clova = Clova(**arguments)
    clova.launch(lambda: tell("안녕"))
    clova.init_app(app)
    return app.extensions["clova"]["clova"].settings


def test_the_defaults():
    settings = init({"CLOVA_PLATFORM": "line"})
    assert settings.url_prefix == "/clova"
    assert settings.extension_ids == ()
    assert settings.platform is PLATFORMS["line"]
    assert settings.verify_signature is True
    assert settings.public_key == (PLATFORMS["line"].public_key,)
    assert settings.public_key_url == PLATFORMS["line"].public_key_url
    assert settings.timestamp_tolerance is None
    assert settings.default_lang == "ko"
    assert settings.validate_responses is True


def test_a_key_of_ones_own_replaces_the_platforms_and_its_url():
    pem = public_pem(generate_key())
    settings = init({"CLOVA_PLATFORM": "line", "CLOVA_PUBLIC_KEY": pem})
    assert settings.public_key == (pem,)
    assert settings.public_key_url is None


@pytest.mark.parametrize(
    ("setting", "text", "value"),
    [
        ("CLOVA_VERIFY_SIGNATURE", "False", False),
        ("CLOVA_VERIFY_SIGNATURE", "on", True),
        ("CLOVA_PUBLIC_KEY_TTL", "3600", 3600.0),
        ("CLOVA_TIMESTAMP_TOLERANCE", "2.5", 2.5),
        ("CLOVA_MAX_CONTENT_LENGTH", "1000", 1000),
        ("CLOVA_VALIDATE_RESPONSES", "no", False),
        ("CLOVA_DEFAULT_LANG", "ja", "ja"),
        ("CLOVA_URL_PREFIX", "/voice/", "/voice"),
        ("CLOVA_URL_PREFIX", "/", ""),
        ("CLOVA_EXTENSION_ID", ["a", "b"], ("a", "b")),
    ],
)
def test_settings_come_as_environment_variables_write_them(setting, text, value):
    settings = init({"CLOVA_PLATFORM": "naver", setting: text})
    name = setting.removeprefix("CLOVA_").lower().replace("extension_id", "extension_ids")
    assert getattr(settings, name) == value


def test_prefixed_environment_variables_work(monkeypatch):
    monkeypatch.setenv("FLASK_CLOVA_PLATFORM", "naver")
    monkeypatch.setenv("FLASK_CLOVA_EXTENSION_ID", '["a", "b"]')
    monkeypatch.setenv("FLASK_CLOVA_VALIDATE_RESPONSES", "false")
    app = Flask(__name__)
    app.config.from_prefixed_env()
    settings = init(app.config)
    assert settings.extension_ids == ("a", "b")
    assert settings.validate_responses is False


def test_arguments_win():
    settings = init({"CLOVA_PLATFORM": "naver", "CLOVA_URL_PREFIX": "/a"}, platform="line", url_prefix="/b")
    assert (settings.platform.name, settings.url_prefix) == ("line", "/b")


@pytest.mark.parametrize(
    ("setting", "value", "message"),
    [
        ("CLOVA_PLATFORM", "lin", "Did you mean 'line'?"),
        ("CLOVA_PLATFORM", "google", "naver, line"),
        ("CLOVA_PLATFORM", 5, "naver, line"),
        ("CLOVA_VERIFY_SIGNATURE", "maybe", "true or false"),
        ("CLOVA_PUBLIC_KEY_URL", "http://example.com/key.pem", "https:// URL"),
        ("CLOVA_PUBLIC_KEY_TTL", "soon", "a number of seconds"),
        ("CLOVA_PUBLIC_KEY_TTL", 0, "above 0"),
        ("CLOVA_TIMESTAMP_TOLERANCE", -1, "above 0"),
        ("CLOVA_TIMESTAMP_TOLERANCE", True, "above 0"),
        ("CLOVA_MAX_CONTENT_LENGTH", "1 MB", "a number of bytes"),
        ("CLOVA_DEFAULT_LANG", "kr", "one of ko, ja, en"),
        ("CLOVA_URL_PREFIX", "clova", "starts with '/'"),
        ("CLOVA_EXTENSION_ID", 5, "a text or a list of texts"),
        ("CLOVA_EXTENSION_ID", [], "a text or a list of texts"),
        ("CLOVA_EXTENSION_ID", [""], "a text or a list of texts"),
    ],
)
def test_a_setting_that_cannot_work_is_an_error_that_names_it(setting, value, message):
    with pytest.raises(ConfigurationError) as error:
        init({"CLOVA_PLATFORM": "naver", setting: value})
    assert setting in str(error.value)
    assert message in str(error.value)


def test_a_misspelt_setting_is_warned_of(caplog):
    init({"CLOVA_PLATFORM": "naver", "CLOVA_EXTENTION_ID": "x"})
    assert "CLOVA_EXTENTION_ID is not a setting" in caplog.text
    assert "Did you mean 'CLOVA_EXTENSION_ID'?" in caplog.text


@pytest.mark.parametrize(("mode", "warned"), [(None, True), ("TESTING", False), ("DEBUG", False)])
def test_what_is_risky_is_warned_of_outside_debug_and_testing(caplog, mode, warned):
    config = {"CLOVA_PLATFORM": "naver", "CLOVA_VERIFY_SIGNATURE": False}
    init({**config, **({mode: True} if mode else {})})
    assert ("CLOVA_EXTENSION_ID is not set" in caplog.text) is warned
    assert ("CLOVA_VERIFY_SIGNATURE is off" in caplog.text) is warned


def test_without_an_extension_id_any_is_taken(clova, connect, caplog):
    caplog.set_level(logging.WARNING)
    clova.launch(lambda: tell("안녕"))
    cek = connect(CLOVA_EXTENSION_ID=None)
    cek.caller.extension_id = "com.example.anything"
    assert cek.launch().speech == "안녕"


def test_two_extensions_of_one_name_are_refused():
    app = Flask(__name__)
    Clova(app, platform="naver")
    with pytest.raises(ConfigurationError, match='Clova\\("another", url_prefix="/another"\\)'):
        Clova(app, platform="line")


def test_an_app_may_be_given_at_once():
    app = Flask(__name__)
    clova = Clova(app, name="pizza", platform="naver")
    assert (clova.name, list(app.extensions["clova"])) == ("pizza", ["pizza"])


def test_two_extensions_at_one_path_are_refused():
    app = Flask(__name__)
    Clova("one", platform="naver").init_app(app)
    with pytest.raises(ConfigurationError, match="'two' and 'one' are both at /clova"):
        Clova("two", platform="line").init_app(app)


def test_a_text_of_several_pems_is_several_keys():
    pems = [public_pem(generate_key()) for _ in range(2)]
    assert init(public_key="".join(pems)).public_key == tuple(pems)


@pytest.mark.parametrize("given", [object(), 3, "a.b", ""])
def test_what_is_neither_an_app_nor_a_name_is_refused(given):
    with pytest.raises(ConfigurationError):
        Clova(given)
