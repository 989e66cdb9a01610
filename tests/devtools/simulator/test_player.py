"""The device's audio player, on its own clock."""

import pytest
from flask import Flask

from clova_flask import AudioStream, Clova, audio, playback, tell
from clova_flask.custom.objects import ProgressReport
from clova_flask.devtools.simulator.device import SimulatorError
from clova_flask.devtools.simulator.start import make_cek
from clova_flask.runtime import runtime_of

PLAYING = "AudioPlayer.PlayStarted"


def directive(token, *, behavior="REPLACE_ALL", **stream):
    stream = AudioStream(f"https://music.example.com/{token}.mp3", token=token, **stream)
    return audio.play(
        stream,
        title_text=token,
        title_sub_text1="밴드",
        source_name="라디오",
        audio_item_id=token,
        play_behavior=behavior,
    )


def progress_report(**given):
    return ProgressReport(**{f"progress_report_{key}": value for key, value in given.items()})


class Radio:
    """An extension that plays what it is told to, and the player that obeys it."""

    def __init__(self, folder):
        self.app = Flask(__name__, instance_path=str(folder))
        self.clova = Clova(self.app, platform="naver", extension_id="com.example.radio")
        self.answers = {}
        self.heard = []
        self.clova.event("*")(self.answer)
        self._cek = None

    def answer(self, request, context):
        event = request.event
        player = context.audio_player
        offset = (event.payload or {}).get("offsetInMilliseconds")
        token = player.stream.token if player.stream else None
        self.heard.append((event.name, offset, player.player_activity, token, player.offset_in_milliseconds))
        answer = self.answers.get(event.name)
        return answer() if callable(answer) else tell(directives=answer or [])

    @property
    def cek(self):
        self._cek = self._cek or make_cek(self.app, runtime_of(self.app, "clova"), needs_model=False)
        return self._cek

    def do(self, *directives):
        self.answers["Do"] = list(directives)
        return self._heard(lambda: self.cek.event("Radio.Do", {}))[1:]

    def wait(self, seconds):
        return self._heard(lambda: self.cek.wait(seconds))

    def _heard(self, act):
        self.heard.clear()
        exchanges = act()
        assert [finding for exchange in exchanges for finding in exchange.findings] == []
        assert len(exchanges) == len(self.heard)
        return list(self.heard)


@pytest.fixture
def radio(tmp_path):
    return Radio(tmp_path)


def names(heard):
    return [(name, offset) for name, offset, *_ in heard]


def test_play_is_reported_with_the_token_and_the_place(radio):
    assert radio.do(directive("song-1")) == [("PlayStarted", 0, "PLAYING", "song-1", 0)]
    assert radio.cek.device.player.track.token == "song-1"


def test_play_may_begin_in_the_middle(radio):
    assert names(radio.do(directive("song-1", begin_at_in_milliseconds=60_000))) == [("PlayStarted", 60_000)]
    assert radio.wait(119) == []
    assert names(radio.wait(1)) == [("PlayFinished", 180_000)]


def test_an_address_that_is_not_playable_is_asked_for(radio):
    asked = []

    @radio.clova.event("AudioPlayer.StreamRequested")
    def deliver(audio_item_id, audio_stream: AudioStream):
        asked.append((audio_item_id, audio_stream.token, audio_stream.url_playable))
        ready = AudioStream("https://cdn.example.com/1", token=audio_stream.token, url_playable=True)
        return tell(directives=[audio.stream(audio_item_id, ready)])

    radio.answers["Do"] = [directive("song-1", url_playable=False)]
    exchanges = radio.cek.event("Radio.Do", {})
    labels = [exchange.label for exchange in exchanges]
    assert labels == ["Radio.Do", "AudioPlayer.StreamRequested", PLAYING]
    assert asked == [("song-1", "song-1", False)]
    assert radio.cek.device.player.track.stream["url"] == "https://cdn.example.com/1"
    contexts = [e.reply.request["context"]["AudioPlayer"]["playerActivity"] for e in exchanges]
    assert contexts == ["IDLE", "STOPPED", "PLAYING"]


