"""Behind gunicorn: the app is loaded once, workers are forked from it, and each of them answers."""

import contextlib
import http.client
import http.server
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

from clova_flask.security.devkey import generate_key, public_pem, sign

pytest.importorskip("gunicorn")
if not hasattr(os, "fork"):
    pytest.skip("the system cannot fork", allow_module_level=True)

KEY = generate_key()
BODY = json.dumps(
    {
        "version": "1.0",
        "session": {"sessionId": "세션", "new": True, "user": {"userId": "보라"}},
        "context": {"System": {"application": {"applicationId": "com.example.pizzabot"}}},
        "request": {"type": "LaunchRequest"},
    },
    ensure_ascii=False,
).encode()

# While this is loaded, a thread fetches the key, and is never answered: what it holds stays held in the
# workers, which do not have that thread.
APP = """
import os
import time
import urllib.request

from flask import Flask

from clova_flask import Clova, tell

clova = Clova(extension_id="com.example.pizzabot", public_key_url=os.environ["KEY_URL"])


@clova.launch
def launch():
    time.sleep(0.05)
    return tell(f"안녕하세요 {os.getpid()}")


app = Flask(__name__)
clova.init_app(app)
urllib.request.urlopen(os.environ["KEY_URL"] + "?asked").close()
"""


class KeyServer(http.server.ThreadingHTTPServer):
    """Leaves the first who asks for the key waiting, and answers all others."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), KeyHandler)
        self.url = f"http://127.0.0.1:{self.server_port}/key.pem"
        self.first = threading.Lock()
        self.asked = threading.Event()
        self.closing = threading.Event()


class KeyHandler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path.endswith("?asked"):
            self.server.asked.wait(10)
        elif self.server.first.acquire(blocking=False):
            self.server.asked.set()
            self.server.closing.wait(30)
        self.send_response(200)
        self.end_headers()
        with contextlib.suppress(OSError):  # the first has gone by now
            self.wfile.write(public_pem(KEY).encode())

    def log_message(self, *args):
        pass


@pytest.fixture
def key_url():
    with KeyServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.url
        server.closing.set()
        server.shutdown()
        thread.join()


@contextlib.contextmanager
def gunicorn(folder, app, options, **environ):
    """Run gunicorn on a socket that listens already, so that nothing waits for its start but the answers."""
    (folder / "pizza.py").write_text(app, encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as listening, (folder / "log").open("w+b") as log:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "--bind", f"fd://{listening.fileno()}"),
                *("--graceful-timeout", "1", *options.split(), "pizza:app"),
            ],
            cwd=folder,
            env={**os.environ, "HOME": str(folder), **environ},
            pass_fds=[listening.fileno()],
            start_new_session=True,
            stderr=log,
        )
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/clova"
        finally:
            # Not SIGQUIT: a gthread worker that gets it while it passes work to a thread waits for itself.
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)  # the workers too
                process.wait()
            log.seek(0)
            print(log.read().decode())  # noqa: T201 - beside a failure
    assert process.returncode == 0


@pytest.fixture(params=["sync", "gthread --threads 2"], ids=["sync", "gthread"])
def url(request, key_url, tmp_path):
    options = f"--preload --workers 2 --worker-class {request.param}"
    with gunicorn(tmp_path, APP, options, KEY_URL=key_url) as url:
        yield url


def post(url, signature):
    request = urllib.request.Request(url, BODY, {"SignatureCEK": signature})
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            return json.load(response)["response"]["outputSpeech"]["values"]["value"]
    except urllib.error.HTTPError as error:
        with error:
            return str(error)
    except OSError as error:
        return str(error)


def post_in_chunks(url, signature):
    parts = [BODY[start : start + 20] for start in range(0, len(BODY), 20)]
    connection = http.client.HTTPConnection(url.split("/")[2], timeout=20)
    with contextlib.closing(connection):
        # With an iterator, the client sends a chunk for each part.
        headers = {"SignatureCEK": signature, "Transfer-Encoding": "chunked"}
        connection.request("POST", "/clova", iter(parts), headers, encode_chunked=True)
        response = connection.getresponse()
        if response.status != 200:
            return f"{response.status} {response.read()}"
        return json.load(response)["response"]["outputSpeech"]["values"]["value"]


def greeted(answers):
    return {answer for answer in answers if answer.startswith("안녕하세요")}


@pytest.mark.parametrize("send", [post, post_in_chunks], ids=["whole", "chunked"])
def test_each_worker_answers_with_a_key_that_it_fetched_itself(url, send):
    signature = sign(KEY, BODY)
    answers = []
    stop = time.monotonic() + 20

    def ask():
        while len(greeted(answers)) < 2 and time.monotonic() < stop:
            answers.append(send(url, signature))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # On a machine that is busy, a worker's key may take longer than its first messages wait.
    assert {answer.split()[0] for answer in answers if "401" not in answer} == {"안녕하세요"}
    assert len(greeted(answers)) == 2, "two workers, each with its process id"


# How many are answered at once, by one worker.
COUNTING_APP = """
import os
import time

