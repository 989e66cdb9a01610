"""Signals tell how long a message took, and anybody's refused messages do not fill the log."""

import logging
import sys
import time

import pytest

from clova_flask import message_failed, message_handled, message_refused
from clova_flask.telemetry.rates import BURST, WINDOW, LineLimit


class Heard:
    """Receives signals and keeps what they tell."""

    def __init__(self):
        self.details = []

    def __call__(self, sender, **details):
        self.details.append(details)

    @property
    def durations(self):
        return [details["duration"] for details in self.details]


@pytest.fixture
def heard():
    return Heard()


def test_a_handled_message(clova, connect, heard):
    @clova.launch
    def launch():
        time.sleep(0.02)
        return "안녕하세요."

    cek = connect()
    with message_handled.connected_to(heard, cek.app):
        cek.launch()
        cek.home("DiscoverAppliances")
    first, second = heard.durations
    assert 0.02 < first < 5
    assert 0 < second < 5


def test_a_refused_message(clova, connect, heard):
    cek = connect()
    with message_refused.connected_to(heard, cek.app):
        for body in (b"", b"{}", b"x" * 2_000_000):
            cek.post(body, {})
    names = [type(details["error"]).__name__ for details in heard.details]
    assert names == ["MalformedMessage", "SignatureError", "MessageTooLarge"]
    assert all(0 <= duration < 5 for duration in heard.durations)


def test_a_failed_message(clova, connect, heard):
    @clova.launch
    def launch():
        time.sleep(0.02)
        raise RuntimeError("주방이 닫혔다")

    cek = connect(testing=False, PROPAGATE_EXCEPTIONS=False)
    with message_failed.connected_to(heard, cek.app):
        cek.launch()
    [duration] = heard.durations
    assert 0.02 < duration < 5


def test_nobody_watches_and_nothing_is_loaded(clova, connect, monkeypatch):
    clova.launch(lambda: "안녕하세요.")
    monkeypatch.setitem(sys.modules, "clova_flask.telemetry.trace", None)  # an import would fail
    monkeypatch.setitem(sys.modules, "clova_flask.telemetry.otel", None)
    assert connect().launch().speech == "안녕하세요."


def test_refusals_of_one_reason_are_written_a_few_times(clova, connect, caplog):
    cek = connect()
    with caplog.at_level(logging.WARNING, "clova_flask"):
        for _ in range(3 * BURST):
            cek.post(b"{}", {})
        cek.post(b"", {})
    lines = [record.getMessage() for record in caplog.records]
    assert len([line for line in lines if line.startswith("Refused with 401")]) == BURST
    assert len([line for line in lines if line.startswith("Refused with 400")]) == 1


def test_what_was_left_out_is_told_later():
    now = [0.0]
    lines = LineLimit(lambda: now[0])
    assert [lines.take("a") for _ in range(BURST + 5)] == [0] * BURST + [None] * 5
    assert lines.take("b") == 0
    now[0] = WINDOW
    assert [lines.take("a"), lines.take("a")] == [5, 0]
