"""Music while the pizza is in the oven: the audio player's directives, events and built-in intents."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from clova_flask import (
    Answer,
    AudioStream,
    Context,
    Directive,
    HandlerGroup,
    audio,
    playable_item,
    playback,
    player_info,
    tell,
)

logger = logging.getLogger(__name__)

group = HandlerGroup()

SOURCE = "피자봇 라디오"


@dataclass(frozen=True)
class Song:
    """A song; the client knows it by its token."""

    token: str
    title: str
    artist: str


SONGS = (
    Song("song-1", "오븐 앞에서", "치즈 밴드"),
    Song("song-2", "토마토 왈츠", "바질 트리오"),
    Song("song-3", "배달이 온다", "도우 시스터즈"),
)


@group.intent("PlayMusic")
def play() -> Answer:
    return _play(SONGS[0])


@group.intent("Clova.NextIntent", "Clova.RequestAlternativesIntent")
def following(context: Context) -> Answer:
    return _play(_neighbour(context, 1))


@group.intent("Clova.PreviousIntent")
def previous(context: Context) -> Answer:
    return _play(_neighbour(context, -1))


@group.intent("Clova.PauseIntent")
def pause() -> Answer:
    return tell(directives=[playback.pause()])


@group.intent("Clova.ResumeIntent")
def resume() -> Answer:
    return tell(directives=[playback.resume()])


@group.intent("Clova.StopIntent")
def stop() -> Answer:
    return tell("음악을 멈출게요.", directives=[playback.stop()])


@group.event("AudioPlayer.StreamRequested")
def stream(audio_item_id: str, audio_stream: AudioStream) -> Answer:
    url = f"https://pizza.example.com/music/{audio_stream.token}.mp3"
    ready = replace(audio_stream, url=url, url_playable=True)
    return tell(directives=[audio.stream(audio_item_id, ready)])


@group.event("AudioPlayer.PlayFinished")
def finished(token: str, offset_in_milliseconds: int) -> None:
    logger.info("%s was played to its end at %d ms.", token, offset_in_milliseconds)


@group.event("TemplateRuntime.RequestPlayerInfo")
def show(range: Mapping[str, Any] | None) -> Answer:  # noqa: A002 - the payload's own name
    songs = SONGS[: 1 + int((range or {}).get("after", len(SONGS)))]
    items = [playable_item(s.token, title_text=s.title, title_sub_text1=s.artist) for s in songs]
    return tell(directives=[player_info(*items, provider_name=SOURCE)])


def _play(song: Song) -> Answer:
    return tell(f"{song.artist}의 {song.title}, 들려드릴게요.", directives=[_directive(song)])


def _directive(song: Song) -> Directive:
    # The URL is valid for a short time, so the client asks for it just before it plays.
    stream = AudioStream(f"pizza:{song.token}", token=song.token, url_playable=False)
    return audio.play(stream, title_text=song.title, title_sub_text1=song.artist, source_name=SOURCE)


def _neighbour(context: Context, step: int) -> Song:
    playing = context.audio_player.stream if context.audio_player else None
    tokens = [song.token for song in SONGS]
    index = tokens.index(playing.token) if playing and playing.token in tokens else -step
    return SONGS[(index + step) % len(SONGS)]
