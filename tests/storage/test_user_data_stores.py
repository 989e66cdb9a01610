"""What every store of user data does, in memory, in SQLite, PostgreSQL and Redis."""

import json
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from clova_flask.user_data.memory import MemoryStore
from tests.storage.counting import close_store, count, open_store

ROOT = Path(__file__).parents[2]


@pytest.fixture
def key(make_digest):
    return make_digest()


def test_a_record_from_nothing_to_its_end(store, key):
    assert store.read(key) is None
    assert store.write(key, '{"단계": 1}', replacing=None) is True
    first = store.read(key)
    assert first.text == '{"단계": 1}'
    assert abs(first.changed_at - time.time()) < 5
    assert store.read(key) == first
    assert store.write(key, '{"단계": 2}', replacing=first.version) is True
    second = store.read(key)
    assert (second.text, second.version != first.version) == ('{"단계": 2}', True)
    assert store.delete(key) is True
    assert (store.read(key), store.delete(key)) == (None, False)


def test_the_records_of_an_owner_are_listed(store, make_digest):
    keys, owner = sorted(make_digest() for _ in range(3)), make_digest()
    for key in keys:
        store.write(key, "{}", replacing=None, owner=owner)
    store.write(make_digest(), "{}", replacing=None, owner=make_digest())
    assert sorted(store.owned(owner)) == keys
    assert store.read(keys[1]).owner == owner
    store.write(keys[1], "[]", replacing=store.read(keys[1]).version)
    assert store.read(keys[1]).owner == owner
    store.delete(keys[0])
    assert sorted(store.owned(owner)) == keys[1:]
    assert store.owned(make_digest()) == []


def test_a_write_that_another_was_faster_than(store, key, make_digest):
    assert store.write(key, "{}", replacing="0123456789abcdef") is False  # it was deleted
    assert store.read(key) is None
    store.write(key, '{"a": 1}', replacing=None)
    kept = store.read(key)
    for replacing in (None, "0123456789abcdef", "", kept.version.upper() + "x"):
        assert store.write(key, '{"a": 2}', replacing=replacing, owner=make_digest()) is False
    assert store.read(key) == kept


def test_a_version_is_never_there_again(store, key):
    """Whoever read it before it was deleted, and made anew with the same text, is told."""
    versions = []
    for _ in range(20):
        assert store.write(key, "{}", replacing=None)
        versions.append(store.read(key).version)
        assert store.write(key, "{}", replacing=versions[-1])
        versions.append(store.read(key).version)
        store.delete(key)
    assert len(set(versions)) == 40
    store.write(key, "{}", replacing=None)
    assert not any(store.write(key, '{"a": 1}', replacing=version) for version in versions)
    assert store.read(key).text == "{}"


TEXTS = {
    "Korean": '{"이름": "김보라", "주문": ["페퍼로니", "불고기"]}',
    "Japanese": '{"名前": "鈴木", "かな": "ｶﾞ", "注文": "ピザ"}',
    "emoji": '{"😀": "👩‍👩‍👧‍👦🇰🇷", "𠮷": "が"}',
    "NUL, escaped": json.dumps({"a\0b": "\0"}),
    "NUL and a surrogate, escaped": r'{"a": "\u0000\ud800"}',
    "control characters": json.dumps({"a": "".join(map(chr, range(1, 32)))}),
    "line ends": '{"a":\r\n"\u2028\u2029\x85"}',
    "what SQL and formats know": """{"a": "'; DROP TABLE clova_user_data; -- %s %(key)s :key ? \\\\"}""",
    "64 kB of ASCII": json.dumps({"a": "x" * 65_000}),
    "64 kB of Korean": json.dumps({"a": "가" * 21_000}, ensure_ascii=False),
    "64 kB of escapes": json.dumps({"a": "가" * 10_900}),
    "a megabyte": json.dumps({"a": "😀" * 250_000}, ensure_ascii=False),
    "empty": "{}",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_texts_come_back_as_they_are(store, key, text):
    assert store.write(key, text, replacing=None)
    assert store.read(key).text == text
    assert store.write(key, text, replacing=store.read(key).version)
    assert store.read(key).text == text


def test_what_is_no_text(store, key):
    if isinstance(store, MemoryStore):
        return
    with pytest.raises(UnicodeEncodeError):
        store.write(key, '{"a": "\ud800"}', replacing=None)
    assert store.read(key) is None


def test_owners(store, make_digest):
    bora, haru = make_digest(), make_digest()
    first, second, third, free = (make_digest() for _ in range(4))
    for key, owner in ((first, bora), (second, bora), (third, haru), (free, None)):
        store.write(key, "{}", replacing=None, owner=owner)
    # None leaves the owner as it is.
    store.write(first, '{"a": 1}', replacing=store.read(first).version)
    assert store.delete_owned(bora) == 2
    assert [store.read(key) is None for key in (first, second, third, free)] == [True, True, False, False]
    assert store.delete_owned(bora) == 0
    assert store.delete_owned(make_digest()) == 0
    assert store.delete_owned(haru) == 1


def test_a_record_that_changes_its_owner(store, key, make_digest):
    bora, haru = make_digest(), make_digest()
    store.write(key, "{}", replacing=None)
    store.write(key, "{}", replacing=store.read(key).version, owner=bora)
    store.write(key, "{}", replacing=store.read(key).version, owner=haru)
    store.write(key, "{}", replacing=store.read(key).version, owner=haru)
    assert store.delete_owned(bora) == 0
    assert store.read(key) is not None
    assert store.delete_owned(haru) == 1


def test_a_record_that_is_made_anew_belongs_to_nobody(store, key, make_digest):
    owner = make_digest()
    store.write(key, "{}", replacing=None, owner=owner)
    store.delete(key)
    store.write(key, "{}", replacing=None)
    assert store.delete_owned(owner) == 0
    assert store.read(key) is not None


def test_it_can_be_used(store):
    assert store.check() is None


def together(function, number=8):
    """Call a function in threads that begin at once; return what it returned."""
    barrier = threading.Barrier(number)

    def once(which):
        barrier.wait()
        return function(which)

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(once, range(number)))


