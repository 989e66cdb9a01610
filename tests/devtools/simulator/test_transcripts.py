"""Transcripts: reading them, what each check says, and the command and the tests that replay them."""

from datetime import datetime
from types import SimpleNamespace

import pytest
from flask import Flask

from clova_flask import Clova, ask, ask_for, cards, playback, tell
from clova_flask.devtools.cli import clova as commands
from clova_flask.devtools.model.objects import InteractionModel
from clova_flask.devtools.simulator import start
from clova_flask.devtools.simulator.listener import Listener
from clova_flask.devtools.simulator.replay import replay
from clova_flask.devtools.simulator.start import make_cek
from clova_flask.devtools.simulator.suite import replay_transcript
from clova_flask.devtools.simulator.transcripts import TranscriptError, load_transcript
from clova_flask.home import Appliance, action
from clova_flask.runtime import runtime_of

pytest.importorskip("yaml")

pytest_plugins = ["pytester"]


class Words:
    """Takes an utterance for the intent `Order` of its words, and remembers when they were said."""

    def __init__(self):
        self.times = []

    def understand(self, utterance, *, now=None):
        self.times.append(now)
        slots = {
            "pizza": SimpleNamespace(value=utterance, unit=None, value_type=None),
            "time": SimpleNamespace(value="18:30:00", unit=None, value_type="TIME"),
        }
        return SimpleNamespace(intent="Order", slots=slots, why="")


class Lamp(Appliance, type="LIGHT"):
    @action("SetBrightness", minimum=0, maximum=100)
    def dim(self, brightness):
        return brightness


@pytest.fixture
def app(tmp_path, monkeypatch):
    app = Flask(__name__, instance_path=str(tmp_path))
    clova = Clova(app, platform="naver", extension_id="com.example.pizzabot")
    clova.launch(lambda: ask("피자봇입니다. [메뉴]가 있어요.", reprompt="계세요?"))
    clova.intent("Order")(
        lambda session, pizza: session.update(pizza=pizza) or ask(f"{pizza}, 네", state="confirm")
    )
    clova.event("AudioPlayer.PlayFinished")(lambda token: tell(token, directives=[playback.stop()]))
    clova.user_loader(lambda access_token: access_token if access_token == "t-1" else None)
    clova.home.discover(lambda user: [Lamp("lamp-1")])
    monkeypatch.setattr(start, "read_model", lambda state: InteractionModel())
    words = app.words = Words()
    monkeypatch.setattr(
        start, "make_listener", lambda model, zone, progress=None: Listener(InteractionModel(), words)
    )
    return app


