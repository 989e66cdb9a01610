"""The programs of the page "Where it can run", called as the platforms call them."""

import base64
import json

import pytest
from pizzabot import create_app

from clova_flask.security.devkey import generate_key, public_pem, sign
from clova_flask.security.signature import HEADER

MESSAGE = {
    "version": "1.0",
    "session": {"sessionId": "세션", "new": True, "user": {"userId": "보라"}},
    "context": {"System": {"application": {"applicationId": "com.example.pizzabot"}}},
    "request": {"type": "LaunchRequest", "requestId": "피자"},
}
BODY = json.dumps(MESSAGE, ensure_ascii=False).encode()
GREETING = "피자봇입니다. 무엇을 주문할까요?"
KEY = generate_key()


@pytest.fixture(autouse=True)
def settings(monkeypatch):
    monkeypatch.setenv("FLASK_CLOVA_EXTENSION_ID", "com.example.pizzabot")
    monkeypatch.setenv("FLASK_CLOVA_PUBLIC_KEY", json.dumps(public_pem(KEY)))


def speech(body):
    return json.loads(body)["response"]["outputSpeech"]["values"]["value"]


def event_v2(body):
    return {
        "version": "2.0",
        "rawPath": "/clova",
        "rawQueryString": "",
        "cookies": [],
        "headers": {HEADER.lower(): sign(KEY, BODY), "content-type": "application/json;charset-UTF-8"},
        "requestContext": {
            "http": {"method": "POST", "path": "/clova", "sourceIp": "127.0.0.1", "protocol": "HTTP/1.1"}
        },
        **body,
    }


def event_v1(body):
    return {
        "path": "/clova",
        "httpMethod": "POST",
        "headers": {HEADER: sign(KEY, BODY), "Content-Type": "application/json"},
        "queryStringParameters": None,
        **body,
    }


def event_of_a_balancer(body):
    return {**event_v1(body), "requestContext": {"elb": {}}, "queryStringParameters": {}}


EVENTS = [event_v2, event_v1, event_of_a_balancer]
BODIES = {
    "text": {"body": BODY.decode(), "isBase64Encoded": False},
    "base64": {"body": base64.b64encode(BODY).decode(), "isBase64Encoded": True},
}


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
@pytest.mark.parametrize("body", BODIES)
def test_lambda(event, body):
    apig_wsgi = pytest.importorskip("apig_wsgi")
    handler = apig_wsgi.make_lambda_handler(create_app())
    answer = handler(event(BODIES[body]), None)
    text = answer["body"]
    if answer.get("isBase64Encoded"):
        text = base64.b64decode(text)
    assert (answer["statusCode"], speech(text)) == (200, GREETING)


def test_lambda_refuses_what_is_not_signed():
    apig_wsgi = pytest.importorskip("apig_wsgi")
    unsigned = event_v2({**BODIES["text"], "headers": {}})
    assert apig_wsgi.make_lambda_handler(create_app())(unsigned, None)["statusCode"] == 401


def test_azure():
    func = pytest.importorskip("azure.functions")
    request = func.HttpRequest(
        "POST", "https://pizza.example.com/clova", headers={HEADER: sign(KEY, BODY)}, body=BODY
    )
    answer = func.WsgiMiddleware(create_app().wsgi_app).handle(request)
    assert (answer.status_code, speech(answer.get_body())) == (200, GREETING)


def test_azure_is_told_of_a_refusal_by_its_status():
    func = pytest.importorskip("azure.functions")
    request = func.HttpRequest("POST", "https://pizza.example.com/clova", headers={HEADER: "x"}, body=BODY)
    assert func.WsgiMiddleware(create_app().wsgi_app).handle(request).status_code == 401


def test_a_function_of_the_cloud():
    pytest.importorskip("functions_framework")
    import cloud_function

    with cloud_function.app.test_request_context(
        "/clova", method="POST", data=BODY, headers={HEADER: sign(KEY, BODY)}
    ) as context:
        answer = cloud_function.clova(context.request)
    assert (answer.status_code, speech(answer.data)) == (200, GREETING)
