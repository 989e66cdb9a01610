"""What the replay guard remembers, in the memory of one process."""

import os
import socket
import threading

import pytest

from clova_flask.errors import StorageUnavailable
from clova_flask.storage.replays import MemoryReplays, open_replays
from tests.clocks import Clock


@pytest.fixture
def clock():
    return Clock()


def test_each_is_remembered_for_its_own_time(clock):
    memory = MemoryReplays(10, clock=clock)
    assert memory.remember("가")
    clock.now += 6
    assert memory.remember("나")
    assert not memory.remember("가")  # which makes it no younger
    clock.now += 4
    assert memory.remember("가")
    assert not memory.remember("나")
    clock.now += 6
    assert memory.remember("나")
    memory.check()


def test_the_oldest_is_forgotten_where_there_are_too_many(clock, caplog):
    memory = MemoryReplays(3600, limit=100, clock=clock)
    for number in range(500):
        clock.now += 1
        assert memory.remember(str(number))
    assert not memory.remember("400")
    assert memory.remember("399")
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 7, "once a minute"
    assert told[0] == (
        "The replay guard has forgotten a message after 100 s, and not after 3600: more than 100 came. Set "
        "CLOVA_REPLAY_GUARD_URL to a Redis."
    )


def test_of_many_threads_one_is_the_first():
    memory, first = MemoryReplays(60), []

    def remember():
        first.extend(number for number in range(300) if memory.remember(str(number)))

    threads = [threading.Thread(target=remember) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(first) == list(range(300))


def test_an_answer_that_is_no_answer_of_redis():
    pytest.importorskip("redis")

    def serve(listener):
        connection, _ = listener.accept()
        with connection:
            while connection.recv(4096):
                connection.sendall(b"+PONG\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        replays = open_replays(f"redis://127.0.0.1:{listener.getsockname()[1]}", 60)
        with pytest.raises(StorageUnavailable, match=r"it does not answer as Redis does"):
            replays.remember("가" * 64)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")
def test_a_fork_while_its_lock_is_held():
    memory = MemoryReplays(60)
    with memory._lock:
        pid = os.fork()
        if pid == 0:
            os._exit(0 if memory.remember("가") else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert memory.remember("가"), "each process has its own"