@pytest.fixture
def write(tmp_path):
    def write(text, name="order.dialog.yaml"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.fixture
def failures(app, write):
    """Replay a transcript, and give what fails without the place."""

    def failures(text):
        path = write(text)
        return [line.removeprefix(f"{path}:") for line in replay_transcript(app, path)]

    return failures


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("", "", "A transcript must have a list of 'turns'."),
        ("turns:", "", "A transcript must have a list of 'turns'."),
        ("turns: []", "", "A transcript must have a list of 'turns'."),
        ("turns: {say: 네}", "", "A transcript must have a list of 'turns'."),
        ("- say: 네", "", "A transcript must have a list of 'turns'."),
        ("trns: 1\nturns: [launch]", ":1", "'trns' is not a key here."),
        ("nam: x\nturns: [launch]", "", "'nam' is not a key here. Did you mean 'name'?"),
        ("turns:\n  - say: [네", ":2", "This is not YAML: "),
        ("turns:\n\t- say: 네", ":2", "This is not YAML: "),
        ("turns:\n  - launch\n  - sya: 네", ":3", "'sya' is not a key here. Did you mean 'say'?"),
        ("turns:\n  - launch:\n    speach: 네", ":3", "'speach' is not a key here. Did you mean 'speech'?"),
        ("turns:\n  - say: 네\n    silence:", ":2", "A turn must have one of these keys: launch, say"),
        (
            "turns:\n  - launch\n  - say: 네\n    say: 아니",
            ":4",
            "'say' must not occur twice here. Begin another turn with '-'.",
        ),
        ("turns: [launch]\nturns: [end]", ":2", "'turns' must not occur twice here."),
        ("turns:\n  - say: false", ":2", "'say' must be text, not False."),
        ("turns:\n  - speech: 네", ":2", "A turn must have one of these keys: launch, say"),
        ("turns:\n  - 5", ":2", "A turn must be a mapping"),
        ("turns:\n  - launch\n  - dance", ":3", "'dance' is not a key here."),
        ("turns:\n  - say:", ":2", "'say' must be text, not empty."),
        ("turns:\n  - say: true", ":2", "'say' must be text, not True."),
        ("turns:\n  - launch: now", ":2", "'launch' must be empty, not 'now'."),
        ("turns:\n  - wait: 잠깐", ":2", "'wait' must be a number of seconds from 0 to 86400, not"),
        ("turns:\n  - wait: -1", ":2", "'wait' must be a number of seconds from 0 to 86400, not"),
        ("turns:\n  - event: PlayFinished", ":2", "'event' must be the name of an event"),
        (
            "turns:\n  - event: A.B\n    fields: [1]",
            ":3",
            "'fields' must be a mapping whose keys are text, not [1].",
        ),
        ("turns:\n  - home: [TurnOn]", ":2", "'home' must be text"),
        ("turns:\n  - launch:\n    ends: 네", ":3", "'ends' must be true or false, not '네'."),
        ("turns:\n  - launch:\n    speech: 5", ":3", "'speech' must be text"),
        ("turns:\n  - launch:\n    speech: /(/", ":3", "'speech' must be text, or /a regular expression/"),
        (
            "turns:\n  - launch:\n    reprompt: /(/",
            ":3",
            "'reprompt' must be text, or /a regular expression/, or null",
        ),
        ("turns:\n  - launch:\n    slots: 페퍼로니", ":3", "'slots' must be a mapping"),
        ("turns:\n  - launch:\n    directives: A.B", ":3", "'directives' must be a list of text"),
        ("turns:\n  - as: 민지", ":2", "'as' must be a mapping with some of access_token"),
        ("turns:\n  - as: {tokn: x}", ":2", "'tokn' is not a key here. Known are access_token, user_id"),
        (
            "turns: [launch]\nas:\n  user_id: 민지\n  lcale: ko",
            ":4",
            "Did you mean 'locale'? Known are access_token",
        ),
        ("turns: [launch]\nas:\n  user_id: 민지\n  screen: l10", ":4", "'l10' is not a screen."),
        ("turns: [launch]\nextention: radio", ":2", "Did you mean 'extension'? Known are turns, as, now"),
        ("turns: [launch]\nextension: [radio]", ":2", "'extension' must be the name of an extension"),
        ("turns: [launch]\n\nnow: 내일", ":3", "'now' must be a date with a time"),
        ("turns: [launch]\nview_args: 5", ":2", "'view_args' must be a mapping"),
        ("turns:\n  - say: 네\n    ends: true\n    now: 내일", ":4", "'now' must be a date with a time"),
        ("turns:\n  - launch:\n    card: [ImageText]", ":3", "'card' must be the type of a card"),
        ("turns:\n  - launch:\n    asked_for: 5", ":3", "'asked_for' must be the name of a slot, or null"),
        ("turns:\n  - as: {screen: l10}", ":2", "'l10' is not a screen. Did you mean 'l100'?"),
        ("turns:\n  - as: {user_id: 5}", ":2", "'user_id' must be text, not 5."),
        ("as: 민지\nturns: [launch]", ":1", "'as' must be a mapping with some of access_token"),
        ("now: 내일\nturns: [launch]", ":1", "'now' must be a date with a time"),
        ("now: 2026-13-45\nturns: [launch]", "", "'now' must be a date with a time"),
        ("turns: [말하기]".encode("cp949"), "", "cannot be read: "),
    ],
)
def test_a_transcript_that_cannot_be_read_is_said_so_with_its_line(write, text, place, message):
    path = write(text)
    with pytest.raises(TranscriptError) as error:
        load_transcript(path)
    assert str(error.value).startswith(f"{path}{place}")
    assert message in str(error.value)


