"""Connections to Smelt's own database: SQLite on a laptop, PostgreSQL in production."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from bot.common.sqlite_file import guard

#: Seconds a statement may wait for another process's write, and for a connection: below the 5 s a customer waits.
WAIT_SECONDS = 3


def connect(url: str, pool_size: int = 8) -> Engine:
    """The engine of a database url. Opens no connection; creates the folder of a SQLite file."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        options = {} if "connect_timeout" in address.query else {"connect_timeout": WAIT_SECONDS}
        return create_engine(
            address,
            pool_size=pool_size,
            max_overflow=4,
            pool_timeout=WAIT_SECONDS,
            pool_pre_ping=True,
            connect_args=options,
        )
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, pool_size=pool_size, max_overflow=4, connect_args={"timeout": WAIT_SECONDS})
    guard(engine)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    # An acknowledged message survives the death of the process; FULL makes it survive a power cut too.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """One transaction that commits at the end and rolls back on any error.

    Changes are written at the end, or by an explicit flush: queries see the database as it was.
    On SQLite the write lock is taken first: a transaction that reads and then writes could otherwise fail half-way.
    """
    with Session(engine, expire_on_commit=False, autoflush=False) as session:
        connection = session.connection()
        raw = connection.connection.dbapi_connection
        if engine.dialect.name == "sqlite" and not getattr(raw, "in_transaction", False):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield session
        session.commit()


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that only reads."""
    with Session(engine) as session:
        yield session


def migrate(url: str) -> None:
    """Bring the database of a url to the present schema."""
    # Alembic is slow to import, and only the start script needs it.
    from bot.conversations.migrate import upgrade

    engine = connect(url, pool_size=1)
    upgrade(engine)
    engine.dispose()
