"""What real traffic sends reaches handlers as typed, frozen objects; what is malformed is a 400."""

import copy
import dataclasses
import logging
import pickle
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from clova_flask import (
    AudioPlayer,
    AudioStream,
    Display,
    EventRequest,
    Intent,
    IntentRequest,
    LaunchRequest,
    ProgressReport,
    SessionEndedRequest,
    Slot,
    SlotError,
    User,
    ask,
    message_verified,
)
from clova_flask.custom.objects import ContentLayer, UnknownRequest
from clova_flask.home import ConditionsNotMetError, ValueOutOfRangeError

TOKEN = "XHapQasdfsdfFsdfasdflQQ7"
SECRET = "비밀-5f3c"
EMPTY_INTENT = {"intent": "", "name": "", "slots": None}
EMPTY_EVENT = {"namespace": "", "name": "", "payload": None}
REQUESTS = {
    "LaunchRequest": {"type": "LaunchRequest"},
    "IntentRequest": {
        "type": "IntentRequest",
        "intent": {"name": "OrderPizza", "slots": {"size": {"name": "size", "value": "라지"}}},
    },
    "EventRequest": {
        "type": "EventRequest",
        "event": {
            "namespace": "AudioPlayer",
            "name": "PlayStarted",
            "payload": {"token": "t", "offsetInMilliseconds": 0},
        },
    },
    "SessionEndedRequest": {"type": "SessionEndedRequest"},
}
STREAM = {
    "beginAtInMilliseconds": None,
    "customData": "곡 3",
    "durationInMilliseconds": 600000,
    "format": "audio/mpeg",
    "progressReport": {"progressReportIntervalInMilliseconds": 60000},
    "token": "TR-NM-4435786",
    "url": "clova:TR-NM-4435786",
    "urlPlayable": False,
}


def message(kind="LaunchRequest", /, **parts):
    """Write a whole message; `parts` replace what stands at a path, `context__System__user=…`."""
    user = {"userId": "U399a1e08", "accessToken": TOKEN}
    whole = {
        "version": "0.1.0",
        "session": {"new": False, "sessionAttributes": {"n": 1}, "sessionId": "a29cfead", "user": user},
        "context": {
            "AudioPlayer": {
                "playerActivity": "PAUSED",
                "offsetInMilliseconds": 60000,
                "totalInMilliseconds": 300000,
                "stream": dict(STREAM),
            },
            "System": {
                "application": {"applicationId": "com.example.pizzabot"},
                "user": {**user},
                "device": {
                    "deviceId": "096e6b27",
                    "display": {
                        "size": "l100",
                        "orientation": "landscape",
                        "dpi": 96,
                        "contentLayer": {"width": 640, "height": 360},
                    },
                },
            },
        },
        "request": {"extensionId": "com.example.pizzabot", **REQUESTS.get(kind, {"type": kind})},
    }
    whole = copy.deepcopy(whole)
    for path, value in parts.items():
        *way, last = path.split("__")
        place = whole
        for step in way:
            place = place.setdefault(step, {})
        if value is ...:
            place.pop(last, None)
        else:
            place[last] = value
    return whole


@pytest.fixture
def seen():
    return []


@pytest.fixture
def cek(clova, connect, seen):
    """A CEK whose messages are all handled by a handler that keeps what it was given."""

    def handle(request, session, context, user) -> None:
        seen.append(SimpleNamespace(request=request, session=session, context=context, user=user))

    clova.launch(handle)
    clova.session_ended(handle)
    clova.fallback(handle)
    clova.event("*")(handle)
    return connect()


@pytest.fixture
def hear(cek, seen):
    """Send a message and give what its handler saw."""

    def hear(whole):
        reply = cek.send(whole)
        assert reply.status_code == 200, reply.error
        return seen[-1]

    return hear


# Requests.


