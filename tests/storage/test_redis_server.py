"""A Redis: its URL, its client, and what is told when it cannot be used, in time."""

import contextlib
import multiprocessing
import os
import socket
import subprocess
import sys
import threading
import time
import traceback
import uuid

import pytest

pytest.importorskip("redis")

from clova_flask import ConfigurationError
from clova_flask.errors import StorageUnavailable
from clova_flask.storage import redis_connections
from clova_flask.storage.redis_server import RedisServer

SECONDS = 0.3
AWAY = r"^The Redis for 반복 cannot be used \(.*\)\. Check that it is up, .*: CLOVA_TEST_URL\.$"
SECRET = "비밀-s3cret"


def server_at(url, seconds=SECONDS):
    return RedisServer("반복", "CLOVA_TEST_URL", url, seconds=seconds)


def test_answers_are_str_and_the_time_is_bounded_not_shared(redis_url):
    server = server_at(redis_url)
    key = f"clova-test-{uuid.uuid4().hex}"
    server.check()
    with server.use() as client:
        assert client.set(key, "연결 リンク", px=60_000) is True
        assert client.get(key) == "연결 リンク"
        assert client.delete(key) == 1
    time.sleep(SECONDS * 1.2)
    server.check()  # the time of the last use is over, and says nothing of this one


@pytest.mark.parametrize(
    "url",
    [
        "redis://",
        "redis://host",
        "redis://:비밀@host:6380/3",
        "rediss://user:p%23ss@host/",
        "unix:///run/redis.sock?db=2",
    ],
)
def test_urls_that_are_accepted_before_anything_is_connected(url):
    assert str(server_at(url)).startswith(url.partition("://")[0])


@pytest.mark.parametrize(
    "url",
    [
        "",
        "연결",
        "redis:",
        "memory://",
        "http://:SECRET@host",
        "REDIS//:SECRET@host",
        "redis://:SECRET@host:포트/0",
        "redis://:SECRET@host:99999/0",
        "redis://:SECRET@host/prod",
        "redis://:x/SECRET@host/0",
        "redis://:x#SECRET@host/0",
        "redis://:SECRET@[::1/0",
        "redis://:SECRET@host/0?colour=red",
        "redis://:SECRET@host/0?db=연결",
        "redis://:SECRET@host/0?max_connections=many",
        "rediss://:SECRET@host/0?ssl_cert_reqs=SECRET",
        "unix://?password=SECRET",
    ],
)
def test_urls_that_are_refused_without_their_password(url):
    with pytest.raises(ConfigurationError, match=r"^CLOVA_TEST_URL must be a URL of Redis, as ") as raised:
        server_at(url.replace("SECRET", SECRET))
    assert SECRET not in "".join(traceback.format_exception(raised.value))


def test_a_server_tells_its_place_without_its_password():
    assert str(server_at(f"redis://user:{SECRET}@host:6380/3?db=1")) == "redis://host:6380/3"
    assert str(server_at(f"unix:///run/redis.sock?password={SECRET}")) == "unix:///run/redis.sock"


def test_the_package_is_not_installed(monkeypatch):
    monkeypatch.setattr("clova_flask.storage.redis_server.find_spec", lambda name: None)
    with pytest.raises(ConfigurationError, match=r"^CLOVA_TEST_URL .* pip install 'clova-flask\[redis\]'$"):
        server_at("redis://host")


@pytest.fixture
def listening():
    """Start servers that are no Redis: each connection is handed to a function."""
    sockets = []

    def listen(serve, backlog=16):
        listener = socket.create_server(("127.0.0.1", 0), backlog=backlog)
        sockets.append(listener)

        def accept():
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                sockets.append(connection)
                threading.Thread(target=attempt, args=(connection,), daemon=True).start()

        def attempt(connection):
            with contextlib.suppress(OSError):
                serve(connection)

        threading.Thread(target=accept, daemon=True).start()
        return f"127.0.0.1:{listener.getsockname()[1]}"

    yield listen
    for one in sockets:
        one.close()


def hang(connection):
    connection.recv(1)
    time.sleep(5)


