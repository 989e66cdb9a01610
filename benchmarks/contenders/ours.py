"""This package, as its users have it: every default, and only the settings that it cannot do without."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from clova_flask import Answer, Clova, Session, ask

from ..traffic import EXTENSION_ID, PATH


def create_app(public_key: str) -> Flask:
    """Make the app."""
    # A development key in the checkout's instance folder is none of this app's business.
    app = Flask(__name__, instance_path=str(Path(__file__).resolve().parent / "instance"))
    app.config.update(CLOVA_PUBLIC_KEY=public_key, CLOVA_EXTENSION_ID=EXTENSION_ID, CLOVA_URL_PREFIX=PATH)
    clova = Clova()

    @clova.intent("OrderPizza")
    def order(session: Session, pizza_type: str, pizza_amount: int) -> Answer:
        session["pizza"] = pizza_type
        return ask(f"{pizza_type} {pizza_amount}판, 주문할까요?")

    clova.init_app(app)
    return app