@pytest.mark.parametrize(
    ("name", "kind", "unused"),
    [
        ("LaunchRequest", LaunchRequest, {"intent": EMPTY_INTENT, "event": EMPTY_EVENT}),
        ("IntentRequest", IntentRequest, {"event": EMPTY_EVENT}),
        ("EventRequest", EventRequest, {"intent": EMPTY_INTENT}),
        ("SessionEndedRequest", SessionEndedRequest, {"intent": EMPTY_INTENT, "event": EMPTY_EVENT}),
    ],
)
def test_every_request_may_carry_the_common_fields_and_empty_parts_of_others(hear, name, kind, unused):
    common = {
        "requestId": "e5464288",
        "timestamp": "2018-08-10T03:00:00Z",
        "locale": "ja-JP",
        "extensionId": "com.example.pizzabot",
    }
    whole = message(name)
    whole["request"] = {"intent": EMPTY_INTENT, "event": EMPTY_EVENT, **common, **whole["request"]}
    request = hear(whole).request
    assert type(request) is kind
    assert (request.type, request.request_id, request.locale) == (name, "e5464288", "ja-JP")
    assert (request.timestamp, request.extension_id) == ("2018-08-10T03:00:00Z", "com.example.pizzabot")
    assert request.sent_at == datetime(2018, 8, 10, 3, tzinfo=UTC)
    assert request.extra == unused


@pytest.mark.parametrize("name", REQUESTS)
def test_every_request_may_carry_its_type_alone(hear, name):
    request = hear({**message(name), "request": REQUESTS[name]}).request
    assert (request.request_id, request.timestamp, request.locale, request.sent_at) == (None,) * 4


@pytest.mark.parametrize("timestamp", ["방금", "", "2018-13-10T03:00:00Z"])
def test_a_timestamp_that_cannot_be_read_is_kept(hear, timestamp):
    request = hear(message(request__timestamp=timestamp)).request
    assert (request.timestamp, request.sent_at) == (timestamp, None)


def test_an_intent_has_typed_slots(hear):
    slots = {
        "pizzaType": {"name": "pizzaType", "value": "페퍼로니"},
        "when": {"name": "when", "value": "2018-08-10", "valueType": "DATE"},
        "weight": {"name": "weight", "value": "3", "unit": "kg"},
    }
    intent = hear(message("IntentRequest", request__intent__slots=slots)).request.intent
    assert intent == Intent(
        "OrderPizza",
        {
            "pizzaType": Slot("pizzaType", "페퍼로니"),
            "when": Slot("when", "2018-08-10", value_type="DATE"),
            "weight": Slot("weight", "3", unit="kg"),
        },
    )


@pytest.mark.parametrize("slots", [None, ..., {}])
def test_slots_may_be_null_missing_or_empty(hear, slots):
    assert dict(hear(message("IntentRequest", request__intent__slots=slots)).request.intent.slots) == {}


@pytest.mark.parametrize(
    ("slot", "expected"),
    [
        ({"name": "a", "value": None}, Slot("a")),
        ({"name": "a"}, Slot("a")),
        ({"value": "값"}, Slot("a", "값")),
        ({"name": "", "value": "값"}, Slot("a", "값")),
        ({"name": None, "value": "값", "unit": None, "valueType": None}, Slot("a", "값")),
        ({"name": "a", "value": 3}, Slot("a", "3")),
        ({"name": "a", "value": 1.5}, Slot("a", "1.5")),
    ],
    ids=str,
)
def test_a_slot_may_lack_parts_and_its_value_may_be_a_number(hear, slot, expected):
    whole = message("IntentRequest", request__intent__slots={"a": slot, "b": {"name": "b", "value": "b"}})
    assert hear(whole).request.intent.slots == {"a": expected, "b": Slot("b", "b")}


def test_a_slot_that_is_null_is_no_slot(hear):
    whole = message("IntentRequest", request__intent__slots={"a": None, "b": {"name": "b", "value": "나"}})
    assert hear(whole).request.intent.slots == {"b": Slot("b", "나")}


@pytest.mark.parametrize(
    "intent",
    [
        {"intent": "OrderPizza", "slots": None},
        {"intent": "OrderPizza", "name": None},
        {"intent": "OrderPizza", "name": ""},
        {"intent": "Older", "name": "OrderPizza"},
    ],
    ids=str,
)
def test_beta_traffic_wrote_intent_for_name(hear, intent):
    seen_intent = hear(message("IntentRequest", request__intent=intent)).request.intent
    assert (seen_intent.name, dict(seen_intent.extra)) == ("OrderPizza", {})


