"""``flask clova talk`` and ``flask clova say``."""

import json
import logging
import sys
import threading
from datetime import datetime
from types import SimpleNamespace

import pytest
from click import unstyle
from flask import Flask
from werkzeug.serving import make_server

from clova_flask import AudioStream, Clova, ask, audio, cards, playable_item, player_info, tell
from clova_flask.devtools.cli import clova as commands
from clova_flask.devtools.cli.line_editing import completions, line_editing
from clova_flask.devtools.cli.talk import converse, prompt, show_line
from clova_flask.devtools.model.objects import InteractionModel
from clova_flask.devtools.simulator import start
from clova_flask.devtools.simulator.listener import Listener
from clova_flask.devtools.simulator.start import make_cek
from clova_flask.devtools.simulator.talk import COMMANDS, Talk
from clova_flask.devtools.simulator.transport import DeliveryError
from clova_flask.home import Appliance, action
from clova_flask.runtime import runtime_of
from clova_flask.security.devkey import write_key

MODEL = InteractionModel(invocation_names=("피자봇",))


class Words:
    """Takes an utterance for the intent that it names."""

    def understand(self, utterance, *, now=None):
        slot = SimpleNamespace(value="2", unit="판", value_type=None)
        return SimpleNamespace(intent=utterance, slots={"amount": slot}, why=f"nearest to {utterance}")


class Lamp(Appliance, type="LIGHT"):
    @action("SetBrightness", minimum=0, maximum=100)
    def dim(self, brightness):
        return brightness

    @action("SetColor")
    def colour(self, color):
        return color


@pytest.fixture
def clova(tmp_path):
    app = Flask(__name__, instance_path=str(tmp_path / "instance"))
    clova = Clova(app, platform="naver", extension_id="com.example.pizzabot")
    clova.app = app
    card = cards.image_text("페퍼로니", image_url="https://x.example.com/1.jpg", sub_text_list=["15,900원"])
    clova.launch(lambda: ask("피자봇입니다.", reprompt="계세요?", card=card))
    clova.intent("Order")(lambda amount: ask(f"{amount}판이요?"))
    clova.intent("Bye")(lambda: tell("안녕히 가세요."))
    clova.intent("Fail")(lambda: 1 / 0)
    song = AudioStream("https://x.example.com/1.mp3", token="song-1")
    play = audio.play(song, title_text="오븐 앞에서", title_sub_text1="치즈 밴드", source_name="라디오")
    clova.intent("Music")(lambda: tell("들려드릴게요.", directives=[play]))
    item = playable_item("song-1", title_text="오븐 앞에서", title_sub_text1="치즈 밴드")
    clova.event("TemplateRuntime.RequestPlayerInfo")(
        lambda: tell(directives=[player_info(item, provider_name="라디오")])
    )
    clova.user_loader(lambda access_token: access_token if access_token == "t-1" else None)
    clova.home.discover(lambda user: [Lamp("lamp-1")])
    return clova


@pytest.fixture
def app(clova, monkeypatch):
    monkeypatch.setattr(start, "read_model", lambda state: MODEL)
    monkeypatch.setattr(
        start, "make_listener", lambda model, zone, progress=None: model and Listener(MODEL, Words())
    )
    monkeypatch.setattr(
        "clova_flask.devtools.cli.local.advise", lambda listener: None
    )  # on what Words do not need
    return clova.app


@pytest.fixture
def talk(app):
    cek = make_cek(app, runtime_of(app, "clova"))
    talk = Talk(cek)

    def line(text):
        talk.styled = list(show_line(talk, text))
        return [unstyle(row) for row in talk.styled]

    talk.say = line
    return talk


def test_a_turn_shows_what_was_heard_and_what_is_said_and_shown(talk):
    assert talk.say("피자봇 시작해 줘") == [
        "  → LaunchRequest",
        "    The user calls the extension by its name.",
        "Clova: 피자봇입니다.",
        "  (after silence) 계세요?",
        "  [card ImageText] " + talk.styled[4].partition("] ")[2],
    ]
    assert "페퍼로니" in talk.styled[4]
    assert "15,900원" in talk.styled[4]
    assert talk.say("Order") == ["  → Order amount=2 판", "    nearest to Order", "Clova: 2판이요?"]
    assert talk.say("Bye")[-2:] == ["Clova: 안녕히 가세요.", "  (the session is over)"]


