"""Redis as a store of user data: how it is set up, and what of it survives."""

import time

import pytest

pytest.importorskip("redis")

from clova_flask.storage import StorageUnavailable
from tests.storage.counting import count, open_store

KEY, OWNER = "a" * 64, "b" * 64


@pytest.mark.parametrize("policy", ["allkeys-lru", "allkeys-lfu", "allkeys-random"])
def test_one_that_drops_what_is_used_least(redis_server, policy):
    redis_server.start("--maxmemory", "100mb", "--maxmemory-policy", policy)
    store = open_store(redis_server.url)
    with pytest.raises(StorageUnavailable) as raised:
        store.check()
    assert str(raised.value) == (
        "The Redis for user data drops records when its memory is full: its maxmemory-policy is "
        f"{policy}. Set it to noeviction, or name another Redis: CLOVA_USER_DATA_URL."
    )
    redis_server.ask("config", "set", "maxmemory", "0")
    store.check()  # it is never full


@pytest.mark.parametrize("policy", ["noeviction", "volatile-lru"])
def test_one_that_drops_nothing_of_ours(redis_server, policy):
    redis_server.start("--maxmemory", "100mb", "--maxmemory-policy", policy)
    open_store(redis_server.url).check()


def test_one_that_is_full(redis_server):
    redis_server.start()
    store = open_store(redis_server.url)
    assert store.write(KEY, "{}", replacing=None, owner=OWNER)
    kept = store.read(KEY)
    redis_server.ask("config", "set", "maxmemory", "1")
    with pytest.raises(StorageUnavailable, match="its memory is full"):
        store.write(KEY, '{"a": 1}', replacing=kept.version)
    assert store.read(KEY) == kept
    assert store.delete_owned(OWNER) == 1  # which needs no memory


def test_a_replica(redis_server):
    redis_server.start("--replicaof", "127.0.0.1", "1")
    store = open_store(redis_server.url)
    assert store.read(KEY) is None
    for function in (store.check, lambda: store.write(KEY, "{}", replacing=None), lambda: store.delete(KEY)):
        with pytest.raises(StorageUnavailable, match="it is a replica, which cannot be written to"):
            function()


def test_a_cluster(redis_server):
    redis_server.start("--cluster-enabled", "yes")
    redis_server.ask("cluster", "addslotsrange", "0", "16383")
    while "cluster_state:ok" not in redis_server.ask("cluster", "info"):
        time.sleep(0.05)
    with pytest.raises(StorageUnavailable, match="is a cluster, and must be one server"):
        open_store(redis_server.url).check()


def test_a_user_who_may_do_no_more_than_is_needed(redis_server):
    redis_server.start()
    rights = ("~clova:user_data*", "+evalsha", "+eval", "+hmget", "+hget", "+hset", "+del", "+sadd", "+srem")
    redis_server.ask("acl", "setuser", "pizza", "on", ">비밀", *rights, "+smembers", "+client", "+select")
    store = open_store(redis_server.url.replace("unix://", "unix://pizza:%EB%B9%84%EB%B0%80@"))
    store.check()
    assert store.write(KEY, "{}", replacing=None, owner=OWNER)
    assert store.read(KEY).text == "{}"
    assert store.delete_owned(OWNER) == 1
    redis_server.ask("acl", "setuser", "pizza", "-evalsha", "-eval")
    with pytest.raises(StorageUnavailable, match="its ACL does not permit the command"):
        store.check()


def test_scripts_are_sent_again_where_redis_has_forgotten_them(redis_server):
    redis_server.start()
    store = open_store(redis_server.url)
    count(store, KEY, 3)
    redis_server.ask("script", "flush")
    count(store, KEY, 3)
    assert store.read(KEY).text == '{"\\uc148": 6}'
    assert "calls=2," in redis_server.ask("info", "commandstats").partition("cmdstat_eval:")[2]


def test_it_leaves_nothing_behind(redis_server):
    redis_server.start()
    store = open_store(redis_server.url)
    for index in range(5):
        store.write(f"{index}" * 64, "{}", replacing=None, owner=OWNER)
    store.write("0" * 64, "{}", replacing=store.read("0" * 64).version, owner="c" * 64)
    assert redis_server.ask("scard", f"clova:user_data_of:{OWNER}") == "4"
    store.delete("1" * 64)
    assert redis_server.ask("scard", f"clova:user_data_of:{OWNER}") == "3"
    assert store.delete_owned(OWNER) == 3
    assert store.delete("0" * 64)
    assert redis_server.ask("dbsize") == "0"


def test_what_an_owners_set_has_too_much_is_left(redis_server):
    """It was deleted by hand, and made anew for another owner."""
    redis_server.start()
    store = open_store(redis_server.url)
    store.write(KEY, "{}", replacing=None)
    redis_server.ask("sadd", f"clova:user_data_of:{OWNER}", f"clova:user_data:{KEY}", "clova:user_data:none")
    assert store.delete_owned(OWNER) == 0
    assert store.read(KEY) is not None
    assert redis_server.ask("dbsize") == "1"


def test_a_key_that_is_of_something_else(redis_server):
    redis_server.start()
    redis_server.ask("set", f"clova:user_data:{KEY}", "연결")
    store = open_store(redis_server.url)
    for function in (lambda: store.read(KEY), lambda: store.write(KEY, "{}", replacing=None)):
        with pytest.raises(StorageUnavailable, match="WRONGTYPE"):
            function()


def test_what_was_confirmed_is_there_after_a_kill_where_redis_writes_it_down(redis_server):
    files = ("--appendonly", "yes", "--appendfsync", "always")
    redis_server.start(*files)
    store = open_store(redis_server.url)
    count(store, KEY, 20)
    redis_server.stop()
    with pytest.raises(StorageUnavailable):
        store.read(KEY)
    redis_server.start(*files)
    assert store.read(KEY).text == '{"\\uc148": 20}'
    count(store, KEY, 1)
    assert store.read(KEY).text == '{"\\uc148": 21}'


def test_one_that_is_stopped_and_goes_on(redis_server, monkeypatch):
    monkeypatch.setattr("clova_flask.storage.user_data.PATIENCE", 0.4)
    redis_server.start()
    store = open_store(redis_server.url)
    store.write(KEY, "{}", replacing=None)
    redis_server.hang()
    for function in (lambda: store.read(KEY), store.check, lambda: store.delete(KEY)):
        began = time.monotonic()
        with pytest.raises(StorageUnavailable, match="it did not answer in time"):
            function()
        assert time.monotonic() - began < 1
    redis_server.go_on()
    assert store.check() is None
