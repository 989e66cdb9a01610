"""LINE's ``clova-cek-sdk``, put on Flask as its documentation does."""

from __future__ import annotations

import importlib
from typing import Any

from cryptography.hazmat.primitives.serialization import load_pem_public_key
from flask import Flask, Response, jsonify, request

from ..signing import EXTENSION_ID, PATH
from ..workloads import Workload


def create_app(_workload: Workload, public_key: str) -> Flask:
    """Make the app."""
    app = Flask(__name__)
    clova = importlib.import_module("cek").Clova(application_id=EXTENSION_ID, default_language="ko")
    # LINE's key is built in, and there is no setting for another.
    clova.handle._public_key = load_pem_public_key(public_key.encode())  # noqa: SLF001

    def order(clova_request: Any) -> Any:
        pizza_type = str(clova_request.slot_value("pizzaType"))
        pizza_amount = int(clova_request.slot_value("pizzaAmount"))
        answer = clova.response(f"{pizza_type} {pizza_amount}판, 주문할까요?")
        answer.session_attributes = {**clova_request.session.attributes, "pizza": pizza_type}
        return answer

    def default(clova_request: Any) -> Any:
        return clova.response("다시 말씀해 주세요.")

    clova.handle.intent("OrderPizza")(order)
    clova.handle.default(default)

    @app.route(PATH, methods=["POST"])
    def endpoint() -> Response:
        response = jsonify(clova.route(request.data, request.headers))
        response.headers["Content-Type"] = "application/json;charset-UTF-8"
        return response

    return app
