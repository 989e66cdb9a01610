"""The builders of directives: what they send, and what they refuse to build."""

import dataclasses
import uuid

import pytest

from clova_flask import (
    AudioStream,
    Directive,
    ProgressReport,
    audio,
    control,
    lyrics,
    playable_item,
    playback,
    player_info,
    tell,
)

MP3 = "https://example.com/a.mp3"
TITLES = {"title_text": "봄날", "title_sub_text1": "가수", "source_name": "피자 라디오"}


def is_uuid4(text):
    return str(uuid.UUID(text)) == text and uuid.UUID(text).version == 4


@pytest.fixture
def sent(clova, connect, caplog):
    """Send a directive with an answer; give its full name and its payload as they were sent."""

    def sent(directive):
        clova.launch(lambda: tell("네", directives=[directive]))
        (wire,) = connect().launch().directives
        header = wire["header"]
        assert set(wire) == {"header", "payload"}
        assert set(header) == {"namespace", "name", "messageId"}
        assert is_uuid4(header["messageId"])
        assert caplog.records == []
        return f"{header['namespace']}.{header['name']}", wire["payload"]

    return sent


def test_a_directive_has_a_fresh_message_id_each_time_it_is_sent():
    directive = playback.pause()
    ids = {directive.to_wire()["header"]["messageId"] for _ in range(50)}
    assert len(ids) == 50
    assert all(is_uuid4(message_id) for message_id in ids)


def test_what_is_done_to_a_sent_directive_does_not_change_the_next():
    directive = playback.pause()
    directive.to_wire()["payload"]["target"] = "x"
    assert directive.to_wire()["payload"] == {}


def test_a_directive_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        playback.pause().name = "PlaybackController.Stop"


# AudioPlayer.Play


def test_play_with_everything(sent):
    stream = AudioStream(
        url="pizza:42",
        token="곡-42",
        url_playable=False,
        begin_at_in_milliseconds=1500,
        custom_data="나만의 것",
        duration_in_milliseconds=180000.5,
        format="audio/aac",
        progress_report=ProgressReport(
            progress_report_delay_in_milliseconds=1000,
            progress_report_interval_in_milliseconds=60000,
            progress_report_position_in_milliseconds=120000,
        ),
    )
    directive = audio.play(
        stream,
        title_text="봄날",
        title_sub_text1="가수",
        title_sub_text2="앨범",
        header_text="추천곡",
        art_image_url="https://example.com/a.png",
        source_name="피자 라디오",
        source_logo_url="https://example.com/logo.png",
        audio_item_id="item-42",
        play_behavior="ENQUEUE",
    )
    assert sent(directive) == (
        "AudioPlayer.Play",
        {
            "audioItem": {
                "audioItemId": "item-42",
                "titleText": "봄날",
                "titleSubText1": "가수",
                "titleSubText2": "앨범",
                "headerText": "추천곡",
                "artImageUrl": "https://example.com/a.png",
                "stream": {
                    "url": "pizza:42",
                    "token": "곡-42",
                    "urlPlayable": False,
                    "beginAtInMilliseconds": 1500,
                    "customData": "나만의 것",
                    "durationInMilliseconds": 180000.5,
                    "format": "audio/aac",
                    "progressReport": {
                        "progressReportDelayInMilliseconds": 1000,
                        "progressReportIntervalInMilliseconds": 60000,
                        "progressReportPositionInMilliseconds": 120000,
                    },
                },
            },
            "playBehavior": "ENQUEUE",
            "source": {"name": "피자 라디오", "logoUrl": "https://example.com/logo.png"},
        },
    )


def test_play_with_a_url_alone(sent):
    name, payload = sent(audio.play(MP3, **TITLES))
    item = payload["audioItem"]
    assert is_uuid4(item.pop("audioItemId"))
    assert is_uuid4(item["stream"].pop("token"))
    assert (name, payload) == (
        "AudioPlayer.Play",
        {
            "audioItem": {
                "titleText": "봄날",
                "titleSubText1": "가수",
                "stream": {"url": MP3, "urlPlayable": True, "beginAtInMilliseconds": 0},
            },
            "playBehavior": "REPLACE_ALL",
            "source": {"name": "피자 라디오"},
        },
    )