def test_a_transcript_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(TranscriptError, match=r"none\.dialog\.yaml cannot be read"):
        load_transcript(tmp_path / "none.dialog.yaml")


def test_scalars_are_what_they_look_like(write):
    transcript = load_transcript(
        write(
            "turns:\n"
            "  - say: 2\n"
            "    slots: {time: 18:30:00, date: 2026-11-20, code: 010, answer: no, amount: 2}\n"
            "    ends: false\n"
        )
    )
    slots = {"time": "18:30:00", "date": "2026-11-20", "code": "010", "answer": "no", "amount": 2}
    assert transcript.steps[0].checks == {"slots": slots, "ends": False}


GOOD = """
name: 주문
as: {access_token: t-1}
now: 2026-11-20T10:00:00+09:00
turns:
  - launch
  - launch:
    speech: 피자봇입니다. [메뉴]가 있어요.
    reprompt: 계세*
    state: null
    attributes: {}
    ends: false
  - silence
  - say: 페퍼로니
    intent: Order
    slots: {pizza: 페퍼로니, time: 18:30:00}
    speech: "페?로니, *"
    reprompt: null
    state: confirm
    attributes: {pizza: 페퍼로니}
    directives: []
  - say: 치즈
    speech: /^치즈, .$/
  - wait: 5
  - event: AudioPlayer.PlayFinished
    fields: {token: 노래, offset_in_milliseconds: 10}
    speech: 노래
    directives: [PlaybackController.Stop]
    ends: true
  - launch
  - end
  - home: SetBrightness
    appliance: lamp-1
    fields: {brightness: 50}
    name: SetBrightnessConfirmation
    payload: {brightness: {value: 50}}
  - as: {access_token: null}
  - home: DiscoverAppliances
    name: InvalidAccessTokenError
"""


def test_a_dialog_that_goes_as_it_was_to_go_has_no_failures(failures, app):
    assert failures(GOOD) == []
    assert app.words.times == [datetime.fromisoformat("2026-11-20T10:00:00+09:00")] * 2


@pytest.mark.parametrize(
    ("turn", "failure"),
    [
        ("speech: 안녕", "speech: expected '안녕', got '페퍼로니, 네'."),
        ("speech: '*치즈*'", "speech: expected '*치즈*', got '페퍼로니, 네'."),
        ("speech: /^네/", "speech: expected '/^네/', got '페퍼로니, 네'."),
        ("reprompt: 계세요?", "reprompt: expected '계세요?', got None."),
        ("intent: Cancel", "intent: expected 'Cancel', got 'Order'."),
        (
            "slots: {pizza: 치즈}",
            "slots: expected {'pizza': '치즈'}, got {'pizza': '페퍼로니', 'time': '18:30:00'}.",
        ),
        ("state: null", "state: expected None, got 'confirm'."),
        ("attributes: {}", "attributes: expected {}, got {'pizza': '페퍼로니'}."),
        ("ends: true", "ends: expected True, got False."),
        ("directives: [A.B]", "directives: expected ['A.B'], got []."),
        ("name: TurnOnConfirmation", "name: the answer has none (KeyError)."),
    ],
)
def test_a_check_that_fails_says_what_was_to_come_and_what_came(failures, turn, failure):
    assert failures(f"turns:\n  - launch\n  - say: 페퍼로니\n    {turn}\n") == [
        f"3: say: 페퍼로니: {failure}"
    ]


def test_every_check_that_fails_is_told_of_and_the_dialog_goes_on(failures):
    text = "turns:\n  - launch:\n    speech: 가\n    ends: true\n  - say: 나\n    state: 다\n"
    assert [line.split(": expected")[0] for line in failures(text)] == [
        "2: launch: speech",
        "2: launch: ends",
        "5: say: 나: state",
    ]


@pytest.mark.parametrize(
    ("turns", "failure"),
    [
        ("- silence", "1: silence: There is no session to be silent in."),
        ("- end", "1: end: There is no session to end."),
        ("- wait: 1\n  speech: 음악", "1: wait: 1: Nothing was sent, so there is no answer to check."),
        ("- home: TurnOn\n  intent: X", "1: home: TurnOn: intent: the answer has none (KeyError)."),
    ],
)
def test_a_turn_that_cannot_be_taken_fails(failures, turns, failure):
    lines = failures("turns:\n" + turns)
    assert lines
    assert lines[0].replace("2:", "1:", 1).startswith(failure)


