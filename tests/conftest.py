"""Services the machine may have. A missing one skips its tests, unless SMELT_REQUIRE_SERVICES=1 makes that a failure."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

POSTGRES = os.environ.get("SMELT_TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("SMELT_TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
REQUIRED = os.environ.get("SMELT_REQUIRE_SERVICES") == "1"


def missing(service: str) -> None:
    """Skip, or fail when services are required."""
    if REQUIRED:
        pytest.fail(f"{service} is not there, and SMELT_REQUIRE_SERVICES=1")
    pytest.skip(f"{service} is not there")


@contextmanager
def fresh_postgres() -> Iterator[str]:
    """Url of a fresh PostgreSQL database that is dropped afterwards."""
    server = create_engine(make_url(POSTGRES).update_query_dict({"connect_timeout": "2"}), isolation_level="AUTOCOMMIT")
    name = f"smelt_test_{uuid.uuid4().hex[:12]}"
    try:
        with server.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
    except OperationalError:
        missing("PostgreSQL")
    try:
        yield make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        server.dispose()


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """Url of a fresh PostgreSQL database that is dropped afterwards."""
    with fresh_postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: os.PathLike[str]) -> str:
    """A fresh database of each kind: tests that use it run twice."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/test.db"
    return str(request.getfixturevalue("postgres_url"))
