"""Handlers whose other parameters a container fills: dependency-injector."""

from typing import Annotated

from dependency_injector import containers, providers
from dependency_injector.wiring import Provide, inject
from flask import Flask

from clova_flask import Answer, Clova, NotFilled, ask, tell

clova = Clova()


class Prices:
    """What the shop asks for its pizzas."""

    def __init__(self, prices: dict[str, int]) -> None:
        self.prices = prices

    def find(self, pizza: str) -> int | None:
        return self.prices.get(pizza)


# [container]
class Container(containers.DeclarativeContainer):
    """The objects of the app."""

    config = providers.Configuration()
    prices = providers.Singleton(Prices, config.prices)


@clova.intent("Price")
@inject
def price(pizza_type: str, prices: Prices = Provide[Container.prices]) -> Answer:
    found = prices.find(pizza_type)
    return tell(f"{found}원이에요.") if found else ask(f"{pizza_type}는 없어요. 다른 것을 말씀해 주세요.")


# [end of container]


# [not filled]
@clova.intent("Minimum")
@inject
def minimum(amount: Annotated[int, Provide[Container.config.minimum.as_int()], NotFilled]) -> Answer:
    return tell(f"{amount}원부터 배달해요.")


# [end of not filled]


# [wiring]
def create_app() -> Flask:
    app = Flask(__name__)
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="com.example.prices")
    app.config.from_prefixed_env()
    container = Container(config={"prices": {"치즈": 9900}, "minimum": 12000})
    container.wire(modules=[__name__])
    clova.init_app(app)
    return app


# [end of wiring]
