"""Handlers of events: what fills their parameters, in the guides' tables' form and in their examples'."""

import logging
import uuid
from dataclasses import replace

import pytest

from clova_flask import AudioPlayer, AudioStream, RegistrationError, audio, tell

STREAM = {
    "beginAtInMilliseconds": 0,
    "token": "곡-42",
    "url": "clova:TR-NM-42",
    "urlPlayable": False,
    "customData": "보라",
}
PLAYER = {
    "playerActivity": "STOPPED",
    "offsetInMilliseconds": 83100,
    "totalInMilliseconds": 272000,
    "stream": STREAM,
}


@pytest.fixture
def seen():
    return []


POSITIONS = [
    "PlayStarted",
    "PlayPaused",
    "PlayResumed",
    "PlayStopped",
    "PlayFinished",
    "ProgressReportDelayPassed",
    "ProgressReportIntervalPassed",
    "ProgressReportPositionPassed",
]


@pytest.fixture
def position(clova, seen):
    @clova.event("AudioPlayer.*")
    def report(token: str, offset_in_milliseconds: int):
        seen.append((token, offset_in_milliseconds))


@pytest.mark.usefixtures("position")
@pytest.mark.parametrize("name", POSITIONS)
def test_token_and_position_are_those_of_the_payload(connect, seen, name):
    other = {**PLAYER, "offsetInMilliseconds": 1, "stream": {**STREAM, "token": "another"}}
    payload = {"token": "곡-42", "offset_in_milliseconds": 83100}
    connect().event(f"AudioPlayer.{name}", audio_player=other, **payload)
    assert seen == [("곡-42", 83100)]


@pytest.mark.usefixtures("position")
@pytest.mark.parametrize("name", POSITIONS)
def test_token_and_position_are_the_players_where_the_payload_is_empty(connect, seen, name):
    connect().event(f"AudioPlayer.{name}", audio_player=PLAYER)
    assert seen == [("곡-42", 83100)]


def test_all_that_the_player_tells_can_be_taken(clova, connect, seen):
    @clova.event("AudioPlayer.PlayStopped")
    def stopped(
        token: str,
        offset_in_milliseconds: float,
        total_in_milliseconds: float,
        player_activity,
        stream: AudioStream,
    ):
        seen.append(
            (token, offset_in_milliseconds, total_in_milliseconds, player_activity, stream.custom_data)
        )

    player = AudioPlayer("STOPPED", 83100, 272000, AudioStream("clova:TR-NM-42", "곡-42", custom_data="보라"))
    connect().event("AudioPlayer.PlayStopped", audio_player=player)
    assert seen == [("곡-42", 83100, 272000, "STOPPED", "보라")]


def test_what_the_player_does_not_tell_is_missing(clova, connect, seen):
    @clova.event("AudioPlayer.PlayStopped")
    def stopped(token: str | None, offset_in_milliseconds: int = -1):
        seen.append((token, offset_in_milliseconds))

    cek = connect()
    cek.event("AudioPlayer.PlayStopped", audio_player={"playerActivity": "IDLE"})
    assert seen == [(None, -1)]


def test_what_plays_fills_nothing_of_other_events(clova, connect, seen):
    @clova.event("SpeechSynthesizer.SpeechFinished")
    def finished(token: str | None):
        seen.append(token)

    connect().event("SpeechSynthesizer.SpeechFinished", audio_player=PLAYER)
    assert seen == [None]


def test_a_handler_of_all_events_is_filled_from_the_player_for_those_of_audio(clova, connect, seen):
    clova.event("*")(lambda token=None: seen.append(token))
    cek = connect()
    cek.event("AudioPlayer.PlayStopped", audio_player=PLAYER)
    cek.event("SpeechSynthesizer.SpeechFinished", audio_player=PLAYER)
    assert seen == ["곡-42", None]


def test_a_field_that_neither_payload_nor_player_has_is_refused(clova):
    with pytest.raises(RegistrationError, match="Did you mean 'player_activity'"):
        clova.event("AudioPlayer.PlayStopped")(lambda player_activty: None)
    with pytest.raises(RegistrationError, match=r"'player_activity' of .* is not a payload field of Speech"):
        clova.event("SpeechSynthesizer.SpeechFinished")(lambda player_activity: None)


@pytest.mark.parametrize("key", ["audioStream", "stream"])
@pytest.mark.parametrize("name", ["audio_stream", "stream"])
def test_the_requested_stream_goes_by_either_name(clova, connect, seen, key, name):
    if name == "stream":

        @clova.event("AudioPlayer.StreamRequested")
        def by_example(audio_item_id: str, stream: AudioStream):
            seen.append((audio_item_id, stream))
    else:

        @clova.event("AudioPlayer.StreamRequested")
        def by_table(audio_item_id: str, audio_stream: AudioStream):
            seen.append((audio_item_id, audio_stream))

    connect().event("AudioPlayer.StreamRequested", audioItemId="곡", **{key: STREAM})
    [(item, stream)] = seen
    assert (item, stream.token, stream.custom_data, stream.url_playable) == ("곡", "곡-42", "보라", False)


URL = "https://radio.example.com/42.mp3"


@pytest.fixture
def deliver(clova, connect, caplog):
    """Answer a StreamRequested, and return the payload of the directive that is sent, and what is logged."""

    def deliver(make):
        caplog.set_level(logging.WARNING)

        @clova.event("AudioPlayer.StreamRequested")
        def requested(audio_item_id: str, audio_stream: AudioStream):
            return tell(directives=[make(audio_item_id, audio_stream)])

        reply = connect().event("AudioPlayer.StreamRequested", audioItemId="곡", stream=STREAM)
        [directive] = reply.directives
        return directive["payload"], caplog.text

    return deliver


