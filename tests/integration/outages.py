"""Taking parts of a running assistant away, and giving them back."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from tests.conftest import POSTGRES
from tests.stack import Stack

Outage = Callable[[Stack], AbstractContextManager[None]]


@contextmanager
def stopped(name: str, stack: Stack) -> Iterator[None]:
    """A process that is there and does nothing."""
    process = stack.process_of(name)
    process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        process.send_signal(signal.SIGCONT)


@contextmanager
def killed(name: str, stack: Stack) -> Iterator[None]:
    """A process that died; its supervisor gives it back."""
    stack.kill(name)
    yield


@contextmanager
def database_away(name: str, stack: Stack) -> Iterator[None]:
    """The SQLite file moved away; PostgreSQL cutting its connections and taking no new ones."""
    address = make_url(stack.database(name))
    if address.get_backend_name() == "sqlite":
        path = Path(str(address.database))
        away = path.with_suffix(".away")
        os.replace(path, away)
        try:
            yield
        finally:
            assert not path.exists(), f"{path} was made anew while it was away"
            os.replace(away, path)
        return
    server = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f'ALTER DATABASE "{address.database}" ALLOW_CONNECTIONS false'))
        connection.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"),
            {"name": address.database},
        )
    try:
        yield
    finally:
        with server.connect() as connection:
            connection.execute(text(f'ALTER DATABASE "{address.database}" ALLOW_CONNECTIONS true'))
        server.dispose()


OUTAGES: dict[str, Outage] = {
    "actions stopped": partial(stopped, "actions"),
    "actions killed": partial(killed, "actions"),
    "engine stopped": partial(stopped, "engine"),
    "engine killed": partial(killed, "engine"),
    "worker killed": partial(killed, "worker"),
    "production database away": partial(database_away, "production"),
    "own database away": partial(database_away, "own"),
    "tracker database away": partial(database_away, "tracker"),
}
