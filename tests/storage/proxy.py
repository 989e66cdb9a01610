"""A server between a store and its database, which can fall silent, be away, and come back."""

import contextlib
import socket
import threading
from urllib.parse import urlsplit


class Proxy:
    """Passes on what comes at a port of 127.0.0.1 to a server.

    :ivar is_silent: takes whatever comes, and passes nothing on.
    :ivar answers_left: how many answers come through; None for all.
    """

    def __init__(self, address):
        self._address = address
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.is_silent = False
        self.answers_left = None
        self._open = []
        self._start(self._accept)

    def _start(self, function, *arguments):
        threading.Thread(target=function, args=arguments, daemon=True).start()

    def _accept(self):
        while True:
            try:
                ours, _ = self._listener.accept()
            except OSError:
                return
            kind = socket.AF_UNIX if isinstance(self._address, str) else socket.AF_INET
            theirs = socket.socket(kind)
            theirs.connect(self._address)
            self._open += [ours, theirs]
            self._start(self._pass, ours, theirs, True)
            self._start(self._pass, theirs, ours, False)

    def _pass(self, source, target, is_question):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if self.is_silent or not (is_question or self._lets_answer()):
                    continue
                target.sendall(data)
        for one in (source, target):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def _lets_answer(self):
        if self.answers_left:
            self.answers_left -= 1
            return True
        return self.answers_left is None

    def cut(self):
        """End all connections."""
        ended, self._open = self._open, []
        for one in ended:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def close(self):
        """Be away."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()

    def come_back(self):
        """Listen at the port again."""
        self.is_silent, self.answers_left = False, None
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self._start(self._accept)


def before(url):
    """Put a proxy before the server of a URL; return it with the URL to it."""
    if not url.startswith("postgresql"):
        parts = urlsplit(url)
        proxy = Proxy(parts.path if parts.scheme == "unix" else (parts.hostname, parts.port or 6379))
        login = "" if "@" not in parts.netloc else f"{parts.netloc.rpartition('@')[0]}@"
        return proxy, f"redis://{login}127.0.0.1:{proxy.port}{parts.path if parts.scheme != 'unix' else ''}"
    from sqlalchemy import make_url

    target = make_url(url)
    query = dict(target.query)
    host, port = query.pop("host", target.host or "127.0.0.1"), target.port or 5432
    proxy = Proxy(f"{host}/.s.PGSQL.{port}" if host.startswith("/") else (host, port))
    away = target.set(host="127.0.0.1", port=proxy.port, query={**query, "connect_timeout": "2"})
    return proxy, away.render_as_string(hide_password=False)
