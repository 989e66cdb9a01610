"""Where tests keep things: SQLite, and the servers whose URLs are in the environment."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def empty_database(kind: str, folder: Path) -> Iterator[str]:
    """Make an empty database and return its URL: of sqlite, or of postgresql by CLOVA_TEST_POSTGRES_URL."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/empty.db"
        return
    server = os.environ.get("CLOVA_TEST_POSTGRES_URL")
    if not server:
        pytest.skip("no CLOVA_TEST_POSTGRES_URL")
    sqlalchemy = pytest.importorskip("sqlalchemy")
    pytest.importorskip(sqlalchemy.make_url(server).get_driver_name())
    engine = sqlalchemy.create_engine(server)
    schema = f"clova_{uuid.uuid4().hex}"
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text(f"CREATE SCHEMA {schema}"))
    url = sqlalchemy.make_url(server).update_query_dict({"options": f"-csearch_path={schema}"})
    yield url.render_as_string(hide_password=False)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


def shared_redis() -> str:
    """Return the URL of a Redis that other tests use too, where CLOVA_TEST_REDIS_URL is set."""
    pytest.importorskip("redis")
    url = os.environ.get("CLOVA_TEST_REDIS_URL")
    if not url:
        pytest.skip("no CLOVA_TEST_REDIS_URL")
    return url
