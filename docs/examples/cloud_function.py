"""An extension on Google Cloud Functions, or Cloud Run functions."""

import functions_framework
from flask import Request
from pizzabot import create_app
from werkzeug import Response

app = create_app()


@functions_framework.http
def clova(request: Request) -> Response:
    return Response.from_app(app.wsgi_app, request.environ)