def test_beta_traffic_reaches_the_intents_own_handler(clova, cek):
    clova.intent("OrderPizza")(lambda size: f"{size} 주문")
    slots = {"size": {"value": "라지"}}
    reply = cek.send(message("IntentRequest", request__intent={"intent": "OrderPizza", "slots": slots}))
    assert reply.speech == "라지 주문"


# Events.


def test_an_event_has_its_payload_as_it_is(hear):
    payload = {"token": "t", "offsetInMilliseconds": 10, "new": {"deep": None}}
    request = hear(message("EventRequest", request__event__payload=payload)).request
    assert (request.event.full_name, request.event.payload) == ("AudioPlayer.PlayStarted", payload)


@pytest.mark.parametrize("payload", [None, ...])
@pytest.mark.parametrize("session", [None, ...])
@pytest.mark.parametrize("name", ["SkillEnabled", "SkillDisabled"])
def test_skill_events_have_neither_session_nor_payload(hear, name, session, payload):
    event = {"namespace": "ClovaSkill", "name": name, "payload": payload}
    whole = message("EventRequest", session=session, request__event=event)
    if payload is ...:
        del whole["request"]["event"]["payload"]
    heard = hear(whole)
    assert heard.request.event.full_name == f"ClovaSkill.{name}"
    assert (dict(heard.request.event.payload), heard.session, heard.session.id) == ({}, {}, None)
    assert (heard.session.new, heard.session.user) == (False, heard.user)
    assert heard.user.id == heard.context.system.user.id == "U399a1e08"


# Session.


def test_a_session_has_its_attributes_and_tells_about_itself(hear):
    session = hear(message(session__new=True)).session
    assert session == {"n": 1}
    assert (session.id, session.new, session.user) == ("a29cfead", True, User("U399a1e08", TOKEN))


@pytest.mark.parametrize("attributes", [None, ..., {}])
def test_session_attributes_may_be_null_missing_or_empty(hear, attributes):
    session = hear(message(session__sessionAttributes=attributes)).session
    assert (session, session.id) == ({}, "a29cfead")


def test_a_session_may_lack_everything(hear):
    session = hear(message(session={})).session
    assert (session, session.id, session.new, session.user) == ({}, None, False, User())


@pytest.mark.parametrize(
    ("in_context", "in_session", "token"),
    [
        (..., ..., None),
        (None, None, None),
        (TOKEN, ..., None),
        (TOKEN, None, None),
        (..., TOKEN, TOKEN),
        ("of-the-owner", TOKEN, TOKEN),
    ],
)
def test_the_access_token_is_the_speakers_and_never_the_owners(hear, in_context, in_session, token):
    whole = message(context__System__user__accessToken=in_context, session__user__accessToken=in_session)
    assert hear(whole).user.access_token == token


def test_without_a_session_the_user_is_whom_the_device_belongs_to(hear):
    heard = hear(message(session=None, context__System__user={"userId": "U6", "accessToken": TOKEN}))
    assert heard.user == User("U6", TOKEN)


@pytest.mark.parametrize("session", [{}, {"sessionId": "a29cfead"}, {"user": None}], ids=str)
def test_a_speaker_who_is_not_named_is_not_the_owner(hear, session):
    assert hear(message(session=session)).user == User()


def test_a_user_that_only_the_session_names_is_the_user(hear):
    heard = hear(message(context__System__user=..., session__user={"userId": "U5"}))
    assert heard.user == User("U5")


# Context.