def test_the_prompt_says_whether_anybody_listens(talk):
    prompts = []
    for text in ("", "/launch", "Order", "/end"):
        talk.say(text)
        prompts.append(prompt(talk))
    assert prompts == ["…> ", "나> ", "나> ", "…> "]


@pytest.mark.parametrize(("locale", "shown"), [("ja-JP", "私> "), ("en-US", "you> ")])
def test_the_prompt_speaks_the_language(talk, locale, shown):
    talk.cek.device.caller.locale = locale
    talk.say("/launch")
    assert prompt(talk) == shown


def test_an_empty_line_says_nothing(talk):
    assert talk.say("   ") == []


def test_the_end_of_the_session_is_told_once(talk):
    talk.say("/launch")
    assert talk.say("/end") == ["  → SessionEndedRequest", "  (the session is over)"]
    assert talk.say("/enable") == ["  → ClovaSkill.SkillEnabled"]


def test_silence_is_the_reprompt_and_then_the_end(talk):
    talk.say("/launch")
    assert talk.say("/silence") == [
        "  (Clova says the reprompt, and one more silence ends the session: 계세요?)"
    ]
    assert talk.say("/silence") == ["  → SessionEndedRequest", "  (the session is over)"]


def test_music_is_played_and_time_passes(talk):
    lines = talk.say("피자봇에게 Music")
    assert "  [AudioPlayer.Play] 오븐 앞에서 · 치즈 밴드" in lines
    assert '  → AudioPlayer.PlayStarted {"token": "song-1", "offsetInMilliseconds": 0}' in lines
    assert lines[-1] == "  (the session is over)"
    assert talk.say("/wait 30") == ["  (the player reports nothing)"]
    finished = '  → AudioPlayer.PlayFinished {"token": "song-1", "offsetInMilliseconds": 180000}'
    assert talk.say("/wait 150.5") == [finished]


def test_the_player_shows_its_list(talk):
    assert talk.say("/player")[-1].startswith("  [TemplateRuntime.RenderPlayerInfo] list · 오븐 앞에서")


def test_events_carry_their_fields(talk):
    line = '/event AudioPlayer.PlayPaused token="노래 하나" offset_in_milliseconds=10'
    assert talk.say(line) == ['  → AudioPlayer.PlayPaused {"token": "노래 하나", "offsetInMilliseconds": 10}']


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("/home SetBrightness lamp-1 brightness=50", "SetBrightnessConfirmation"),
        ('/home SetColor lamp-1 color={"hue": 120, "saturation": 0.5}', "SetColorConfirmation"),
        ("""/home SetColor lamp-1 'color={"hue": 120, "saturation": 0.5}'""", "SetColorConfirmation"),
        ("/home SetBrightness lamp-1 brightness=500", "ValueOutOfRangeError"),
        ("/home DiscoverAppliances", "DiscoverAppliancesResponse"),
        ("/home TurnOn nothing", "NoSuchTargetError"),
    ],
)
def test_a_home_is_asked_and_its_answer_shown(talk, line, name):
    talk.say("/as t-1")
    assert f"Home: {name}" in talk.say(line)
    assert "t-1" not in "".join(talk.styled)


def test_another_user_is_spoken_as(talk):
    talk.say("/launch")
    assert talk.say("/as t-1") == ["  (another user, and no session)"]
    assert prompt(talk) == "…> "
    assert "Home: DiscoverAppliancesResponse" in talk.say("/home DiscoverAppliances")
    talk.say("/as")
    assert "Home: InvalidAccessTokenError" in talk.say("/home DiscoverAppliances")


def test_both_messages_are_shown_or_hidden(talk):
    assert talk.say("/json") == ["  (messages are shown)"]
    lines = talk.say("/launch")
    assert "  request:" in lines
    assert '        "type": "LaunchRequest"' in [line.rstrip(",") for line in lines]
    assert lines.index("  answer:") > lines.index("  request:")
    assert talk.say("/json") == ["  (messages are hidden)"]
    assert "  request:" not in talk.say("/launch")


