"""Settings are read once, from one prefix, and say what is wrong with them."""

import importlib.util
import json
import logging
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from flask import Blueprint, Flask

from clova_flask import Clova, ConfigurationError, tell
from clova_flask.platforms import PLATFORMS
from clova_flask.security.devkey import generate_key, public_pem, read_key, sign, write_key
from clova_flask.settings import SETTINGS, SettingArguments, Settings
from clova_flask.testing import CekClient

ROOT = Path(__file__).parents[1]


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
    assert (settings.public_key, settings.public_key_url) == ((), None)
    assert settings.timestamp_tolerance is None
    assert settings.default_lang == "ja"
    assert init({"CLOVA_PLATFORM": "naver"}).default_lang == "ko"
    assert settings.validate_responses is True


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
        ("CLOVA_TIMEZONE", "Asia/Soeul", "such as Asia/Seoul, not 'Asia/Soeul'."),
        ("CLOVA_TIMEZONE", "../../etc/passwd", "the name of a time zone"),
        ("CLOVA_TIMEZONE", "", "the name of a time zone"),
        ("CLOVA_TIMEZONE", 9, "such as Asia/Seoul, not 9."),
        ("CLOVA_URL_PREFIX", "clova", "starts with '/'"),
        ("CLOVA_EXTENSION_ID", 5, "a string or a list of strings"),
        ("CLOVA_EXTENSION_ID", [], "a string or a list of strings"),
        ("CLOVA_EXTENSION_ID", [""], "a string or a list of strings"),
        ("CLOVA_PUBLIC_KEY", b"-----BEGIN PUBLIC KEY-----", "a PEM, a list of PEMs, or the path"),
        ("CLOVA_INTERACTION_MODEL", "", "the path of a folder"),
    ],
)
def test_a_setting_that_cannot_work_is_an_error_that_names_it_and_what_was_given(setting, value, message):
    with pytest.raises(ConfigurationError) as error:
        init({"CLOVA_PLATFORM": "naver", setting: value})
    assert str(error.value).startswith(f"{setting} must be ")
    assert f", not {value!r}." in str(error.value)
    assert message in str(error.value)


def test_the_error_of_an_argument_names_the_argument():
    with pytest.raises(ConfigurationError) as error:
        init(platform="lin")
    assert str(error.value) == (
        "CLOVA_PLATFORM (the argument platform) must be one of naver, line, not 'lin'. Did you mean 'line'?"
    )


def test_a_long_value_is_shown_in_part():
    with pytest.raises(ConfigurationError, match=r"not 'a{99}…") as error:
        init({"CLOVA_URL_PREFIX": "a" * 1000})
    assert "a" * 100 not in str(error.value)


@pytest.mark.parametrize("secret", ["", b"s3cr3t", ["s3cr3t"]], ids=["empty", "bytes", "list"])
def test_a_secret_is_not_in_the_error_about_it(secret):
    with pytest.raises(ConfigurationError, match="CLOVA_EXTENSION_SECRET must be a string") as error:
        init({"CLOVA_PLATFORM": "naver", "CLOVA_EXTENSION_SECRET": secret})
    assert "s3cr3t" not in str(error.value)


def test_a_secret_is_not_in_the_repr():
    settings = init({"CLOVA_PLATFORM": "naver", "CLOVA_EXTENSION_SECRET": "s3cr3t"})
    assert settings.extension_secret == "s3cr3t"
    assert "s3cr3t" not in repr(settings)


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


@pytest.mark.parametrize("flag", ["DEBUG", "TESTING", "PROPAGATE_EXCEPTIONS"])
@pytest.mark.parametrize("written", ["False", "no", "off", "True", "yes", "꺼짐", "2", "[]", '""', "1.5"])
def test_a_flag_of_flasks_in_words_is_an_error_that_says_what_to_write(monkeypatch, flag, written):
    monkeypatch.setenv(f"FLASK_{flag}", written)
    app = Flask(__name__)
    app.config.from_prefixed_env()
    with pytest.raises(ConfigurationError) as error:
        Clova(platform="naver").init_app(app)
    assert str(error.value).startswith(f"{flag} must be True or False, not {app.config[flag]!r}, ")
    assert f"Write FLASK_{flag}=0 or FLASK_{flag}=1 " in str(error.value)


@pytest.mark.parametrize("flag", ["DEBUG", "TESTING", "PROPAGATE_EXCEPTIONS"])
@pytest.mark.parametrize("written", ["0", "1", "false", "true", "null", None])
def test_a_flag_of_flasks_that_means_what_it_says_is_accepted(monkeypatch, flag, written):
    if written is not None:
        monkeypatch.setenv(f"FLASK_{flag}", written)
    app = Flask(__name__)
    app.config.from_prefixed_env()
    Clova(platform="naver").init_app(app)


@pytest.mark.parametrize(
    ("debug", "status"), [(True, 200), (1, 200), (False, 401), ("False", 401), ("no", 401), ("True", 401)]
)
def test_a_word_that_comes_after_init_app_makes_no_app_trust_the_development_key(tmp_path, debug, status):
    key = read_key(write_key(tmp_path).parent)
    app = Flask(__name__, instance_path=str(tmp_path))
    clova = Clova(app, platform="naver", extension_id="x")
    clova.launch(lambda: tell("안녕"))
    app.config["DEBUG"] = debug
    cek = CekClient(app)
    body = json.dumps(cek.caller.message({"type": "LaunchRequest"})).encode()
    assert cek.post(body, {"SignatureCEK": sign(key, body)}).status_code == status


