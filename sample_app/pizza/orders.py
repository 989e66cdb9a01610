"""Ordering: slots that are asked for one after the other, and a confirmation in its own dialog state."""

from __future__ import annotations

from datetime import time
from typing import Annotated

from marshmallow import validate

from clova_flask import (
    Answer,
    AudioURL,
    HandlerGroup,
    Session,
    UserData,
    UserDataConflict,
    ask,
    ask_for,
    cards,
    tell,
)

from ..home.tables import UserRow
from .menu import MAX_AMOUNT, MENU, SoldOut

group = HandlerGroup()

CONFIRM = "confirm"
BELL = AudioURL("https://pizza.example.com/bell.mp3")

Amount = Annotated[int, validate.Range(min=1, max=MAX_AMOUNT)]


@group.launch
def welcome(user: UserRow | None) -> Answer:
    greeting = f"{user.name}님, 안녕하세요. " if user else ""
    return ask(f"{greeting}피자봇입니다. 무엇을 주문할까요?", reprompt="메뉴를 알려 달라고 하셔도 돼요.")


@group.intent("OrderPizza")
def order(
    session: Session,
    pizza_type: str | None,
    pizza_amount: Amount | None,
    delivery_time: time | None,
) -> Answer:
    if pizza_type is None:
        return ask_for("pizzaType", "어떤 피자로 드릴까요?")
    pizza = MENU.get(pizza_type)
    if pizza is None:
        return ask_for("pizzaType", f"{pizza_type} 피자는 없어요. {_names()} 중에서 골라 주세요.")
    if pizza.sold_out:
        raise SoldOut(pizza)
    if pizza_amount is None:
        return ask_for("pizzaAmount", f"{pizza.name} 피자 몇 판을 드릴까요?")
    session["order"] = {"pizza": pizza.name, "amount": pizza_amount}
    when = f"{delivery_time:%H시 %M분}까지 " if delivery_time else ""
    price = f"{pizza.price * pizza_amount:,}원"
    return ask(
        f"{pizza.name} 피자 {pizza_amount}판, {when}{price}입니다. 주문할까요?",
        reprompt="주문할까요? 네, 아니요로 말씀해 주세요.",
        state=CONFIRM,
        card=cards.image_text(
            f"{pizza.name} 피자 {pizza_amount}판", image_url=pizza.image_url, sub_text_list=[price]
        ),
    )


@group.intent("Clova.YesIntent", state=CONFIRM)
def confirm(session: Session, customer: UserData | None) -> Answer:
    match session.get("order"):
        case {"pizza": str(pizza), "amount": int(amount)}:
            return tell(f"{pizza} 피자 {amount}판을 주문했어요. {_thanks(customer)}", BELL)
    # A session outlives a deployment: what is in it may be from a version that kept orders in another shape.
    return ask("주문을 다시 말씀해 주세요. 무엇을 주문할까요?", state=None)


@group.intent("Clova.NoIntent", state=CONFIRM)
def decline(session: Session) -> Answer:
    session.pop("order", None)
    return ask("주문하지 않았어요. 다른 피자를 말씀해 주세요.", state=None)


@group.intent("ShowMenu")
def show_menu() -> Answer:
    images = [
        {"image_title": pizza.name, "image_url": pizza.image_url}
        for pizza in MENU.values()
        if not pizza.sold_out
    ]
    return ask(f"{_names()}가 있어요. 무엇을 주문할까요?", card=cards.image_list(images))


@group.intent("Clova.GuideIntent")
def guide() -> Answer:
    return ask("페퍼로니 두 판 주문해 줘, 처럼 말씀해 주세요.", reprompt="무엇을 주문할까요?")


@group.intent("Clova.CancelIntent")
def cancel() -> Answer:
    return tell("주문을 그만둘게요.")


@group.fallback
def fallback() -> Answer:
    return ask("잘 알아듣지 못했어요. 다시 말씀해 주세요.")


@group.errorhandler(SoldOut)
def sold_out(error: SoldOut) -> Answer:
    return ask(f"{error.pizza.name} 피자는 다 팔렸어요. 다른 피자를 말씀해 주세요.")


def _thanks(customer: UserData | None) -> str:
    """Count the orders of a customer; None is one whom the platform has no id for."""
    orders = 0 if customer is None else customer.get("orders", 0) + 1
    if customer is not None:
        customer["orders"] = orders
    return f"{orders}번째 주문이네요, 고맙습니다." if orders > 1 else "맛있게 드세요."


@group.errorhandler(UserDataConflict)
def ordered_twice(_error: UserDataConflict) -> Answer:
    return ask("방금 다른 기기에서 주문하셨어요. 이 주문도 할까요?", state=CONFIRM)


def _names() -> str:
    return ", ".join(pizza.name for pizza in MENU.values() if not pizza.sold_out)