def drip(connection):
    """Answer a letter at a time, each before redis-py's own time-out."""
    while True:
        connection.sendall(b"+")
        time.sleep(0.05)


def slow_steps(connection):
    """Answer each command late, so that those of the login together take too long."""
    while connection.recv(4096):
        time.sleep(0.2)
        connection.sendall(b"+OK\r\n")


def answer(text):
    def serve(connection):
        while connection.recv(4096):
            connection.sendall(text)

    return serve


def echo(connection):
    while True:
        connection.sendall(connection.recv(4096) or b"\r\n")


def raised_by(server):
    start = time.monotonic()
    with pytest.raises(StorageUnavailable, match=AWAY) as raised, server.use() as client:
        client.set(f"열쇠-{SECRET}", "1", nx=True)
    assert time.monotonic() - start < SECONDS + 0.2
    assert SECRET not in "".join(traceback.format_exception(raised.value))
    return str(raised.value)


@pytest.mark.parametrize(
    ("serve", "reason"),
    [
        (hang, "it did not answer in time"),
        (drip, "it did not answer in time"),
        (slow_steps, "it did not answer in time"),
        (socket.socket.close, "cannot be used ("),
        (answer(b"HTTP/1.1 400 Bad Request\r\n\r\n"), "it does not answer as Redis does"),
        (answer(b":abc\r\n"), "it does not answer as Redis does"),
        (answer(b"$-7\r\n"), ""),
        (answer(b"$99999999999\r\n"), "it did not answer in time"),
        (answer(b"$99999999999999999999\r\n"), "it does not answer as Redis does"),
        (answer(b"*1\r\n" * 5000), "it does not answer as Redis does"),
        (answer(b"$2\r\n\xff\xfe\r\n"), ""),
        (answer(b"\x00" * 4096), ""),
        (echo, ""),
    ],
    ids=[
        "hangs",
        "drips",
        "slow",
        "closes",
        "http",
        "no number",
        "size",
        "huge",
        "no size",
        "deep",
        "no text",
        "nul",
        "echo",
    ],
)
def test_a_server_that_is_no_redis(listening, serve, reason):
    assert reason in raised_by(server_at(f"redis://사용자:{SECRET}@{listening(serve)}/3"))


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("WRONGPASS invalid username-password pair", "it refuses the user or the password"),
        ("NOAUTH Authentication required.", "it refuses the user or the password"),
        ("LOADING Redis is loading the dataset in memory", "it is still loading its data"),
        ("READONLY You can't write against a read only replica.", "it is a replica"),
        ("OOM command not allowed when used memory > 'maxmemory'.", "its memory is full"),
        ("NOPERM this user has no permissions", "its ACL does not permit the command"),
        (f"MOVED 1234 {SECRET}:6379", "it is a node of a cluster"),
        (f"ERR unknown command 'SET', with args beginning with: '{SECRET}'", "ResponseError"),
    ],
    ids=lambda text: text.partition(" ")[0],
)
def test_what_redis_refuses(listening, code, reason):
    place = listening(answer(f"-{code}\r\n".encode()))
    assert reason in raised_by(server_at(f"redis://{place}"))


