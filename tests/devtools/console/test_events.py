"""Events that are reported by form."""

import json

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

PLAY = {
    "header": {
        "namespace": "AudioPlayer",
        "name": "Play",
        "messageId": "11111111-2222-4333-8444-555555555555",
    },
    "payload": {
        "audioItem": {
            "audioItemId": "노래-1",
            "stream": {
                "beginAtInMilliseconds": 0,
                "token": "token-1",
                "url": "https://example.com/1.mp3",
                "urlPlayable": True,
                "durationInMilliseconds": 60_000,
            },
        },
        "playBehavior": "REPLACE_ALL",
        "source": {"name": "라디오"},
    },
}


def answer(directives=()):
    response = {
        "outputSpeech": {},
        "card": {},
        "directives": list(directives),
        "shouldEndSession": False,
    }
    return {"version": "0.1.0", "sessionAttributes": {}, "response": response}


@pytest.fixture
def heard():
    return []


@pytest.fixture
def bot(browser, register, serve, heard):
    """An extension that plays when it is launched, and keeps what it hears."""

    def respond(environ, start_response):
        message = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        heard.append(message)
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(answer([PLAY] if message["request"]["type"] == "LaunchRequest" else [])).encode()]

    def bot(platform="naver"):
        register(platform)
        url = serve(respond)
        page = browser.get("/extensions/1/server")
        page.form("seen").submit(endpoint_url=url)
        assert url in browser.get("/extensions/1/server").html

    return bot


def choose(browser, name):
    return browser.get("/extensions/1/test/events/").form("name").submit(name=name)


def test_the_events_of_each_platform(browser, bot):
    bot()
    page = browser.get("/extensions/1/test/events/")
    assert "SpeechSynthesizer.SpeechFinished" in page.text
    assert "ClovaSkill" not in page.text


def test_a_report_of_the_player_is_filled_in(browser, bot, heard):
    bot()
    browser.get("/extensions/1/test/").form("line").submit(line="/launch")
    browser.get("/extensions/1/test/").form("line").submit(line="/wait 7")
    form = choose(browser, "AudioPlayer.PlayPaused").form("token")
    assert form.values["token"] == ["token-1"]
    assert form.values["offsetInMilliseconds"] == ["7000"]
    page = form.submit(offsetInMilliseconds="7500")
    assert page.path.startswith("/extensions/1/test/")
    assert "/event AudioPlayer.PlayPaused" in page.text
    event = heard[-1]["request"]["event"]
    assert event == {
        "namespace": "AudioPlayer",
        "name": "PlayPaused",
        "payload": {"token": "token-1", "offsetInMilliseconds": 7500},
    }
    assert heard[-1]["context"]["AudioPlayer"]["playerActivity"] == "PAUSED"


@pytest.mark.parametrize(
    ("name", "activity"),
    [
        ("PlayPaused", "PAUSED"),
        ("PlayStopped", "STOPPED"),
        ("PlayStarted", "PLAYING"),
        ("PlayResumed", "PLAYING"),
        ("ProgressReportDelayPassed", "PLAYING"),
    ],
)
def test_the_player_is_where_the_report_says(browser, bot, heard, name, activity):
    bot()
    browser.get("/extensions/1/test/").form("line").submit(line="/launch")
    form = choose(browser, f"AudioPlayer.{name}").form("token")
    page = form.submit(offsetInMilliseconds="7500")
    assert f"Audio player {activity}, " in page.text
    assert heard[-1]["context"]["AudioPlayer"]["playerActivity"] == activity
    moved = not name.startswith("Progress")
    assert ("7.5 s" in page.text) is moved


def test_a_track_that_is_reported_finished_is_done(browser, bot, heard):
    bot()
    browser.get("/extensions/1/test/").form("line").submit(line="/launch")
    page = choose(browser, "AudioPlayer.PlayFinished").form("token").submit()
    assert "Audio player IDLE" in page.text
    assert "노래-1" not in page.text.split("Audio player")[1].split("Another conversation")[0]
    assert heard[-1]["context"]["AudioPlayer"]["playerActivity"] == "IDLE"


