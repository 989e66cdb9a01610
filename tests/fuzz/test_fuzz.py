"""Messages of all kinds, mutated and really signed: each is refused or answered, and nothing gets out.

A case that fails is told as base64, with the command that sends it again. What was once found is in
``regressions.json`` and sent each time. The long form is ``python -m benchmarks.soak``.
"""

import base64
import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest

pytest.importorskip("sqlalchemy")
pytest.importorskip("hypothesis")
pytest.importorskip("asgiref")

from hypothesis import HealthCheck, given, settings

from tests.fuzz.cases import PLATFORMS, Case, Step, draw
from tests.fuzz.harness import Harness
from tests.fuzz.headers import FORGERIES, LENGTHS
from tests.fuzz.mutations import MUTATIONS
from tests.fuzz.oracles import Violation, check_answer, check_log, check_privacy, strict
from tests.fuzz.seeds import SECRETS, TOKENS, USERS, seeds
from tests.fuzz.strategies import cases, planted, randoms
from tests.fuzz.writing import ON_BYTES

REGRESSIONS = json.loads(Path(__file__).with_name("regressions.json").read_text(encoding="utf-8"))

FEW = settings(
    max_examples=150,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(scope="module")
def harness():
    with Harness() as harness:
        yield harness


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_seed_is_answered(harness, platform):
    statuses = {name: harness.run(Case(platform, name)) for name in seeds(platform)}
    assert {name: status for name, status in statuses.items() if status != 200} == {}
    assert len(statuses) > 100


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("forgery", FORGERIES)
def test_what_is_not_signed_reaches_nothing(harness, platform, forgery):
    for name in ("launch", "intent Keep", "home DiscoverAppliances"):
        harness.forge(platform, seeds(platform)[name].encode(), forgery, Random(forgery))


@pytest.mark.parametrize("lie", LENGTHS)
def test_a_length_that_is_not_the_bodys_reaches_nothing(harness, lie):
    harness.lie("line", seeds("line")["launch"].encode(), lie)


@pytest.mark.parametrize("found", REGRESSIONS, ids=[found["why"] for found in REGRESSIONS])
def test_what_was_found_once_stays_found(harness, found):
    count, part = found.get("repeat", [0, ""])
    body = base64.b64decode(found["body"]) + base64.b64decode(part) * count
    harness.check(found["platform"], body, found["why"])


@pytest.mark.parametrize("name", [*MUTATIONS, *ON_BYTES])
def test_each_mutation_alone(harness, name):
    random = Random(name)
    for _ in range(10):
        case = draw(random)
        step = (Step(name, random.getrandbits(32)),)
        steps, on_bytes = (step, ()) if name in MUTATIONS else ((), step)
        harness.run(Case(case.platform, case.seed, steps, on_bytes, case.ascii_only))


@FEW
@given(case=cases())
def test_mutated_messages(harness, case):
    harness.run(case)


@FEW
@given(sent=planted())
def test_any_json_in_any_place(harness, sent):
    harness.check(*sent)


@FEW
@given(case=cases(), random=randoms())
def test_forged_messages(harness, case, random):
    if body := case.body():
        harness.forge(case.platform, body, random.choice(tuple(FORGERIES)), random)


def test_a_case_is_made_the_same_again():
    first, second = ([draw(random).body() for _ in range(50)] for random in (Random(1), Random(1)))
    assert first == second
    assert len(set(first)) > 45


def test_many_of_the_mutated_are_answered_and_many_refused(harness):
    random, statuses = Random("many"), Counter()
    for _ in range(300):
        statuses[harness.run(draw(random))] += 1
    assert statuses[200] > 60
    assert statuses[400] > 60
    assert set(statuses) <= {200, 400, 403, 413, 429}


# The oracles themselves: what they are for, they notice.


@pytest.mark.parametrize(
    "answer",
    [
        b'{"a":NaN}',
        b'{"a":1e999}',
        b'{"a":1,"a":2}',
        b'{"a":"\\ud800"}',
        b'{"a":"\xff"}',
        b'\xef\xbb\xbf{"a":1}',
        b"",
        b"{}{}",
    ],
)
def test_an_answer_that_is_not_strict_json_is_noticed(answer):
    with pytest.raises(Violation):
        strict(answer)


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (500, b'{"error":"x"}'),
        (404, b'{"error":"x"}'),
        (400, b"{}"),
        (400, b'{"error":""}'),
        (200, b"{}"),
        (200, b'{"version":"1.0","sessionAttributes":{},"response":{}}'),
    ],
)
def test_an_answer_that_the_platform_would_refuse_is_noticed(status, answer):
    with pytest.raises(Violation):
        check_answer("line", {"request": {}, "version": "1.0"}, status, answer)


def test_a_secret_of_another_user_is_noticed():
    request = {"session": {"user": {"userId": USERS[0]}}}
    check_privacy(request, SECRETS[USERS[0]])
    with pytest.raises(Violation):
        check_privacy(request, f"… {SECRETS[USERS[1]]} …")


@pytest.mark.parametrize("private", [USERS[0], TOKENS[USERS[1]], SECRETS[USERS[2]]])
def test_what_is_private_is_noticed_in_a_log(private):
    check_log({"request": {"type": private}}, [f"An unknown type {private!r}"])
    with pytest.raises(Violation):
        check_log({"session": {"user": {"userId": private}}}, [f"User {private} said no."])


def test_a_failure_tells_how_to_see_it_again(harness, monkeypatch):
    monkeypatch.setattr("tests.fuzz.harness.SLOWEST", -1)
    body = seeds("line")["launch"].encode()
    with pytest.raises(Violation) as told:
        harness.check("line", body)
    command = f"python -m tests.fuzz line {base64.b64encode(body).decode()}"
    assert command in str(told.value)
