"""What is wrong with an extension: its settings, its key, its handlers, Clova Home."""

from pathlib import Path

import pytest
from flask import Flask

from clova_flask import Clova, UserData, tell
from clova_flask.devtools.diagnostics.extension import check_extension
from clova_flask.findings import Place
from clova_flask.home import Appliance, InvalidAccessTokenError
from clova_flask.runtime import runtime_of
from clova_flask.security.devkey import PRIVATE_NAME, write_key


def check(folder, declare, *, debug=False, token=None, **config):
    """Check an extension, and return its findings."""
    app = Flask(__name__, root_path=str(folder), instance_path=str(folder / "instance"))
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="com.example.pizzabot", TESTING=True)
    app.config.update(config)
    app.debug = debug
    clova = Clova(app)
    declare(clova)
    return check_extension(runtime_of(app, "clova"), token=token)


def codes(*arguments, **options):
    return [finding.code for finding in check(*arguments, **options)]


def answer():
    return "네"


def whole(clova):
    clova.launch(answer)
    clova.intent("OrderPizza")(answer)
    clova.fallback(answer)


def test_a_good_extension(tmp_path):
    assert check(tmp_path, whole) == []


@pytest.mark.parametrize(
    ("config", "code"),
    [
        ({"CLOVA_VERIFY_SIGNATURE": False}, "settings.signatures-off"),
        ({"CLOVA_EXTENSION_ID": None}, "settings.no-extension-id"),
    ],
)
def test_settings(tmp_path, config, code):
    (finding,) = check(tmp_path, whole, **config)
    assert finding.code == code
    assert finding.message.startswith(next(iter(config)))


def test_a_development_key(tmp_path):
    path = write_key(tmp_path / "instance")
    assert check(tmp_path, whole, debug=True) == []
    assert check(tmp_path, whole) == [], "it is on the machine that made it"
    copied = path.read_text(encoding="ascii").partition("\n")[2]
    path.write_text(copied, encoding="ascii")
    assert check(tmp_path, whole, debug=True) == []
    (finding,) = check(tmp_path, whole)
    assert (finding.code, finding.where) == ("settings.development-key-in-production", Place(path=path))
    assert "on a machine of yours, run flask --debug" in finding.message
    path.write_text("broken")
    (finding,) = check(tmp_path, whole, debug=True)
    assert (finding.code, finding.where) == ("settings.development-key-unreadable", Place(path=path))
    assert path.name == PRIVATE_NAME


DECLARE = {
    "launch": lambda clova: clova.launch(answer),
    "fallback": lambda clova: clova.fallback(answer),
    "user_loader": lambda clova: clova.user_loader(lambda access_token: access_token),
    "intent": lambda clova, name: clova.intent(name)(answer),
    "event": lambda clova, name: clova.event(name)(lambda: None),
    "on": lambda clova, name: clova.home.on(name)(lambda appliance: None),
    "scenes": lambda clova: clova.home.scenes(lambda user: []),
    "discover": lambda clova: clova.home.discover(lambda user: [Appliance(id="", type="LIGHT")]),
}


def only(*handlers):
    """Declare these handlers alone, ``"intent OrderPizza"``."""

    def declare(clova):
        for handler in handlers:
            kind, *names = handler.split(" ")
            DECLARE[kind](clova, *names)

    return declare


