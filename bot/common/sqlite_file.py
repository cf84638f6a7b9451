"""A SQLite file that is away is an error, never an empty database in its place.

SQLite creates a missing file without a word, and a connection that was open before goes on reading and writing a file
that has been moved or deleted. Both look like health and lose data, so a connection belongs to one file: it is opened
only when the file is there, and thrown away when another one, or none, has taken its place.
"""

import contextlib
import os
import sqlite3
import unicodedata
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DisconnectionError

_FILE = "smelt_file"


def create(url: str | URL) -> None:
    """Make the file of a SQLite url when there is none, as migrations do; nothing for other databases."""
    path = _path(url)
    if path is not None:
        with contextlib.suppress(OSError):  # opening it will say what is wrong
            path.touch()


def guard(engine: Engine) -> None:
    """Let the connections of a SQLite engine follow the file of its url. Other engines stay as they are."""
    path = _path(engine.url)
    if path is None:
        return

    @event.listens_for(engine, "do_connect")
    def _only_when_there(*_: Any) -> None:
        if _identity(path) is None:
            raise sqlite3.OperationalError(f"unable to open database file: {path.name} is away")

    @event.listens_for(engine, "connect")
    def _remember(_connection: Any, record: Any) -> None:
        record.info[_FILE] = _identity(path)

    @event.listens_for(engine, "checkout")
    def _same_file(_connection: Any, record: Any, _proxy: Any) -> None:
        if record.info.get(_FILE) != _identity(path):
            raise DisconnectionError(f"{path.name} is away or another file now")


def teach_letters(connection: sqlite3.Connection) -> None:
    """Let ``lower`` know every letter: SQLite's own knows none beyond z, and people search for «Kærgård».

    A letter typed as two characters, as a Mac does in names of files, is the same letter.
    """
    connection.create_function("lower", 1, _lower, deterministic=True)


def _lower(text: Any) -> Any:
    return unicodedata.normalize("NFC", text).lower() if isinstance(text, str) else text


def _path(url: str | URL) -> Path | None:
    address = make_url(url)
    name = address.database
    plain = name not in (None, "", ":memory:") and not str(name).startswith("file:")
    return Path(str(name)) if plain and address.get_backend_name() == "sqlite" else None


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
