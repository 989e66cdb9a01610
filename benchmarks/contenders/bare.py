"""Flask and nothing else: no check, no parsing, the same answer for all."""

from __future__ import annotations

import json

from flask import Flask, Response

from ..traffic import ANSWER, PATH


def create_app(_public_key: str) -> Flask:
    """Make the app."""
    app = Flask(__name__)
    answer = json.dumps(ANSWER, ensure_ascii=False).encode()

    @app.post(PATH)
    def endpoint() -> Response:
        return Response(answer, content_type="application/json;charset=utf-8")

    return app
