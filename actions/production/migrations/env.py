"""Alembic's entry: migrates over the connection it is given, or the one of SMELT_PRODUCTION_URL."""

from alembic import context
from sqlalchemy import Connection

from actions.production.database import connect
from actions.production.models import Base
from bot.common.settings import settings

#: A table of our own, so that Smelt's other database may live in the same place.
VERSION_TABLE = "production_version"


def run(connection: Connection) -> None:
    """Run the migrations in one transaction."""
    context.configure(connection, target_metadata=Base.metadata, version_table=VERSION_TABLE, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with connect(settings().production_db, statement_seconds=0).begin() as opened:
        run(opened)
