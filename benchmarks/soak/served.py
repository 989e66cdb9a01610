"""A soak of a real gunicorn: signed messages with user data, and all that can happen beside them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from clova_flask.runtime import runtime_of
from tests.fuzz.seeds import seeds

from .clients import Attacker, Soaking, User
from .counting_app import create_app
from .key_server import KeyServer, key_server
from .ledger import Ledger
from .memory import Memory
from .report import print_report
from .sending import FAILURES, send
from .serving import Gunicorn, gunicorn
from .stores import Store, open_store

DEPLOYED = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "131072"}
"""What the deployment in ``sample_app/deploy`` sets for glibc."""


@dataclass(frozen=True)
class Plan:
    """What is to happen.

    :ivar seconds: how long.
    :ivar worker_class: ``gthread`` or ``sync``.
    :ivar workers: how many, of so many ``threads`` each where they are ``gthread``.
    :ivar users: how many clients send valid messages, ``rate`` a second in all.
    :ivar kill_every: seconds between two kills of a worker; ``reload_every`` likewise, in the first third.
    :ivar restart_every: seconds between two restarts of the store, where it can be.
    :ivar store: ``sqlite``, ``redis``, or a URL; ``restart_command`` restarts the server of a URL.
    """

    seconds: float = 600
    worker_class: str = "gthread"
    workers: int = 2
    threads: int = 4
    users: int = 4
    rate: float = 40
    kill_every: float = 20
    reload_every: float = 60
    restart_every: float = 60
    store: str = "sqlite"
    restart_command: str = ""


def soak(plan: Plan) -> bool:
    """Do it, print the figures, and return whether all was as it must be."""
    with TemporaryDirectory() as name, key_server(Path(name) / "key.pem") as keys:
        folder = Path(name)
        with open_store(plan.store, folder, plan.restart_command) as store:
            environ = {
                **DEPLOYED,
                "SOAK_PUBLIC_KEY": str(folder / "key.pem"),
                "SOAK_KEY_URL": keys.url,
                "SOAK_USER_DATA_URL": store.url,
            }
            app = create_app(environ)
            _prepare(app)
            options = ["--worker-class", plan.worker_class, "--workers", str(plan.workers)]
            if plan.worker_class == "gthread":
                options += ["--threads", str(plan.threads)]
            with gunicorn(
                "benchmarks.soak.counting_app:create_app()", options, environ, folder / "log"
            ) as server:
                return _soak(plan, server, keys, store, app, folder / "log")


def _prepare(app: Flask) -> None:
    """Make the tables of what it keeps user data in."""
    for databases in app.extensions.get("clova_storage", {}).values():
        for database in databases:
            database.upgrade()


def _soak(plan: Plan, server: Gunicorn, keys: KeyServer, store: Store, app: Flask, log: Path) -> bool:
    ledger, memory = Ledger(), Memory(server)
    soaking = Soaking(server.port, keys, ledger)
    _wait_until_it_answers(soaking)
    start = time.monotonic()
    with _threads(soaking) as run:
        for number in range(plan.users):
            run(plan.users / plan.rate, User(soaking, number).once)
        attacker = Attacker(soaking, 0)
        run(2 / plan.rate, attacker.mutated)
        run(4 / plan.rate, Attacker(soaking, 1).forged)
        for seed in (2, 3) if plan.worker_class == "gthread" else (2,):
            run(3, Attacker(soaking, seed).slow)
        run(plan.kill_every, lambda: _kill_the_youngest(server, ledger, start + plan.kill_every))
        run(plan.reload_every, lambda: _reload(server, ledger, start, plan))
        run(1, keys.rotate_when_due)
        run(max(1.0, plan.seconds / 200), memory.sample)
        if store.can_restart:
            run(plan.restart_every, lambda: _restart(store, ledger, start + plan.restart_every))
        soaking.ending.wait(plan.seconds)
    seconds = time.monotonic() - start
    lost = list(_lost(app, ledger))
    return print_report(plan, ledger, memory, keys, seconds, lost, log.read_text(errors="replace"))


@contextmanager
def _threads(soaking: Soaking) -> Iterator[Callable[[float, Callable[[], object]], None]]:
    """Run what is to be done again and again, each in a thread; all end with the block."""
    threads: list[threading.Thread] = []

    def run(seconds: float, what: Callable[[], object]) -> None:
        thread = threading.Thread(target=_guarded, args=(soaking, seconds, what), daemon=True)
        threads.append(thread)
        thread.start()

    try:
        yield run
    finally:
        soaking.ending.set()
        for thread in threads:
            thread.join(60)


def _guarded(soaking: Soaking, seconds: float, what: Callable[[], object]) -> None:
    try:
        soaking.every(seconds, what)
    except Exception as error:  # noqa: BLE001 - a thread that ends in silence would soak nothing
        soaking.ledger.accuse(f"The soak itself failed: {error!r}")


def _wait_until_it_answers(soaking: Soaking) -> None:
    end = time.monotonic() + 60
    body = seeds("line")["launch"].encode()
    while time.monotonic() < end:
        try:
            if send(soaking.port, body, {}).status == 401:
                return
        except FAILURES:
            pass
        time.sleep(0.1)
    raise RuntimeError("gunicorn did not answer within a minute.")


def _kill_the_youngest(server: Gunicorn, ledger: Ledger, not_before: float) -> None:
    """Kill a worker; the oldest live on, so that their memory can be watched."""
    workers = server.workers()
    if time.monotonic() < not_before or len(workers) < 2:
        return
    ledger.add(lambda it: it.kills.append(time.monotonic()))
    server.kill(max(workers, key=lambda pid: workers[pid]))
    ledger.count("workers killed")


def _reload(server: Gunicorn, ledger: Ledger, start: float, plan: Plan) -> None:
    passed = time.monotonic() - start
    is_early = passed <= plan.seconds / 3 or not ledger.counts["reloads by SIGHUP"]
    if passed >= plan.reload_every and is_early:
        server.reload()
        ledger.count("reloads by SIGHUP")


def _restart(store: Store, ledger: Ledger, not_before: float) -> None:
    start = time.monotonic()
    if start >= not_before:
        store.restart()
        ledger.add(lambda it: it.outages.append((start, time.monotonic())))
        ledger.count("restarts of the store")


def _lost(app: Flask, ledger: Ledger) -> Iterator[str]:
    """Compare what is kept with what was confirmed."""
    keeper = runtime_of(app).keeper
    if keeper is None:
        raise RuntimeError("The app keeps no user data.")
    for (user, kind, counter), confirmed in sorted(ledger.confirmed.items()):
        key = keeper.scope.key("home" if kind == "home" else "custom", user)
        kept = keeper.load(key).data.get(counter, 0)
        most = confirmed + ledger.uncertain[user, kind, counter]
        if not confirmed <= kept <= most:
            yield f"{user} {kind} {counter}: {kept} kept, {confirmed} confirmed, at most {most} made"
