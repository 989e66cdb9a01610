"""JSON goes in and out the same way whichever library does it."""

import enum
import json
import time
import uuid
from datetime import date

import pytest

from clova_flask import MalformedMessage
from clova_flask.wire import json as codec

pytest.importorskip("orjson")


class Size(enum.Enum):
    SMALL = "작은 것"


WRITERS = [codec._write_stdlib, codec._write_orjson]
PARSERS = [codec._parse_stdlib, codec._parse_orjson]


@pytest.fixture(params=[0, 1], ids=["json", "orjson"])
def library(request, monkeypatch):
    monkeypatch.setattr(codec, "_write", WRITERS[request.param])
    monkeypatch.setattr(codec, "_parse", PARSERS[request.param])


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"말": "안녕 こんにちは 🍕"}, '{"말":"안녕 こんにちは 🍕"}'),
        ({2: 2, "없음": None, True: False}, '{"2":2,"없음":null,"true":false}'),
        ([1, 1.5, 2**70], "[1,1.5,1180591620717411303424]"),
        (
            {"id": uuid.UUID("12345678-1234-4234-8234-123456789abc"), "크기": Size.SMALL},
            '{"id":"12345678-1234-4234-8234-123456789abc","크기":"작은 것"}',
        ),
        ({}, "{}"),
        ([], "[]"),
        ("null", '"null"'),
    ],
)
def test_what_is_written(library, value, written):
    assert codec.encode(value).decode() == written


@pytest.mark.parametrize(
    "value", [date(2026, 1, 1), object(), float("nan"), float("inf"), [float("-inf")], "\ud800", {"a": b"x"}]
)
def test_what_cannot_be_written(library, value):
    with pytest.raises((TypeError, ValueError)):
        codec.encode({"안": [value]})


@pytest.mark.parametrize(
    "body", [b"1e999", b"[-1e400]", b"NaN", b'"\\ud800"', b"{} {}", b"\xa0{}", "\u3000{}".encode(), b"[1,]"]
)
def test_what_is_no_json(library, body):
    with pytest.raises(MalformedMessage, match=r"not (JSON|UTF-8)"):
        codec.decode(body)


@pytest.mark.parametrize("body", [b' \r\n\t{"a": [1.5, -2]} \n', '{"말": "\\uc548녕"}'.encode()])
def test_what_is_json(library, body):
    assert codec.decode(body) == json.loads(body)


@pytest.mark.parametrize("opening", [b'"', b'["', b'"\\"', b'"\\'])
def test_a_body_made_to_be_slow_is_refused_at_once(opening):
    start = time.process_time()
    with pytest.raises(MalformedMessage):
        codec.decode(b"[" * 101 + opening + b'\\"' * 500_000)
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("18446744073709551615", 2**64 - 1),
        ("18446744073709551616", float(2**64)),
        ("-9223372036854775808", -(2**63)),
        ("-9223372036854775809", -float(2**63)),
        ("9" * 30, 1e30),
        ("9" * 308, 1e308),
        ("-0", 0),
        ("7", 7),
    ],
)
def test_whole_numbers_beyond_64_bits_are_read_as_floats(library, text, number):
    [read] = codec.decode(f"[{text}]".encode())
    assert (type(read), read) == (type(number), number)


@pytest.mark.parametrize("text", ["9" * 309, "-" + "9" * 5000])
def test_whole_numbers_that_no_float_holds_are_refused(library, text):
    with pytest.raises(MalformedMessage, match="not JSON"):
        codec.decode(f"[{text}]".encode())


@pytest.mark.parametrize(
    "text",
    [
        '[[1],[[2]],"]"]',
        "[" * 5 + "]" * 5 + ",[]",
        '{"a":{"b":[]},"c":{"d":[[[]]]}}',
        '["\\"[[[[",[]]',
    ],
)
@pytest.mark.parametrize("limit", range(7))
def test_depth_is_that_of_the_deepest(text, limit):
    wrapped = f"[{text}]"
    assert codec.is_deep(wrapped.encode(), limit) is (depth_of(json.loads(wrapped)) > limit)


def depth_of(value):
    inner = value.values() if isinstance(value, dict) else value
    return 1 + max(map(depth_of, inner), default=0) if isinstance(value, (dict, list)) else 0


@pytest.mark.parametrize(
    ("values", "is_flat"),
    [
        ({}, True),
        ({"이름": "보라", "수": 2**64 - 1, "없음": None, "참": True, "비율": 0.5}, True),
        ({"수": 2**64}, False),
        ({"수": -(2**63) - 1}, False),
        ({7: "피자"}, False),
        ({"목록": []}, False),
        ({"크기": Size.SMALL}, False),
    ],
    ids=["nothing", "flat", "great", "least", "key", "list", "enum"],
)
def test_flat_values_need_no_further_look(values, is_flat):
    assert codec.all_scalar(values) is is_flat