def test_a_report_of_another_stream_leaves_the_player(browser, bot, heard):
    bot()
    browser.get("/extensions/1/test/").form("line").submit(line="/launch")
    page = choose(browser, "AudioPlayer.PlayFinished").form("token").submit(token="다른 곡")
    assert "Audio player PLAYING" in page.text


def test_a_stream_is_requested(browser, bot, heard):
    bot()
    browser.get("/extensions/1/test/").form("line").submit(line="/launch")
    form = choose(browser, "AudioPlayer.StreamRequested").form("audioItemId")
    form.submit(**{"audioStream.urlPlayable": "false"})
    payload = heard[-1]["request"]["event"]["payload"]
    assert payload["audioItemId"] == "노래-1"
    assert payload["audioStream"] == {**PLAY["payload"]["audioItem"]["stream"], "urlPlayable": False}


def test_what_the_screen_of_the_player_asks_for(browser, bot, heard):
    bot()
    choose(browser, "TemplateRuntime.RequestPlayerInfo").form("token").submit(token="앞")
    payload = heard[-1]["request"]["event"]["payload"]
    assert payload == {"token": "앞", "range": {"before": 0, "after": 10}}


def test_an_event_without_a_payload(browser, bot, heard):
    bot("line")
    page = choose(browser, "ClovaSkill.SkillDisabled")
    assert "The event has no payload." in page.text
    page.form("event").submit()
    assert heard[-1]["session"] is None
    assert heard[-1]["request"]["event"]["payload"] is None


def test_disabling_ends_the_session(browser, bot):
    bot("line")
    browser.get("/extensions/1/test/").form("line").submit(line="/launch")
    assert "Session open" in browser.get("/extensions/1/test/").text
    page = choose(browser, "ClovaSkill.SkillDisabled").form("event").submit()
    assert "Session closed" in page.text


def test_an_event_of_an_agreed_namespace(browser, bot, heard):
    bot()
    form = choose(browser, "other").form("payload")
    form.submit(full_name="보라.피자.주문됨", payload='{"pizza_type": {"a_b": 1}, "수량": 2}')
    assert heard[-1]["request"]["event"] == {
        "namespace": "보라.피자",
        "name": "주문됨",
        "payload": {"pizza_type": {"a_b": 1}, "수량": 2},
    }


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"full_name": "PlayPaused"}, "Name the event with its namespace"),
        ({"full_name": ""}, "Name the event with its namespace"),
        ({"full_name": "a.b", "payload": "[]"}, "must be a JSON object"),
        ({"full_name": "a.b", "payload": "{"}, "must be a JSON object"),
        ({"full_name": "a.b", "payload": "[" * 5000}, "must be a JSON object"),
        ({"full_name": "a.b", "payload": '{"a": 1e999}'}, "must be a JSON object"),
    ],
)
def test_what_cannot_be_sent_is_told_and_kept(browser, bot, heard, given, told):
    bot()
    page = choose(browser, "other").form("payload").submit(**given)
    assert told in page.text
    assert page.form("payload").values["full_name"] == [given["full_name"]]
    assert heard == []


@pytest.mark.parametrize("value", ["밝게", "1e999", "{}", "[" * 3000, "\x00"])
def test_odd_values_are_sent_as_they_are(browser, bot, value):
    bot()
    form = choose(browser, "AudioPlayer.PlayPaused").form("token")
    assert form.submit(offsetInMilliseconds=value).status == 200


@pytest.mark.parametrize("name", ["ClovaSkill.SkillEnabled", "<b>", "AudioPlayer"])
def test_an_event_that_the_platform_does_not_send(browser, bot, heard, name):
    bot()
    assert browser.get("/extensions/1/test/events/", query={"name": name}).status == 200
    form = choose(browser, "AudioPlayer.PlayPaused").form("token")
    page = form.submit(event=name)
    assert "The platform has no such event." in page.text
    assert "<b>" not in page.html
    assert heard == []


def test_both_fields_of_an_own_event_that_are_wrong_are_marked(browser, bot, heard):
    bot()
    page = choose(browser, "other").form("payload").submit(full_name="PlayPaused", payload="[]")
    assert page.status == 422
    assert page.html.count('aria-invalid="true"') == 2
    assert 'aria-describedby="full_name-error"' in page.html
    assert "Name the event with its namespace" in page.text
    assert "must be a JSON object" in page.text
    assert heard == []
