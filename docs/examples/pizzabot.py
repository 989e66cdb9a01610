"""A pizza shop to talk to."""

from __future__ import annotations

from flask import Flask

from clova_flask import Answer, Clova, Session, ask, ask_for, tell

clova = Clova()


@clova.launch
def welcome() -> Answer:
    return ask("피자봇입니다. 무엇을 주문할까요?", reprompt="메뉴를 말씀해 주세요.")


@clova.intent("OrderPizza")
def order(session: Session, pizza_type: str | None, pizza_amount: int = 1) -> Answer:
    if pizza_type is None:
        return ask_for("pizzaType", "어떤 피자로 드릴까요?")
    session["pizza"] = pizza_type
    return ask(f"{pizza_type} {pizza_amount}판, 주문할까요?", state="confirm")


@clova.intent("Clova.YesIntent", state="confirm")
def confirm(session: Session) -> Answer:
    return tell(f"{session['pizza']} 주문했어요.")


@clova.intent("Clova.NoIntent", state="confirm")
def cancel() -> Answer:
    return ask("그럼 무엇을 주문할까요?", state=None)


def create_app() -> Flask:
    app = Flask(__name__)
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="com.example.pizzabot")
    app.config.from_prefixed_env()
    clova.init_app(app)
    return app