def test_a_url_is_enough_to_deliver_a_stream(deliver):
    payload, logged = deliver(lambda item, stream: audio.stream(item, URL, token=stream.token))
    wanted = {"audioItemId": "곡", "audioStream": {"url": URL, "token": "곡-42", "urlPlayable": True}}
    assert (payload, logged) == (wanted, "")


def test_a_stream_is_delivered_whole(deliver):
    payload, logged = deliver(
        lambda item, stream: audio.stream(item, replace(stream, url=URL, url_playable=True))
    )
    assert (payload["audioStream"]["customData"], payload["audioStream"]["url"], logged) == ("보라", URL, "")


@pytest.mark.parametrize("header", [{}, {"messageId": None}, {"messageId": ""}], ids=str)
def test_a_message_id_that_a_directive_lacks_is_filled_in(clova, connect, header):
    named = {"namespace": "AudioPlayer", "name": "ClearQueue", **header}
    clova.launch(lambda: tell(directives=[{"header": named, "payload": {}}]))
    [directive] = connect().launch().directives
    assert uuid.UUID(directive["header"]["messageId"]).version == 4


@pytest.mark.parametrize("key", ["audioStream", "stream"])
def test_a_directive_by_hand_may_be_as_the_guides_example(deliver, key):
    def make(item, stream):
        header = {"namespace": "AudioPlayer", "name": "StreamDeliver"}
        return {"header": header, "payload": {"audioItemId": item, key: {"token": stream.token, "url": URL}}}

    payload, logged = deliver(make)
    assert (payload, "StreamDeliver" in logged) == (
        {"audioItemId": "곡", key: {"token": "곡-42", "url": URL}},
        False,
    )


def test_a_url_without_a_token_is_refused():
    with pytest.raises(TypeError, match=r"must have the token of the event's stream: token="):
        audio.stream("곡", URL)


def test_the_device_plays_what_is_delivered_by_its_url_alone(clova, connect):
    @clova.intent("PlayMusic")
    def play():
        stream = AudioStream("clova:TR-NM-42", "곡-42", url_playable=False)
        return tell(
            directives=[audio.play(stream, title_text="곡", title_sub_text1="밴드", source_name="라디오")]
        )

    @clova.event("AudioPlayer.StreamRequested")
    def requested(audio_item_id: str, audio_stream: AudioStream):
        return tell(directives=[audio.stream(audio_item_id, URL, token=audio_stream.token)])

    cek = connect()
    [directive] = cek.intent("PlayMusic").directives
    item = directive["payload"]["audioItem"]["audioItemId"]
    cek.event("AudioPlayer.StreamRequested", audio_item_id=item, audio_stream=STREAM)
    sent = cek.intent("PlayMusic").request["context"]["AudioPlayer"]
    assert (sent["playerActivity"], sent["stream"]["url"]) == ("PLAYING", URL)


def test_play_takes_fields_that_the_guides_do_not_name():
    further = {"explicit": True, "titleText": "다른 곡"}
    directive = audio.play(
        URL, title_text="곡", title_sub_text1="밴드", source_name="라디오", further=further
    )
    item = directive.payload["audioItem"]
    assert (item["explicit"], item["titleText"], item["titleSubText1"]) == (True, "다른 곡", "밴드")


def test_optional_fields_that_are_null_make_no_warning(clova, connect, caplog):
    caplog.set_level(logging.WARNING)
    nulls = {
        "progressReport": {"progressReportDelayInMilliseconds": None},
        "customData": None,
        "format": None,
    }
    item = {
        "audioItemId": "곡",
        "titleText": "곡",
        "titleSubText1": "밴드",
        "headerText": None,
        "stream": {**STREAM, **nulls},
    }
    payload = {
        "audioItem": item,
        "playBehavior": "REPLACE_ALL",
        "source": {"name": "라디오", "logoUrl": None},
    }
    header = {"namespace": "AudioPlayer", "name": "Play", "messageId": "m"}
    clova.launch(lambda: tell(directives=[{"header": header, "payload": payload}]))
    assert connect().launch().directives[0]["payload"] == payload
    assert "AudioPlayer" not in caplog.text


def test_events_of_a_namespace_that_was_agreed_on(clova, connect):
    given = []

    @clova.event("Radio.Tuned")
    def tuned(fm: float, station_name: str | None):
        given.append((fm, station_name))

    @clova.event("Gebäude.*")
    def house(request):
        given.append(request.event.full_name)

    cek = connect()
    cek.event("Radio.Tuned", fm=91.9, stationName="강남 FM")
    cek.event("Radio.Tuned", fm=93.1)
    cek.event("Gebäude.Betreten")
    assert given == [(91.9, "강남 FM"), (93.1, None), "Gebäude.Betreten"]


@pytest.mark.parametrize(
    "name",
    [
        "Audio.PlayStarted",
        "AudioPlayr.Faded",
        "AudioPlayer.Faded",
        "Radio",
        "Radio.",
        ".Tuned",
        "Radio.Tu ned",
        "a.b.c",
    ],
)
def test_a_misspelt_event_is_no_agreed_one(clova, name):
    with pytest.raises(RegistrationError, match="is not an event"):
        clova.event(name)