def test_a_context_tells_of_device_user_and_player(hear):
    context = hear(message()).context
    assert context.system.application.id == "com.example.pizzabot"
    assert context.system.user == User("U399a1e08", TOKEN)
    assert context.system.device.id == "096e6b27"
    assert context.system.device.display == Display("l100", ContentLayer(640, 360), 96, "landscape")
    assert context.system.device.display.has_screen
    assert context.audio_player == AudioPlayer(
        "PAUSED",
        60000,
        300000,
        AudioStream(
            url="clova:TR-NM-4435786",
            token="TR-NM-4435786",
            url_playable=False,
            begin_at_in_milliseconds=0,
            custom_data="곡 3",
            duration_in_milliseconds=600000,
            format="audio/mpeg",
            progress_report=ProgressReport(progress_report_interval_in_milliseconds=60000),
        ),
    )


@pytest.mark.parametrize("application", [None, ..., {}, {"applicationId": None}])
def test_old_traffic_had_no_application(hear, application):
    assert hear(message(context__System__application=application)).context.system.application.id is None


@pytest.mark.parametrize("path", ["context", "context__System"])
@pytest.mark.parametrize("value", [None, ..., {}])
def test_the_context_may_be_missing(hear, path, value):
    system = hear(message(**{path: value})).context.system
    assert (system.application.id, system.device.id, system.device.display.size) == (None, "", "none")


def test_a_device_without_a_screen(hear):
    display = {"size": "none", "contentLayer": {"width": 0, "height": 0}}
    seen_display = hear(message(context__System__device__display=display)).context.system.device.display
    assert seen_display == Display("none", ContentLayer(0, 0))
    assert not seen_display.has_screen


@pytest.mark.parametrize("path", ["device", "device__display"])
@pytest.mark.parametrize("value", [None, ..., {}])
def test_a_display_may_be_missing(hear, path, value):
    assert hear(message(**{f"context__System__{path}": value})).context.system.device.display == Display()


@pytest.mark.parametrize("player", [None, ...])
def test_the_player_may_be_missing(hear, player):
    assert hear(message(context__AudioPlayer=player)).context.audio_player is None


@pytest.mark.parametrize("player", [{}, {"playerActivity": "IDLE"}, {"stream": None}], ids=str)
def test_a_player_that_plays_nothing(hear, player):
    assert hear(message(context__AudioPlayer=player)).context.audio_player == AudioPlayer("IDLE")


@pytest.mark.parametrize("begin", [None, ...])
def test_a_stream_may_begin_nowhere(clova, cek, begin):
    streams = []

    @clova.event("AudioPlayer.StreamRequested")
    def requested(audio_stream: AudioStream, context):
        streams.extend([audio_stream, context.audio_player.stream])

    stream = {key: value for key, value in STREAM.items() if begin is None or key != "beginAtInMilliseconds"}
    event = {
        "namespace": "AudioPlayer",
        "name": "StreamRequested",
        "payload": {"audioItemId": "90b77646", "audioStream": stream},
    }
    whole = message("EventRequest", request__event=event, context__AudioPlayer__stream=stream)
    assert cek.send(whole).status_code == 200
    assert [stream.begin_at_in_milliseconds for stream in streams] == [0, 0]


@pytest.mark.parametrize(("text", "number"), [("60000", 60000), (" -1 ", -1), ("0.5", 0.5)])
def test_numbers_may_come_as_text(hear, text, number):
    player = hear(message(context__AudioPlayer__offsetInMilliseconds=text)).context.audio_player
    assert player.offset_in_milliseconds == number
    assert type(player.offset_in_milliseconds) is type(number)


@pytest.mark.parametrize("text", ["", "많이", "nan", "inf", "1e999", "0x10"])
def test_a_number_as_text_has_to_be_one(cek, text):
    reply = cek.send(message(context__AudioPlayer__offsetInMilliseconds=text))
    assert reply.error == "context.AudioPlayer.offsetInMilliseconds: Not a number."


