"""Spans and metrics tell what kind a message is, how long it took, and nothing that is private."""

import json
import logging
import subprocess
import sys
from types import SimpleNamespace

import pytest

pytest.importorskip("opentelemetry.sdk")

from flask import Flask, abort
from opentelemetry import trace
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from clova_flask import Clova, ConfigurationError, UserData, UserDataConflict, tell
from clova_flask.home import Appliance, TargetOfflineError, action
from clova_flask.home.push import PushBadMessageId
from clova_flask.telemetry.message_ids import MessageIds
from clova_flask.testing import CekClient

SECRETS = ("さくら", "token-of-sakura", "ペパロニ", "注文しました", "秘密")


class Told:
    """An extension, and what it has told."""

    def __init__(self, **config):
        self._exporter, self._reader = InMemorySpanExporter(), InMemoryMetricReader()
        spans = TracerProvider()
        spans.add_span_processor(SimpleSpanProcessor(self._exporter))
        self.app = Flask("shop")
        self.app.testing = True
        self.app.config.update(
            CLOVA_PLATFORM="line",
            CLOVA_EXTENSION_ID="com.example.shop",
            CLOVA_TELEMETRY=True,
            CLOVA_EXTENSION_SECRET="secret",
            PROPAGATE_EXCEPTIONS=False,
        )
        self.app.config.update(config)
        self.tracer = spans.get_tracer("the app's own")
        metrics = MeterProvider(metric_readers=[self._reader])
        self.clova = Clova(tracer_provider=spans, meter_provider=metrics)
        self.clova.init_app(self.app)
        self.clova.user_loader({"token-of-sakura": "さくら"}.get)
        self.cek = CekClient(self.app, user_id="さくら", access_token="token-of-sakura")

    @property
    def spans(self):
        return self._exporter.get_finished_spans()

    def attributes(self):
        [span] = self.spans
        self._exporter.clear()
        return {name.removeprefix("clova."): value for name, value in span.attributes.items()}

    def metric(self, name):
        data = json.loads(self._reader.get_metrics_data().to_json())
        metrics = data["resource_metrics"][0]["scope_metrics"][0]["metrics"]
        [found] = [metric for metric in metrics if metric["name"] == name]
        return found["data"]["data_points"]


@pytest.fixture
def told():
    return Told()


def order(clova):
    @clova.intent("OrderPizza")
    def order(pizza_type: str):
        return tell(f"{pizza_type}を注文しました。")


def test_a_span_of_a_custom_message(told):
    order(told.clova)
    reply = told.cek.intent("OrderPizza", pizzaType="ペパロニ")
    assert reply.speech == "ペパロニを注文しました。"
    [span] = told.spans
    assert span.name == "clova IntentRequest"
    attributes = told.attributes()
    durations = [attributes.pop(f"{part}.duration") for part in ("verify", "load", "handle", "write")]
    assert all(0 < duration < 5 for duration in durations)
    assert attributes.pop("handler").startswith("order.<locals>.order (")
    assert attributes == {
        "extension": "clova",
        "kind": "custom",
        "type": "IntentRequest",
        "intent": "OrderPizza",
        "outcome": "answered",
        "message.id": reply.request["request"]["requestId"],
    }


def test_an_event_and_what_is_unknown(told):
    told.clova.event("AudioPlayer.*")(lambda: None)
    told.cek.event("AudioPlayer.PlayFinished", token="t", offset_in_milliseconds=1)
    assert told.attributes()["event"] == "AudioPlayer.PlayFinished"
    message = told.cek.event("AudioPlayer.PlayFinished", token="t", offset_in_milliseconds=1).request
    told._exporter.clear()
    message["request"] = {"type": "さくらRequest"}
    told.cek.send(message)
    assert told.attributes()["type"] == "other"


class Lamp(Appliance, type="LIGHT"):
    @action("TurnOn")
    def turn_on(self): ...

    @action("TurnOff")
    def turn_off(self):
        raise TargetOfflineError("さくら")

    @action("SetBrightness")
    def dim(self, brightness: float):
        raise RuntimeError("秘密")


def test_spans_of_clova_home(told):
    told.clova.home.discover(lambda user: [Lamp(id="lamp", friendly_name="さくら")])
    outcomes = []
    for name, fields in (("TurnOn", {}), ("TurnOff", {}), ("SetBrightness", {"brightness": 5})):
        reply = told.cek.control(name, "lamp", **fields)
        attributes = told.attributes()
        assert attributes["message.id"] == reply.request["header"]["messageId"]
        assert (attributes["kind"], attributes["type"]) == ("home", name)
        assert attributes["appliance.type"] == "LIGHT"
        assert attributes["handler"].startswith("Lamp.")
        outcomes.append((attributes["outcome"], attributes.get("error")))
    assert outcomes == [("answered", None), ("error", "TargetOfflineError"), ("failed", "RuntimeError")]
    told.cek.home("秘密Something")
    assert told.attributes()["type"] == "other"


def test_what_came_of_a_message(told):
    clova = told.clova

    @clova.errorhandler(KeyError)
    def sorry(error):
        return "すみません。"

    @clova.intent("Fail")
    def fail(how: str):
        {"known": lambda: {}["秘密"], "unknown": lambda: 1 / 0, "abort": lambda: abort(404)}[how]()

    outcomes = []
    for how in ("known", "unknown", "abort"):
        told.cek.intent("Fail", how=how)
        attributes = told.attributes()
        outcomes.append((attributes["outcome"], attributes["error"]))
    assert outcomes == [("error", "KeyError"), ("failed", "ZeroDivisionError"), ("error", "NotFound")]