def test_help_names_every_command(talk):
    text = "\n".join(talk.say("/help"))
    for name in COMMANDS:
        assert f"/{name}" in text


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("/", "/ is not a command; /help lists them."),
        ("/lanch", "/lanch is not a command; /help lists them. Did you mean 'launch'?"),
        ("/silence", "There is no session to be silent in."),
        ("/end", "There is no session to end."),
        ("/event", "Name the event: "),
        ("/event PlayFinished", "Name the event: "),
        ("/event A.B token", "'token' must have the form FIELD=VALUE."),
        ("/home", "Name the action: "),
        ("/home TurnOn lamp-1 x", "'x' must have the form FIELD=VALUE."),
        ("/wait", "Write a number of seconds from 0 to 86400"),
        ("/wait 잠깐", "Write a number of seconds from 0 to 86400"),
        ("/wait -1", "wait must be a number of seconds from 0 to 86400, not -1.0."),
        ("/wait nan", "wait must be a number of seconds from 0 to 86400, not nan."),
        ("/wait 1e99", "wait must be a number of seconds from 0 to 86400, not 1e+99."),
    ],
)
def test_what_cannot_be_done_is_said_in_yellow_and_the_talk_goes_on(talk, line, message):
    (shown,) = talk.say(line)
    assert shown.strip().startswith(message)
    assert talk.styled[0].startswith("\x1b[33m")
    assert talk.say("/launch")[0] == "  → LaunchRequest"


def test_an_endpoint_that_is_gone_does_not_end_the_talk(talk):
    talk.say("/launch")
    usual = talk.cek.device.sender._deliver

    def gone(body, headers):
        raise DeliveryError("The server is gone.")

    talk.cek.device.sender._deliver = gone
    assert talk.say("Order")[-1] == "  error    The server is gone. [answer.none]"
    assert talk.styled[-1].startswith("  \x1b[31merror")
    talk.cek.device.sender._deliver = usual
    assert talk.say("Order")[-1] == "Clova: 2판이요?"
    assert prompt(talk) == "나> "


def test_a_handler_that_fails_in_debug_does_not_end_the_talk(talk, app):
    app.debug = True
    assert (
        talk.say("피자봇에게 Fail")[-1]
        == "  error    HTTP 500: ZeroDivisionError: division by zero [answer.status]"
    )
    assert talk.say("피자봇에게 Order")[-1] == "Clova: 2판이요?"


@pytest.mark.parametrize("line", ["/quit", "/exit", "  /quit  "])
def test_quitting_ends_the_talk(talk, line):
    assert not talk.is_over
    assert talk.say(line) == []
    assert talk.is_over


@pytest.mark.parametrize("end", [EOFError, KeyboardInterrupt])
def test_the_end_of_the_input_ends_the_talk(talk, end, capsys):
    lines = iter(["/launch"])
    prompts = []

    def read(prompt):
        prompts.append(prompt)
        try:
            return next(lines)
        except StopIteration:
            raise end from None

    converse(talk, read)
    assert prompts == ["…> ", "나> "]
    lines = capsys.readouterr().out.splitlines()
    assert (lines[0], lines[1], lines[-1]) == ("  → LaunchRequest", "Clova: 피자봇입니다.", "")


@pytest.fixture
def run(app):
    def run(*arguments, **options):
        return app.test_cli_runner().invoke(commands, arguments, **options)

    return run


def test_talk_takes_lines_from_its_input(run):
    result = run("talk", input="피자봇 시작해 줘\n/nothing\nBye\n/quit\n넘치는 말\n")
    assert result.exit_code == 0
    assert "Type what you would say to Clova. /help lists the commands, /quit leaves." in result.output
    said = [line for line in result.output.splitlines() if "Clova: " in line]
    assert [line.partition("Clova: ")[2] for line in said] == ["피자봇입니다.", "안녕히 가세요."]
    assert "/nothing is not a command" in result.output
    assert "넘치는 말" not in result.output


def test_what_nobody_has_typed_is_shown(run):
    lines = run("talk", input="피자봇 시작해 줘\nOrder\n/end\n").output.splitlines()
    assert [line for line in lines if "> " in line] == ["…> 피자봇 시작해 줘", "나> Order", "나> /end", "…> "]