@pytest.mark.parametrize(
    ("item", "playable"), [("another", True), ("song-1", False)], ids=["another item", "not playable"]
)
def test_an_address_that_was_not_asked_for_plays_nothing(radio, item, playable):
    stream = AudioStream("https://cdn.example.com/1", token="song-1", url_playable=playable)
    radio.answers["StreamRequested"] = [audio.stream(item, stream)]
    assert names(radio.do(directive("song-1", url_playable=False))) == [("StreamRequested", None)]
    assert radio.wait(600) == []


def test_an_address_that_comes_after_the_stop_plays_nothing(radio):
    radio.do(directive("song-1", url_playable=False))
    stream = AudioStream("https://cdn.example.com/1", token="song-1", url_playable=True)
    assert radio.do(playback.stop()) == []
    assert radio.do(audio.stream("song-1", stream)) == []


def test_an_address_that_comes_twice_is_played_once(radio):
    radio.do(directive("song-1"))
    stream = AudioStream("https://cdn.example.com/1", token="song-1", url_playable=True)
    assert radio.do(audio.stream("song-1", stream)) == []


def test_another_play_stops_the_first_and_forgets_the_queue(radio):
    radio.do(directive("song-1"), directive("song-2", behavior="ENQUEUE"))
    radio.wait(10)
    heard = radio.do(directive("song-3"))
    assert heard == [
        ("PlayStopped", 10_000, "STOPPED", "song-1", 10_000),
        ("PlayStarted", 0, "PLAYING", "song-3", 0),
    ]
    assert names(radio.wait(400)) == [("PlayFinished", 180_000)]


def test_what_is_queued_is_played_when_its_turn_comes(radio):
    heard = radio.do(directive("song-1"), directive("song-2", behavior="ENQUEUE"))
    assert names(heard) == [("PlayStarted", 0)]
    assert radio.wait(200) == [
        ("PlayFinished", 180_000, "IDLE", "song-1", 180_000),
        ("PlayStarted", 0, "PLAYING", "song-2", 0),
    ]
    assert radio.cek.device.player.track.offset == 20_000
    assert names(radio.wait(160)) == [("PlayFinished", 180_000)]
    assert radio.cek.device.player.context() == {"playerActivity": "IDLE"}


@pytest.mark.parametrize("before", ["nothing", "stopped"])
def test_a_queue_of_nothing_is_played_at_once(radio, before):
    if before == "stopped":
        radio.do(directive("song-1"))
        radio.do(playback.stop())
    heard = radio.do(directive("song-2", behavior="ENQUEUE"), directive("song-3", behavior="ENQUEUE"))
    assert heard == [("PlayStarted", 0, "PLAYING", "song-2", 0)]


def test_what_waits_for_its_address_is_not_pushed_out_by_the_queue(radio):
    heard = radio.do(directive("song-1", url_playable=False), directive("song-2", behavior="ENQUEUE"))
    assert names(heard) == [("StreamRequested", None)]
    assert [track.token for track in radio.cek.device.player.queue] == ["song-2"]


@pytest.mark.parametrize("behavior", ["ENQUEUE", "REPLACE_ALL"])
def test_the_next_song_may_be_the_answer_to_the_end_of_one(radio, behavior):
    radio.do(directive("song-1"))
    radio.answers["PlayFinished"] = [directive("song-2", behavior=behavior)]
    assert names(radio.wait(190)) == [("PlayFinished", 180_000), ("PlayStarted", 0)]
    assert (radio.cek.device.player.track.token, radio.cek.device.player.track.offset) == ("song-2", 10_000)


def test_time_stands_still_in_a_pause(radio):
    radio.do(directive("song-1"))
    radio.wait(30)
    assert radio.do(playback.pause()) == [("PlayPaused", 30_000, "PAUSED", "song-1", 30_000)]
    assert radio.wait(3600) == []
    assert radio.do(playback.pause()) == []
    assert names(radio.do(playback.resume())) == [("PlayResumed", 30_000)]
    assert names(radio.wait(150)) == [("PlayFinished", 180_000)]


def test_stop_ends_the_song_and_its_queue(radio):
    radio.do(directive("song-1"), directive("song-2", behavior="ENQUEUE"))
    assert radio.do(playback.stop()) == [("PlayStopped", 0, "STOPPED", "song-1", 0)]
    assert radio.do(playback.resume()) == []
    assert radio.wait(3600) == []


