"""What two machines behind nginx share, by one Redis and one PostgreSQL: `benchmarks.machines`, in short."""

import os

import pytest

pytest.importorskip("gunicorn")
pytest.importorskip("authlib")
pytest.importorskip("psycopg2")
pytest.importorskip("redis")
if not hasattr(os, "fork"):
    pytest.skip("the system cannot fork", allow_module_level=True)

from benchmarks.machines.checks import counted, linked, replayed, town
from tests.deploy.servers import nginx_program
from tests.storage.servers import empty_database, shared_redis

if nginx_program() is None:
    pytest.skip("no nginx is installed: two machines behind it are not tested", allow_module_level=True)
if not (os.environ.get("CLOVA_TEST_POSTGRES_URL") and os.environ.get("CLOVA_TEST_REDIS_URL")):
    pytest.skip(
        "no CLOVA_TEST_POSTGRES_URL, or no CLOVA_TEST_REDIS_URL: what two machines share is not tested",
        allow_module_level=True,
    )


@pytest.fixture
def stores(tmp_path):
    redis = shared_redis()
    with empty_database("postgresql", tmp_path) as database:
        yield {"database": database, "redis": redis, "user_data": redis}


def test_a_replayed_unlock_works_once_and_a_token_is_valid_at_both(tmp_path, stores):
    with town(tmp_path / "town", 2, stores) as at:
        statuses, opened = replayed(at, 200)
        assert opened == 1
        # 503 is what a guard that is closed answers while it cannot ask: never 200.
        assert statuses[200] == 1
        assert statuses.keys() <= {200, 409, 503}
        was_valid, ended = linked(at, 8)
        assert was_valid
        assert ended is not None
        assert ended <= 5.5


@pytest.mark.parametrize("kind", ["redis", "database"])
def test_updates_of_both_machines_count(tmp_path, stores, kind):
    with town(tmp_path / "town", 2, {**stores, "user_data": stores[kind]}) as at:
        # Few at a time: on a machine that is too busy for Redis the guard refuses, and nothing is confirmed.
        counters = counted(at, 5, 100, connections=4)
        assert counters.wrong == 0
        assert counters.confirmed >= 10
        logs = [(folder / "log").read_text().count("POST /clova") for folder in at.folders]
        assert min(logs) > 10, "both machines have answered"