@pytest.mark.parametrize(
    ("path", "read", "parts"),
    [
        ("context__System__user", lambda heard: heard.context.system.user, ("", None)),
        ("session__user", lambda heard: heard.session.user, ("", None)),
        ("context__System__device", lambda heard: heard.context.system.device, ("", Display())),
        (
            "context__System__device__display",
            lambda heard: heard.context.system.device.display,
            ("none", ContentLayer(), None, None),
        ),
        (
            "context__System__device__display__contentLayer",
            lambda heard: heard.context.system.device.display.content_layer,
            (0, 0),
        ),
        ("context__AudioPlayer", lambda heard: heard.context.audio_player, ("IDLE", None, None, None)),
        (
            "context__AudioPlayer__stream",
            lambda heard: heard.context.audio_player.stream,
            ("", "", True, 0, None, None, None, None),
        ),
        (
            "context__AudioPlayer__stream__progressReport",
            lambda heard: heard.context.audio_player.stream.progress_report,
            (None, None, None),
        ),
    ],
)
def test_an_object_may_lack_everything(hear, path, read, parts):
    thing = read(hear(message(**{path: {}})))
    names = [field.name for field in dataclasses.fields(thing) if field.name != "extra"]
    assert tuple(getattr(thing, name) for name in names) == parts


# What the tables do not name.

LEVELS = {
    "session": lambda heard: heard.session.info,
    "session__user": lambda heard: heard.session.user,
    "context": lambda heard: heard.context,
    "context__AudioPlayer": lambda heard: heard.context.audio_player,
    "context__AudioPlayer__stream": lambda heard: heard.context.audio_player.stream,
    "context__AudioPlayer__stream__progressReport": (
        lambda heard: heard.context.audio_player.stream.progress_report
    ),
    "context__System": lambda heard: heard.context.system,
    "context__System__application": lambda heard: heard.context.system.application,
    "context__System__user": lambda heard: heard.context.system.user,
    "context__System__device": lambda heard: heard.context.system.device,
    "context__System__device__display": lambda heard: heard.context.system.device.display,
    "context__System__device__display__contentLayer": (
        lambda heard: heard.context.system.device.display.content_layer
    ),
    "request": lambda heard: heard.request,
    "request__intent": lambda heard: heard.request.intent,
    "request__intent__slots__size": lambda heard: heard.request.intent.slots["size"],
}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("value", [{"새": [1, None]}, None, "", False])
def test_unknown_fields_are_kept_at_every_level(hear, level, value):
    heard = hear(message("IntentRequest", **{f"{level}__newField": value}))
    assert LEVELS[level](heard).extra == {"newField": value}


def test_unknown_fields_of_the_whole_message_and_of_an_event_are_kept(cek):
    messages = []

    def keep(_, message, **__):
        messages.append(message)

    with message_verified.connected_to(keep, cek.app):
        cek.send(message("EventRequest", region="KR", request__event__region="JP"))
    assert messages[0].extra == {"region": "KR"}
    assert messages[0].request.event.extra == {"region": "JP"}


@pytest.mark.parametrize(
    ("path", "value", "read"),
    [
        ("context__System__device__display__size", "xxl100", lambda h: h.context.system.device.display.size),
        (
            "context__System__device__display__orientation",
            "upside-down",
            lambda h: h.context.system.device.display.orientation,
        ),
        (
            "context__AudioPlayer__playerActivity",
            "BUFFERING",
            lambda h: h.context.audio_player.player_activity,
        ),
        ("context__AudioPlayer__stream__format", "audio/ogg", lambda h: h.context.audio_player.stream.format),
        ("request__locale", "fr-FR", lambda h: h.request.locale),
        (
            "request__intent__slots__size__valueType",
            "CENTURY",
            lambda h: h.request.intent.slots["size"].value_type,
        ),
        ("request__intent__slots__size__unit", "근", lambda h: h.request.intent.slots["size"].unit),
    ],
)
def test_unknown_values_are_kept(hear, path, value, read):
    assert read(hear(message("IntentRequest", **{path: value}))) == value


def test_an_event_that_the_tables_do_not_name_is_kept(hear):
    event = {"namespace": "Telephone", "name": "Rang", "payload": {"times": 3}}
    assert hear(message("EventRequest", request__event=event)).request.event.full_name == "Telephone.Rang"


def test_a_request_of_an_unknown_type_is_answered_and_kept(clova, connect):
    requests = []
    clova.before_request(lambda request: requests.append(request))
    reply = connect().send(message("CanFulfillRequest", request__maybe=True))
    assert (reply.status_code, reply.speech) == (200, "")
    assert type(requests[0]) is UnknownRequest
    assert (requests[0].type, requests[0].extra) == ("CanFulfillRequest", {"maybe": True})