@pytest.fixture
def without_model(clova):
    """Run commands on an app that has no interaction model, with a name of its own."""

    def run(lines, *options):
        return clova.app.test_cli_runner().invoke(commands, ["talk", *options], input=lines)

    return run


def test_commands_need_no_model(without_model):
    lines = [
        "/launch",
        "/event TemplateRuntime.RequestPlayerInfo token=1",
        "/home SetBrightness lamp-1 brightness=5",
        "안녕",
    ]
    result = without_model("\n".join(lines), "--token", "t-1")
    assert result.exit_code == 0
    assert "nothing that you say is understood." in result.output
    assert "Make a model: flask clova model new\n" in result.output
    assert "Clova: 피자봇입니다." in result.output
    assert "[TemplateRuntime.RenderPlayerInfo]" in result.output
    assert "Home: SetBrightnessConfirmation" in result.output
    assert (
        "no interaction model to understand an utterance with. Make one first: flask clova model new\n"
        in result.output
    )


def test_one_of_several_extensions_is_named_in_the_hint(without_model, clova):
    Clova(clova.app, name="라디오", url_prefix="/radio", platform="line").launch(lambda: ask("ラジオです。"))
    result = without_model("/launch\nこんにちは\n", "--name", "라디오")
    assert result.output.count("flask clova model new --name 라디오") == 2
    assert "Clova: ラジオです。" in result.output


def test_a_model_that_cannot_be_read_is_told_and_nothing_is_talked(without_model, clova, tmp_path):
    clova.app.root_path = str(tmp_path)
    (tmp_path / "interaction_model").mkdir()
    result = without_model("/launch\n")
    assert result.exit_code == 1
    assert "There is no model in the folder." in result.output


_EVENT = "is not an event. Did you mean 'AudioPlayer.PlayFinished'?"
MISSPELT = {
    "/home SetBrightnes lamp-1 brightness=5": (
        "'SetBrightnes' is not an action. Did you mean 'SetBrightness'?"
    ),
    "/home SetBrightness lamp-1 brigtness=5": (
        "'brigtness' is not a field of SetBrightness. Did you mean 'brightness'?"
    ),
    "/home SetBrightness brightness=5": "SetBrightness is about an appliance: /home SetBrightness lamp-1",
    "/event AudioPlayer.PlayFinised": f"'AudioPlayer.PlayFinised' {_EVENT}",
    "/event AudioPlyer.PlayFinished": f"'AudioPlyer.PlayFinished' {_EVENT}",
    "/event AudioPlayer.PlayPaused tokn=1": (
        "'tokn' is not a field of AudioPlayer.PlayPaused. Did you mean 'token'?"
    ),
}


@pytest.mark.parametrize(("line", "message"), MISSPELT.items())
def test_what_is_misspelt_is_not_sent_and_the_nearest_is_named(talk, line, message):
    assert talk.say(line) == [f"  {message}"]


def test_events_of_another_namespace_and_further_fields_are_sent(talk):
    assert talk.say("/event Partner.Agreed level=1")[0] == '  → Partner.Agreed {"level": 1}'
    assert "loudness" in talk.say("/event AudioPlayer.PlayPaused token=1 loudness=3")[0]


def test_the_reason_of_an_error_message_is_shown(run, monkeypatch):
    monkeypatch.setattr(logging.root, "handlers", [])  # as in an app that does not configure logging
    result = run(
        "talk",
        "--token",
        "t-1",
        input="/home SetBrightness lamp-1\n/home SetBrightness 없는-등 brightness=5\n",
    )
    assert (
        "SetBrightnessRequest was answered with ValueNotSupportedError. brightness is missing."
        in result.output
    )
    assert "returned no appliance with the id '없는-등'" in result.output


@pytest.mark.parametrize("testing", [True, False])
def test_the_traceback_of_a_handler_has_the_developers_frames_alone(run, clova, monkeypatch, testing):
    monkeypatch.setattr(logging.root, "handlers", [])
    clova.app.testing = testing

    @clova.intent("Deep")
    def deep():
        return json.loads("{")

    output = run("say", "피자봇에게 Deep").output
    assert "in deep\n    return json.loads(" in output
    assert "JSONDecodeError: " in output
    assert output.count("  File ") == 1
    assert "flask/app.py" not in output


