"""What a device answers to GetDeviceState without a handler: words that the user hears."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from functools import partial

import pytest

from clova_flask.home import INTERFACES, Appliance
from clova_flask.home.states import list_states

TOKEN = "연결된-계정의-토큰"
KST = timezone(timedelta(hours=9))


@pytest.fixture
def states(clova, connect):
    """Give the states of a device of a type that answers these queries."""

    def states(type_, answers, *, is_on=None, **config):
        for name, answer in answers.items():
            clova.home.on(name, type=type_)(partial(lambda given: given, answer))
        clova.home.discover(lambda: [Appliance("기기", type=type_, is_on=is_on)])
        reply = connect(client={"access_token": TOKEN}, **config).control("GetDeviceState", "기기")
        return [(state["name"], state["value"]) for state in reply.payload["states"]]

    return states


LANGUAGES = {
    "ko": ("전원", "켜짐", "미세먼지", "매우 나쁨"),
    "ja": ("電源", "オン", "PM10", "非常に悪い"),
    "en": ("power", "on", "fine dust", "very bad"),
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_and_values_are_in_the_language_of_users(states, lang):
    power, on, dust, very_bad = LANGUAGES[lang]
    given = states("AIRPURIFIER", {"GetFineDust": {"index": "verybad"}}, is_on=True, CLOVA_DEFAULT_LANG=lang)
    assert given == [(power, on), (dust, very_bad)]


SAID = {
    "ko-locked": ("SMARTLOCK", "GetLockState", "LOCKED", "ko", "잠김"),
    "ja-unlocked": ("SMARTLOCK", "GetLockState", "UNLOCKED", "ja", "解錠中"),
    "ko-duration": ("CLOTHESWASHER", "GetRemainingTime", timedelta(hours=1, minutes=20), "ko", "1시간 20분"),
    "ja-duration": ("CLOTHESWASHER", "GetRemainingTime", "PT1H20M", "ja", "1時間20分"),
    "en-duration": ("CLOTHESWASHER", "GetRemainingTime", "P1DT30S", "en", "1 d 30 s"),
    "ko-weeks": ("CLOTHESWASHER", "GetRemainingTime", "P1W", "ko", "7일"),
    "ko-nothing left": ("CLOTHESWASHER", "GetRemainingTime", "PT0S", "ko", "0초"),
    "ko-words": ("CLOTHESWASHER", "GetRemainingTime", "곧", "ko", "곧"),
    "ko-time": (
        "OPENCLOSESENSOR",
        "GetOpenTime",
        datetime(2026, 3, 1, 9, 5, tzinfo=KST),
        "ko",
        "3월 1일 9시 5분",
    ),
    "ja-time": ("OPENCLOSESENSOR", "GetOpenTime", "2026-12-31T23:59:00+09:00", "ja", "12月31日23時59分"),
    "en-time": (
        "OPENCLOSESENSOR",
        "GetOpenTime",
        datetime(2026, 3, 1, 9, 5, tzinfo=UTC),
        "en",
        "1 March, 09:05",
    ),
    "ko-phase of one's own": ("CLOTHESWASHER", "GetPhase", "헹굼", "ko", "헹굼"),
}


@pytest.mark.parametrize(("type_", "query", "answer", "lang", "said"), SAID.values(), ids=SAID)
def test_values_are_said_in_words(states, type_, query, answer, lang, said):
    [(_, value)] = states(type_, {query: answer}, CLOVA_DEFAULT_LANG=lang)
    assert value == said


def test_every_query_has_a_name_in_each_language():
    """Whatever a device can be asked, its state has a name that is no word of the protocol."""
    asked = [
        name
        for name, row in INTERFACES.items()
        if row.is_query and row.appliance and not any(field.required for field in row.takes)
    ]
    assert len(asked) > 30
    for lang in ("ko", "ja", "en"):
        seen = []

        def query(name, seen=seen):
            seen.append(name)
            return {field.name: "x" for field in INTERFACES[name].gives[:1]}

        names = [state["name"] for state in list_states(None, query, lang)]
        assert set(seen) == set(asked) - {"GetDeviceState", "HealthCheck"}
        assert len(set(names)) == len(names) == len(seen)
        assert not any(name.startswith("Get") for name in names)