@pytest.mark.parametrize("control", [playback.pause, playback.resume, playback.stop])
def test_controls_of_nothing_do_nothing(radio, control):
    assert radio.do(control()) == []


def test_progress_is_reported_when_it_was_asked_for(radio):
    progress = {
        "delay_in_milliseconds": 5000,
        "interval_in_milliseconds": 20_000,
        "position_in_milliseconds": 50_000,
    }
    radio.do(
        directive("song-1", progress_report=progress_report(**progress), duration_in_milliseconds=65_000)
    )
    waits = [names(radio.wait(seconds)) for seconds in (4.999, 0.001, 34, 1, 0, 25)]
    assert waits == [
        [],
        [("ProgressReportDelayPassed", 5000)],
        [("ProgressReportIntervalPassed", 20_000)],
        [("ProgressReportIntervalPassed", 40_000)],
        [],
        [
            ("ProgressReportPositionPassed", 50_000),
            ("ProgressReportIntervalPassed", 60_000),
            ("PlayFinished", 65_000),
        ],
    ]


def test_delay_and_interval_count_from_where_the_song_began_and_position_from_its_start(radio):
    progress = progress_report(
        delay_in_milliseconds=5000, interval_in_milliseconds=7000, position_in_milliseconds=110_000
    )
    radio.do(directive("song-1", begin_at_in_milliseconds=100_000, progress_report=progress))
    assert names(radio.wait(15)) == [
        ("ProgressReportDelayPassed", 105_000),
        ("ProgressReportIntervalPassed", 107_000),
        ("ProgressReportPositionPassed", 110_000),
        ("ProgressReportIntervalPassed", 114_000),
    ]


def test_each_report_tells_where_the_player_is_at_that_moment(radio):
    progress = progress_report(interval_in_milliseconds=60_000)
    radio.do(directive("song-1", progress_report=progress))
    heard = radio.wait(150)
    assert [(offset, activity, at) for _, offset, activity, _, at in heard] == [
        (60_000, "PLAYING", 60_000),
        (120_000, "PLAYING", 120_000),
    ]


def test_an_answer_to_a_report_is_obeyed_at_once(radio):
    progress = progress_report(interval_in_milliseconds=10_000)
    radio.do(directive("song-1", progress_report=progress))
    radio.answers["ProgressReportIntervalPassed"] = [playback.pause()]
    assert names(radio.wait(100)) == [("ProgressReportIntervalPassed", 10_000), ("PlayPaused", 10_000)]
    assert radio.cek.device.player.track.offset == 10_000


def test_the_clock_goes_only_by_waiting(radio):
    radio.do(directive("song-1"))
    for _ in range(3):
        radio.cek.event("Radio.Do", {})
        radio.cek.launch()
    assert radio.cek.device.player.track.offset == 0


def test_every_request_tells_what_the_player_does(radio):
    radio.do(directive("song-1", duration_in_milliseconds=90_000))
    radio.wait(12.5)
    (exchange,) = radio.cek.launch()
    player = exchange.reply.request["context"]["AudioPlayer"]
    assert {**player, "stream": player["stream"]["token"]} == {
        "playerActivity": "PLAYING",
        "offsetInMilliseconds": 12_500,
        "totalInMilliseconds": 90_000,
        "stream": "song-1",
    }


def test_no_time_passes_nothing(radio):
    radio.do(directive("song-1"))
    assert radio.wait(0) == []
    assert radio.cek.device.player.track.offset == 0


@pytest.mark.parametrize("seconds", [-5, 86_401, float("nan"), float("inf")])
def test_a_time_that_cannot_pass_is_an_error(radio, seconds):
    radio.do(directive("song-1"))
    with pytest.raises(SimulatorError, match=f"from 0 to 86400, not {seconds}"):
        radio.wait(seconds)
    assert radio.cek.device.player.track.offset == 0


def test_songs_that_follow_each_other_without_end_are_stopped(radio):
    radio.do(directive("song-1", duration_in_milliseconds=1))
    radio.answers["PlayFinished"] = lambda: tell(directives=[directive("song-1", duration_in_milliseconds=1)])
    exchanges = radio.cek.wait(86_400)
    assert len(exchanges) == 1000
    assert [finding.code for finding in exchanges[-1].findings] == ["answer.endless-events"]