# What is malformed.


@pytest.mark.parametrize(
    ("kind", "path", "value", "named"),
    [
        ("LaunchRequest", "request", None, "request"),
        ("LaunchRequest", "request", [SECRET], "request"),
        ("LaunchRequest", "request", SECRET, "request"),
        ("LaunchRequest", "request__type", ..., "request.type"),
        ("LaunchRequest", "request__type", None, "request.type"),
        ("LaunchRequest", "request__type", "", "request.type"),
        ("LaunchRequest", "request__type", {SECRET: SECRET}, "request.type"),
        ("LaunchRequest", "request__timestamp", [SECRET], "request.timestamp"),
        ("LaunchRequest", "request__requestId", 5, "request.requestId"),
        ("LaunchRequest", "request__locale", True, "request.locale"),
        ("LaunchRequest", "version", 1.0, "version"),
        ("IntentRequest", "request__intent", ..., "request.intent"),
        ("IntentRequest", "request__intent", None, "request.intent"),
        ("IntentRequest", "request__intent", [SECRET], "request.intent"),
        ("IntentRequest", "request__intent__name", ..., "request.intent.name"),
        ("IntentRequest", "request__intent__name", "", "request.intent.name"),
        ("IntentRequest", "request__intent__name", [SECRET], "request.intent.name"),
        ("IntentRequest", "request__intent__slots", [SECRET], "request.intent.slots"),
        ("IntentRequest", "request__intent__slots", SECRET, "request.intent.slots"),
        ("IntentRequest", "request__intent__slots__size", SECRET, "request.intent.slots.size"),
        ("IntentRequest", "request__intent__slots__size__value", [SECRET], "request.intent.slots.size.value"),
        ("IntentRequest", "request__intent__slots__size__value", True, "request.intent.slots.size.value"),
        (
            "IntentRequest",
            "request__intent__slots__size__unit",
            {"a": SECRET},
            "request.intent.slots.size.unit",
        ),
        ("EventRequest", "request__event", None, "request.event"),
        ("EventRequest", "request__event", SECRET, "request.event"),
        ("EventRequest", "request__event__name", "", "request.event.name"),
        ("EventRequest", "request__event__name", ..., "request.event.name"),
        ("EventRequest", "request__event__namespace", ..., "request.event.namespace"),
        ("EventRequest", "request__event__payload", [SECRET], "request.event.payload"),
        ("LaunchRequest", "session", [SECRET], "session"),
        ("LaunchRequest", "session__new", SECRET, "session.new"),
        ("LaunchRequest", "session__sessionId", {"a": SECRET}, "session.sessionId"),
        ("LaunchRequest", "session__sessionAttributes", [SECRET], "session.sessionAttributes"),
        ("LaunchRequest", "session__user", SECRET, "session.user"),
        ("LaunchRequest", "session__user__accessToken", [SECRET], "session.user.accessToken"),
        ("LaunchRequest", "context", SECRET, "context"),
        ("LaunchRequest", "context__System", [SECRET], "context.System"),
        ("LaunchRequest", "context__System__user__accessToken", 5, "context.System.user.accessToken"),
        ("LaunchRequest", "context__System__device__deviceId", 5, "context.System.device.deviceId"),
        (
            "LaunchRequest",
            "context__System__device__display__contentLayer__width",
            SECRET,
            "context.System.device.display.contentLayer.width",
        ),
        ("LaunchRequest", "context__System__device__display__dpi", True, "context.System.device.display.dpi"),
        ("LaunchRequest", "context__AudioPlayer__stream", SECRET, "context.AudioPlayer.stream"),
        (
            "LaunchRequest",
            "context__AudioPlayer__stream__urlPlayable",
            SECRET,
            "context.AudioPlayer.stream.urlPlayable",
        ),
    ],
)
def test_a_malformed_message_is_a_400_that_names_the_path_and_repeats_nothing(
    cek, seen, caplog, kind, path, value, named
):
    with caplog.at_level(logging.DEBUG):
        reply = cek.send(message(kind, **{path: value}))
    assert (reply.status_code, set(reply.json)) == (400, {"error"})
    assert reply.error.startswith(f"{named}: ")
    assert seen == []
    for text in (reply.text, caplog.text):
        assert SECRET not in text
        assert TOKEN not in text