COMPLETIONS = {
    ("/", "/"): "/launch ",
    ("/ev", "/ev"): "/event ",
    ("/event ", ""): "AudioPlayer.PlayFinished ",
    ("/event AudioPlayer.PlayFi", "AudioPlayer.PlayFi"): "AudioPlayer.PlayFinished ",
    ("/event AudioPlayer.PlayFinished off", "off"): "offset_in_milliseconds=",
    ("/home SetBr", "SetBr"): "SetBrightness ",
    ("/home SetBrightness lamp-1 b", "b"): "brightness=",
}


@pytest.mark.parametrize(("typed", "completed"), COMPLETIONS.items(), ids=lambda value: str(value))
def test_commands_events_actions_and_fields_are_completed(typed, completed):
    assert completed in completions(*typed)
    assert all(found.startswith(typed[1]) for found in completions(*typed))


@pytest.mark.parametrize("typed", [("안녕", "안녕"), ("/launch ", ""), ("/event 없음.없음 t", "t"), ("", "")])
def test_what_is_said_is_not_completed(typed):
    assert completions(*typed) == []


@pytest.mark.parametrize(("made_by", "bound"), [(None, "tab: complete"), ("libedit", "bind ^I rl_complete")])
def test_the_tab_key_completes(tmp_path, monkeypatch, made_by, bound):
    readline = Readline([])
    readline.__doc__ = made_by
    monkeypatch.setitem(sys.modules, "readline", readline)
    with line_editing(tmp_path / "history"):
        assert (readline.bound, readline.delims) == (bound, " ")
        assert [readline.complete("/ev", number) for number in (0, 1)] == ["/event ", None]


def test_talk_ends_with_its_input(run):
    assert run("talk", input="/launch\n").exit_code == 0


def test_a_turn_is_said_at_a_time(run, clova, monkeypatch):
    heard = []
    monkeypatch.setattr(Words, "understand", lambda self, utterance, *, now=None: heard.append(now) or 1 / 0)
    run("say", "피자봇에게 내일 두 판", "--now", "2026-12-31T23:59")
    assert heard == [datetime(2026, 12, 31, 23, 59)]
    assert run("say", "피자봇에게 네", "--now", "내일").exit_code == 2


def test_say_takes_one_turn(run):
    result = run("say", "피자봇에게 Order")
    assert (result.exit_code, result.output) == (
        0,
        "  → Order amount=2 판\n    nearest to Order\nClova: 2판이요?\n",
    )


def test_say_shows_both_messages(run):
    output = run("say", "피자봇 시작해 줘", "--json").output
    request, answer = output.partition("  request:\n")[2].split("  answer:\n")
    assert json.loads(request)["request"]["type"] == "LaunchRequest"
    assert json.JSONDecoder().raw_decode(answer.strip())[0]["response"]["shouldEndSession"] is False


def test_say_speaks_as_who_it_is_told(run):
    request = run(
        "say",
        "피자봇에게 Order",
        "--json",
        "--token",
        "t-1",
        "--user",
        "u-1",
        "--screen",
        "none",
        "--locale",
        "ja-JP",
    ).output
    for part in ('"accessToken": "t-1"', '"userId": "u-1"', '"size": "none"', '"locale": "ja-JP"'):
        assert part in request


@pytest.mark.parametrize("debug", [True, False])
def test_say_exits_1_for_an_answer_with_faults(run, app, debug):
    app.debug = debug
    result = run("say", "피자봇에게 Fail")
    assert (result.exit_code, "error    HTTP 500: ZeroDivisionError" in result.output) == (int(debug), debug)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--name", "taxi"), "no Clova extension 'taxi'. It has clova"),
        (("--screen", "huge"), "'huge' is not a screen. Use one of: none, s100"),
        (("--url", "http://127.0.0.1:9/clova"), "Make one: flask clova keygen"),
    ],
)
@pytest.mark.parametrize("command", [("say", "안녕"), ("talk",)])
def test_what_cannot_begin_is_said_without_a_traceback(run, command, arguments, message):
    result = run(*command, *arguments)
    assert result.exit_code == 1
    assert "Error: " in result.output
    assert message in result.output
    assert isinstance(result.exception, SystemExit)


