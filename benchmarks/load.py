"""The client: as little Python as it takes, so that the server is what is measured."""

from __future__ import annotations

from socket import AF_INET, SOCK_STREAM, socket

from .signing import HEADERS, PATH, SignedRequest

_TIMEOUT = 15


class Client:
    """Sends one request to a port of 127.0.0.1.

    Each is sent over a connection of its own: a sync worker keeps none open. The sockets are used bare, since
    :mod:`http.client` takes about as long for a request as the servers do.
    """

    def __init__(self, port: int, signed: SignedRequest) -> None:
        self._address = ("127.0.0.1", port)
        headers = {
            "Host": f"127.0.0.1:{port}",
            **HEADERS,
            "SignatureCEK": signed.signature,
            "Content-Length": str(len(signed.body)),
        }
        lines = [f"POST {PATH} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        self._request = "\r\n".join([*lines, "", ""]).encode("latin-1") + signed.body

    def once(self) -> bytes:
        """Send the request and return the answer with its headers.

        :raises RuntimeError: the answer was not ``200 OK``.
        :raises OSError: there was none in time.
        """
        with socket(AF_INET, SOCK_STREAM) as connection:
            connection.settimeout(_TIMEOUT)
            connection.connect(self._address)
            connection.sendall(self._request)
            answer = b""
            while chunk := connection.recv(65_536):
                answer += chunk
        if not answer.startswith(b"HTTP/1.1 200 OK\r\n"):
            raise RuntimeError(f"Answered with {answer[:100]!r} while being measured.")
        return answer

    def repeatedly(self, count: int) -> None:
        """Send the request so many times."""
        for _ in range(count):
            self.once()