def test_a_name_within_a_message_cannot_break_out_of_the_log_line(cek, caplog):
    slots = {"size\nERROR forged": {"value": []}}
    reply = cek.send(message("IntentRequest", request__intent__slots=slots))
    assert reply.status_code == 400
    assert "request.intent.slots.size" in caplog.text
    assert all("\n" not in record.getMessage() for record in caplog.records)


def test_every_fault_of_a_message_is_named(cek):
    whole = message("IntentRequest", session__new="글쎄", version=1, request__intent__slots=[])
    named = {fault.partition(": ")[0] for fault in cek.send(whole).error.split("; ")}
    assert named == {"session.new", "version", "request.intent.slots"}


# What handlers get.


def everything(heard):
    """List every typed object within what a handler saw."""
    context, request = heard.context, heard.request
    return [
        request,
        request.intent,
        *request.intent.slots.values(),
        heard.user,
        heard.session.info,
        heard.session.user,
        context,
        context.audio_player,
        context.audio_player.stream,
        context.audio_player.stream.progress_report,
        context.system,
        context.system.application,
        context.system.user,
        context.system.device,
        context.system.device.display,
        context.system.device.display.content_layer,
    ]


def test_every_object_is_frozen(hear):
    for thing in everything(hear(message("IntentRequest"))):
        for field in dataclasses.fields(thing):
            with pytest.raises(dataclasses.FrozenInstanceError):
                setattr(thing, field.name, "다른 값")


def test_no_repr_shows_an_access_token(cek, seen):
    messages = []

    def keep(_, message, **__):
        messages.append(message)

    with message_verified.connected_to(keep, cek.app):
        cek.send(message("IntentRequest", context__System__user__refreshToken="RT-" + TOKEN))
    shown = [*messages, *everything(seen[0]), seen[0].session]
    assert all(TOKEN not in f"{thing!r} {thing}" for thing in shown)
    assert "U399a1e08" in repr(messages[0])


def test_typed_objects_can_be_pickled_and_copied(clova, connect):
    seen = []
    clova.launch(lambda request, session, context: seen.extend([request, session, context]) or ask("네"))
    connect().launch()
    for value in seen:
        assert pickle.loads(pickle.dumps(value)) == value
        assert copy.deepcopy(value) == value
    context = seen[2]
    assert dataclasses.asdict(context)["system"]["device"]["id"] == "test-device"
    assert hash(context.system) == hash(copy.deepcopy(context.system))
    with pytest.raises(TypeError):
        context.extra["a"] = 1


def set_a_key(slots):
    slots["size"] = "라지"


def merge_in_place(slots):
    slots |= {"size": "라지"}


CHANGES = [
    set_a_key,
    merge_in_place,
    lambda slots: slots.update(size="라지"),
    lambda slots: slots.setdefault("size", "라지"),
]


@pytest.mark.parametrize("change", CHANGES, ids=["key", "|=", "update", "setdefault"])
def test_what_a_handler_does_to_a_missing_mapping_does_not_reach_other_requests(cek, clova, change):
    seen = []

    @clova.intent("OrderPizza")
    def order(request):
        seen.append(dict(request.intent.slots))
        change(request.intent.slots)

    for _ in range(2):
        with pytest.raises(TypeError, match="cannot be changed"):
            cek.intent("OrderPizza")
    assert seen == [{}, {}]


@pytest.mark.parametrize(
    "error", [SlotError("a", "b", expected="int"), ValueOutOfRangeError(0, 100), ConditionsNotMetError("문")]
)
def test_errors_can_be_pickled(error):
    copied = pickle.loads(pickle.dumps(error))
    assert (type(copied), str(copied), vars(copied)) == (type(error), str(error), vars(error))
