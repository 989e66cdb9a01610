"""An extension on Azure Functions: an HTTP trigger for every path."""

import azure.functions as func
from pizzabot import create_app

app = func.WsgiFunctionApp(create_app().wsgi_app, http_auth_level=func.AuthLevel.ANONYMOUS)