def test_each_item_and_stream_gets_names_of_its_own():
    payloads = [audio.play(MP3, **TITLES).payload for _ in range(20)]
    assert len({payload["audioItem"]["audioItemId"] for payload in payloads}) == 20
    assert len({payload["audioItem"]["stream"]["token"] for payload in payloads}) == 20


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"title_text": None}, "audioItem.titleText: Must be a str, but is missing."),
        ({"title_text": 5}, "audioItem.titleText: Must be a str, not int."),
        ({"title_sub_text1": None}, "audioItem.titleSubText1: Must be a str, but is missing."),
        ({"title_sub_text2": ["앨범"]}, "audioItem.titleSubText2: Must be a str, not list."),
        ({"header_text": 5}, "audioItem.headerText: Must be a str, not int."),
        ({"art_image_url": 5}, "audioItem.artImageUrl: Must be a str, not int."),
        ({"audio_item_id": 42}, "audioItem.audioItemId: Must be a str, not int."),
        ({"source_name": None}, "source.name: Must be a str, but is missing."),
        ({"source_logo_url": 5}, "source.logoUrl: Must be a str, not int."),
        ({"play_behavior": "NOW"}, "playBehavior: Must be one of REPLACE_ALL, ENQUEUE."),
        ({"play_behavior": None}, "playBehavior: Must be one of REPLACE_ALL, ENQUEUE, but is missing."),
    ],
    ids=str,
)
def test_a_play_that_cannot_be_sent_is_not_built(change, named):
    with pytest.raises((TypeError, ValueError)) as caught:
        audio.play(**{"stream": MP3, **TITLES, **change})
    assert str(caught.value).startswith("AudioPlayer.Play: ")
    assert named in str(caught.value)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"url": None}, "url: Must be a str, but is missing."),
        ({"url": 5}, "url: Must be a str, not int."),
        ({"token": None}, "token: Must be a str, but is missing."),
        ({"token": 42}, "token: Must be a str, not int."),
        ({"url_playable": "yes"}, "urlPlayable: Must be True or False, not str."),
        ({"begin_at_in_milliseconds": "0"}, "beginAtInMilliseconds: Must be a number, not str."),
        ({"begin_at_in_milliseconds": True}, "beginAtInMilliseconds: Must be a number, not bool."),
        ({"duration_in_milliseconds": float("nan")}, "durationInMilliseconds: Must be a number, not nan."),
        ({"custom_data": {"id": 42}}, "customData: Must be a str, not dict."),
        ({"format": "audio/midi"}, "format: Must be one of audio/mpeg"),
        (
            {"progress_report": ProgressReport(progress_report_delay_in_milliseconds="1")},
            "progressReport.progressReportDelayInMilliseconds: Must be a number, not str.",
        ),
        ({"progress_report": 60000}, "progressReport: Must be a dict, not int."),
    ],
    ids=str,
)
def test_a_stream_that_cannot_be_sent_is_not_built(change, named):
    stream = AudioStream(**{"url": MP3, "token": "곡-42", **change})
    for build, path in (
        (lambda: audio.play(stream, **TITLES), "AudioPlayer.Play: audioItem.stream."),
        (lambda: audio.stream("item-42", stream), "AudioPlayer.StreamDeliver: audioStream."),
    ):
        with pytest.raises((TypeError, ValueError)) as caught:
            build()
        assert str(caught.value).startswith(path + named)


def test_every_fault_is_named():
    with pytest.raises(ValueError, match=r"^AudioPlayer\.Play: ") as caught:
        audio.play(MP3, title_text=5, title_sub_text1="가수", source_name="라디오", play_behavior="NOW")
    assert "audioItem.titleText: " in str(caught.value)
    assert "playBehavior: " in str(caught.value)


# AudioPlayer.StreamDeliver


def test_a_requested_stream_is_delivered_with_a_url_that_plays(clova, connect, caplog):
    @clova.event("AudioPlayer.StreamRequested")
    def requested(audio_item_id: str, audio_stream: AudioStream):
        playable = dataclasses.replace(audio_stream, url=MP3, url_playable=True)
        return tell(directives=[audio.stream(audio_item_id, playable)])

    stream = {
        "beginAtInMilliseconds": None,
        "customData": "나만의 것",
        "durationInMilliseconds": 180000,
        "format": "audio/mpeg",
        "progressReport": {"progressReportIntervalInMilliseconds": 60000, "unit": "ms"},
        "token": "곡-42",
        "url": "pizza:42",
        "urlPlayable": False,
        "bitrate": {"kbps": [128, None]},
    }
    reply = connect().event("AudioPlayer.StreamRequested", audio_item_id="item-42", audio_stream=stream)
    (directive,) = reply.directives
    assert directive["header"]["name"] == "StreamDeliver"
    assert directive["payload"] == {
        "audioItemId": "item-42",
        "audioStream": {
            "beginAtInMilliseconds": 0,
            "customData": "나만의 것",
            "durationInMilliseconds": 180000,
            "format": "audio/mpeg",
            "progressReport": {"progressReportIntervalInMilliseconds": 60000, "unit": "ms"},
            "token": "곡-42",
            "url": MP3,
            "urlPlayable": True,
            "bitrate": {"kbps": [128, None]},
        },
    }
    assert caplog.records == []


