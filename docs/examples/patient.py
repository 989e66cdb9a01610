"""A kitchen and lamps that may take long to answer, and what is said then."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from flask import Flask

from clova_flask import Answer, Clova, HandlerGroup, HandlerTimeout, ask, tell
from clova_flask.home import Appliance, TargetOfflineError

kitchen = HandlerGroup()
KITCHEN = {"seconds": 0.0, "connections": 0}


@asynccontextmanager
async def connect() -> AsyncIterator[None]:
    """Be connected to the kitchen."""
    KITCHEN["connections"] += 1
    try:
        yield
    finally:
        await asyncio.sleep(0)
        KITCHEN["connections"] -= 1


# [order]
@kitchen.intent("OrderPizza")
async def order(pizza_type: str) -> str:
    async with connect():  # it is given back, also when the time is up
        await asyncio.sleep(KITCHEN["seconds"])
        return f"{pizza_type} 주문했어요."
        # [end of order]


# [launch]
@kitchen.launch
async def status() -> Answer:
    try:
        await asyncio.sleep(KITCHEN["seconds"])
    except asyncio.CancelledError:
        return tell("아직 굽고 있어요.")
    return tell("다 됐어요.")
    # [end of launch]


# [errorhandlers]
@kitchen.errorhandler(HandlerTimeout)
def too_late(error: HandlerTimeout) -> Answer:
    return ask("주문이 밀려 있어요. 계속 기다릴까요?", state="waiting")


@kitchen.home.errorhandler(HandlerTimeout)
def no_answer() -> TargetOfflineError:
    return TargetOfflineError()
    # [end of errorhandlers]


@kitchen.user_loader
def load_user(access_token: str) -> str:
    return access_token


@kitchen.home.load
def load(appliance_id: str) -> Appliance:
    return Appliance(appliance_id, type="LIGHT")


@kitchen.home.on("TurnOn")
async def turn_on() -> None:
    await asyncio.sleep(KITCHEN["seconds"])


def create_app(seconds: float = 6, *, handles_timeouts: bool = True) -> Flask:
    app = Flask(__name__)
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="com.example.pizzabot")
    app.config["CLOVA_HANDLER_TIMEOUT"] = seconds
    clova = Clova()
    # [phrases]
    clova.phrases["ko"]["timeout"] = "주방이 아직 답이 없어요. 잠시 후에 다시 말씀해 주세요."
    clova.phrases["ja"]["timeout"] = "キッチンの返事がまだありません。少したってからもう一度お願いします。"
    # [end of phrases]
    if handles_timeouts:
        clova.register(kitchen)
    else:
        clova.intent("OrderPizza")(order)
    clova.init_app(app)
    return app
