"""Bring Smelt's own database to the present schema: ``python -m bot.store.migrate``."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from bot.common.settings import ROOT, settings
from bot.common.sqlite_file import create
from bot.store.database import connect

FOLDER = ROOT / "bot" / "migrations"
VERSION_TABLE = "smelt_version"
_LOCK = 730_117_001  # any number of ours: PostgreSQL's advisory locks know only numbers


class SchemaError(RuntimeError):
    """The own database has another schema than this program."""


def upgrade(engine: Engine) -> None:
    """Run the missing migrations; two processes at once wait for each other."""
    create(engine.url)
    with _locked(engine) as connection:
        command.upgrade(_config(connection), "head")


def current(engine: Engine) -> str | None:
    """The revision the database is at; None before the first migration."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()


def head() -> str:
    """The revision this program needs."""
    return str(ScriptDirectory(str(FOLDER)).get_current_head())


def check(engine: Engine) -> None:
    """Raise SchemaError unless the database has exactly the present schema."""
    found, wanted = current(engine), head()
    if found != wanted:
        raise SchemaError(f"own database is at {found}, needs {wanted}: run python -m bot.store.migrate")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _locked(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        yield connection
        connection.commit()


if __name__ == "__main__":
    upgrade(connect(settings().own_db))