def test_a_stream_of_ones_own_is_delivered(sent):
    name, payload = sent(audio.stream("item-42", AudioStream(MP3, "곡-42")))
    assert (name, payload) == (
        "AudioPlayer.StreamDeliver",
        {
            "audioItemId": "item-42",
            "audioStream": {"url": MP3, "token": "곡-42", "urlPlayable": True, "beginAtInMilliseconds": 0},
        },
    )


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((None, AudioStream(MP3)), "audioItemId: Must be a str, but is missing."),
        ((42, AudioStream(MP3)), "audioItemId: Must be a str, not int."),
    ],
)
def test_a_delivery_that_cannot_be_sent_is_not_built(arguments, named):
    with pytest.raises((TypeError, ValueError)) as caught:
        audio.stream(*arguments)
    assert str(caught.value).startswith("AudioPlayer.StreamDeliver: ")
    assert named in str(caught.value)


@pytest.mark.parametrize("stream", [None, 5, [MP3]], ids=str)
def test_what_is_no_stream_is_refused(stream):
    text = "must be an AudioStream or a str, its URL, not "
    with pytest.raises(TypeError, match=f"^stream {text}"):
        audio.play(stream, **TITLES)
    with pytest.raises(TypeError, match=f"^audio_stream {text}"):
        audio.stream("item-42", stream)


# PlaybackController


@pytest.mark.parametrize(
    ("make", "name"), [(playback.pause, "Pause"), (playback.resume, "Resume"), (playback.stop, "Stop")]
)
@pytest.mark.parametrize(
    ("arguments", "payload"),
    [
        ([], {}),
        ([None], {}),
        (["AudioPlayer"], {"target": {"namespace": "AudioPlayer"}}),
        (["MediaPlayer"], {"target": {"namespace": "MediaPlayer"}}),
    ],
)
def test_playback(sent, make, name, arguments, payload):
    assert sent(make(*arguments)) == (f"PlaybackController.{name}", payload)


@pytest.mark.parametrize("make", [playback.pause, playback.resume, playback.stop])
@pytest.mark.parametrize("target", ["Player", "", 5])
def test_playback_of_another_player_is_not_built(make, target):
    with pytest.raises(ValueError, match=r"^PlaybackController\.\w+: target\.namespace: "):
        make(target)


# TemplateRuntime.RenderPlayerInfo

BUTTONS = [
    {"name": name, "enabled": True, "selected": False, "type": "BUTTON"}
    for name in ("PREVIOUS", "PLAY_PAUSE", "NEXT")
]
ITEM = {"token": "곡-42", "titleText": "봄날", "titleSubText1": "가수", "showAdultIcon": False}


def item(**more):
    return playable_item("곡-42", **{"title_text": "봄날", "title_sub_text1": "가수", **more})


def test_player_info_with_the_least(sent):
    assert sent(player_info(item())) == (
        "TemplateRuntime.RenderPlayerInfo",
        {"displayType": "list", "playableItems": [ITEM], "controls": BUTTONS},
    )


def test_player_info_with_everything(sent):
    whole = item(
        title_sub_text2="앨범",
        header_text="추천곡",
        art_image_url="https://example.com/a.png",
        controls=[control("LIKE_DISLIKE", enabled=False, selected=True, control_type="TOGGLE")],
        lyrics=[
            lyrics(format="LRC", data="[00:01]봄날"),
            lyrics(format="PLAIN", url="https://example.com/l"),
        ],
        is_live=False,
        show_adult_icon=True,
    )
    directive = player_info(
        whole,
        item(),
        display_type="single",
        controls=[control("NEXT")],
        provider_name="피자 라디오",
        provider_logo_url="https://example.com/logo.png",
        provider_small_logo_url="https://example.com/small.png",
    )
    assert sent(directive)[1] == {
        "displayType": "single",
        "playableItems": [
            {
                "token": "곡-42",
                "titleText": "봄날",
                "titleSubText1": "가수",
                "titleSubText2": "앨범",
                "headerText": "추천곡",
                "artImageUrl": "https://example.com/a.png",
                "controls": [{"name": "LIKE_DISLIKE", "enabled": False, "selected": True, "type": "TOGGLE"}],
                "lyrics": [
                    {"format": "LRC", "data": "[00:01]봄날"},
                    {"format": "PLAIN", "url": "https://example.com/l"},
                ],
                "isLive": False,
                "showAdultIcon": True,
            },
            ITEM,
        ],
        "controls": [{"name": "NEXT", "enabled": True, "selected": False, "type": "BUTTON"}],
        "provider": {
            "name": "피자 라디오",
            "logoUrl": "https://example.com/logo.png",
            "smallLogoUrl": "https://example.com/small.png",
        },
    }