def test_without_an_extension_id_any_is_taken(clova, connect, caplog):
    caplog.set_level(logging.WARNING)
    clova.launch(lambda: tell("안녕"))
    cek = connect(CLOVA_EXTENSION_ID=None)
    cek.caller.extension_id = "com.example.anything"
    assert cek.launch().speech == "안녕"


def test_a_setting_that_has_no_likeness_is_warned_of_with_the_list(caplog):
    init({"CLOVA_PLATFORM": "naver", "CLOVA_QQQQ": "x"})
    assert "CLOVA_QQQQ is not a setting of clova-flask. Use one of: CLOVA_PLATFORM, " in caplog.text


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("extention_id", "Did you mean 'extension_id'?"),
        ("nam", "Did you mean 'name'?"),
        ("CLOVA_PLATFORM", "Did you mean 'platform'?"),
        ("qqqq", "Use one of: name, platform, extension_id, "),
    ],
)
def test_a_misspelt_argument_is_an_error_with_the_nearest(name, hint):
    with pytest.raises(TypeError) as error:
        Clova(**{name: "x"})
    assert str(error.value).startswith(f"{name!r} is not an argument of Clova. {hint}")


@pytest.mark.parametrize(
    "given", [("a", "b"), {"a": 1, "b": 2}, iter(["a", "b"])], ids=["tuple", "dict", "iterator"]
)
def test_extension_ids_come_in_any_iterable(given):
    assert init(platform="naver", extension_id=given).extension_ids == ("a", "b")


def test_an_argument_that_is_none_is_not_given():
    assert init({"CLOVA_PLATFORM": "naver"}, platform=None, url_prefix=None).platform.name == "naver"


def test_two_extensions_of_one_name_are_refused():
    app = Flask(__name__)
    Clova(app, platform="naver")
    with pytest.raises(ConfigurationError, match='Clova\\("another", url_prefix="/another"\\)'):
        Clova(app, platform="line")


@pytest.mark.parametrize("at_once", [True, False])
def test_a_second_init_app_is_an_error_that_says_so(at_once):
    app = Flask(__name__)
    clova = Clova(app if at_once else None, platform="naver")
    if not at_once:
        clova.init_app(app)
    with pytest.raises(ConfigurationError) as error:
        clova.init_app(app)
    assert str(error.value) == (
        "init_app was called twice with this app on the extension 'clova'. Call it once; "
        "Clova(app) calls it too."
    )


def test_one_extension_may_be_on_several_apps():
    clova = Clova(platform="naver")
    clova.init_app(Flask("one"))
    clova.init_app(Flask("two"))


def test_a_blueprint_of_the_same_name_is_an_error_that_names_it():
    app = Flask(__name__)
    app.register_blueprint(Blueprint("clova", "shop.pages", url_prefix="/pages"))
    with pytest.raises(ConfigurationError) as error:
        Clova(app, platform="naver")
    assert "a blueprint named 'clova', made in shop.pages" in str(error.value)
    assert 'Rename that blueprint, or name the extension: Clova("voice").' in str(error.value)
    assert Clova(app, name="voice", platform="naver").name == "voice"


def test_an_app_may_be_given_at_once():
    app = Flask(__name__)
    clova = Clova(app, name="pizza", platform="naver")
    assert (clova.name, list(app.extensions["clova"])) == ("pizza", ["pizza"])


def test_two_extensions_at_one_path_are_refused():
    app = Flask(__name__)
    Clova("one", platform="naver").init_app(app)
    with pytest.raises(ConfigurationError, match=r"'two' and 'one' are both at /clova.*url_prefix=./two."):
        Clova("two", platform="line").init_app(app)


def test_a_text_of_several_pems_is_several_keys():
    pems = [public_pem(generate_key()) for _ in range(2)]
    assert init(public_key="".join(pems)).public_key == tuple(pems)


@pytest.mark.parametrize("given", [object(), 3, "a.b", ""])
def test_what_is_neither_an_app_nor_a_name_is_refused(given):
    with pytest.raises(ConfigurationError):
        Clova(given)


# One declaration.


def test_the_arguments_are_the_settings():
    declared = get_type_hints(SettingArguments)
    missing = [f"{name}: … | None" for name in SETTINGS if name not in declared]
    assert list(declared) == list(SETTINGS), f"SettingArguments lacks {missing}, or its order is another"
    assert all(type(None) in get_args(hint) for hint in declared.values())


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_has_a_help_of_one_line_and_a_converter_that_refuses(name):
    setting = SETTINGS[name]
    assert setting.help
    assert "\n" not in setting.help
    assert getattr(Settings(), setting.attribute) == setting.default
    with pytest.raises(ConfigurationError, match=f"^{setting.key} must be "):
        init({"CLOVA_PLATFORM": "naver", setting.key: object()})


@pytest.fixture(scope="session")
def tables():
    """Load the script that writes the tables."""
    spec = importlib.util.spec_from_file_location("settings_tables", ROOT / "docs/_ext/settings_tables.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["README.md", "docs/reference/settings.rst"])
def test_the_tables_of_the_documentation_are_up_to_date(tables, name):
    assert set(tables.TABLES) == {"README.md", "docs/reference/settings.rst"}
    text = (ROOT / name).read_text(encoding="utf-8")
    assert tables.updated(name) == text, "run: python docs/_ext/settings_tables.py"
    assert all(setting.key in text for setting in SETTINGS.values())