@pytest.fixture
def real(clova, tmp_path):
    """Run commands with the real model in a folder."""
    folder = tmp_path / "model"
    clova.app.config["CLOVA_INTERACTION_MODEL"] = str(folder)
    app = Flask(__name__, instance_path=str(tmp_path / "instance"))
    other = Clova(app, platform="naver", interaction_model=folder)
    other.launch(lambda: ask("안녕하세요"))
    return folder, lambda *arguments: app.test_cli_runner().invoke(commands, arguments)


def test_say_without_a_model_says_how_to_make_one(real):
    folder, run = real
    result = run("say", "피자봇에게 안녕")
    assert (result.exit_code, isinstance(result.exception, SystemExit)) == (1, True)
    assert "There is no interaction model. Make one: flask clova model new" in result.output
    assert str(folder) in result.output


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("model.toml", b"language = [", "model.toml"),
        ("intents/Order.tsv", b"[INTENT SLOT]\nnonsense\n", "Order.tsv:2"),
        ("intents/Order.tsv", "[INTENT EXPRESSION]\n주문\n".encode("cp949"), "Order.tsv"),
    ],
)
def test_say_with_a_broken_model_says_where_without_a_traceback(real, name, content, place):
    folder, run = real
    (folder / "intents").mkdir(parents=True)
    (folder / "model.toml").write_text('language = "ko"\ninvocation_names = ["피자봇"]\n', encoding="utf-8")
    (folder / name).write_bytes(content)
    result = run("say", "피자봇에게 안녕")
    assert (result.exit_code, isinstance(result.exception, SystemExit)) == (1, True)
    assert place in result.output


def test_say_talks_to_a_running_server_that_trusts_the_development_key(run, app, tmp_path):
    write_key(tmp_path / "instance")
    app.debug = True
    server = make_server("127.0.0.1", 0, app)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        result = run("say", "피자봇에게 Order", "--url", f"http://127.0.0.1:{server.server_port}/clova")
        gone = run("say", "피자봇에게 Order", "--url", f"http://127.0.0.1:{server.server_port}/taxi")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "Clova: 2판이요?")
    assert (gone.exit_code, "error    HTTP 404" in gone.output) == (1, True)
    nobody = run("say", "피자봇에게 Order", "--url", f"http://127.0.0.1:{server.server_port}/clova")
    assert nobody.exit_code == 1
    assert "refused the connection. Is the server running?" in nobody.output


class Readline:
    """Holds the lines of one conversation, as the module of that name does."""

    def __init__(self, lines):
        self.lines = lines

    def read_history_file(self, path):
        raise FileNotFoundError

    def set_history_length(self, length):
        self.length = length

    def get_current_history_length(self):
        return len(self.lines)

    def get_history_item(self, number):
        return self.lines[number - 1]

    def remove_history_item(self, place):
        del self.lines[place]

    def set_completer(self, complete):
        self.complete = complete

    def set_completer_delims(self, delims):
        self.delims = delims

    def parse_and_bind(self, command):
        self.bound = command

    def get_line_buffer(self):
        return "/ev"

    def write_history_file(self, path):
        path.write_text("\n".join(self.lines), encoding="utf-8")


def test_no_line_with_a_token_stays_in_the_history(tmp_path, monkeypatch):
    tokens = ["/as S3CRET", " /as S3CRET", "\t/as S3CRET", "/as\tS3CRET", "/AS S3CRET", "/ as S3CRET", "/as"]
    tokens += ["/link https://a.example.com/?code=S3CRET", "/ LINK  https://a.example.com/?code=S3CRET"]
    kept = ["안녕", "/event A.B", "/assist", "as S3 is", "/link bora orders"]
    monkeypatch.setitem(sys.modules, "readline", Readline([*tokens, *kept]))
    with line_editing(tmp_path / "instance" / "history"):
        pass
    assert (tmp_path / "instance" / "history").read_text(encoding="utf-8").splitlines() == kept


def test_what_controls_audio_outside_a_session_is_told_how_to_try(talk):
    told = "What controls its audio, such as “next” or “stop”, is tried in the same ways."
    [before] = talk.say("다음 곡")
    assert told not in before
    talk.say("피자봇에게 Music")
    [line] = talk.say("다음 곡")
    assert "Nothing was sent" in line
    assert "피자봇에게 다음 곡" in line
    assert told in line
