"""A taxi extension as one was written for another library, and as it is here."""

from __future__ import annotations

from flask import Flask

from clova_flask import Answer, Clova, Session, ask, tell

clova = Clova()


# [handlers]
@clova.launch
def welcome() -> Answer:
    return ask("タクシーです。どこへ行きますか？")


@clova.intent("CallTaxi")
def call(session: Session, destination: str | None) -> Answer:
    session["calls"] = session.get("calls", 0) + 1
    if destination is None:
        return ask("どこへ行きますか？", reprompt="行き先を教えてください。")
    return tell(f"{destination}まで呼びました。")


@clova.fallback
def default() -> Answer:
    return ask("行き先を教えてください。")


@clova.session_ended
def bye() -> None: ...


# [end of handlers]


def create_app() -> Flask:
    app = Flask(__name__)
    app.config.update(CLOVA_PLATFORM="line", CLOVA_EXTENSION_ID="com.example.taxi")
    clova.init_app(app)
    return app