def test_another_user_has_another_session(app, write):
    path = write("turns:\n  - say: 가\n  - as: {user_id: 하나, screen: none}\n  - say: 나\n")
    cek = make_cek(app, runtime_of(app, "clova"))
    turns = [outcome.exchanges for outcome in replay(load_transcript(path), cek)]
    first, second = (turns[index][0].reply.request for index in (0, 2))
    assert second["session"]["new"]
    assert second["session"]["sessionId"] != first["session"]["sessionId"]
    assert second["session"]["user"] == {"userId": "하나"}
    assert second["context"]["System"]["device"]["display"]["size"] == "none"


def test_a_fault_fails_a_turn_also_without_checks(app, failures):
    app.before_request(lambda: ("<h1>닫았어요</h1>", 503))
    (failure,) = failures("turns:\n  - launch\n")
    assert failure.startswith(
        "2: launch: launch: HTTP 503: The app, or what is in front of it, answers 503: "
    )
    assert "닫았어요" in failure


def test_an_answer_that_is_no_json_fails_its_checks_and_no_more(app, failures):
    app.before_request(lambda: "<h1>안녕</h1>")
    lines = failures("turns:\n  - launch:\n    speech: 안녕\n")
    assert lines == [
        "2: launch: launch: The answer is not a JSON object: <h1>안녕</h1>",
        "2: launch: speech: the answer has none (CekError).",
    ]


@pytest.fixture
def run(app):
    def run(*arguments):
        return app.test_cli_runner().invoke(commands, ["replay", *map(str, arguments)])

    return run


def test_replay_says_which_transcripts_passed(run, write):
    good, bad = write(GOOD), write("turns:\n  - launch:\n    speech: 아니\n", "bad.dialog.yaml")
    assert (run(good).exit_code, run(good).output) == (0, f"passed  {good}\n")
    result = run(good, bad)
    assert result.exit_code == 1
    assert result.output.splitlines()[:2] == [f"passed  {good}", f"failed  {bad}"]
    assert f"  {bad}:2: launch: speech: expected '아니'" in result.output


def test_replay_takes_a_folder(run, write, tmp_path):
    write(GOOD, "b.dialog.yaml")
    write("turns: [launch]", "a.dialog.yaml")
    lines = run(tmp_path).output.splitlines()
    assert lines == [f"passed  {tmp_path / name}.dialog.yaml" for name in "ab"]


def test_a_folder_with_nothing_in_it_is_no_success(run, tmp_path):
    result = run(tmp_path)
    assert (result.exit_code, "neither *.dialog.yaml nor *.json" in result.output) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "'turns'"),
        (("--name", "taxi"), "no Clova extension 'taxi'"),
        (("--url", "http://127.0.0.1:9/"), "flask clova keygen"),
    ],
)
def test_what_cannot_be_replayed_is_said_without_a_traceback(run, write, arguments, message):
    path = write(GOOD if arguments else "turns: []")
    result = run(path, *arguments)
    assert result.exit_code == 1
    assert message in result.output
    assert "Traceback" not in result.output


APP = """
import pytest
from flask import Flask
from clova_flask import Clova, ask

@pytest.fixture
def app():
    app = Flask(__name__)
    Clova(app, platform="naver", extension_id="x").launch(lambda: ask("안녕하세요"))
    return app
"""


def test_pytest_takes_transcripts_for_tests_of_the_app(pytester):
    pytester.makeconftest(APP)
    (pytester.path / "good.dialog.yaml").write_text(
        "turns:\n  - launch:\n    speech: 안녕*\n", encoding="utf-8"
    )
    (pytester.path / "bad.dialog.yaml").write_text(
        "turns:\n\n  - launch:\n    ends: true\n", encoding="utf-8"
    )
    (pytester.path / "odd.dialog.yaml").write_text("turns: []\n", encoding="utf-8")
    (pytester.path / "other.yaml").write_text("a: b\n", encoding="utf-8")
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:randomly", "-W", "error")
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines_random(
        [
            "*bad.dialog.yaml:3: launch: ends: expected True, got False.",
            "",
            "→ LaunchRequest",
            "← ask: 안녕하세요",
            "*odd.dialog.yaml: A transcript must have a list of 'turns'.*",
            "FAILED bad.dialog.yaml::test_dialog*",
            "FAILED odd.dialog.yaml::test_dialog*",
        ]
    )
    assert "site-packages" not in result.stdout.str().replace("rootdir", "")


