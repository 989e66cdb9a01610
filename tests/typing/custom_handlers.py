"""What type checkers know about the decorators of custom messages.

mypy reads this with ``warn_unused_ignores``: an ignore that nothing needs any more is an error, so that a
wrong use stays one.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Coroutine
from typing import Any, NoReturn, TypedDict, assert_type

from flask import Flask, Response

from clova_flask import Answer, Clova, HandlerGroup, Session, ask, tell
from clova_flask.home import HomeError


class Whole(TypedDict):
    response: dict[str, Any]


clova = Clova()
group = HandlerGroup()


# A decorator returns its function, with its signature.


@clova.launch
def welcome() -> Answer:
    return ask("어서 오세요")


@group.launch()
def welcome_again() -> str:
    return "어서 오세요"


@clova.intent("OrderPizza", state="menu", slots={"kind": "pizzaType"})
def order(session: Session, kind: str | None, amount: int = 1) -> Answer:
    return tell(f"{kind} {amount}판")


@group.intent("주문하기")
async def order_slowly(amount: int) -> Answer:
    return tell(f"{amount}판")


@clova.event("AudioPlayer.PlayFinished", "AudioPlayer.PlayStopped")
def finished(token: str, offset_in_milliseconds: int) -> None: ...


@clova.session_ended
def bye() -> None: ...


@group.session_ended()
def bye_again() -> None: ...


@clova.fallback
def fallback() -> str:
    return "다시 말씀해 주세요"


@clova.fallback(state="menu")
def fallback_of_the_menu() -> list[str]:
    return ["메뉴에서", "골라 주세요"]


@clova.errorhandler(ValueError)
def failed(error: ValueError) -> Answer:
    return tell(str(error))


@clova.before_request
def before() -> Answer | None:
    return None


@clova.after_request
def after(message: dict[str, Any]) -> dict[str, Any]:
    return message


@clova.user_loader
def load_user(access_token: str) -> str | None:
    return access_token or None


assert_type(welcome, Callable[[], Answer])
assert_type(welcome_again, Callable[[], str])
assert_type(bye, Callable[[], None])
assert_type(bye_again, Callable[[], None])
assert_type(fallback, Callable[[], str])
assert_type(fallback_of_the_menu, Callable[[], list[str]])
assert_type(before, Callable[[], Answer | None])


def decorated_functions_are_called_as_they_are_written() -> None:
    session = Session(None)
    assert_type(order(session, "고구마", amount=2), Answer)
    coroutines = [order_slowly(amount=2)]
    assert_type(coroutines, list[Coroutine[Any, Any, Answer]])
    assert_type(failed(ValueError("없는 메뉴")), Answer)
    assert_type(after({}), dict[str, Any])
    assert_type(load_user("token"), str | None)
    finished(token="노래", offset_in_milliseconds=1000)

    order(session, 5)  # type: ignore[arg-type]
    order(session, kind="고구마", amuont=2)  # type: ignore[call-arg]
    finished("노래")  # type: ignore[call-arg]
    failed(KeyError("x"))  # type: ignore[arg-type]


def a_decorator_with_options_returns_a_decorator() -> None:
    def kept(amount: int) -> str:
        return f"{amount}판"

    assert_type(clova.intent("A")(kept)(1), str)
    assert_type(clova.event("*")(kept)(1), str)
    assert_type(clova.fallback(state="menu")(kept)(1), str)
    assert_type(clova.errorhandler(Exception)(kept)(1), str)


def extensions_and_groups() -> None:
    clova.init_app(Flask(__name__))
    clova.register(group)
    Clova(Flask(__name__), extension_id=["a", "b"])

    clova.register(Flask(__name__))  # type: ignore[arg-type]
    clova.init_app("pizza")  # type: ignore[arg-type]


def wrong_uses() -> None:
    clova.launch("OrderPizza")  # type: ignore[call-overload]
    clova.launch(state="menu")  # type: ignore[call-overload]
    clova.intent(1)  # type: ignore[arg-type]
    clova.intent("A", stat="menu")  # type: ignore[arg-type]
    clova.intent("A", state=1)  # type: ignore[arg-type]
    clova.intent("A", slots={"kind": 1})  # type: ignore[dict-item]
    clova.intent("A")("B")  # type: ignore[type-var]
    clova.event(name="AudioPlayer.PlayFinished")  # type: ignore[call-arg]
    clova.fallback("menu")  # type: ignore[call-overload]
    clova.session_ended(1)  # type: ignore[call-overload]
    clova.errorhandler(ValueError("x"))  # type: ignore[arg-type]
    clova.errorhandler(KeyboardInterrupt)  # type: ignore[arg-type]
    clova.before_request("A")  # type: ignore[type-var]
    clova.after_request(None)  # type: ignore[type-var]
    clova.user_loader()  # type: ignore[call-arg]
    clova.intent("A", mapping={"kind": "pizzaType"})  # type: ignore[arg-type]
    clova.intent("A", prompts={"kind": 5})  # type: ignore[dict-item]
    Clova(Flask(__name__), "/")  # type: ignore[arg-type]
    clova.phrases["ko"]["failed"] = 5  # type: ignore[assignment]


def what_handlers_must_not_return() -> None:
    @clova.intent("A")  # type: ignore[type-var]
    def number() -> int:
        return 5

    @clova.launch  # type: ignore[type-var]
    def flask_response() -> Response:
        return Response()

    @clova.fallback  # type: ignore[type-var]
    def ok() -> bool:
        return True

    @clova.event("*")  # type: ignore[type-var]
    async def position() -> float:
        return 0.5


def what_other_functions_must_not_return() -> None:
    @clova.errorhandler(ValueError)  # type: ignore[type-var]
    def status() -> tuple[int, str]:
        return 404, "없어요"

    @clova.before_request  # type: ignore[type-var]
    def allowed() -> bool:
        return True

    @clova.after_request  # type: ignore[type-var]
    def spoken(message: dict[str, Any]) -> str:
        return "네"


def what_handlers_return() -> None:
    @clova.intent("B")
    def whole() -> dict[str, Any]:
        return {"response": {}}

    @clova.intent("C")
    def typed() -> Whole:
        return {"response": {}}

    @clova.intent("D")
    def untyped():  # type: ignore[no-untyped-def]
        return 5

    @clova.intent("E")
    def ends() -> NoReturn:
        raise ValueError

    @clova.errorhandler(ValueError)
    def offline(error: ValueError) -> HomeError | Answer | type[HomeError]:
        return tell(str(error))

    clova.intent("F")(functools.partial(order, amount=2))
