"""The fuzzed app: handlers of all sorts, as many in production mode as one app can have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from flask import Flask, abort

from clova_flask import (
    AudioStream,
    Clova,
    RequestRefused,
    Slot,
    SlotError,
    UserData,
    UserDataUnavailable,
    ask,
    ask_for,
    audio,
    cards,
    tell,
)
from clova_flask.custom.speech import Speech

from .home_app import declare_home
from .seeds import EXTENSION_ID, SECRETS, TOKENS
from .slots import TYPES

BY_TOKEN = {token: user for user, token in TOKENS.items()}
SOAKING = {f"soak-token-{number}": f"soak-{number}" for number in range(100)}
"""Users whom no mutated message names, for ``benchmarks.soak``."""


class KitchenClosed(Exception):
    """What one errorhandler answers."""


class Banned(RequestRefused):
    """What a hook refuses a message with."""

    status = 429


def make_app(platform: str, declare: Callable[[Clova], object] | None = None, **settings: Any) -> Flask:
    """Make the app.

    :param declare: declares further handlers.
    :param settings: as for :class:`~clova_flask.Clova`: a key, and where user data is kept.
    :param platform: ``line`` has hooks and an errorhandler for slots, ``naver`` none, since a message is
        written in other ways where there are hooks.
    """
    app = Flask(f"fuzz-{platform}", static_folder=None)
    clova = Clova(platform=platform, extension_id=EXTENSION_ID, **settings)
    clova.user_loader(_user_of)
    clova.user_data.key(lambda user: user)
    _declare_intents(clova)
    _declare_dialog(clova)
    _declare_failures(clova)
    _declare_events(clova)
    declare_home(clova)
    if platform == "line":
        _declare_hooks(clova)
    if declare is not None:
        declare(clova)
    clova.init_app(app)
    return app


def _user_of(access_token: str) -> str | None:
    return BY_TOKEN.get(access_token) or SOAKING.get(access_token)


def _declare_intents(clova: Clova) -> None:
    @clova.launch
    def welcome(data: UserData, context: Any) -> Any:
        _visit(data)
        return ask(
            brief="안녕하세요",
            verbose=["안녕하세요.", Speech("こんにちは。", lang="ja")],
            reprompt="말씀해 주세요.",
            card=cards.text(main_text=str(data["visits"])),
        )

    @clova.session_ended
    def bye(session: Any) -> None:
        session["left"] = True

    @clova.fallback
    def fallback(request: Any) -> Any:
        return ask(f"{request.intent.name[:50]}?")

    for name, annotation in TYPES.items():
        clova.intent(name)(_typed(annotation))


def _typed(annotation: Any) -> Callable[..., Any]:
    def handler(value: Any, session: Any) -> Any:
        session["last"] = value.value if isinstance(value, Slot) else str(value)
        return ask(str(value)[:150] or "없음")

    handler.__annotations__["value"] = annotation
    return handler


def _visit(data: UserData) -> None:
    data["visits"] = data["visits"] + 1 if isinstance(data.get("visits"), int) else 1


def _declare_dialog(clova: Clova) -> None:
    @clova.intent("OrderPizza")
    def order(session: Any, pizza_type: str | None, pizza_amount: int = 1) -> Any:
        if pizza_type is None:
            return ask_for("pizzaType", "어떤 피자로 드릴까요?")
        session["pizza"], session["amount"] = pizza_type, pizza_amount
        return ask(f"{pizza_type[:99]}, 주문할까요?", state="confirm")

    @clova.intent("Clova.YesIntent", "Confirm", state="confirm")
    def confirm(session: Any, user: str) -> Any:
        stream = audio.play(
            "https://example.com/a.mp3", title_text="노래", title_sub_text1="歌手", source_name="가게"
        )
        return tell(f"{session['pizza']}"[:100] or "주문", directives=[stream])

    @clova.intent("Keep")
    def keep(data: UserData, what: str, extra: Slot | None = None) -> str:
        """Keep what was said, and tell the user's own secret."""
        _visit(data)
        data["kept"] = what
        return str(data.get("secret", "처음"))

    @clova.intent("Count")
    def count(data: UserData | None, user: str | None) -> str:
        if data is None:
            return "누구세요?"
        _visit(data)
        return f"{data['visits']}, {data.get('secret')}, {SECRETS.get(user or '')}"

    @clova.intent("Waiting")
    async def wait(what: str, data: UserData) -> list[str]:
        _visit(data)
        return [what[:100], "잠시만요"]

    @clova.intent("WholeMessage")
    def whole(session: Any, what: str = "") -> dict[str, Any]:
        speech = {"type": "SimpleSpeech", "values": {"type": "PlainText", "lang": "ko", "value": what[:99]}}
        response = {"outputSpeech": speech, "card": {}, "directives": [], "shouldEndSession": False}
        return {"sessionAttributes": {"what": what}, "response": response}


def _declare_failures(clova: Clova) -> None:
    @clova.intent("Broken")
    def broken(how: str, session: Any) -> Any:
        if how == "answer":
            return {"response": {"outputSpeech": {"type": "Shouted"}}}
        if how == "keep":
            session["odd"] = Decimal("NaN")
            return "하나"
        if how == "closed":
            raise KitchenClosed
        if how == "refuse":
            raise Banned("only hooks refuse")
        raise ValueError("불이야")

    @clova.intent("Refused")
    def refused() -> Any:
        abort(401)

    @clova.errorhandler(KitchenClosed)
    def closed(error: KitchenClosed) -> Any:
        return tell("지금은 주문을 받지 않아요.")

    @clova.errorhandler(UserDataUnavailable)
    def unknown(error: UserDataUnavailable) -> Any:
        return "누구신지 모르겠어요."


def _declare_events(clova: Clova) -> None:
    @clova.event("AudioPlayer.PlayFinished", "AudioPlayer.PlayStopped")
    def finished(token: str, offset_in_milliseconds: int, data: UserData) -> None:
        _visit(data)

    @clova.event("AudioPlayer.*")
    def reported(token: str | None = None, offset_in_milliseconds: float | None = None) -> None:
        pass

    @clova.event("AudioPlayer.StreamRequested")
    def wanted(audio_item_id: str, stream: AudioStream) -> Any:
        playable = replace(stream, url="https://example.com/a.mp3", url_playable=True)
        return tell("노래", directives=[audio.stream(audio_item_id, playable)])

    @clova.event("TemplateRuntime.RequestPlayerInfo")
    def shown(token: str, range: dict[str, Any] | None = None) -> None:  # noqa: A002 - the field's name
        pass

    @clova.event("ClovaSkill.*")
    def skill(user: Any) -> None:
        pass

    @clova.event("*")
    def other(request: Any) -> str:
        return f"{request.event.full_name[:99]}"


def _declare_hooks(clova: Clova) -> None:
    @clova.before_request
    def before(request: Any) -> None:
        if getattr(request, "locale", None) == "xx-BANNED":
            raise Banned("The locale is banned.")

    @clova.after_request
    def after(answer: dict[str, Any]) -> dict[str, Any] | None:
        return None

    @clova.errorhandler(SlotError)
    def unclear(error: SlotError) -> Any:
        return ask("잘 못 들었어요.")

    @clova.home.after_request
    def after_home(reply: dict[str, Any], interface: str) -> None:
        pass