@pytest.mark.parametrize(
    ("handlers", "platform", "wanted"),
    [
        ([], "naver", ["handlers.none"]),
        (["intent A", "fallback"], "naver", ["handlers.no-launch"]),
        (["launch", "intent A"], "line", ["handlers.no-guide"]),
        (["launch", "intent A"], "naver", ["handlers.no-guide", "handlers.no-built-in"]),
        (["launch", "intent A", "intent Clova.GuideIntent"], "naver", ["handlers.no-built-in"]),
        (["launch", "intent A", "intent Clova.GuideIntent"], "line", []),
        (["launch", "intent Clova.YesIntent", "fallback"], "naver", []),
        (["discover", "user_loader", "on TurnOn", "on GetWeight"], "naver", []),
        (
            ["discover", "user_loader", "on TurnOn", "on GetWeight", "event ClovaSkill.*"],
            "line",
            ["handlers.no-launch", "home.other-platform-handler"],
        ),
        (["launch", "fallback", "user_loader"], "naver", []),
        (["launch", "fallback", "user_loader"], "line", ["handlers.no-skill-disabled"]),
        (["launch", "fallback", "user_loader", "event ClovaSkill.*"], "line", []),
        (["on TurnOn"], "naver", ["home.no-discover", "home.no-user-loader"]),
        (["discover", "user_loader", "scenes"], "naver", ["home.incomplete-scenes"]),
        (["discover", "user_loader"], "naver", []),
    ],
    ids=lambda value: ", ".join(value) or "nothing" if isinstance(value, list) else value,
)
def test_handlers(tmp_path, handlers, platform, wanted):
    assert codes(tmp_path, only(*handlers), CLOVA_PLATFORM=platform) == wanted


@pytest.mark.parametrize("takes", [False, True])
def test_what_is_deleted_of_a_user_who_disables_the_skill(tmp_path, takes):
    pytest.importorskip("alembic")
    pytest.importorskip("sqlalchemy")

    def declare(clova):
        only("fallback", "user_loader")(clova)
        if takes:
            clova.launch(remembering)
        else:
            DECLARE["launch"](clova)

    (finding,) = check(tmp_path, declare, CLOVA_PLATFORM="line", CLOVA_USER_DATA_ENGINE=lambda: None)
    assert finding.code == "handlers.no-skill-disabled"
    assert ("UserData is deleted without one" in finding.message) is takes


def remembering(data: UserData):
    return tell("はい")


def test_intents_that_playing_audio_requires(tmp_path):
    found = check(tmp_path, only("launch", "fallback", "event AudioPlayer.*"), CLOVA_PLATFORM="line")
    assert {finding.code for finding in found} == {"handlers.no-audio-intent"}
    assert "Clova.PreviousIntent" in " ".join(finding.message for finding in found)


def test_what_discovery_lists(tmp_path):
    assert codes(tmp_path, only("discover", "user_loader"), token="t") == ["home.no-id"]
    assert codes(tmp_path, only("discover", "user_loader")) == []


def test_discovery_that_is_refused(tmp_path):
    def declare(clova):
        clova.home.discover(lambda user: [])

        @clova.user_loader
        def load(access_token):
            raise InvalidAccessTokenError

    (finding,) = check(tmp_path, declare, token="t")
    assert finding.code == "home.discovery-failed"
    assert "InvalidAccessTokenError" in finding.message


def write_model(folder, extension_id="com.example.pizzabot"):
    (folder / "intents").mkdir(parents=True)
    (folder / "intents" / "OrderPizza.tsv").write_text("[INTENT EXPRESSION]\n피자 줘\n")
    text = f'invocation_names = ["피자봇"]\nextension_id = "{extension_id}"\n'
    (folder / "model.toml").write_text(text)


def test_a_model(tmp_path):
    write_model(tmp_path / "interaction_model")
    assert codes(tmp_path, whole) == ["model.few-expressions"]
    _, finding = check(tmp_path, only("launch", "fallback"))
    assert finding.code == "handlers.no-handler"
    assert finding.where.path == tmp_path / "interaction_model" / "intents" / "OrderPizza.tsv"


def test_the_model_of_another_extension(tmp_path):
    write_model(tmp_path / "interaction_model", "com.example.taxi")
    assert check(tmp_path, whole) == []
    (finding,) = check(tmp_path, whole, CLOVA_INTERACTION_MODEL="interaction_model")
    assert finding.code == "model.of-another-extension"
    assert finding.where == Place(path=tmp_path / "interaction_model" / "model.toml", line=2)


