"""Connections of requests that another thread can cut.

Only this module and :mod:`clova_flask.wire.failures` import requests, and they are imported when something is
fetched or posted first: requests takes as long to import as the rest of the package, and gevent must have
patched what it is built on before.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class Connections:
    """The connections of one exchange."""

    def __init__(self) -> None:
        self._opened: list[socket.socket] = []
        self._is_cut = False

    @contextlib.contextmanager
    def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        timeout: tuple[float, float],
    ) -> Iterator[requests.Response]:
        """Send a request; its answer is open, with the body yet to be read.

        :param timeout: seconds to connect, and between two reads.
        """
        with requests.Session() as session:
            for scheme in ("http://", "https://"):
                session.mount(scheme, _Adapter(self._keep))
            request = session.prepare_request(requests.Request(method, url, headers=dict(headers), data=body))
            address = str(request.url)
            # Not session.send, which reads the body of a redirect to its end, however long it is.
            settings: Any = session.merge_environment_settings(address, {}, True, None, None)
            with session.get_adapter(address).send(request, timeout=timeout, **settings) as response:
                yield response

    @property
    def were_made(self) -> bool:
        """Whether there was a connection that a request could go through."""
        return bool(self._opened)

    def cut(self) -> None:
        """Shut them down, and those to come; a thread that waits for more bytes wakes up with an error."""
        self._is_cut = True
        for opened in self._opened:
            _shut_down(opened)

    def _keep(self, opened: socket.socket) -> None:
        self._opened.append(opened)
        if self._is_cut:
            _shut_down(opened)


def _shut_down(opened: socket.socket) -> None:
    with contextlib.suppress(OSError):
        opened.shutdown(socket.SHUT_RDWR)


class _Adapter(HTTPAdapter):
    """An adapter that tells of the sockets it opens.

    :param keep: told of each.
    """

    def __init__(self, keep: Callable[[socket.socket], None]) -> None:
        self._pools = {
            "http": _telling(HTTPConnectionPool, keep),
            "https": _telling(HTTPSConnectionPool, keep),
        }
        super().__init__()

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Make the pools of direct connections."""
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """Make the pools of connections through a proxy."""
        manager = super().proxy_manager_for(proxy, **options)
        manager.pool_classes_by_scheme = self._pools
        return manager


def _telling(pool: Any, keep: Callable[[socket.socket], None]) -> Any:
    """Derive a class of pools whose connections tell of their sockets."""

    class Connection(pool.ConnectionCls):  # type: ignore[misc]
        def connect(self) -> None:
            super().connect()
            # Not self.sock later: a connection forgets its socket before the body of the answer is read.
            keep(self.sock)

    return type(pool.__name__, (pool,), {"ConnectionCls": Connection})