@pytest.mark.parametrize(
    "text",
    [
        'turns:\n  - say: !!int "abc"\n',
        'turns:\n  - say: !!timestamp "2020-99-99"\n',
        "turns:\n  - say: !!timestamp abc\n",
        "turns: " + "[" * 3000 + "]" * 3000 + "\n",
        "now: 0001-01-01T00:00:00\nturns:\n  - launch:\n",
        "turns:\n  - event: Foo.Bar\n    fields: {1: 2}\n",
    ],
)
def test_tricks_of_yaml_are_no_tracebacks(tmp_path, text):
    path = tmp_path / "odd.dialog.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TranscriptError, match=r"odd\.dialog\.yaml"):
        load_transcript(path)


SEVERAL = """
extension: radio
now: 2026-11-20T10:00:00+09:00
turns:
  - launch:
    asked_for: null
    card: ImageText
    speech: 라디오입니다.
  - say: 페퍼로니
    asked_for: channel
    card: null
  - launch:
    card: {type: ImageText, mainText: {type: string, value: 오늘의 방송}}
  - say: 콤비
    now: 2026-12-31T23:59:00+09:00
"""


@pytest.fixture
def radio(app):
    radio = Clova(app, name="radio", url_prefix="/radio", platform="naver", extension_id="com.example.radio")
    card = cards.image_text("오늘의 방송", image_url="https://x.example.com/1.jpg")
    radio.launch(lambda: ask("라디오입니다.", card=card))
    radio.intent("Order")(lambda pizza, channel=None: ask_for("channel", "어느 방송이요?"))
    return app


def test_a_dialog_names_its_extension_and_checks_card_slot_and_time(radio, failures):
    assert failures(SEVERAL) == []
    assert [time.isoformat() for time in radio.words.times] == [
        "2026-11-20T10:00:00+09:00",
        "2026-12-31T23:59:00+09:00",
    ]


@pytest.mark.parametrize(
    ("turn", "failure"),
    [
        ("{launch: , asked_for: channel}", "asked_for: expected 'channel', got None."),
        ("{launch: , card: Text}", "card: expected 'Text', got {"),
        ("{launch: , card: null}", "card: expected None, got {"),
        ("{launch: , card: {type: Text}}", "card: expected {'type': 'Text'}, got {"),
        ("{say: 네, card: ImageText}", "card: expected 'ImageText', got "),
    ],
)
def test_a_card_and_the_slot_asked_for_are_compared(radio, failures, turn, failure):
    (line,) = failures(f"extension: radio\nturns:\n  - {turn}\n")
    assert failure in line


def test_where_an_app_has_several_extensions_a_dialog_must_name_one(radio, failures):
    with pytest.raises(LookupError, match=r"several Clova extensions: clova, radio.*'extension: radio'"):
        failures("turns: [launch]")
    with pytest.raises(LookupError, match=r"no Clova extension 'radoi'.*Did you mean 'radio'"):
        failures("extension: radoi\nturns: [launch]")


def test_what_line_has_not_does_not_fail_a_dialog(tmp_path):
    app = Flask(__name__, instance_path=str(tmp_path))
    app.testing = True
    clova = Clova(app, platform="line", extension_id="com.example.pizzabot")
    clova.launch(lambda: ask("ピザボットです。", card=cards.text("メニュー")))
    path = tmp_path / "line.dialog.yaml"
    path.write_text("turns:\n  - launch:\n    card: {type: Text}\n", encoding="utf-8")
    assert list(replay_transcript(app, path)) == []
    path.write_text("turns:\n  - launch:\n    card: {type: ImageText}\n", encoding="utf-8")
    assert len(list(replay_transcript(app, path))) == 1
