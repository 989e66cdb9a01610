"""Durations: what they are as text, which are a timedelta, and dates that they are added to."""

from datetime import UTC, date, datetime, timedelta

import pytest

from clova_flask import Duration
from clova_flask.injection.durations import parse_duration


@pytest.mark.parametrize(
    ("duration", "text"),
    [
        (Duration(), "PT0S"),
        (Duration(years=1, months=6), "P1Y6M"),
        (Duration(weeks=2), "P2W"),
        (Duration(days=1, hours=12), "P1DT12H"),
        (Duration(minutes=90), "PT90M"),
        (Duration(seconds=0.5), "PT0.5S"),
        (Duration(seconds=0.0000001), "PT0.0000001S"),
        (Duration(seconds=59.999999), "PT59.999999S"),
        (Duration(hours=100.0), "PT100H"),
        (Duration(months=-3), "-P3M"),
        (Duration(days=-1, seconds=-30), "-P1DT30S"),
        (Duration(years=1, weeks=1, seconds=1), "P1Y1WT1S"),
    ],
    ids=str,
)
def test_as_text_it_is_iso_8601_and_reads_back(duration, text):
    assert str(duration) == text
    assert parse_duration(text) == duration


@pytest.mark.parametrize(
    ("duration", "length"),
    [
        (Duration(), timedelta()),
        (Duration(weeks=1, days=2, hours=3, minutes=4, seconds=5.5), timedelta(9, 5.5, 0, 0, 4, 3)),
        (Duration(hours=-2), timedelta(hours=-2)),
    ],
    ids=str,
)
def test_without_months_it_is_a_timedelta(duration, length):
    assert duration.timedelta == length


@pytest.mark.parametrize("duration", [Duration(months=1), Duration(years=2, days=3)], ids=str)
def test_of_months_there_is_no_timedelta_and_the_error_says_what_to_do(duration):
    with pytest.raises(ValueError, match=f"{duration} has no fixed length.*date.today") as caught:
        _ = duration.timedelta
    assert "+ duration" in str(caught.value)


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        (date(2026, 1, 31), Duration(months=1), date(2026, 2, 28)),
        (date(2024, 2, 29), Duration(years=1), date(2025, 2, 28)),
        (date(2026, 11, 26), Duration(months=14), date(2028, 1, 26)),
        (date(2026, 11, 26), Duration(weeks=1, days=1), date(2026, 12, 4)),
        (date(2026, 3, 31), Duration(months=-1), date(2026, 2, 28)),
        (date(2026, 1, 1), Duration(years=0.5), date(2026, 7, 1)),
        (
            datetime(2026, 12, 31, 23, tzinfo=UTC),
            Duration(months=2, hours=2),
            datetime(2027, 3, 1, 1, tzinfo=UTC),
        ),
    ],
    ids=str,
)
def test_it_is_added_to_a_date(start, duration, end):
    assert start + duration == end
    assert type(start + duration) is type(start)


def test_it_is_taken_from_a_date():
    assert date(2026, 3, 31) - Duration(months=1) == date(2026, 2, 28)
    assert datetime(2026, 1, 1) - Duration(seconds=1) == datetime(2025, 12, 31, 23, 59, 59)


def test_what_no_date_can_be_is_refused():
    with pytest.raises(OverflowError, match="P9000Y from 2026-01-01 is beyond"):
        _ = date(2026, 1, 1) + Duration(years=9000)
    with pytest.raises(ValueError, match=r"P0\.5M has a part of a month"):
        _ = date(2026, 1, 1) + Duration(months=0.5)
    with pytest.raises(TypeError):
        _ = 1 + Duration(months=1)
    with pytest.raises(TypeError):
        _ = 1 - Duration(months=1)


def test_it_is_frozen_and_hashable():
    assert len({Duration(days=7), Duration(weeks=1), Duration(days=7)}) == 2


def test_a_handler_gets_what_was_said(clova, connect):
    @clova.intent("ExtendLoan")
    def extend(span: Duration):
        return f"{date(2026, 11, 30) + span:%Y-%m-%d}까지 빌려 드릴게요."

    cek = connect()
    assert cek.intent("ExtendLoan", span="P3M").speech == "2027-02-28까지 빌려 드릴게요."
    assert cek.intent("ExtendLoan", span=Duration(weeks=1)).speech == "2026-12-07까지 빌려 드릴게요."
