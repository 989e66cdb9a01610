"""What type checkers know about what handlers build."""

from __future__ import annotations

from typing import assert_type

from clova_flask import (
    Answer,
    AudioURL,
    Directive,
    Speech,
    ask,
    ask_for,
    audio,
    cards,
    playback,
    tell,
)
from clova_flask.cards import Card

assert_type(tell("안녕하세요"), Answer)
assert_type(tell("안녕", Speech("こんにちは", lang="ja"), AudioURL("https://example.com/a.mp3")), Answer)
assert_type(tell(brief="네", verbose=["네", "그럼요"]), Answer)
song = audio.play(
    "https://example.com/a.mp3", title_text="아리랑", title_sub_text1="민요", source_name="라디오"
)
assert_type(song, Directive)
assert_type(tell("들어 보세요", directives=[song, playback.resume()]), Answer)
assert_type(ask("몇 판이요?", reprompt="말씀해 주세요", state="amount"), Answer)
assert_type(ask("처음으로 갈게요", state=None), Answer)
assert_type(ask_for("pizzaType", "어떤 피자요?", reprompt=["어떤", "피자요?"]), Answer)
assert_type(playback.pause(), Directive)
assert_type(cards.text("고구마 피자"), Card)
assert_type(ask("네", card=cards.text("고구마 피자")), Answer)


def wrong_uses() -> None:
    tell(5)  # type: ignore[arg-type]
    tell(None)  # type: ignore[arg-type]
    tell(["네", "네"])  # type: ignore[arg-type]
    tell("안녕", reprompt="안녕?")  # type: ignore[call-arg]
    tell("안녕", state="menu")  # type: ignore[call-arg]
    tell("안녕", directives=playback.pause())  # type: ignore[arg-type]
    tell("안녕", card="고구마 피자")  # type: ignore[arg-type]
    ask("몇 판이요?", state=5)  # type: ignore[arg-type]
    ask("몇 판이요?", reprompt=5)  # type: ignore[arg-type]
    ask_for()  # type: ignore[call-arg]
    ask_for("pizzaType", "어떤 피자요?", state="menu")  # type: ignore[call-arg]
    ask_for(5, "어떤 피자요?")  # type: ignore[arg-type]
    Speech("こんにちは", language="ja")  # type: ignore[call-arg]
    playback.pause(5)  # type: ignore[arg-type]
    audio.play("https://example.com/a.mp3", title_text="아리랑")  # type: ignore[call-arg]
    cards.text(sub_txt="고구마")  # type: ignore[call-arg]
