"""Opening a database: one place for pools and time-outs. Nothing connects before the first use."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import StaticPool

from actions.production.views_sql import create_views, drop_views
from bot.common.sqlite_file import create, guard, teach_letters

SECONDS = 3
MIGRATIONS = Path(__file__).parent / "migrations"


def connect(url: str, statement_seconds: int = SECONDS) -> Engine:
    """An engine for SQLite or PostgreSQL that gives up after ``SECONDS`` instead of letting a customer wait.

    ``statement_seconds`` is the longest one PostgreSQL statement may take; 0 means no limit (migrations, seeding).
    """
    target = make_url(url)
    if target.get_backend_name() == "sqlite":
        return _sqlite(target)
    own_options = str(target.query.get("options", ""))
    return create_engine(
        target.difference_update_query(["options"]),
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=5,
        pool_timeout=SECONDS,
        pool_recycle=1800,
        connect_args={
            "connect_timeout": SECONDS,
            # The operator's own options come last and win.
            "options": f"-c statement_timeout={statement_seconds * 1000} -c timezone=UTC -c jit=off {own_options}".strip(),
        },
    )


def _sqlite(url: URL) -> Engine:
    memory = url.database in (None, "", ":memory:")
    if memory:
        engine = create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
    else:
        if not str(url.database).startswith("file:"):
            Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, pool_timeout=SECONDS, connect_args={"timeout": SECONDS})
        guard(engine)

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: Any) -> None:
        connection.execute(f"PRAGMA busy_timeout = {SECONDS * 1000}")
        connection.execute("PRAGMA foreign_keys = ON")
        teach_letters(connection)
        if not memory:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")

    return engine


def migrate(engine: Engine) -> None:
    """Bring our own production schema to the newest version. Not for a database whose views an ERP offers."""
    # Alembic is slow to import, and only the start script and tests need it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    create(engine.url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        # Views hold no data: they always follow the code, without a migration for each change of wording.
        drop_views(connection)
        create_views(connection)
