"""Delivery to servers that do not behave."""

import contextlib
import http.server
import threading
import time

import pytest

from clova_flask.devtools.simulator import transport as delivery
from clova_flask.devtools.simulator.transport import DeliveryError, deliver_over_http


@pytest.fixture
def trickling():
    """Give the address of a server that sends a byte now and then, and never ends."""
    stopped = threading.Event()

    class Trickle(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            with contextlib.suppress(OSError):
                if self.path == "/body":
                    self.send_response(200)
                    self.end_headers()
                for _ in range(200):
                    self.wfile.write(b"x")
                    self.wfile.flush()
                    if stopped.wait(0.02):
                        return

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Trickle)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    stopped.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("path", ["/body", "/headers"])
def test_a_server_that_trickles_is_given_up_on(trickling, path, monkeypatch):
    monkeypatch.setattr(delivery, "TIMEOUT", (0.2, 0.2))
    start = time.monotonic()
    with pytest.raises(DeliveryError, match=r"did not answer within|without end"):
        deliver_over_http(trickling + path, b"{}", {})
    assert time.monotonic() - start < 2


@pytest.mark.parametrize("url", ["nowhere", "ftp://example.com/", "http://a..b/", "http://[::1", "http://"])
def test_what_is_no_url_is_said_so(url):
    with pytest.raises(DeliveryError, match=r"is not a URL|cannot be reached"):
        deliver_over_http(url, b"{}", {})


def test_nobody_there():
    with pytest.raises(
        DeliveryError, match=r"cannot be reached \(ConnectionError\). Is the server running\?"
    ):
        deliver_over_http("http://127.0.0.1:9/", b"{}", {})
