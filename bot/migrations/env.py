"""Run by Alembic with the connection ``bot.store.migrate`` hands over."""

from alembic import context

import bot.store.cases.models
from bot.store.models import Base

assert bot.store.cases.models.Case.metadata is Base.metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True,
    version_table="smelt_version",
)  # fmt: skip
with context.begin_transaction():
    context.run_migrations()