from flask import Flask

from clova_flask import Clova, tell

clova = Clova(extension_id="com.example.pizzabot", public_key_url=os.environ["KEY_URL"])
turns = []


@clova.launch
def launch():
    turns.append("open")
    most = len(turns)
    time.sleep(0.1)
    turns.pop()
    return tell(str(most))


app = Flask(__name__)
clova.init_app(app)
"""


@pytest.mark.parametrize("preload", ["", "--preload"], ids=["without preload", "preload"])
def test_a_gevent_worker_answers_many_at_once_with_a_key_that_it_fetched_by_tls(
    preload, certificate, tmp_path
):
    pytest.importorskip("gevent")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with KeyServer() as server:
        server.first.acquire()  # nobody is left waiting
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        key_url = server.url.replace("http:", "https:")
        options = f"--worker-class gevent --workers 1 {preload}"
        environ = {"KEY_URL": key_url, "REQUESTS_CA_BUNDLE": str(certificate)}
        with gunicorn(tmp_path, COUNTING_APP, options, **environ) as url, ThreadPoolExecutor(6) as pool:
            signature = sign(KEY, BODY)
            answers = list(pool.map(lambda _: post(url, signature), range(18)))
        server.shutdown()
        thread.join()
    assert [answer for answer in answers if not answer.isdecimal()] == []
    assert max(map(int, answers)) > 1


# Its health, and a handler that is cancelled.
HEALTHY_APP = """
import asyncio
import os

from flask import Flask

from clova_flask import Clova, tell
from clova_flask.runtime import runtime_of

clova = Clova(
    extension_id="com.example.pizzabot",
    public_key_url=os.environ["KEY_URL"],
    health=True,
    handler_timeout=0.3,
)


@clova.launch
async def launch():
    while True:
        try:
            await asyncio.sleep(30)
        except asyncio.CancelledError:
            continue


def look_into_the_oven():
    if not os.path.exists("oven"):
        raise OSError("The oven is cold.")


app = Flask(__name__)
clova.init_app(app)
runtime_of(app).checks.append(("The oven", look_into_the_oven))
"""


def health(url, query="?ready"):
    connection = http.client.HTTPConnection(url.split("/")[2], timeout=20)
    with contextlib.closing(connection):
        connection.request("GET", f"/clova/health{query}")
        response = connection.getresponse()
        return response.status, response.read()


def wait_for(status, url):
    stop = time.monotonic() + 20
    while health(url)[0] != status and time.monotonic() < stop:
        time.sleep(0.05)
    return [health(url) for _ in range(10)]


@pytest.mark.parametrize("worker", ["sync", "gthread --threads 4", "gevent"])
def test_health_and_a_timeout(worker, key_url, tmp_path):
    pytest.importorskip("asgiref")
    if worker == "gevent":
        pytest.importorskip("gevent")
    options = f"--preload --workers 2 --worker-class {worker}"
    with gunicorn(tmp_path, HEALTHY_APP, options, KEY_URL=key_url) as url:
        assert health(url, "") == (200, b"")
        assert wait_for(503, url) == [(503, b"")] * 10
        tmp_path.joinpath("oven").touch()
        # Each worker fetches the key, since it was asked whether it is ready; the first is left waiting.
        statuses = {status for status, _ in wait_for(200, url)}
        assert 200 in statuses
        answers = []
        stop = time.monotonic() + 20
        while not answers or ("401" in answers[-1] and time.monotonic() < stop):
            began = time.monotonic()
            answers.append(post(url, sign(KEY, BODY)))
        assert answers[-1] == "시간이 오래 걸리고 있어요. 잠시 후에 다시 말씀해 주세요."
        assert time.monotonic() - began < 5
        assert health(url, "") == (200, b""), "no worker is held"
        asked = [sys.executable, "-m", "flask", "clova", "health", url]
        done = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=tmp_path)
        assert ": 200, well" in done.stdout or ": 503, not ready" in done.stdout
