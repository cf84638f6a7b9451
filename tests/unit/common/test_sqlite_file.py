"""A SQLite file that is moved, missing or replaced is noticed, by new connections and by open ones."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, literal, select, text
from sqlalchemy.exc import OperationalError

from actions.production.database import connect as connect_production
from bot.common.sqlite_file import create, guard
from bot.engine.tracker_store import connect as connect_tracker
from bot.store.database import connect as connect_own

CONNECTS = [connect_production, connect_own, connect_tracker]


def _number(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT value FROM number")).scalar_one())


def _file(path: Path, number: int) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE number (value INTEGER)")
        connection.execute("INSERT INTO number VALUES (?)", (number,))
    connection.close()


@pytest.mark.parametrize("connect", CONNECTS)
def test_a_missing_file_is_an_error_and_stays_missing(connect: Callable[[str], Engine], tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/a.db")
    with pytest.raises(OperationalError, match="unable to open"):
        _number(engine)
    assert not (tmp_path / "a.db").exists()


@pytest.mark.parametrize("connect", CONNECTS)
def test_a_file_that_is_moved_away_and_back_is_followed(connect: Callable[[str], Engine], tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    _file(path, 1)
    engine = connect(f"sqlite:///{path}")
    assert _number(engine) == 1
    os.replace(path, tmp_path / "away")
    for _ in range(2):
        with pytest.raises(OperationalError):
            _number(engine)
    assert not path.exists()
    os.replace(tmp_path / "away", path)
    assert _number(engine) == 1


@pytest.mark.parametrize("connect", CONNECTS)
def test_a_file_that_takes_the_place_of_another_is_read_at_once(
    connect: Callable[[str], Engine], tmp_path: Path
) -> None:
    """As when a nightly export is moved into place under the running assistant."""
    path = tmp_path / "a.db"
    _file(path, 1)
    engine = connect(f"sqlite:///{path}")
    assert _number(engine) == 1
    engine.pool.dispose()
    assert _number(engine) == 1
    _file(tmp_path / "b.db", 2)
    os.replace(tmp_path / "b.db", path)
    assert _number(engine) == 2


def test_creating_keeps_what_is_there_and_ignores_other_databases(tmp_path: Path) -> None:
    _file(tmp_path / "a.db", 5)
    create(f"sqlite:///{tmp_path}/a.db")
    assert _number(create_engine(f"sqlite:///{tmp_path}/a.db")) == 5
    create("sqlite://")
    create("postgresql+psycopg://nobody@127.0.0.1:1/nothing")


def test_memory_and_read_only_urls_are_left_alone(tmp_path: Path) -> None:
    memory = create_engine("sqlite://")
    guard(memory)
    with memory.connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1
    _file(tmp_path / "a.db", 3)
    reader = create_engine(f"sqlite:///file:{tmp_path}/a.db?mode=ro&uri=true")
    guard(reader)
    assert _number(reader) == 3


@pytest.mark.parametrize("connect", [connect_production, connect_own])
@pytest.mark.parametrize(("kept", "wanted", "found"), [
    ("Kærgård Pumper AS", "KÆRGÅRD", True),
    ("KÆRGÅRD PUMPER AS", "kærgård", True),
    ("Støperiet Øst", "STØPERIET ØST", True),
    ("Łódź Odlewnia", "łódŹ", True),
    ("Ωmega Παραγωγή", "ΠΑΡΑΓΩΓΉ", True),
    ("kærga\u030ard", "KÆRGÅRD", True),  # as a Mac writes it
    ("Kærgård", "ka\u0308rga\u030ard", False),
    ("Kærgård", "KARGARD", False),
    ("Fjellvik 100 %", "100 %", True),
    ("Fjellvik 1000", "100%", False),
])  # fmt: skip
def test_a_search_knows_every_letter_in_either_size(
    connect: Callable[[str], Engine], tmp_path: Path, kept: str, wanted: str, found: bool
) -> None:
    _file(tmp_path / "a.db", 1)
    with connect(f"sqlite:///{tmp_path}/a.db").connect() as connection:
        assert connection.scalar(select(literal(kept).icontains(wanted, autoescape=True))) == found
