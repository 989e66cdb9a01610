"""An extension on AWS Lambda, behind a function URL, API Gateway or a load balancer."""

from apig_wsgi import make_lambda_handler
from pizzabot import create_app

lambda_handler = make_lambda_handler(create_app())
