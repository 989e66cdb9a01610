"""A radio: directives of the audio player, its events, and the built-in intents."""

from __future__ import annotations

import logging

from flask import Flask

from clova_flask import (
    Answer,
    AudioStream,
    AudioURL,
    Clova,
    Context,
    IntentRequest,
    ask,
    audio,
    cards,
    playable_item,
    playback,
    player_info,
    tell,
)

logger = logging.getLogger(__name__)
clova = Clova()

SONGS = {"song-1": "오븐 앞에서", "song-2": "토마토 왈츠"}
ARTIST = "치즈 밴드"


@clova.launch
def welcome() -> Answer:
    return ask("피자봇 라디오입니다. 음악을 들려드릴까요?")


@clova.fallback
def help_out() -> Answer:
    return ask("음악 틀어 줘, 라고 말씀해 주세요.")


# [play]
def play_song(token: str) -> Answer:
    """Play a song from its beginning."""
    title = SONGS[token]
    # The address expires, so the client asks for it just before it plays.
    stream = AudioStream(f"radio:{token}", token=token, url_playable=False)
    directive = audio.play(stream, title_text=title, title_sub_text1=ARTIST, source_name="피자봇 라디오")
    return tell(f"{title}, 들려드릴게요.", directives=[directive])


@clova.intent("PlayMusic")
def play() -> Answer:
    return play_song("song-1")


@clova.event("AudioPlayer.StreamRequested")
def deliver(audio_item_id: str, audio_stream: AudioStream) -> Answer:
    url = f"https://radio.example.com/{audio_stream.token}.mp3"
    return tell(directives=[audio.stream(audio_item_id, url, token=audio_stream.token)])


# [end of play]
# [control]
@clova.intent("Clova.PauseIntent")
def pause() -> Answer:
    return tell(directives=[playback.pause()])


@clova.intent("Clova.ResumeIntent")
def resume() -> Answer:
    return tell(directives=[playback.resume()])


@clova.intent("Clova.StopIntent")
def stop() -> Answer:
    return tell("음악을 멈출게요.", directives=[playback.stop()])


# [end of control]
# [next]
@clova.intent("Clova.NextIntent", "Clova.PreviousIntent", "Clova.RequestAlternativesIntent")
def another(context: Context, request: IntentRequest) -> Answer:
    stream = context.audio_player.stream if context.audio_player else None
    tokens = list(SONGS)
    index = tokens.index(stream.token) if stream and stream.token in tokens else 0
    step = -1 if request.intent.name == "Clova.PreviousIntent" else 1
    return play_song(tokens[(index + step) % len(tokens)])


# [end of next]
# [events]
@clova.event("AudioPlayer.PlayFinished", "AudioPlayer.PlayStopped")
def remember(token: str, offset_in_milliseconds: int) -> None:
    logger.info("%s was played for %d ms.", token, offset_in_milliseconds)


@clova.intent("WhatIsPlaying")
def what(context: Context) -> Answer:
    player = context.audio_player
    if player is None or player.stream is None:
        return tell("지금은 아무것도 나오지 않아요.")
    return tell(f"{SONGS[player.stream.token]}, {ARTIST}의 노래예요.")


# [end of events]
# [player]
@clova.event("TemplateRuntime.RequestPlayerInfo")
def show() -> Answer:
    items = [playable_item(token, title_text=title, title_sub_text1=ARTIST) for token, title in SONGS.items()]
    return tell(directives=[player_info(*items, provider_name="피자봇 라디오")])


# [end of player]
# [speech]
@clova.intent("PlayJingle")
def jingle() -> Answer:
    card = cards.text("피자봇 라디오", sub_text="하루 종일 이탈리아 노래")
    return tell("로고송입니다.", AudioURL("https://radio.example.com/jingle.mp3"), card=card)


# [end of speech]


def create_app() -> Flask:
    """Make the app."""
    app = Flask(__name__)
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="com.example.radio")
    clova.init_app(app)
    return app
