"""Who is signed in, when a caller in the process says so: and no other way leads there."""

import contextlib
import socket
import threading
from itertools import product
from wsgiref.simple_server import WSGIRequestHandler
from wsgiref.simple_server import make_server as make_wsgiref

import pytest

for package in ("alembic", "authlib", "sqlalchemy"):
    pytest.importorskip(package)

from dataclasses import dataclass

from werkzeug.serving import make_server

from clova_flask.linking.sign_in import USER_IN_PROCESS, InProcessUser
from tests.linking.shop import ADDRESS

SPELLINGS = [
    USER_IN_PROCESS,
    USER_IN_PROCESS.upper(),
    USER_IN_PROCESS.replace(".", "_"),
    USER_IN_PROCESS.replace(".", "-"),
    USER_IN_PROCESS.replace("_", "-"),
    USER_IN_PROCESS.replace(".", "_").replace("_", "-").upper(),
    f"HTTP_{USER_IN_PROCESS}",
    f"HTTP-{USER_IN_PROCESS}",
    f"REDIRECT_{USER_IN_PROCESS}",
]
VALUES = ["bora", "InProcessUser(id='bora')", '{"id": "bora"}']


class Quiet(WSGIRequestHandler):
    def log_message(self, *_arguments):
        pass


def by_werkzeug(app):
    server = make_server("127.0.0.1", 0, app, threaded=True)
    return server.port, server.serve_forever, server.shutdown, server.server_close


def by_wsgiref(app):
    server = make_wsgiref("127.0.0.1", 0, app, handler_class=Quiet)
    return server.server_port, lambda: server.serve_forever(0.05), server.shutdown, server.server_close


def by_waitress(app):
    waitress = pytest.importorskip("waitress")
    server = waitress.create_server(app, host="127.0.0.1", port=0)

    def serve():
        with contextlib.suppress(OSError):  # its socket is closed under it
            server.run()

    def nothing():
        pass

    return server.effective_port, serve, server.close, nothing


def by_cheroot(app):
    wsgi = pytest.importorskip("cheroot.wsgi")
    server = wsgi.Server(("127.0.0.1", 0), app)
    server.prepare()

    def nothing():
        pass

    return server.bind_addr[1], server.serve, server.stop, nothing


@pytest.fixture(params=[by_werkzeug, by_wsgiref, by_waitress, by_cheroot], ids=lambda way: way.__name__)
def port(request, shop):
    port, serve, stop, close = request.param(shop.app)
    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield port
    stop()
    thread.join(5)
    close()


def ask(port, path, lines):
    """Send a request by hand; a client's library would refuse such headers."""
    head = "\r\n".join([f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: close", *lines])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(f"{head}\r\n\r\n".encode())
        received = b""
        while part := connection.recv(65_536):
            received += part
    return received.decode(errors="replace")


def test_no_header_signs_anybody_in(shop, port):
    query = shop.app.test_request_context(query_string=shop.query()).request.query_string.decode()
    path = f"/clova/link/authorize?{query}"
    for name, value in product(SPELLINGS, VALUES):
        answer = ask(port, path, [f"{name}: {value}"])
        # A server may refuse the name of the header; nobody is shown a page to consent to.
        assert "proof" not in answer
        status = answer.split(" ")[1]
        assert status == "400" or "/login?next=" in answer, answer
    for pair in (f"{USER_IN_PROCESS}=bora", f"{USER_IN_PROCESS}[id]=bora"):
        assert "/login?next=" in ask(port, f"{path}&{pair}", [f"Cookie: {pair}"])


@dataclass
class LooksLikeIt:
    id: str = "bora"


class Below(InProcessUser):
    pass


@pytest.mark.parametrize(
    "given",
    ["bora", b"bora", {"id": "bora"}, ("bora",), LooksLikeIt(), Below("bora"), InProcessUser],
    ids=["text", "bytes", "dict", "tuple", "look-alike", "subclass", "class"],
)
def test_a_server_that_copies_what_it_gets_signs_nobody_in(shop, given):
    """As one would that puts variables of its own configuration, or an event of a cloud, into the environ."""
    page = shop.app.test_client().get(
        "/clova/link/authorize",
        query_string=shop.query(),
        base_url=ADDRESS,
        environ_overrides={USER_IN_PROCESS: given},
    )
    assert page.status_code == 302
    assert page.location.startswith("/login?next=")


def test_it_is_for_one_request(shop):
    browser = shop.app.test_client()
    asked = {"query_string": shop.query(), "base_url": ADDRESS}
    signed_in = {USER_IN_PROCESS: InProcessUser("bora")}
    assert browser.get("/clova/link/authorize", **asked, environ_overrides=signed_in).status_code == 200
    assert browser.get("/clova/link/authorize", **asked).location.startswith("/login?next=")


def test_the_proof_of_its_page_is_that_users_alone(shop):
    from tests.linking.shop import proof_in

    browser = shop.app.test_client()
    asked = {"query_string": shop.query(), "base_url": ADDRESS}
    page = browser.get(
        "/clova/link/authorize", **asked, environ_overrides={USER_IN_PROCESS: InProcessUser("bora")}
    )
    form = {"proof": proof_in(page), "decision": "allow"}
    assert browser.post("/clova/link/authorize", **asked, data=form).location.startswith("/login?next=")
    other = browser.post(
        "/clova/link/authorize",
        **asked,
        data=form,
        environ_overrides={USER_IN_PROCESS: InProcessUser("さくら")},
    )
    assert other.status_code == 303
    assert other.location.startswith("/clova/link/authorize?")
