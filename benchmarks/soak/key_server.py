"""A server of public keys on the loopback interface, which rotates its key, or never answers."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa

from clova_flask.security.devkey import generate_key, public_pem

OVERLAP = 75.0
"""Seconds that a new key is told before it is used: an extension asks once a minute at most."""


class KeyServer:
    """Keys, and who asks for them.

    :param file: where the keys are written too, for workers that start later; None for nowhere.
    :ivar key: what messages are signed with now.
    :ivar fetches: how often the keys were asked for.
    :ivar rotations: how often the key was replaced.
    :ivar is_hung: whether whoever asks is never answered.
    :ivar url: where the keys are.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self.key = generate_key()
        self.fetches = self.rotations = 0
        self.is_hung = False
        self.url = ""
        self._next: rsa.RSAPrivateKey | None = None
        self._changed = time.monotonic()
        self.closing = threading.Event()
        self._write()

    def document(self) -> bytes:
        """Return the keys that are told."""
        self.fetches += 1
        if self.is_hung:
            self.closing.wait()
        return self._pems()

    def rotate_when_due(self) -> None:
        """Tell a new key, or use the one that has been told for long enough."""
        if time.monotonic() < self._changed + OVERLAP:
            return
        self._changed = time.monotonic()
        if self._next is None:
            self._next = generate_key()
        else:
            self.key, self._next = self._next, None
            self.rotations += 1
        self._write()

    def _pems(self) -> bytes:
        keys = [self.key] if self._next is None else [self.key, self._next]
        return "".join(map(public_pem, keys)).encode()

    def _write(self) -> None:
        """Put the keys into the file, of which nobody may read a half."""
        if self._file is not None:
            new = self._file.with_suffix(".new")
            new.write_bytes(self._pems())
            new.replace(self._file)


@contextmanager
def key_server(file: Path | None = None) -> Iterator[KeyServer]:
    """Run a server of keys.

    :param file: as for :class:`KeyServer`.
    """
    keys = KeyServer(file)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            document = keys.document()
            with suppress(OSError):
                self.send_response(200)
                self.send_header("Content-Length", str(len(document)))
                self.end_headers()
                self.wfile.write(document)

        def log_message(self, *_args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        keys.url = f"http://127.0.0.1:{server.server_port}/key.pem"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield keys
        finally:
            keys.closing.set()
            server.shutdown()
            thread.join()
