"""What account linking adds to a Clova Home request: ``python -m benchmarks.checks``.

Exits with 1 when a request whose token is remembered costs 10 % more than one whose user is in a dict.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from flask import Flask
from sqlalchemy import insert

from clova_flask import Clova
from clova_flask.linking import AccountLinking
from clova_flask.linking.digests import digest
from clova_flask.storage import tables

from .contenders.brightness_ours import Lamp
from .contenders.configured import configured_app
from .signing import make_key, public_pem, sign
from .tables import print_row, print_versions
from .workloads import WORKLOADS
from .workloads.brightness import USERS, User
from .wsgi import Exchange

CHECKS = 10_000
MAX_SHARE = 0.1
ROUNDS = 40
REQUESTS = 150
FOR_GOOD = 10**8
"""Seconds that tokens are valid, and remembered where they are."""


def main() -> None:
    """Print the costs, and compare them with the request whose users are in a dict."""
    print_versions()
    workload, key = WORKLOADS["brightness"], make_key()
    signed = sign(key, workload.message(0))
    with TemporaryDirectory() as folder:
        apps = {
            "user_loader: a dict": _app(public_pem(key), _by_dict),
            "AccountLinking, remembered": _app(public_pem(key), _by_linking(folder, FOR_GOOD)),
            "AccountLinking, asked of SQLite": _app(public_pem(key), _by_linking(folder, 0)),
        }
        exchanges = {title: Exchange(app, signed) for title, app in apps.items()}
        for title, exchange in exchanges.items():
            exchange.require(workload.answer, title)
        rounds = [{title: one.timed(REQUESTS) for title, one in exchanges.items()} for _ in range(ROUNDS)]
        costs = {title: median(one[title] for one in rounds) for title in exchanges}
        first, remembered, _ = costs
        # Of each round by itself: what else runs on the machine hits all of a round alike.
        ratios = {title: median(one[title] / one[first] for one in rounds) for title in costs}
        print()
        print_row("One signed SetBrightnessRequest", "median µs", "× dict")
        for title, cost in costs.items():
            print_row(title, f"{cost * 1e6:.1f}", f"{ratios[title]:.3f}")
        tokens = [f"token-{number}" for number in range(CHECKS)]
        print()
        print_row(f"{CHECKS:,} checks of as many tokens", "µs each", "× request")
        for title, app in [*apps.items()][1:]:
            cost = _cost_of_checks(app, tokens)
            print_row(title, f"{cost * 1e6:.2f}", f"{cost / costs[first]:.3f}")
    sys.exit(ratios[remembered] > 1 + MAX_SHARE)


def _app(public_key: str, declare: Callable[[Flask, Clova], None]) -> Flask:
    app = configured_app(__name__, public_key)
    app.secret_key = "benchmark"  # linking needs it, and with it Flask opens a session for each request
    clova = Clova()

    @clova.home.load
    def load(user: User, appliance_id: str) -> Lamp | None:
        row = user.lamps.get(appliance_id)
        return Lamp(row) if row else None

    declare(app, clova)
    return app


def _by_dict(app: Flask, clova: Clova) -> None:
    clova.user_loader(USERS.get)
    clova.init_app(app)


def _by_linking(folder: str, cache: float) -> Callable[[Flask, Clova], None]:
    def declare(app: Flask, clova: Clova) -> None:
        linking = AccountLinking(clova, database_url=f"sqlite:///{Path(folder, str(cache))}.db")
        linking.load_user(USERS.get)
        app.config["CLOVA_LINKING_CACHE"] = cache
        clova.init_app(app)
        linking.init_app(app)
        tokens = [*USERS, *(f"token-{number}" for number in range(CHECKS))]
        _issue(app.extensions["clova_linking"]["clova"], tokens)

    return declare


def _issue(provider: Any, tokens: Sequence[str]) -> None:
    """Save tokens as they are saved when a code is redeemed, of one link each; the user's id is the token."""
    client = provider.known_client(provider.make_client("benchmark")[0])
    common = {"extension": "clova", "client_key": client.key, "scope": "", "created_at": 0}
    used = {"code_expires_at": 0, "code_used_at": 0, "redirect_uri": ""}
    links = [
        {"id": number, "user_id": token, "code_hash": digest("code", token), **common, **used}
        for number, token in enumerate(tokens, 1)
    ]
    issued = [
        {"hash": digest(token), "link_id": number, "kind": tables.ACCESS, "expires_at": FOR_GOOD * 100}
        for number, token in enumerate(tokens, 1)
    ]
    with provider.store.database.begin() as connection:
        connection.execute(insert(tables.links), links)
        connection.execute(insert(tables.tokens), issued)


def _cost_of_checks(app: Flask, tokens: Sequence[str]) -> float:
    """Return the seconds of CPU of one check, when each token was checked once before."""
    user_id = app.extensions["clova_linking"]["clova"].checks.user_id
    times = []
    for _ in range(4):
        start = process_time()
        for token in tokens:
            user_id(token)
        times.append((process_time() - start) / len(tokens))
    return median(times[1:])


if __name__ == "__main__":
    main()
