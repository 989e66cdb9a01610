"""Compiled schemas load what marshmallow loads, and refuse what it refuses, in its words."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import itertools
import math
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from marshmallow import (
    EXCLUDE,
    INCLUDE,
    RAISE,
    Schema,
    ValidationError,
    fields,
    missing,
    post_load,
    pre_load,
    validate,
    validates,
    validates_schema,
)

from clova_flask.custom import payloads
from clova_flask.custom.objects import AudioStream, Message
from clova_flask.custom.response_schemas import message_schema
from clova_flask.platforms import PLATFORMS
from clova_flask.wire.compiler import CompiledSchema
from clova_flask.wire.derive import schema_of
from clova_flask.wire.fields import (
    MapOf,
    Number,
    NumberOrString,
    Object,
    Polymorphic,
    Scalar,
    StrictBoolean,
)
from clova_flask.wire.schema import MessageSchema, StrictSchema

ResponseMessageSchema = type(message_schema(PLATFORMS["naver"], ()))
UUID4 = "5b9ef4e1-7ab8-4b5b-8d5a-5d8d7fc6f2b1"


def exact(value: Any) -> Any:
    """Write a value so that ``1``, ``1.0`` and ``True`` differ, and nothing hidden from repr is lost."""
    if dataclasses.is_dataclass(value):
        inside = {field.name: exact(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return (type(value).__name__, inside)
    if isinstance(value, Mapping):
        return {key: exact(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [exact(item) for item in value]
    return (type(value).__name__, repr(value))


def outcome(function: Any, data: Any) -> Any:
    before = exact(data)
    try:
        result = ("loaded", exact(function(data)))
    except ValidationError as error:
        result = ("refused", error.messages)
    assert exact(data) == before, "the input was changed"
    return result


def check_outcome(compiled: CompiledSchema, data: Any) -> Any:
    try:
        compiled.check(data)
    except ValidationError as error:
        return error.messages
    return {}


def agreed(schema_class: type[Schema], data: Any) -> Any:
    """Load by both roads, see that they agree, and give what came out."""
    compiled = CompiledSchema(schema_class)
    expected = outcome(schema_class().load, data)
    assert outcome(compiled.load, data) == expected
    assert check_outcome(compiled, data) == (expected[1] if expected[0] == "refused" else {})
    return expected


def accepted(schema_class: type[Schema], data: Any) -> bool:
    return bool(agreed(schema_class, data)[0] == "loaded")


def is_compiled(schema_class: type[Schema]) -> bool:
    return CompiledSchema(schema_class).source is not None


# The messages that are mutated.

USER = {"userId": "U399a1e08", "accessToken": "XHapQasdfsdfFsdfasdflQQ7"}
STREAM = {
    "beginAtInMilliseconds": 419704,
    "customData": "비밀",
    "durationInMilliseconds": 600000.5,
    "format": "audio/mpeg",
    "progressReport": {
        "progressReportDelayInMilliseconds": 1,
        "progressReportIntervalInMilliseconds": 60000,
        "progressReportPositionInMilliseconds": None,
    },
    "token": "TR-NM-4435786",
    "url": "clova:TR-NM-4435786",
    "urlPlayable": False,
    "bitrate": 128,
}
ENVELOPE = {
    "version": "0.1.0",
    "session": {
        "new": False,
        "sessionAttributes": {"pizza": "페퍼로니", "count": 2},
        "sessionId": "a29cfead",
        "user": USER,
    },
    "context": {
        "AudioPlayer": {
            "offsetInMilliseconds": 60000,
            "playerActivity": "PAUSED",
            "stream": STREAM,
            "totalInMilliseconds": 300000,
        },
        "System": {
            "application": {"applicationId": "com.example.pizzabot"},
            "user": USER,
            "device": {
                "deviceId": "096e6b27",
                "display": {
                    "contentLayer": {"width": 640, "height": 360},
                    "dpi": 96,
                    "orientation": "landscape",
                    "size": "l100",
                },
            },
        },
    },
}
COMMON = {
    "requestId": "e5464288",
    "timestamp": "2018-08-10T03:00:00Z",
    "locale": "ja-JP",
    "extensionId": "com.example.pizzabot",
}
INTENT = {
    "intent": "OrderPizza",
    "name": "OrderPizza",
    "slots": {
        "pizzaType": {"name": "pizzaType", "value": "페퍼로니"},
        "size": {"name": "size", "value": "3", "unit": "kg", "valueType": "DATE"},
    },
}
EVENT = {
    "namespace": "AudioPlayer",
    "name": "StreamRequested",
    "payload": {"audioItemId": "90b77646", "audioStream": STREAM},
}
EMPTY_PARTS = {
    "intent": {"intent": "", "name": "", "slots": None},
    "event": {"namespace": "", "name": "", "payload": None},
}


def request_message(**request: Any) -> dict[str, Any]:
    return {**ENVELOPE, "request": {**EMPTY_PARTS, **COMMON, **request}}


REQUESTS = {
    "launch": request_message(type="LaunchRequest"),
    "intent": request_message(type="IntentRequest", intent=INTENT),
    "event": request_message(type="EventRequest", event=EVENT),
    "session ended": request_message(type="SessionEndedRequest"),
    "barest intent": {"request": {"type": "IntentRequest", "intent": {"name": "A"}}},
}

TEXT = {"type": "PlainText", "lang": "ko", "value": "안녕하세요.", "token": UUID4}
URL = {"type": "URL", "lang": "", "value": "https://example.com/a.m3u8", "contentType": "audio/mpeg"}
SIMPLE = {"type": "SimpleSpeech", "values": TEXT}
SPEECH_LIST = {"type": "SpeechList", "values": [TEXT, URL]}
SPEECH_SET = {"type": "SpeechSet", "brief": TEXT, "verbose": SPEECH_LIST}
DIRECTIVE = {
    "header": {"namespace": "PlaybackController", "name": "Pause", "messageId": UUID4},
    "payload": {"target": {"namespace": "AudioPlayer"}},
}


def response_message(speech: Any, **response: Any) -> dict[str, Any]:
    whole = {"outputSpeech": speech, "card": {}, "directives": [], "shouldEndSession": True, **response}
    return {"version": "1.0", "sessionAttributes": {"pizza": "マルゲリータ"}, "response": whole}


RESPONSES = {
    "nothing": response_message({}),
    "simple": response_message(SIMPLE, card={"type": "Text"}),
    "list": response_message(SPEECH_LIST, directives=[DIRECTIVE, DIRECTIVE], shouldEndSession=False),
    "set": response_message(SPEECH_SET, reprompt={"outputSpeech": SIMPLE}, shouldEndSession=False),
}

WRONG = st.sampled_from(
    [
        None,
        True,
        False,
        0,
        1,
        -7,
        1.5,
        float("nan"),
        float("inf"),
        "",
        " ",
        "1",
        "4.5",
        "nan",
        "yes",
        "PlainText",
        "SpeechList",
        "IntentRequest",
        "가" * 1001,
        [],
        [None],
        ["a", 1],
        {},
        {"type": "URL"},
        {"name": "x", "value": {"deep": [True]}},
    ]
)
KEYS = st.sampled_from(["extra", "intent", "name", "type", "token", "unit", "session", "reprompt"])


def containers(value: Any) -> list[Any]:
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    inside = [found for child in children for found in containers(child)]
    return [value, *inside] if isinstance(value, (dict, list)) else inside


@st.composite
def mutated(draw: st.DrawFn, messages: Mapping[str, Any]) -> Any:
    """Damage a valid message in up to three places, at any depth."""
    message = copy.deepcopy(draw(st.sampled_from(list(messages.values()))))
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.sampled_from(containers(message)))
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        action = draw(st.sampled_from(["replace", "replace", "drop", "add"]))
        if action == "add" or not keys:
            value = copy.deepcopy(draw(WRONG))
            place.append(value) if isinstance(place, list) else place.update({draw(KEYS): value})
        elif action == "drop":
            del place[draw(st.sampled_from(keys))]
        else:
            place[draw(st.sampled_from(keys))] = copy.deepcopy(draw(WRONG))
    return message


RequestMessageSchema = schema_of(Message)
AudioStreamSchema = schema_of(AudioStream)

PROPERTY = settings(
    max_examples=250,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
COMPILED_REQUEST = CompiledSchema(RequestMessageSchema)
COMPILED_RESPONSE = CompiledSchema(ResponseMessageSchema)
COMPILED_STREAM = CompiledSchema(AudioStreamSchema)


@PROPERTY
@given(mutated(REQUESTS))
@example(request_message(type="IntentRequest", intent={"intent": "OrderPizza", "slots": {"a": None}}))
@example(request_message(type="SkillRequest", sent={"by": "someone"}))
@example({**REQUESTS["event"], "session": None, "context": {"AudioPlayer": {"stream": {"token": 5}}}})
def test_damaged_requests_load_as_marshmallow_loads_them(message):
    assert outcome(COMPILED_REQUEST.load, message) == outcome(RequestMessageSchema().load, message)


@PROPERTY
@given(mutated(RESPONSES))
@example(response_message({"type": "SpeechSet", "brief": TEXT, "verbose": SPEECH_SET}))
def test_damaged_responses_are_checked_as_marshmallow_validates_them(message):
    assert check_outcome(COMPILED_RESPONSE, message) == ResponseMessageSchema().validate(message)
    assert outcome(COMPILED_RESPONSE.load, message) == outcome(ResponseMessageSchema().load, message)


@PROPERTY
@given(mutated({"stream": STREAM}))
def test_damaged_streams_load_as_marshmallow_loads_them(stream):
    assert outcome(COMPILED_STREAM.load, stream) == outcome(AudioStreamSchema().load, stream)


@pytest.mark.parametrize("schema_class", [RequestMessageSchema, ResponseMessageSchema, AudioStreamSchema])
def test_message_schemas_are_compiled(schema_class):
    assert is_compiled(schema_class)


@pytest.mark.parametrize("name", payloads.DIRECTIVES)
def test_directive_payloads_are_compiled(name):
    assert payloads._payloads[name].source is not None
    assert payloads._payloads[name].check_source is not None


@pytest.mark.parametrize("name", REQUESTS)
def test_valid_requests_never_reach_marshmallow(name, monkeypatch):
    expected = exact(RequestMessageSchema().load(REQUESTS[name]))
    monkeypatch.setattr(Schema, "_do_load", None)
    assert exact(COMPILED_REQUEST.load(REQUESTS[name])) == expected


@pytest.mark.parametrize("name", RESPONSES)
def test_valid_responses_never_reach_marshmallow(name, monkeypatch):
    monkeypatch.setattr(Schema, "_do_load", None)
    assert check_outcome(COMPILED_RESPONSE, RESPONSES[name]) == {}


# Hooks.


class Person(Schema):
    name = fields.String(required=True)
    age = Number()


def counting(decorator: Any, **options: Any) -> tuple[type[Schema], list[Any]]:
    """Give a schema whose hook writes each of its calls into a list."""
    calls: list[Any] = []

    class Hooked(Person):
        @decorator(**options)
        def hook(self, data: Any, **_: Any) -> Any:
            calls.append(data)
            return {**data, "name": data["name"] + "님"} if isinstance(data, dict) else data

    return Hooked, calls


@pytest.mark.parametrize("decorator", [pre_load, post_load])
def test_hooks_of_a_schema_are_honoured(decorator):
    hooked, _ = counting(decorator)
    assert CompiledSchema(hooked).load({"name": "지우"}) == {"name": "지우님"}


@pytest.mark.parametrize("decorator", [pre_load, post_load])
@pytest.mark.parametrize(
    "wrap",
    [
        lambda hooked: fields.Nested(hooked),
        lambda hooked: fields.List(fields.Nested(hooked)),
        lambda hooked: Polymorphic("name", {"지우": hooked}),
        lambda hooked: Polymorphic("name", {}, default=hooked),
        lambda hooked: MapOf(hooked, name_key="name"),
    ],
    ids=["nested", "list", "polymorphic", "polymorphic default", "map"],
)
def test_hooks_of_an_inner_schema_are_honoured(decorator, wrap):
    hooked, _ = counting(decorator)
    outer = Schema.from_dict({"inner": wrap(hooked)})
    one = {"name": "지우"}
    shapes = {fields.List: [one], MapOf: {"지우": one}}
    data = {"inner": shapes.get(type(outer().fields["inner"]), one)}
    assert "지우님" in str(agreed(outer, data))


@pytest.mark.parametrize("data", [{"name": "지우"}, {"name": "지우", "age": "x"}, {"name": "지우", "b": 1}])
@pytest.mark.parametrize("entry", ["load", "check"])
def test_a_hook_runs_once_whatever_comes_of_it(entry, data):
    hooked, calls = counting(pre_load)
    outer = CompiledSchema(Schema.from_dict({"inner": fields.Nested(hooked)}))
    outcome(getattr(outer, entry), {"inner": data})
    assert calls == [data]


def test_hooks_that_validate_are_honoured():
    class Validating(Person):
        @validates("name")
        def long_enough(self, name: str, **_: Any) -> None:
            if len(name) < 2:
                raise ValidationError("짧아요.")

        @validates_schema
        def old_enough(self, data: Any, **_: Any) -> None:
            if data.get("age", 20) < 19:
                raise ValidationError("어려요.", "age")

    assert agreed(Validating, {"name": "지우", "age": 20})[0] == "loaded"
    assert agreed(Validating, {"name": "이"}) == ("refused", {"name": ["짧아요."]})
    assert agreed(Validating, {"name": "지우", "age": 18}) == ("refused", {"age": ["어려요."]})


def test_a_hook_that_only_shares_a_name_with_the_packages_own_is_honoured():
    class Shouting(Schema):
        name = fields.String()

        @pre_load
        def normalise(self, data: Any, **_: Any) -> Any:
            return {key: value.upper() for key, value in data.items()}

        @post_load
        def make_object(self, data: Any, **_: Any) -> Any:
            return data["name"] + "!"

    assert CompiledSchema(Shouting).load({"name": "abc"}) == "ABC!"


def test_a_message_schema_may_change_the_packages_own_hooks():
    class Renaming(MessageSchema):
        name = fields.String()

        @pre_load
        def normalise(self, data: Any, **_: Any) -> Any:
            return {"name": data["nickname"]}

    assert CompiledSchema(Renaming).load({"nickname": "지우"}) == {"name": "지우"}


def test_a_message_schema_may_have_further_hooks():
    class Greeting(MessageSchema):
        name = fields.String()

        @post_load
        def add_greeting(self, data: Any, **_: Any) -> Any:
            return {**data, "greeting": "안녕"}

    assert CompiledSchema(Greeting).load({"name": "지우"}) == {"name": "지우", "greeting": "안녕"}


FIELD_HOOKS = pytest.mark.skipif(
    "post_load" not in inspect.signature(fields.Field.__init__).parameters,
    reason="this marshmallow has no hooks of a field",
)


@FIELD_HOOKS
@pytest.mark.parametrize("hook", ["pre_load", "post_load"])
def test_hooks_of_a_field_are_honoured(hook):
    schema = Schema.from_dict({"name": fields.String(**{hook: str.strip})})
    assert CompiledSchema(schema).load({"name": " 지우 "}) == {"name": "지우"}


@FIELD_HOOKS
def test_hooks_of_the_items_of_a_list_are_honoured():
    class Trimmed(Schema):
        names = fields.List(fields.String(pre_load=str.strip))

    assert CompiledSchema(Trimmed).load({"names": [" a "]}) == {"names": ["a"]}


@FIELD_HOOKS
def test_a_hook_of_a_field_runs_once_when_the_input_is_refused():
    calls = []

    class Counted(Schema):
        name = fields.String(post_load=lambda name: calls.append(name) or name)
        age = Number()

    outcome(CompiledSchema(Counted).load, {"name": "지우", "age": "x"})
    assert calls == ["지우"]


# What else changes the meaning of a schema.


class Capitals(fields.String):
    def _deserialize(self, value: Any, attr: Any, data: Any, **options: Any) -> str:
        return super()._deserialize(value, attr, data, **options).upper()


def test_a_subclass_of_a_known_field_has_its_own_meaning():
    class Shouting(Schema):
        name = Capitals()
        names = fields.List(Capitals())

    assert agreed(Shouting, {"name": "a", "names": ["b"]})[1] == exact({"name": "A", "names": ["B"]})


def test_a_schema_may_answer_errors_itself():
    class Polite(Person):
        def handle_error(self, error: ValidationError, data: Any, **_: Any) -> None:
            raise ValidationError({"sorry": ["죄송해요."]}) from error

    assert agreed(Polite, {"name": 5}) == ("refused", {"sorry": ["죄송해요."]})


@pytest.mark.parametrize("method", ["load", "_do_load", "_deserialize"])
def test_a_schema_may_load_in_its_own_way(method):
    class Renaming(Person):
        pass

    def own_way(self, data, **options):
        return getattr(super(Renaming, self), method)({**data, "name": "지우님"}, **options)

    setattr(Renaming, method, own_way)
    assert CompiledSchema(Renaming).load({"name": "지우"}) == {"name": "지우님"}
    outer = CompiledSchema(Schema.from_dict({"inner": fields.Nested(Renaming)}))
    assert outer.load({"inner": {"name": "지우"}}) == {"inner": {"name": "지우님"}}


def test_a_schema_may_load_into_another_dict():
    class Ordered(Person):
        @property
        def dict_class(self) -> type:
            return OrderedDict

    assert type(CompiledSchema(Ordered).load({"name": "지우"})) is OrderedDict


def test_a_schema_may_be_of_many_or_partial():
    class Several(Person):
        def __init__(self) -> None:
            super().__init__(many=True)

    class Some(Person):
        def __init__(self) -> None:
            super().__init__(partial=True)

    assert CompiledSchema(Several).load([{"name": "지우"}]) == [{"name": "지우"}]
    assert CompiledSchema(Some).load({"age": 3}) == {"age": 3}


def test_a_schema_changed_after_compiling_stays_as_it_was():
    class Changing(Schema):
        name = fields.String()
        age = Number(lenient=True)

    compiled = CompiledSchema(Changing)
    assert compiled.load({"age": 3}) == {"age": 3}
    Changing._declared_fields["name"].required = True
    Changing._declared_fields["nickname"] = fields.String(load_default="없음")
    for data in ({"age": 3}, {"age": "3"}):
        assert compiled.load(data) == {"age": 3}
    with pytest.raises(ValidationError, match="Unknown field"):
        compiled.load({"nickname": "지"})


def test_an_inner_schema_changed_after_compiling_stays_as_it_was():
    class Inner(Schema):
        name = fields.String()

    class Outer(Schema):
        inner = fields.Nested(Inner)
        age = Number(lenient=True)

    compiled = CompiledSchema(Outer)
    compiled.load({})
    Inner._declared_fields["name"].required = True
    for age in (3, "3"):
        assert compiled.load({"inner": {}, "age": age}) == {"inner": {}, "age": 3}


def test_fields_may_be_kept_under_another_name_or_never_loaded():
    class Renamed(Schema):
        name = fields.String(data_key="userName", attribute="who")
        made = fields.String(dump_only=True)

    assert is_compiled(Renamed)
    assert agreed(Renamed, {"userName": "지우"})[1] == exact({"who": "지우"})
    assert not accepted(Renamed, {"name": "지우"})
    assert not accepted(Renamed, {"made": "x"})


def test_an_attribute_may_be_a_path():
    class Deep(Schema):
        name = fields.String(attribute="user.name")

    assert agreed(Deep, {"name": "지우"})[1] == exact({"user": {"name": "지우"}})


def test_names_that_are_no_python_names_compile():
    odd = Schema.from_dict(
        {"kind": Polymorphic("@type", {"a": Schema.from_dict({"@type": fields.String()})})}, name="my-schema"
    )
    assert accepted(odd, {"kind": {"@type": "a"}})


# None, missing, and defaults.

ABSENCES = [{}, {"a": None}, {"a": "x"}, {"a": ""}]


@pytest.mark.parametrize("base", [StrictSchema, MessageSchema])
@pytest.mark.parametrize("data", ABSENCES)
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"required": True},
        {"allow_none": True},
        {"required": True, "allow_none": True},
        {"load_default": None},
        {"load_default": "d"},
        {"load_default": "d", "allow_none": True},
        {"load_default": None, "allow_none": False},
        {"load_default": str},
    ],
    ids=[
        "optional",
        "required",
        "optional or null",
        "required or null",
        "default null",
        "default",
        "default or null",
        "default null but not null",
        "default called",
    ],
)
def test_null_and_missing_are_told_apart_as_marshmallow_does(base, options, data):
    agreed(base.from_dict({"a": fields.String(**options)}), data)


@pytest.mark.parametrize(
    "make",
    [
        lambda **options: fields.Raw(**options),
        lambda **options: fields.List(fields.String(), **options),
        lambda **options: fields.Nested(Person, **options),
        lambda **options: Number(lenient=True, **options),
        lambda **options: NumberOrString(**options),
        lambda **options: Object(**options),
        lambda **options: Scalar(**options),
        lambda **options: StrictBoolean(**options),
        lambda **options: fields.Boolean(**options),
        lambda **options: MapOf(Person, name_key="name", **options),
        lambda **options: Polymorphic("name", {}, default=Person, empty=True, **options),
    ],
    ids=["raw", "list", "nested", "number", "either", "object", "scalar", "strict", "bool", "map", "poly"],
)
@pytest.mark.parametrize("data", [{}, {"a": None}, {"a": {}}, {"a": []}, {"a": 0}, {"a": "0"}, {"a": True}])
@pytest.mark.parametrize("options", [{}, {"required": True}, {"load_default": None}, {"allow_none": True}])
@pytest.mark.parametrize("base", [StrictSchema, MessageSchema])
def test_every_kind_of_field_takes_what_marshmallow_takes(make, options, data, base):
    schema = base.from_dict({"a": make(**options)})
    assert is_compiled(schema)
    agreed(schema, data)


def test_a_default_that_is_called_is_called_each_time():
    class Numbered(Schema):
        number = Number(load_default=itertools.count().__next__)

    compiled = CompiledSchema(Numbered)
    assert [compiled.load({}), compiled.load({})] == [{"number": 0}, {"number": 1}]


@pytest.mark.parametrize("make", [list, dict])
def test_a_default_that_is_made_is_made_anew_each_time(make):
    compiled = CompiledSchema(Schema.from_dict({"a": fields.Raw(load_default=make)}))
    first, second = compiled.load({})["a"], compiled.load({})["a"]
    assert first == second == make()
    assert first is not second


def test_a_default_is_called_once_when_marshmallow_has_to_help():
    class Numbered(Schema):
        number = Number(load_default=itertools.count().__next__)
        age = Number(lenient=True)

    assert CompiledSchema(Numbered).load({"age": "3"}) == {"number": 0, "age": 3}


def test_a_default_that_turns_out_to_be_nothing_leaves_the_field_out():
    class Unsure(Schema):
        name = fields.String(load_default=lambda: missing)

    assert agreed(Unsure, {})[1] == {}


# Numbers, booleans and other values.


@pytest.mark.parametrize("value", [0, 1, -1.5, 10**30, True, False, math.nan, math.inf, -math.inf, "1", None])
@pytest.mark.parametrize("field", [Number, NumberOrString, Scalar, lambda: Number(lenient=True)])
def test_booleans_and_nan_are_no_numbers(field, value):
    loaded = accepted(Schema.from_dict({"a": field()}), {"a": value})
    if isinstance(value, bool) or (isinstance(value, float) and not math.isfinite(value)):
        assert not loaded


@pytest.mark.parametrize("value", [True, False, 1, 0, 1.0, "true", "no", "", None, [], "예"])
@pytest.mark.parametrize(
    "make",
    [
        StrictBoolean,
        fields.Boolean,
        lambda: fields.Boolean(truthy={"예"}, falsy={"아니요"}),
        lambda: fields.Boolean(truthy=()),
        lambda: fields.Boolean(truthy={True, "예"}, falsy={False}),
        lambda: fields.Boolean(truthy={True, False}, falsy={False}),
        lambda: fields.Boolean(truthy={"예"}, falsy={True, False}),
    ],
    ids=["strict", "default", "words", "anything", "and words", "always true", "always false"],
)
def test_booleans_are_what_their_field_says(make, value):
    agreed(Schema.from_dict({"a": make()}), {"a": value})


class Text(str):
    __slots__ = ()


@pytest.mark.parametrize(
    "data",
    [
        OrderedDict(name="지우"),
        {"name": Text("지우")},
        {"name": b"abc"},
        {"name": "지우", "age": 3, 5: 6},
        [],
        [{"name": "지우"}],
        None,
        "name",
        5,
    ],
    ids=str,
)
def test_other_kinds_of_input_are_taken_as_marshmallow_takes_them(data):
    agreed(Person, data)


# Validators.


def test_validators_of_the_owner_are_called_with_the_loaded_value_and_once():
    seen = []

    def wary(value: Any) -> None:
        seen.append(value)
        if value == 4:
            raise ValidationError("안 돼요.")

    class Wary(Schema):
        number = Number(lenient=True, validate=wary)
        age = Number(lenient=True)

    assert agreed(Wary, {"number": 4}) == ("refused", {"number": ["안 돼요."]})
    seen.clear()
    CompiledSchema(Wary).load({"number": "5", "age": 3})
    CompiledSchema(Wary).load({"number": 6, "age": "3"})
    assert seen == [5, 6]


@pytest.mark.parametrize(
    ("make", "good", "bad"),
    [
        (lambda: fields.String(validate=validate.Length(min=2)), "가나", "가"),
        (lambda: fields.String(validate=validate.OneOf(["a", "b"])), "a", "ab"),
        (lambda: fields.String(validate=validate.OneOf("abc")), "ab", "ac"),
        (lambda: fields.String(validate=validate.Regexp("가+$")), "가가", "나"),
        (
            lambda: fields.String(validate=[validate.Length(max=3), validate.OneOf(["ab", "abcd"])]),
            "ab",
            "abcd",
        ),
        (lambda: Number(validate=validate.Range(min=1)), 1, 0),
        (lambda: Number(validate=validate.OneOf([1, 2])), 2, 3),
        (lambda: fields.List(fields.String(), validate=validate.Length(min=1)), ["a"], []),
        (lambda: fields.List(fields.String(validate=validate.Length(min=2))), ["ab"], ["ab", "c"]),
        (lambda: fields.Raw(validate=validate.OneOf([1, "a"])), "a", 2),
        (lambda: fields.String(load_default=None, validate=validate.OneOf(["a"])), None, "b"),
        (
            lambda: fields.Nested(Person, validate=validate.OneOf([{"name": "a"}])),
            {"name": "a"},
            {"name": "b"},
        ),
    ],
)
def test_validators_of_marshmallow_are_honoured(make, good, bad):
    schema = Schema.from_dict({"a": make()})
    assert accepted(schema, {"a": good})
    assert not accepted(schema, {"a": bad})


def test_a_validator_that_cannot_take_a_value_is_not_skipped():
    sized = CompiledSchema(Schema.from_dict({"a": fields.Raw(validate=validate.Length(min=1))}))
    assert sized.load({"a": "가"}) == {"a": "가"}
    with pytest.raises(TypeError):
        sized.load({"a": 5})


class Lax(Schema):
    class Meta:
        unknown = EXCLUDE

    name = fields.String()


@pytest.mark.parametrize(
    ("make", "value"),
    [
        (
            lambda: fields.List(fields.Nested(Lax), validate=validate.OneOf([[{"name": "a", "b": 1}]])),
            [{"name": "a", "b": 1}],
        ),
        (lambda: fields.Nested(Lax, validate=validate.Length(min=2)), {"name": "a", "b": 1}),
        (lambda: Polymorphic("name", {"a": Lax}, validate=validate.Length(min=2)), {"name": "a", "b": 1}),
        (lambda: MapOf(Lax, name_key="name", validate=validate.Length(max=0)), {"a": {"name": "a"}}),
    ],
    ids=["list", "nested", "polymorphic", "map"],
)
def test_a_validator_of_objects_sees_them_loaded(make, value):
    assert not accepted(Schema.from_dict({"a": make()}), {"a": value})


# Lists, and schemas within schemas.


@pytest.mark.parametrize("value", [[], ["a"], ["a", None], ["a", 1], ("a",), {"a"}, "ab", None, {"a": 1}, 5])
@pytest.mark.parametrize(
    "make",
    [
        lambda: fields.List(fields.String()),
        lambda: fields.List(fields.String(allow_none=True)),
        lambda: fields.List(fields.String(), allow_none=True),
        lambda: fields.List(fields.Raw()),
    ],
    ids=["strings", "strings or null", "null", "anything"],
)
def test_lists_are_taken_as_marshmallow_takes_them(make, value):
    schema = Schema.from_dict({"a": make()})
    assert is_compiled(schema)
    agreed(schema, {"a": value})


@pytest.mark.parametrize("value", [[[1], []], [[1], None], [1], [["x"]], [[True]], []])
def test_lists_of_lists_are_taken_as_marshmallow_takes_them(value):
    agreed(Schema.from_dict({"a": fields.List(fields.List(Number()))}), {"a": value})


@pytest.mark.parametrize(
    "value",
    [[], [{"name": "a"}, {"name": "b", "age": 2}], [{"name": 5}], [None], {"name": "a"}, ["a"], None, "a"],
    ids=str,
)
@pytest.mark.parametrize(
    "make",
    [
        lambda: fields.Nested(Person, many=True),
        lambda: fields.Nested(Person(many=True)),
        lambda: fields.List(fields.Nested(Person)),
        lambda: fields.List(fields.Nested(Person, allow_none=True)),
    ],
    ids=["many", "instance of many", "list", "list or null"],
)
def test_several_objects_are_taken_as_marshmallow_takes_them(make, value):
    agreed(Schema.from_dict({"a": make()}), {"a": value})


@pytest.mark.parametrize("inner", [fields.String, Number, fields.Raw])
def test_a_loaded_list_is_another_list(inner):
    data = {"a": ["가"] if inner is fields.String else [1]}
    loaded = CompiledSchema(Schema.from_dict({"a": fields.List(inner)})).load(data)
    assert loaded == data
    assert loaded["a"] is not data["a"]


def test_lists_of_objects_are_compiled():
    assert is_compiled(Schema.from_dict({"a": fields.List(fields.Nested(Person))}))


@pytest.mark.parametrize(
    "make",
    [
        lambda: fields.Nested(Person, only=["age"]),
        lambda: fields.Nested(Person, exclude=["age"]),
        lambda: fields.Nested(Person(only=["age"])),
        lambda: fields.Nested(lambda: Person(exclude=["age"])),
        lambda: fields.Nested({"age": Number(required=True)}),
        lambda: fields.Nested(Person(partial=True)),
    ],
    ids=["only", "exclude", "instance", "callable", "dict", "partial"],
)
@pytest.mark.parametrize("value", [{}, {"age": 3}, {"name": "a"}, {"name": "a", "age": 3}], ids=str)
def test_parts_of_an_inner_schema_are_taken_as_marshmallow_takes_them(make, value):
    agreed(Schema.from_dict({"a": make()}), {"a": value})


OPTIONS = [RAISE, EXCLUDE, INCLUDE]


def with_unknown(option: str, **members: Any) -> type[Schema]:
    return type("Made", (Schema,), {"Meta": type("Meta", (), {"unknown": option}), **members})


@pytest.mark.parametrize("inner", OPTIONS)
@pytest.mark.parametrize("outer", OPTIONS)
@pytest.mark.parametrize("of_field", [None, *OPTIONS])
@pytest.mark.parametrize(
    "data", [{"in": {"a": 1}}, {"in": {"a": 1, "b": 2}}, {"in": {"a": 1}, "c": 3}], ids=str
)
def test_unknown_fields_are_each_schemas_own_matter(outer, inner, of_field, data):
    nested = fields.Nested(with_unknown(inner, a=Number()), unknown=of_field)
    agreed(with_unknown(outer, **{"in": nested}), data)


@pytest.mark.parametrize("option", OPTIONS)
def test_unknown_fields_beside_a_missing_one_are_noticed(option):
    schema = with_unknown(option, a=Number(), b=Number())
    assert is_compiled(schema)
    agreed(schema, {"a": 1, "c": 3})


def test_a_message_schema_may_refuse_what_it_does_not_know():
    class Narrow(MessageSchema):
        class Meta:
            unknown = RAISE

        name = fields.String()

    assert not accepted(Narrow, {"name": "a", "b": 1})


class Tree(Schema):
    name = fields.String(required=True)
    children = fields.List(fields.Nested(lambda: Tree()))


class Room(Schema):
    name = fields.String()
    within = fields.Nested(lambda: Floor())


class Floor(Schema):
    rooms = fields.List(fields.Nested(Room))


@pytest.mark.parametrize("leaf", [{"name": "잎"}, {"name": 5}, {}, {"name": "잎", "b": 1}], ids=str)
def test_recursive_schemas_are_left_to_marshmallow(leaf):
    agreed(Tree, {"name": "뿌리", "children": [{"name": "가지", "children": [leaf]}]})
    agreed(Floor, {"rooms": [{"within": {"rooms": [leaf]}}]})


@pytest.mark.parametrize("kind", ["a", "b", "c", 5, None, True, [], "missing"])
@pytest.mark.parametrize("options", [{}, {"default": Lax}, {"empty": True}], ids=str)
def test_objects_are_chosen_by_their_key_as_marshmallow_does(kind, options):
    schemas = {name: Schema.from_dict({"kind": fields.String(), name: Number()}) for name in ("a", "b")}
    schema = Schema.from_dict({"part": Polymorphic("kind", schemas, **options)})
    for part in ({"kind": kind, "a": 1}, {"kind": kind}, {}):
        agreed(schema, {"part": part})


@pytest.mark.parametrize(
    "entries",
    [
        {},
        {"x": {"name": "x"}},
        {"x": {}},
        {"x": None, "y": {"name": "다른 이름"}},
        {"x": {"name": ""}},
        {"x": {"name": 5}},
        {"x": 5, "y": []},
        {"x": {"name": "x", "b": 1}},
    ],
    ids=str,
)
def test_maps_are_taken_as_marshmallow_takes_them(entries):
    schema = Schema.from_dict({"people": MapOf(Person, name_key="name")})
    assert is_compiled(schema)
    agreed(schema, {"people": entries})


# Message schemas: aliases, what is unknown, and models.


@dataclasses.dataclass(frozen=True, slots=True)
class Plain:
    name: str
    extra: Any = None


@dataclasses.dataclass(slots=True)
class Greeted:
    name: str
    extra: Any = None

    def __post_init__(self) -> None:
        self.name = f"안녕, {self.name}"


class Free:
    def __init__(self, name: str, extra: Any) -> None:
        self.name = f"{name}님"
        self.extra = dict(extra)


class AliasedSchema(MessageSchema):
    model = Plain
    aliases = {"nickname": "name"}
    name = fields.String(required=True)


@pytest.mark.parametrize(
    "data",
    [
        {"name": "지우"},
        {"nickname": "지"},
        {"name": "", "nickname": "지"},
        {"name": None, "nickname": "지"},
        {"name": "지우", "nickname": "지"},
        {"name": "지우", "nickname": None},
        {"nickname": None},
        {"nickname": 5},
        {"name": "지우", "more": None, "and": [1]},
    ],
    ids=str,
)
def test_aliases_are_read_and_unknown_fields_kept_as_marshmallow_does(data):
    agreed(AliasedSchema, data)


def test_what_is_unknown_is_kept_beside_a_field_that_is_missing():
    class Sparse(MessageSchema):
        model = Plain
        name = fields.String(load_default="")

    loaded = CompiledSchema(Sparse).load({"more": 1})
    assert loaded == Plain("", {"more": 1})


def test_a_models_constructor_is_called_unless_it_only_sets_slots():
    class GreetedSchema(MessageSchema):
        model = Greeted
        name = fields.String(required=True)

    class FreeSchema(MessageSchema):
        model = Free
        name = fields.String(load_default="누구")

    assert CompiledSchema(GreetedSchema).load({"name": "지우"}).name == "안녕, 지우"
    free = CompiledSchema(FreeSchema).load({"more": 1})
    assert (free.name, free.extra) == ("누구님", {"more": 1})


class Tall(Plain):
    """A subclass of a dataclass, without slots of its own."""


class Loud(Plain):
    __slots__ = ()

    def __init__(self, name: str, extra: Any) -> None:
        super().__init__(name.upper(), extra)


@dataclasses.dataclass(slots=True)
class Own:
    name: str
    extra: Any

    def __init__(self, name: str, extra: Any) -> None:
        self.name = name.upper()
        self.extra = extra


@pytest.mark.parametrize("model", [Tall, Loud, Own])
def test_a_model_may_be_more_than_its_dataclass(model):
    schema = type("DerivedSchema", (MessageSchema,), {"model": model, "name": fields.String(required=True)})
    loaded = CompiledSchema(schema).load({"name": "abc", "more": 1})
    assert type(loaded) is model
    assert loaded == model("abc", {"more": 1})


def test_loaded_objects_are_frozen_as_their_class_is():
    loaded = CompiledSchema(AliasedSchema).load({"name": "지우"})
    assert type(loaded) is Plain
    with pytest.raises(dataclasses.FrozenInstanceError):
        loaded.name = "다른 이름"
    with pytest.raises(dataclasses.FrozenInstanceError):
        del loaded.name


def test_a_model_keeps_its_own_defaults():
    @dataclasses.dataclass(frozen=True, slots=True)
    class Defaulted:
        name: str = "누구"
        note: str = "없음"
        extra: Any = None

    class DefaultedSchema(MessageSchema):
        model = Defaulted
        name = fields.String()

    class NamedSchema(MessageSchema):
        model = Defaulted
        name = fields.String(required=True)

    assert CompiledSchema(DefaultedSchema).load({}) == Defaulted("누구", "없음", {})
    assert CompiledSchema(NamedSchema).load({"name": "지우"}) == Defaulted("지우", "없음", {})
