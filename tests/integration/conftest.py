"""Settings, databases and servers for the tests of web."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import redis
from sqlalchemy import Engine

from actions.production import demo
from actions.production.database import connect as connect_production
from bot.common.settings import settings
from bot.store.database import connect
from bot.store.migrate import upgrade
from tests.conftest import REDIS, fresh_postgres, missing
from tests.integration.web_rig import Server, StandInEngine, web
from tests.stack import TODAY, Stack

TURN_SECONDS = 1.0


@dataclass
class Rig:
    """Web, a stand-in engine, and the own database to look into."""

    web: Server
    engine_server: Server
    engine: StandInEngine
    own: Engine

    @property
    def url(self) -> str:
        return self.web.url


@pytest.fixture
def engine(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The own database, on SQLite and on PostgreSQL, and a folder of its own for files and mails."""
    monkeypatch.setenv("SMELT_DATA_DIR", str(tmp_path))
    settings.cache_clear()
    engine = connect(database_url)
    upgrade(engine)
    yield engine
    engine.dispose()
    settings.cache_clear()


@pytest.fixture(scope="session")
def plant(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The invented plant, seeded once: its contacts sign in."""
    url = f"sqlite:///{tmp_path_factory.mktemp('plant')}/production.db"
    engine = connect_production(url)
    demo.seed(engine, dt.date(2027, 3, 1), 1)
    engine.dispose()
    return url


@pytest.fixture
def own_url(tmp_path: Path) -> str:
    """Override with ``database_url`` to run on both databases."""
    return f"sqlite:///{tmp_path}/own.db"


@pytest.fixture
def redis_url(monkeypatch: pytest.MonkeyPatch) -> str:
    """Redis for the processes' messages, before they are started."""
    client = redis.Redis.from_url(REDIS, socket_connect_timeout=1)
    try:
        client.ping()
    except redis.RedisError:
        missing("Redis")
    finally:
        client.close()
    monkeypatch.setenv("SMELT_REDIS_URL", REDIS)
    settings.cache_clear()
    return REDIS


@pytest.fixture
def rig(own_url: str, plant: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    engine = StandInEngine()
    engine_server = Server(engine.app)
    engine_server.start()
    for name, value in {
        "SMELT_DATA_DIR": str(tmp_path), "SMELT_DATABASE_URL": own_url, "SMELT_PRODUCTION_URL": plant,
        "ENGINE_URL": engine_server.url, "SMELT_TURN_TIMEOUT": str(TURN_SECONDS),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    own = connect(own_url)
    upgrade(own)
    server = web()
    server.start()
    yield Rig(server, engine_server, engine, own)
    server.stop()
    engine_server.stop()
    own.dispose()
    settings.cache_clear()


@pytest.fixture(scope="session")
def sqlite_assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The whole assistant on SQLite, for tests that leave it as healthy as they found it."""
    stack = Stack(tmp_path_factory.mktemp("sqlite-assistant"))
    stack.start()
    yield stack
    stack.stop()


@pytest.fixture(scope="session")
def postgres_assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The whole assistant with its three databases on PostgreSQL."""
    with fresh_postgres() as own, fresh_postgres() as tracker, fresh_postgres() as production:
        engine = connect_production(production, statement_seconds=0)
        demo.seed(engine, dt.date.fromisoformat(TODAY), 1)
        engine.dispose()
        urls = {"SMELT_DATABASE_URL": own, "SMELT_TRACKER_URL": tracker, "SMELT_PRODUCTION_URL": production}
        stack = Stack(tmp_path_factory.mktemp("postgres-assistant"), **urls)
        stack.start()
        yield stack
        stack.stop()
