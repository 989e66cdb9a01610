"""Handlers whose other parameters a container fills by their types: Flask-Injector."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app
from flask_injector import FlaskInjector
from injector import Inject

from clova_flask import Answer, Clova, tell

clova = Clova()

F = TypeVar("F", bound=Callable[..., Any])


class Prices:
    """What the shop asks for its pizzas."""

    def find(self, pizza: str) -> int:
        return 9900 if pizza == "치즈" else 12900


# [injected]
def injected(function: F) -> F:
    """Fill what is annotated with Inject, as Flask-Injector does for views."""

    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        injector = current_app.extensions["injector"]
        return injector.call_with_injection(function, args=args, kwargs=kwargs)

    return wrapper  # type: ignore[return-value]


@clova.intent("Price")
@injected
def price(pizza_type: str, prices: Inject[Prices]) -> Answer:
    return tell(f"{prices.find(pizza_type)}원이에요.")


def create_app() -> Flask:
    app = Flask(__name__)
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="com.example.prices")
    app.config.from_prefixed_env()
    clova.init_app(app)
    app.extensions["injector"] = FlaskInjector(app=app).injector
    return app


# [end of injected]
