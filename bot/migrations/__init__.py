"""Alembic migrations of Smelt's own database, run by ``bot.store.migrate``."""
