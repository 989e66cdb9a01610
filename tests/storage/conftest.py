import uuid
from contextlib import ExitStack

import pytest

from clova_flask.user_data.memory import MemoryStore
from tests.storage.counting import close_store, open_store
from tests.storage.servers import empty_database, shared_redis

SHARED = ["sqlite", "postgresql", "psycopg", "redis"]
"""Kinds of stores that processes share; PostgreSQL by the driver of its URL, and by psycopg."""


@pytest.fixture
def url_of(tmp_path):
    """Return the URL of a store of a kind, which is empty; the Redis is shared with other tests."""
    with ExitStack() as stack:

        def url_of(kind):
            if kind == "redis":
                return shared_redis()
            for package in ("alembic", "sqlalchemy"):
                pytest.importorskip(package)
            if kind != "psycopg":
                return stack.enter_context(empty_database(kind, tmp_path))
            pytest.importorskip("psycopg")
            url = stack.enter_context(empty_database("postgresql", tmp_path))
            return f"postgresql+psycopg://{url.partition('://')[2]}"

        yield url_of


@pytest.fixture(params=SHARED)
def store_url(request, url_of):
    """Return the URL of each kind of store that processes share, whose table is there."""
    url = url_of(request.param)
    store = open_store(url, may_upgrade=True)
    store.check()
    close_store(store)
    return url


@pytest.fixture(params=["memory", *SHARED])
def store(request, url_of):
    """Return a store of each kind, whose table is there."""
    store = (
        MemoryStore() if request.param == "memory" else open_store(url_of(request.param), may_upgrade=True)
    )
    yield store
    close_store(store)


@pytest.fixture
def make_digest():
    """Make keys that no other test has."""
    return lambda: f"{uuid.uuid4().hex}{uuid.uuid4().hex}"
