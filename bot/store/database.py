"""Connections to Smelt's own database: SQLite on a laptop, PostgreSQL in production."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.common.sqlite_file import guard, teach_letters

#: Seconds a statement may wait for another process's write, and for a connection: below the 5 s a customer waits.
WAIT_SECONDS = 3
_WRITERS: WeakKeyDictionary[Engine, threading.Lock] = WeakKeyDictionary()


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
            json_serializer=_as_json,
        )
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        address, pool_size=pool_size, max_overflow=4, connect_args={"timeout": WAIT_SECONDS}, json_serializer=_as_json
    )
    guard(engine)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _as_json(value: Any) -> str:
    """JSON with its letters as they are, so that what is searched for in it is found: an address with an «å»."""
    return json.dumps(value, ensure_ascii=False)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    # An acknowledged message survives the death of the process; FULL makes it survive a power cut too. What is erased
    # is written over.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
    teach_letters(connection)


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """One transaction that commits at the end and rolls back on any error.

    Changes are written at the end, or by an explicit flush: queries see the database as it was.
    """
    with _turn_to_write(engine), Session(engine, expire_on_commit=False, autoflush=False) as session:
        _lock_for_writing(session.connection())
        yield session
        session.commit()


@contextmanager
def _turn_to_write(engine: Engine) -> Iterator[None]:
    """SQLite has one writer, and one that waits for it sleeps in growing steps: threads of a process queue here instead."""
    if engine.dialect.name != "sqlite":
        yield
        return
    lock = _WRITERS.setdefault(engine, threading.Lock())
    if not lock.acquire(timeout=WAIT_SECONDS):
        raise OperationalError("BEGIN", None, TimeoutError("another thread of this process writes"))
    try:
        yield
    finally:
        lock.release()


def _lock_for_writing(connection: Connection) -> None:
    """Take SQLite's write lock first: a transaction that reads and then writes could otherwise fail half-way."""
    raw = connection.connection.dbapi_connection
    if connection.dialect.name == "sqlite" and not getattr(raw, "in_transaction", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that only reads."""
    with Session(engine) as session:
        yield session
