"""The day of those who speak, wherever the machine is."""

import sys
import time
import zoneinfo
from datetime import UTC, datetime, timedelta, timezone

import pytest

from clova_flask.devtools.simulator.suite import replay_transcript

pytest.importorskip("rapidfuzz")

NINE = timezone(timedelta(hours=9))
INTENT = "[INTENT SLOT]\nday\tCLOVA.DATETIME\n\n[INTENT EXPRESSION]\n"


@pytest.fixture
def calendar(clova, connect, tmp_path):
    """A calendar in a language, with an interaction model; gives a CEK and what the handler is asked for."""
    clova.intent("ShowDay")(lambda day: day)

    def calendar(language="ko", **config):
        expressions = {"ko": "<day>내일</day> 일정 알려 줘", "ja": "<day>明日</day>の予定を教えて"}
        (tmp_path / "intents").mkdir()
        (tmp_path / "model.toml").write_text(f'language = "{language}"\n', encoding="utf-8")
        (tmp_path / "intents" / "ShowDay.tsv").write_text(
            INTENT + expressions[language] + "\n", encoding="utf-8"
        )
        return connect(CLOVA_INTERACTION_MODEL=str(tmp_path), **config)

    return calendar


@pytest.fixture(params=["behind", "ahead"])
def far_machine(request, monkeypatch):
    """Put the machine where its day is another than in Seoul, at any hour in one of the two cases."""
    monkeypatch.setenv("TZ", {"behind": "AAA12", "ahead": "BBB-14"}[request.param])
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("far_machine")
@pytest.mark.parametrize("platform", ["naver", "line"])
@pytest.mark.parametrize(("language", "said"), [("ko", "오늘 일정 알려 줘"), ("ja", "今日の予定を教えて")])
def test_today_is_the_users_day(calendar, platform, language, said):
    cek = calendar(language, CLOVA_PLATFORM=platform)
    before = datetime.now(NINE)
    reply = cek.say(said)
    after = datetime.now(NINE)
    assert before.date() <= datetime.fromisoformat(reply.speech).date() <= after.date()


@pytest.mark.usefixtures("far_machine")
@pytest.mark.parametrize(("language", "said"), [("ko", "내일 일정 알려 줘"), ("ja", "明日の予定を教えて")])
@pytest.mark.parametrize(
    ("zone", "offset"),
    [("America/Los_Angeles", None), (timezone(timedelta(hours=-11)), -11), (UTC, 0)],
    ids=str,
)
def test_the_zone_can_be_set(calendar, language, said, zone, offset):
    if offset is None and not zoneinfo.available_timezones():
        pytest.skip("this machine has no time zones")
    cek = calendar(language, CLOVA_TIMEZONE=zone)
    now = datetime.now(zoneinfo.ZoneInfo(zone) if offset is None else timezone(timedelta(hours=offset)))
    assert cek.say(said).speech == (now + timedelta(days=1)).date().isoformat()


@pytest.mark.usefixtures("far_machine")
@pytest.mark.parametrize(
    ("said", "value"), [("오늘", "2026-11-20"), ("내일 3시", "2026-11-21T03:00:00+09:00")]
)
def test_a_time_in_a_dialog_without_an_offset_is_the_users(calendar, tmp_path, said, value):
    pytest.importorskip("yaml")
    path = tmp_path / "일정.dialog.yaml"
    path.write_text(
        f"now: 2026-11-20T01:00:00\nturns:\n  - say: {said} 일정 알려 줘\n    speech: {value}\n",
        encoding="utf-8",
    )
    assert list(replay_transcript(calendar().app, path)) == []


@pytest.mark.usefixtures("far_machine")
def test_where_a_machine_has_no_time_zones_seoul_and_tokyo_are_known(calendar, monkeypatch, request):
    monkeypatch.setitem(sys.modules, "tzdata", None)
    zoneinfo.reset_tzpath([])
    zoneinfo.ZoneInfo.clear_cache()
    request.addfinalizer(zoneinfo.reset_tzpath)
    with pytest.raises(zoneinfo.ZoneInfoNotFoundError):
        zoneinfo.ZoneInfo("Asia/Seoul")
    cek = calendar(CLOVA_PLATFORM="line")
    assert cek.say("오늘 일정 알려 줘").speech == datetime.now(NINE).date().isoformat()
