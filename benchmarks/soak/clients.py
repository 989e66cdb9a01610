"""Clients of the server: users who count what was confirmed, and those who mean it no good."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from random import Random

from clova_flask.security.devkey import generate_key, sign
from tests.fuzz.cases import draw
from tests.fuzz.headers import FORGERIES
from tests.fuzz.oracles import REFUSED, Violation, strict
from tests.fuzz.seeds import seeds

from .counting_app import CONFLICT, DONE, SHARED
from .key_server import KeyServer
from .ledger import Ledger
from .sending import FAILURES, Answer, home, intent, send


class Soaking:
    """What all clients share.

    :ivar ending: set when they are to stop.
    """

    def __init__(self, port: int, keys: KeyServer, ledger: Ledger) -> None:
        self.port = port
        self.keys = keys
        self.ledger = ledger
        self.ending = threading.Event()

    def every(self, seconds: float, what: Callable[[], object]) -> None:
        """Do something again and again until the end, so many seconds apart."""
        following = time.monotonic()
        while not self.ending.is_set():
            what()
            following = max(following + seconds, time.monotonic() - seconds)
            self.ending.wait(max(0.0, following - time.monotonic()))


class User:
    """A user who changes data by turns, by updates and at home, and counts what was confirmed."""

    def __init__(self, soaking: Soaking, number: int) -> None:
        self._soaking = soaking
        self._token = f"soak-token-{number}"
        self._user = f"soak-{number}"
        self._random = Random(number)

    def once(self) -> None:
        """Send one message."""
        way = self._random.randrange(8)
        user = SHARED if way in (0, 1) else self._user
        if way in (0, 2, 3):
            self._change((user, "custom", "turn"), intent(user, "SoakTurn"))
        elif way in (1, 4, 5):
            self._change((user, "custom", "update"), intent(user, "SoakUpdate", who=user))
        else:
            self._change((self._user, "home", "home"), home(self._token, "GetPhase"))

    def _change(self, what: tuple[str, str, str], body: bytes) -> None:
        ledger, start = self._soaking.ledger, time.monotonic()
        try:
            headers = {"SignatureCEK": sign(self._soaking.keys.key, body)}
            answer = send(self._soaking.port, body, headers)
        except FAILURES as error:
            ledger.add(lambda it: it.uncertain.update([what]))
            ledger.fail(start, f"{what[1]} {what[2]}: {error!r}", was_answered=False)
            return
        ledger.count("valid messages")
        text = answer.body.decode(errors="replace")
        if answer.status != 200:
            ledger.fail(start, f"{what[1]} {what[2]}: {answer.status} {text[:200]}", was_answered=True)
        elif DONE in text:
            ledger.add(lambda it: it.confirmed.update([what]))
        elif CONFLICT in text:
            ledger.count("conflicts told")
        else:
            ledger.add(lambda it: it.uncertain.update([what]))
            ledger.fail(start, f"{what[1]} {what[2]}: {text[:300]}", was_answered=True)


class Attacker:
    """Sends what is mutated, forged, or slow; what comes of it when a worker is killed is nobody's loss."""

    def __init__(self, soaking: Soaking, seed: int) -> None:
        self._soaking = soaking
        self._random = Random(seed)
        self._own_key = generate_key()

    def mutated(self) -> None:
        """Send a mutated message that is really signed."""
        case = draw(self._random)
        body = case.body()
        answer = self._sent("mutated", body, sign(self._soaking.keys.key, body))
        if answer is not None and answer.status not in (200, *REFUSED):
            self._soaking.ledger.accuse(f"{answer.status} for {case}")

    def forged(self) -> None:
        """Send a valid message with a signature that does not fit."""
        body = seeds("line")["intent Keep"].encode()
        names = ("missing", "another key's", "cut", "zeros", "other case")
        right, other = sign(self._soaking.keys.key, body), sign(self._own_key, body)
        header = FORGERIES[self._random.choice(names)](right, other, self._random)
        answer = self._sent("forged", body, header)
        if answer is not None and answer.status != 401:
            self._soaking.ledger.accuse(f"{answer.status} for a forged message")

    def slow(self) -> None:
        """Send a valid message a few bytes at a time, and go away before its end or not."""
        body = seeds("line")["launch"].encode()
        head = f"POST /clova HTTP/1.1\r\nHost: a\r\nContent-Length: {len(body)}\r\nConnection: close\r\n"
        sent = f"{head}SignatureCEK: {sign(self._soaking.keys.key, body)}\r\n\r\n".encode() + body
        end = len(sent) if self._random.random() < 0.5 else self._random.randrange(len(sent))
        try:
            with socket.create_connection(("127.0.0.1", self._soaking.port), 10) as connection:
                for first in range(0, end, 1 + end // 20):
                    connection.sendall(sent[first : min(end, first + 1 + end // 20)])
                    if self._soaking.ending.wait(0.05):
                        return
                if end == len(sent):
                    connection.recv(65_536)
        except OSError:
            self._soaking.ledger.count("slow clients cut off")
        self._soaking.ledger.count("slow clients")

    def _sent(self, kind: str, body: bytes, signature: str | None) -> Answer | None:
        headers = {} if signature is None else {"SignatureCEK": signature}
        ledger, start = self._soaking.ledger, time.monotonic()
        try:
            answer = send(self._soaking.port, body, headers)
        except FAILURES as error:
            ledger.fail(start, f"{kind}: {error!r}", was_answered=False)
            return None
        ledger.count(f"{kind} messages")
        if answer.status >= 500:
            ledger.count("5xx")
        # An empty body is refused by gunicorn itself in some versions, and not as JSON.
        try:
            strict(answer.body)
        except Violation as violation:
            ledger.accuse(f"{answer.status}: {violation}")
        return answer