def test_player_info_may_be_empty(sent):
    payload = sent(player_info(controls=[]))[1]
    assert payload == {"displayType": "list", "playableItems": [], "controls": []}


@pytest.mark.parametrize(
    "name",
    [
        *(f"{way}_{seconds}S" for way in ("BACKWARD", "FORWARD") for seconds in (15, 30, 60)),
        *("LIKE_DISLIKE", "MORE", "NEXT", "PLAY_PAUSE", "PREVIOUS", "PROGRESS_BAR", "REPEAT"),
        "SUBSCRIBE_UNSUBSCRIBE",
    ],
)
def test_an_item_may_have_every_control(sent, name):
    payload = sent(player_info(item(controls=[control(name)])))[1]
    assert payload["playableItems"][0]["controls"][0]["name"] == name


@pytest.mark.parametrize(
    ("make", "named"),
    [
        (
            lambda: player_info(item(), display_type="grid"),
            "displayType: Must be one of list, single.",
        ),
        (
            lambda: player_info(item(), display_type=None),
            "displayType: Must be one of list, single, but is missing.",
        ),
        (lambda: player_info("봄날"), "playableItems[0]: Must be a dict, not str."),
        (
            lambda: player_info(item(), item(title_text=None)),
            "playableItems[1].titleText: Must be a str, but is missing.",
        ),
        (
            lambda: player_info(item(title_sub_text1=5)),
            "playableItems[0].titleSubText1: Must be a str, not int.",
        ),
        (
            lambda: player_info(playable_item(None, title_text="a", title_sub_text1="b")),
            "playableItems[0].token: Must be a str, but is missing.",
        ),
        (lambda: player_info(item(is_live="no")), "playableItems[0].isLive: Must be True or False, not str."),
        (
            lambda: player_info(item(show_adult_icon=1)),
            "playableItems[0].showAdultIcon: Must be True or False, not int.",
        ),
        (
            lambda: player_info(item(controls=[control("REWIND")])),
            "playableItems[0].controls[0].name: Must be",
        ),
        (
            lambda: player_info(item(lyrics=[lyrics(format="TXT")])),
            "playableItems[0].lyrics[0].format: Must be",
        ),
        (lambda: player_info(item(lyrics=["봄날"])), "playableItems[0].lyrics[0]: Must be a dict, not str."),
        (lambda: player_info(item(lyrics="봄날")), "playableItems[0].lyrics: Must be a list, not str."),
        (lambda: player_info(controls=[control("REPEAT")]), "controls[0].name: Must be one of NEXT"),
        (
            lambda: player_info(controls=[control("NEXT", enabled=1)]),
            "controls[0].enabled: Must be True or False, not int.",
        ),
        (
            lambda: player_info(controls=[control("NEXT", control_type=None)]),
            "controls[0].type: Must be a str, but is missing.",
        ),
        (
            lambda: player_info(item(), provider_logo_url="https://example.com"),
            "provider.name: Must be a str, but is missing.",
        ),
        (lambda: player_info(item(), provider_name=5), "provider.name: Must be a str, not int."),
    ],
)
def test_player_info_that_cannot_be_sent_is_not_built(make, named):
    with pytest.raises(ValueError, match=r"^TemplateRuntime\.RenderPlayerInfo: ") as caught:
        make()
    assert named in str(caught.value)


@pytest.mark.parametrize("controls", [control("NEXT"), 5, "NEXT"], ids=["dict", "int", "str"])
def test_controls_that_are_no_list_are_refused(controls):
    with pytest.raises(TypeError, match=r"^controls must be a list of control\(…\), not (dict|int|str)\.$"):
        player_info(item(), controls=controls)


def test_builders_return_directives():
    assert isinstance(player_info(item()), Directive)
    assert isinstance(audio.play(MP3, **TITLES), Directive)
