"""An outage of the guard's memory: who tries it again, and how often the log tells."""

import pytest

from clova_flask.errors import StorageUnavailable
from clova_flask.security.outage import Outage
from tests.clocks import Clock


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def outage(clock):
    return Outage("answered unchecked", clock)


AWAY = StorageUnavailable("레디스가 없습니다.")
MEANWHILE = (
    "Messages are answered unchecked meanwhile (CLOVA_REPLAY_GUARD_FAIL); it is tried again each second."
)


def told(caplog):
    return [record.getMessage() for record in caplog.records]


def test_one_a_second_may_try(outage, clock):
    assert [outage.may_try(), outage.may_try()] == [True, True]
    outage.note(AWAY)
    tries = []
    for _ in range(40):
        clock.now += 0.1
        tries.append(outage.may_try())
    assert sum(tries) in (3, 4)
    outage.end()
    assert [outage.may_try(), outage.may_try()] == [True, True]


def test_the_log_tells_of_it_once_a_minute_and_of_its_end(outage, clock, caplog):
    for _ in range(90):
        outage.note(AWAY)
        outage.count()
        clock.now += 1
    assert told(caplog) == [f"{AWAY} {MEANWHILE}"] * 2
    caplog.clear()
    outage.end()
    outage.end()
    assert told(caplog) == ["The replay guard works again. 90 messages were answered unchecked meanwhile."]


def test_many_short_outages_are_not_told_one_by_one(outage, clock, caplog):
    for _ in range(120):
        outage.note(AWAY)
        outage.count()
        clock.now += 0.5
        outage.end()
    assert len(told(caplog)) == 2
    clock.now += 60
    outage.note(AWAY)
    outage.end()
    assert told(caplog)[-1].startswith("The replay guard works again. 119 messages were")
