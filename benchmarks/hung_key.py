"""What a hung key host costs who sends valid messages: ``python -m benchmarks.hung_key``."""

from __future__ import annotations

import argparse
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from flask import Flask

from clova_flask import Clova
from clova_flask.security.devkey import generate_key, public_pem, sign

from .contenders.configured import configured_app
from .signing import EXTENSION_ID
from .soak.key_server import KeyServer, key_server
from .soak.sending import FAILURES, intent, send
from .soak.serving import gunicorn
from .tables import print_row, print_versions

FORGED_A_SECOND = 50
VALID_A_SECOND = 40
WINDOW = 0.5
"""Seconds; the first one is the one that a message may wait for the key."""
MOST = 2.0
"""How many times the p95 of an idle server the p95 may be."""


def create_app(public_key: str, key_url: str) -> Flask:
    """Make the app: it has a key, and asks for others when a signature fits none."""
    app = configured_app(__name__, public_key)
    clova = Clova(public_key_url=key_url)

    @clova.intent("Greet")
    def greet(who: str) -> str:
        return f"{who}, 안녕하세요."

    clova.init_app(app)
    return app


def main() -> None:
    """Print the p50 and p95 of valid messages; exit with 1 when the p95 is more than it may be."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hung_key", description=__doc__)
    parser.add_argument("--seconds", type=float, default=12.0, help="of each phase")
    parser.add_argument("--threads", type=int, default=4, help="of each of the two gthread workers")
    options = parser.parse_args()
    print_versions()
    with TemporaryDirectory() as folder, key_server() as keys:
        app = f"benchmarks.hung_key:create_app({public_pem(keys.key)!r}, {keys.url!r})"
        gunicorn_options = ["--worker-class", "gthread", "--workers", "2", "--threads", str(options.threads)]
        with gunicorn(app, gunicorn_options, {}, Path(folder) / "log") as server:
            ratio = _measure(server.port, keys, min(options.seconds, 600.0))
    raise SystemExit(ratio > MOST)


def _measure(port: int, keys: KeyServer, seconds: float) -> float:
    """Measure the server idle, then with forged messages and a hung key host, then idle again.

    A key is asked for once a minute: of what the forged messages cost, what comes of the hung host is apart.
    """
    _phase(port, keys, 2.0)  # until it is warm
    idle = _flat(_phase(port, keys, seconds))
    keys.is_hung = True
    hung = _phase(port, keys, seconds, forged=True)
    forged = _flat(_phase(port, keys, seconds, forged=True))
    after = _flat(_phase(port, keys, seconds))
    print_row("ms, of valid messages", "messages", "p50", "p95", "most")
    _print("idle", idle)
    _print(f"the first {WINDOW} s", hung[0])
    later = [one for window, times in hung.items() if window > 0 for one in times]
    _print("key host hung, forged messages, later", later)
    _print("the same again, while nobody asks for a key", forged)
    _print("idle again", after)
    windows = [_p95(times) * 1e3 for window, times in sorted(hung.items()) if window > 0]
    print("p95 by window of half a second:", " ".join(f"{one:.1f}" for one in windows))
    ratio = _p95(later) / _p95([*idle, *after])
    print_row("p95, × idle", f"{ratio:.2f}")
    print_row("keys asked for", f"{keys.fetches}")
    return ratio


def _phase(port: int, keys: KeyServer, seconds: float, *, forged: bool = False) -> dict[int, list[float]]:
    """Send valid messages for so long; return how long each took, by window."""
    times: defaultdict[int, list[float]] = defaultdict(list)
    ending = threading.Event()
    start = time.perf_counter()
    attackers = [threading.Thread(target=_forge, args=(port, ending))] if forged else []
    for attacker in attackers:
        attacker.start()
    try:
        for number in range(int(seconds * VALID_A_SECOND)):
            time.sleep(max(0.0, start + number / VALID_A_SECOND - time.perf_counter()))
            body = intent("さくら", "Greet", who="보라").replace(b"com.example.fuzz", EXTENSION_ID.encode())
            signature = sign(keys.key, body)
            sent = time.perf_counter()
            answer = send(port, body, {"SignatureCEK": signature})
            if answer.status != 200:
                raise RuntimeError(f"A valid message was answered with {answer.status}: {answer.body!r}")
            times[int((sent - start) / WINDOW)].append(time.perf_counter() - sent)
    finally:
        ending.set()
        for attacker in attackers:
            attacker.join()
    return times


def _forge(port: int, ending: threading.Event) -> None:
    """Send messages that another key has signed, each in a thread, whatever becomes of those before."""
    key, body = generate_key(), intent("누구", "Greet", who="나")
    headers = {"SignatureCEK": sign(key, body)}
    threads: list[threading.Thread] = []
    following = time.perf_counter()
    while not ending.is_set():
        thread = threading.Thread(target=_send_forged, args=(port, body, headers))
        thread.start()
        threads.append(thread)
        following += 1 / FORGED_A_SECOND
        ending.wait(max(0.0, following - time.perf_counter()))
    for thread in threads:
        thread.join()


def _send_forged(port: int, body: bytes, headers: dict[str, str]) -> None:
    try:
        answer = send(port, body, headers)
    except FAILURES:
        return
    if answer.status != 401:
        raise RuntimeError(f"A forged message was answered with {answer.status}.")


def _flat(windows: dict[int, list[float]]) -> list[float]:
    return [one for times in windows.values() for one in times]


def _p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else max(times, default=0.0)


def _print(title: str, times: Sequence[float]) -> None:
    middle = sorted(times)[len(times) // 2]
    cells = (middle, _p95(times), max(times))
    print_row(title, f"{len(times):,}", *(f"{one * 1e3:.2f}" for one in cells))


if __name__ == "__main__":
    main()
