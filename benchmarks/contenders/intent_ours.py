"""This package's custom extension, as its users have it: every default."""

from __future__ import annotations

from flask import Flask

from clova_flask import Answer, Clova, Session, ask

from ..workloads import Workload
from .configured import configured_app


def create_app(_workload: Workload, public_key: str) -> Flask:
    """Make the app."""
    app = configured_app(__name__, public_key)
    clova = Clova()

    @clova.intent("OrderPizza")
    def order(session: Session, pizza_type: str, pizza_amount: int) -> Answer:
        session["pizza"] = pizza_type
        return ask(f"{pizza_type} {pizza_amount}판, 주문할까요?")

    clova.init_app(app)
    return app
