"""What two machines share, checked and counted."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from secrets import token_hex
from statistics import quantiles
from typing import NamedTuple

from ..signing import public_pem
from .app import make_app
from .client import KEY, Got, all_at_once, intent, link, post, revoke, unlock
from .servers import machine, proxy

REDIRECT = "https://prod-ni-cic.clova.ai/v1/al/token"


class Town(NamedTuple):
    """Machines behind a proxy: ports, folders, and the client of account linking.

    :ivar run: begins the ids of users, since other runs have the same stores.
    """

    https: int
    machines: list[int]
    folders: list[Path]
    client: tuple[str, str]
    run: str


@contextmanager
def town(folder: Path, count: int, urls: dict[str, str]) -> Iterator[Town]:
    """Start so many machines of two workers.

    :param urls: database, redis and user_data, as :func:`make_app` takes them.
    """
    folder.mkdir()
    client = _prepare(folder, urls)
    folders = [folder / f"machine-{number}" for number in range(count)]
    with ExitStack() as stack:
        ports = []
        for one in folders:
            given = ", ".join(f"{name}={url!r}" for name, url in urls.items())
            app = f"benchmarks.machines.app:make_app({public_pem(KEY)!r}, {str(one)!r}, {given})"
            ports.append(stack.enter_context(machine(one, app, "--workers", "2")))
        yield Town(stack.enter_context(proxy(folder / "nginx", ports)), ports, folders, client, client[0])


def _prepare(folder: Path, urls: dict[str, str]) -> tuple[str, str]:
    """Make the tables and a client, as the commands do when an app is deployed."""
    app = make_app(public_pem(KEY), str(folder), **urls)
    with app.app_context():
        for database in app.extensions["clova_storage"]["clova"]:
            database.upgrade()
        provider = app.extensions["clova_linking"]["clova"]
        made: tuple[str, str] = provider.make_client(f"clova-{token_hex(8)}", title="NAVER Clova")
        return made


def replayed(at: Town, repeats: int) -> tuple[Counter[int], int]:
    """Send one unlock again and again by the proxy.

    :return: the statuses, and how often the door was opened.
    """
    token = link(at.machines[0], "bora", at.client, REDIRECT)
    signed = unlock(token, 0)
    got = all_at_once(lambda _: post(at.https, signed), range(repeats), connections=16)
    files = [folder / "opened" for folder in at.folders]
    times = sum(len(file.read_text(encoding="ascii").split()) for file in files if file.exists())
    return Counter(one.status for one in got), times


class Counters(NamedTuple):
    """What became of counting up.

    :ivar confirmed: messages that were answered with the new number; ``unknown`` those that were not.
    :ivar wrong: counters that are not what was confirmed, with some of the unknown ones or without.
    """

    confirmed: int
    unknown: int
    wrong: int


def counted(at: Town, users: int, messages: int, *, connections: int = 16) -> Counters:
    """Count up by all machines at once."""
    signed = [intent("Count", f"{at.run}-{number % users}", number) for number in range(messages)]
    got = all_at_once(lambda one: post(at.https, one), signed, connections=connections)
    confirmed = Counter(number % users for number, one in enumerate(got) if _number(one) is not None)
    unknown = Counter(number % users for number, one in enumerate(got) if _number(one) is None)
    wrong = 0
    for user in range(users):
        more = _number_of(at, f"{at.run}-{user}", messages) - confirmed[user] - 1
        wrong += not 0 <= more <= unknown[user]
    return Counters(confirmed.total(), unknown.total(), wrong)


def _number_of(at: Town, user: str, first: int) -> int:
    """Count up once more, and return the number."""
    for number in range(first, first + 10):
        told = _number(post(at.https, intent("Count", user, number)))
        if told is not None:
            return told
        time.sleep(0.5)
    raise RuntimeError("A counter is not told.")


def _number(got: Got) -> int | None:
    found = re.search(r'"value": ?"(\d+)"', got.body)
    return int(found[1]) if found and got.status == 200 else None


def linked(at: Town, seconds: float) -> tuple[bool, float | None]:
    """Link at the first machine and use the token at the last; revoke it at the first.

    :param seconds: for how long to wait until the revocation counts.
    :return: whether the token was valid at the last, and the seconds after which it was no longer.
    """
    first, last = at.machines[0], at.machines[-1]
    token = link(first, "bora", at.client, REDIRECT)
    numbers = iter(range(1_000, 100_000))

    def is_valid(port: int) -> bool:
        return "Confirmation" in post(port, unlock(token, next(numbers))).body

    # Each of its workers is to have it in its cache: a revocation must count in all of them.
    was_valid = all(is_valid(last) for _ in range(40))
    revoke(first, token, at.client)
    start = time.monotonic()
    return was_valid, _last_time(lambda: is_valid(last), start, seconds)


def _last_time(is_valid: Callable[[], bool], start: float, seconds: float) -> float | None:
    """Return when it was valid for the last time, by all that was asked; None where that did not end."""
    last = 0.0
    while (now := time.monotonic() - start) < seconds:
        if is_valid():
            last = now
    return None if is_valid() else last


class Speed(NamedTuple):
    """Messages a second, and milliseconds of one.

    :ivar unanswered: messages that are not in the figures, since they were not answered with 200.
    """

    rate: float
    p50: float
    p95: float
    unanswered: int


def speed(at: Town, name: str, messages: int, connections: int) -> Speed:
    """Measure an intent by the proxy."""
    user = f"{name}-{token_hex(8)}"  # of this measurement: the guard would know messages of another
    signed = [intent(name, user, number) for number in range(messages)]
    start = time.perf_counter()
    got = all_at_once(lambda one: post(at.https, one), signed, connections=connections)
    seconds = time.perf_counter() - start
    answered = [one.seconds * 1e3 for one in got if one.status == 200]
    cuts = quantiles(answered, n=20)
    return Speed(len(answered) / seconds, cuts[9], cuts[18], messages - len(answered))