def test_nobody_listens(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert "Connection refused" in raised_by(server_at(f"redis://127.0.0.1:{port}"))
    assert "No such file" in raised_by(server_at(f"unix://{tmp_path}/없음.sock"))


def test_a_server_that_accepts_nobody(listening):
    listener = socket.create_server(("127.0.0.1", 0), backlog=0)
    port = listener.getsockname()[1]
    fillers = [socket.socket() for _ in range(8)]
    for filler in fillers:
        filler.setblocking(False)
        filler.connect_ex(("127.0.0.1", port))
    raised_by(server_at(f"redis://127.0.0.1:{port}"))
    for one in (*fillers, listener):
        one.close()


def test_a_server_that_hangs_in_the_handshake_of_tls(listening):
    assert "in time" in raised_by(server_at(f"rediss://{listening(hang)}"))


def test_a_name_that_takes_long_to_resolve(monkeypatch):
    ended = threading.Event()

    def resolve(*arguments, **options):
        time.sleep(SECONDS * 2)
        ended.set()
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert "in time" in raised_by(server_at("redis://레디스.example"))
    assert ended.wait(5)


def test_a_connection_that_comes_too_late_is_closed(listening, monkeypatch):
    gone = threading.Event()
    place = listening(lambda connection: gone.set() if connection.recv(1) == b"" else None)
    resolve = socket.getaddrinfo

    def late(*arguments, **options):
        time.sleep(SECONDS * 1.5)
        return resolve(*arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", late)
    assert "in time" in raised_by(server_at(f"redis://{place}"))
    assert gone.wait(5)


def test_no_thread_can_be_started(listening, monkeypatch):
    def refuse(thread):
        raise RuntimeError("can't start new thread")

    server = server_at("redis://127.0.0.1:1")
    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", refuse)
        raised_by(server)


def test_what_the_url_says_of_time_does_not_count(listening):
    url = f"redis://{listening(hang)}?socket_timeout=60&socket_connect_timeout=60&retry_on_timeout=yes"
    assert "in time" in raised_by(server_at(url))


def test_an_error_of_the_block_stays_itself():
    with pytest.raises(KeyError), server_at("redis://127.0.0.1:1").use():
        raise KeyError("x")


def test_threads_share_a_client_and_no_connection(redis_url):
    server, seen = server_at(redis_url, seconds=5), []

    def work():
        with server.use() as client:
            seen.append((id(client), client.client_id()))
            time.sleep(0.05)

    threads = [threading.Thread(target=work) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 20
    assert len({client for client, _ in seen}) == 1


def in_child(server, results):
    with server.use() as client:
        results.put([client.client_id(), *(client.echo(f"{os.getpid()}-{n}") for n in range(50))])


def test_a_fork_has_a_client_of_its_own(redis_url):
    fork = multiprocessing.get_context("fork")
    server, results = server_at(redis_url, seconds=5), fork.Queue()
    with server.use() as client:
        ours = client.client_id()
    children = [fork.Process(target=in_child, args=(server, results)) for _ in range(3)]
    for child in children:
        child.start()
    with server.use() as client:
        assert [client.echo(str(n)) for n in range(50)] == [str(n) for n in range(50)]
    answers = [results.get(timeout=20) for _ in children]
    for child in children:
        child.join()
    assert sorted(answers[0][1:]) != sorted(answers[1][1:])
    for _, *echoed in answers:
        pid = echoed[0].partition("-")[0]
        assert echoed == [f"{pid}-{n}" for n in range(50)]
    assert len({ours, *(theirs for theirs, *_ in answers)}) == 4
    with server.use() as client:  # the children have ended, and left ours open
        assert client.client_id() == ours


def test_it_comes_back_by_itself(listening):
    lives = []

    def serve(connection):
        lives.append(connection)
        if len(lives) == 2:
            connection.close()
        answer(b"+PONG\r\n")(connection)

    server = server_at(f"redis://{listening(serve)}")
    server.check()
    lives[0].shutdown(socket.SHUT_RDWR)  # as by a Redis that is started anew: what is kept of it is of no use
    time.sleep(0.05)
    with pytest.raises(StorageUnavailable, match=AWAY):
        server.check()
    server.check()


def test_what_hiredis_reads_ends_in_time_too():
    """Redis-py reads by it, into a buffer, where it is installed."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        timed, buffer = redis_connections._TimedSocket(ours), bytearray(9)
        theirs.sendall("연결".encode())
        assert timed.recv_into(buffer) == 6
        with redis_connections.ends_within(0.1), pytest.raises(TimeoutError):
            timed.recv_into(buffer)
        with redis_connections.ends_within(-1), pytest.raises(TimeoutError):
            timed.sendall(b"x")


LOADED = """
import sys
import clova_flask.storage.redis_server
import clova_flask.storage
assert not [name for name in sys.modules if name.split(".")[0] in ("redis", "sqlalchemy", "alembic")]
"""


def test_the_package_is_loaded_where_there_is_a_server():
    subprocess.run([sys.executable, "-c", LOADED], check=True)