def test_a_model_that_cannot_be_read(tmp_path):
    write_model(tmp_path / "interaction_model")
    path = Path(tmp_path / "interaction_model" / "intents" / "OrderPizza.tsv")
    path.write_text("[INTENT EXPRESSION]\n<a>피자 줘\n")
    (finding,) = check(tmp_path, whole)
    assert (finding.code, finding.where) == ("model.unreadable", Place(path=path, line=2))


def test_an_action_that_the_type_has_on_the_other_platform_alone(tmp_path):
    def declare(clova):
        only("discover", "user_loader")(clova)

        @clova.home.on("StartOscillation", type="FAN")
        def oscillate(appliance):
            return None

    *_, finding = check(tmp_path, declare, CLOVA_PLATFORM="line")
    assert finding.code == "home.other-platform-handler"
    assert finding.message == "LINE has no StartOscillation, so this is never called."
    assert finding.where.name.endswith("oscillate")
    assert codes(tmp_path, declare, CLOVA_PLATFORM="naver") == []


def of_a_session(session):
    return None


@pytest.mark.parametrize(
    ("declare", "served"),
    [
        (lambda clova: clova.before_request(of_a_session), "custom messages alone"),
        (lambda clova: clova.after_request(lambda answer, context: None), "custom messages alone"),
        (lambda clova: clova.errorhandler(KeyError)(lambda error, session: "네"), "custom messages alone"),
    ],
    ids=["before", "after", "error"],
)
def test_hooks_of_custom_messages_where_there_are_none(tmp_path, declare, served):
    def home(clova):
        only("discover", "user_loader")(clova)
        clova.before_request(lambda request: None)
        declare(clova)

    (finding,) = check(tmp_path, home)
    assert (finding.code, finding.is_error) == ("handlers.idle-hook", False)
    assert served in finding.message
    assert finding.where.line
    assert check(tmp_path, lambda clova: (whole(clova), declare(clova))) == []


def test_hooks_of_clova_home_where_there_is_none(tmp_path):
    def declare(clova):
        whole(clova)
        clova.home.before_request(lambda appliance_id: None)
        clova.home.errorhandler(KeyError)(lambda error: None)

    found = check(tmp_path, declare)
    assert [finding.code for finding in found] == ["handlers.idle-hook"] * 2
    assert "nothing handles Clova Home" in found[0].message


def test_discovery_runs_with_its_hooks(tmp_path):
    seen = []

    def declare(clova):
        clova.user_loader(lambda access_token: access_token)
        clova.home.before_request(lambda user: seen.append(user))
        lamp = Appliance("1", type="LIGHT", manufacturer_name="등대")
        clova.home.discover(lambda user: [lamp] if seen else [])
        clova.home.after_request(lambda reply: seen.append(len(reply["payload"]["discoveredAppliances"])))

    assert check(tmp_path, declare, token="민지") == []
    assert seen == ["민지", 1]


def raises():
    raise RuntimeError("vendor is away")


def test_what_hooks_make_of_discovery(tmp_path):
    def answers(clova):
        only("discover", "user_loader")(clova)
        clova.home.before_request(lambda: InvalidAccessTokenError())

    def fails(clova):
        only("discover", "user_loader")(clova)
        clova.before_request(raises)

    def spoils(clova):
        clova.user_loader(lambda access_token: access_token)
        clova.home.discover(lambda user: [])
        clova.home.after_request(lambda reply: reply["payload"].clear())

    (answered,) = check(tmp_path, answers, token="t")
    assert "hook answers discovery with InvalidAccessTokenError" in answered.message
    (failed,) = check(tmp_path, fails, token="t")
    assert (failed.code, failed.where.name) == ("home.discovery-failed", "raises")
    assert "RuntimeError: vendor is away" in failed.message
    (spoilt,) = check(tmp_path, spoils, token="t")
    assert "AnswerError" in spoilt.message
