"""Dialogs: slots of many types, a question for each that is missing, states, errors, hooks."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from enum import Enum
from typing import Annotated, Any

from flask import Flask
from marshmallow import validate

from clova_flask import (
    Answer,
    Clova,
    Context,
    Duration,
    HandlerGroup,
    Session,
    Slot,
    SlotError,
    ask,
    ask_for,
    cards,
    current_session,
    tell,
)

delivery = HandlerGroup()

KOREA = timezone(timedelta(hours=9))
ADDRESSES: dict[str, str] = {}
"""Where orders go, by the user's id."""


class Size(Enum):
    SMALL = "작은 것"
    LARGE = "큰 것"


class KitchenClosed(Exception):
    """The kitchen makes no more pizzas today."""


@delivery.launch
def welcome() -> Answer:
    return ask("피자 배달입니다. 무엇을 주문할까요?")


# [order]
Amount = Annotated[int, validate.Range(min=1, max=20)]


@delivery.intent("OrderPizza")
def order(
    session: Session,
    pizza_type: str | None,
    size: Size = Size.LARGE,
    pizza_amount: Amount = 1,
    delivery_time: datetime | timedelta | None = None,
) -> Answer:
    if pizza_type is None:
        return ask_for("pizzaType", "어떤 피자로 드릴까요?", reprompt="피자 이름을 말씀해 주세요.")
    if pizza_type == "트러플":
        raise KitchenClosed
    session["order"] = {"pizza": pizza_type, "size": size.value, "amount": pizza_amount}
    card = cards.text(pizza_type, sub_text=f"{size.value}, {pizza_amount}판")
    return ask(f"{size.value}으로 {pizza_type} {pizza_amount}판, 주문할까요?", state="confirm", card=card)


# [end of order]
# [states]
@delivery.intent("Clova.YesIntent", state="confirm")
def confirm(session: Session) -> Answer:
    return tell(f"{summary()} 주문했어요.")


@delivery.intent("Clova.NoIntent", state="confirm")
def change_mind(session: Session) -> Answer:
    session.clear()
    return ask("취소했어요. 무엇을 주문할까요?", state=None)


@delivery.fallback(state="confirm")
def not_confirmed() -> Answer:
    return ask("주문할까요? 네, 아니요로 말씀해 주세요.")


@delivery.fallback
def not_understood() -> Answer:
    return ask("피자 이름을 말씀해 주세요.")


# [end of states]
# [current]
def summary() -> str:
    """Describe the order, also deeper down than a handler."""
    order = current_session["order"]
    return f"{order['pizza']} {order['amount']}판"


# [end of current]
# [mapped]
@delivery.intent("FindShop", slots={"where": "region"})
def find_shop(where: Slot) -> Answer:
    return tell(f"{where.value} 지점을 찾고 있어요.")


# [end of mapped]
# [prompts]
@delivery.intent("Rate", prompts={"stars": "별 몇 개를 주시겠어요? 하나부터 다섯까지요."})
def rate(stars: Annotated[int, validate.Range(min=1, max=5)]) -> Answer:
    return tell(f"별 {stars}개, 고마워요.")


# [end of prompts]
# [durations]
@delivery.intent("PauseMembership")
def pause(span: Duration) -> Answer:
    until = datetime.now(KOREA) + span
    return tell(f"{until.month}월 {until.day}일까지 쉬어 갈게요.")


# [end of durations]
# [skill]
@delivery.event("ClovaSkill.SkillDisabled")
def forget(context: Context) -> None:
    ADDRESSES.pop(context.system.user.id, None)


# [end of skill]
# [errors]
@delivery.errorhandler(KitchenClosed)
def closed() -> Answer:
    return tell("지금은 주문을 받지 않아요.")


@delivery.errorhandler(SlotError)
def ask_again(error: SlotError) -> Answer:
    return ask_for(error.name, error.prompt or "잘 못 들었어요. 다시 말씀해 주세요.")


# [end of errors]
# [hooks]
@delivery.before_request
def refuse_banned(session: Session) -> Answer | None:
    if session.user.id == "banned":
        return tell("이용할 수 없어요.")
    return None


@delivery.after_request
def no_card_without_screen(response: dict[str, Any], context: Context) -> dict[str, Any]:
    if not context.system.device.display.has_screen:
        response["response"]["card"] = {}
    return response


# [end of hooks]


def create_app() -> Flask:
    """Make the app, with an extension of its own."""
    app = Flask(__name__)
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="com.example.delivery")
    clova = Clova()
    clova.register(delivery)
    clova.phrases["ko"]["failed"] = "주방에 문제가 생겼어요. 잠시 후에 다시 말씀해 주세요."
    clova.init_app(app)
    return app