def test_one_thread_inserts(store, make_digest):
    for _ in range(10):
        key = make_digest()
        written = together(lambda which, key=key: store.write(key, f'{{"a": {which}}}', replacing=None))
        assert sorted(written) == [False] * 7 + [True]
        assert store.read(key).text == f'{{"a": {written.index(True)}}}'


def test_one_thread_replaces(store, key):
    store.write(key, "{}", replacing=None)
    for _ in range(10):
        version = store.read(key).version
        written = together(lambda which, old=version: store.write(key, f'{{"a": {which}}}', replacing=old))
        assert sorted(written) == [False] * 7 + [True]
        assert store.read(key).text == f'{{"a": {written.index(True)}}}'


def test_one_thread_deletes(store, key):
    for _ in range(10):
        store.write(key, "{}", replacing=None)
        assert sorted(together(lambda _which: store.delete(key))) == [False] * 7 + [True]


def test_threads_count(store, key):
    together(lambda _which: count(store, key, 25))
    assert json.loads(store.read(key).text) == {"셈": 200}


def test_threads_that_write_and_delete_what_is_owned(store, make_digest):
    """No record stays that its owner's deletion came after."""
    owner, keys = make_digest(), [make_digest() for _ in range(20)]

    def write(which):
        for key in keys[which::4]:
            store.write(key, "{}", replacing=None, owner=owner)
            record = store.read(key)
            if record is not None:
                store.write(key, '{"a": 1}', replacing=record.version)

    deleted = sum(together(lambda which: write(which) or store.delete_owned(owner), 4))
    assert [key for key in keys if store.read(key) is not None] == []
    assert deleted == 20


def test_processes_count(store_url, key):
    command = [sys.executable, "-X", "utf8", "-m", "tests.storage.counting", store_url, key, "40"]
    started = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    store = open_store(store_url)
    count(store, key, 40)
    assert [(process.communicate()[1], process.returncode) for process in started] == [("", 0)] * 4
    assert json.loads(store.read(key).text) == {"셈": 200}
    store.delete(key)
    close_store(store)


FORKED = """
import os, sys
from tests.storage.counting import count, open_store

key, engine = sys.argv[2], None
if len(sys.argv) > 3:
    from sqlalchemy import create_engine

    engine = create_engine(sys.argv[1])
store = open_store(sys.argv[1], engine=engine)
count(store, key, 1)
children = []
for _ in range(4):
    child = os.fork()
    if not child:
        count(store, key, 25)
        os._exit(0)  # without closing anything that is the parent's
    children.append(child)
count(store, key, 25)
for child in children:
    assert os.waitpid(child, 0)[1] == 0
count(store, key, 1)
print(store.read(key).text)
"""


@pytest.mark.parametrize("whose", ["url", "engine"])
def test_forks_after_it_was_used(store_url, key, whose):
    """No child shares a connection with its parent: each would read the other's answers."""
    if whose == "engine" and "sql" not in store_url:
        pytest.skip("Redis has no engine")
    command = [sys.executable, "-X", "utf8", "-W", "ignore", "-c", FORKED, store_url, key]
    if whose == "engine":
        command.append(whose)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert json.loads(done.stdout or "{}") == {"셈": 127}, done.stderr
