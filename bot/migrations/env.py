"""Run by Alembic with the connection ``bot.conversations.migrate`` hands over."""

from alembic import context

import bot.cases.models
from bot.conversations.models import Base

assert bot.cases.models.Case.metadata is Base.metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True,
    version_table="smelt_version",
)  # fmt: skip
with context.begin_transaction():
    context.run_migrations()