def test_the_function_that_answers_for_a_save_that_failed(told):
    @told.clova.launch
    def launch(data: UserData):
        with told.app.app_context():
            told.clova.user_data.update("さくら", lambda kept: kept.update(count=2))
        data["count"] = 1
        return "やあ"

    @told.clova.errorhandler(UserDataConflict)
    def conflict(error):
        return "もう一度お願いします。"

    told.cek.launch()
    attributes = told.attributes()
    assert (attributes["outcome"], attributes["error"]) == ("error", "UserDataConflict")
    assert ".conflict (" in attributes["handler"]


def test_what_is_raised_again():
    told = Told(PROPAGATE_EXCEPTIONS=True)

    @told.clova.launch
    def launch():
        raise RuntimeError("秘密")

    with pytest.raises(RuntimeError):
        told.cek.launch()
    [span] = told.spans
    assert span.status.is_ok is False
    assert told.attributes()["outcome"] == "raised"


def test_what_is_refused(told):
    told.cek.post(b"{}", {})
    attributes = told.attributes()
    assert (attributes["outcome"], attributes["error"]) == ("refused", "SignatureError")
    assert "kind" not in attributes
    told.cek.post(b"", {})
    assert told.attributes()["error"] == "MalformedMessage"
    reasons = {point["attributes"]["clova.reason"]: point["value"] for point in told.metric("clova.refusals")}
    assert reasons == {"SignatureError": 1, "MalformedMessage": 1}


def test_metrics(told):
    order(told.clova)
    for _ in range(3):
        told.cek.intent("OrderPizza", pizzaType="ペパロニ")
    told.cek.intent("Another")
    [duration] = told.metric("clova.message.duration")
    assert (duration["count"], duration["attributes"]["clova.outcome"]) == (4, "answered")
    assert 0 < duration["sum"] < 20
    assert not duration.get("exemplars")


def test_pushes_are_counted(told, monkeypatch):
    with told.app.app_context():
        push = told.app.extensions["clova"]["clova"].push()
        with pytest.raises(PushBadMessageId):
            push.send("lamp", "秘密")
        answer = SimpleNamespace(status_code=200, body=b'{"success": true, "errorCode": 0}')
        monkeypatch.setattr(push, "_post", lambda message: answer)
        push.send("lamp", "msg-1")
    points = {point["attributes"]["clova.outcome"]: point["value"] for point in told.metric("clova.pushes")}
    assert points == {"PushBadMessageId": 1, "sent": 1}


def test_a_span_of_a_handler_is_within(told):
    @told.clova.launch
    def launch():
        with told.tracer.start_as_current_span("the oven"):
            return "やあ"

    told.cek.launch()
    inner, outer = told.spans
    assert (inner.name, outer.name) == ("the oven", "clova LaunchRequest")
    assert inner.parent.span_id == outer.context.span_id
    assert trace.get_current_span().get_span_context().is_valid is False


def test_nothing_private_is_told(told, caplog):
    order(told.clova)
    told.clova.home.discover(lambda user: [Lamp(id="lamp", friendly_name="さくら")])
    told.cek.intent("OrderPizza", pizzaType="ペパロニ")
    for name, fields in (("TurnOff", {}), ("SetBrightness", {"brightness": 5})):
        told.cek.control(name, "lamp", **fields)
    spans = "".join(span.to_json() for span in told.spans)
    metrics = told._reader.get_metrics_data().to_json()
    assert [secret for secret in SECRETS if secret in spans + metrics] == []


def test_a_backend_that_fails_costs_no_answer(told, monkeypatch, caplog):
    order(told.clova)
    telemetry = told.app.extensions["clova"]["clova"].telemetry

    def fail(*arguments):
        raise OSError("away")

    monkeypatch.setattr(telemetry._durations, "record", fail)
    assert told.cek.intent("OrderPizza", pizzaType="ペパロニ").speech == "ペパロニを注文しました。"
    assert "could not be told to OpenTelemetry" in caplog.text


def test_the_age_of_a_key_that_was_fetched(told):
    source = told.app.extensions["clova"]["clova"].verifier._source
    assert told.app.extensions["clova"]["clova"].telemetry._observe_key(None) == []
    source._fetched = source._clock() - 60
    [point] = told.metric("clova.key.age")
    assert 59 < point["value"] < 90


def test_the_lines_of_the_log_have_the_id(told, caplog):
    caplog.handler.addFilter(MessageIds())
    own = logging.getLogger("shop")

    @told.clova.launch
    def launch():
        own.warning("주문")
        return "やあ"

    reply = told.cek.launch()
    own.warning("밖")
    ids = [record.clova_message_id for record in caplog.records if record.name == "shop"]
    assert ids == [reply.request["request"]["requestId"], "-"]
    told.cek.intent("Unknown")
    [line] = [record for record in caplog.records if record.name == "clova_flask"]
    assert line.clova_message_id not in ("-", None)


@pytest.mark.parametrize("setting", ["CLOVA_TRACER_PROVIDER", "CLOVA_METER_PROVIDER"])
def test_a_provider_that_is_none(setting):
    app = Flask("shop")
    app.config[setting] = "otlp://"
    with pytest.raises(ConfigurationError, match=rf"{setting} must be a provider of OpenTelemetry"):
        Clova(app, platform="naver", extension_id="a")


def test_without_the_extra():
    program = """
import sys
sys.modules["opentelemetry"] = None
from flask import Flask
from clova_flask import Clova, ConfigurationError
try:
    Clova(Flask("shop"), platform="naver", extension_id="a", telemetry=True)
except ConfigurationError as error:
    print(error)
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "pip install 'clova-flask[otel]'" in told.stdout
