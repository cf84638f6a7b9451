"""The structured log of web and worker: JSON in production, readable on a terminal. Never a message, name or address.

``conversation`` is bound once per turn with ``structlog.contextvars``.
"""

import logging
import sys

import structlog

from bot.common.settings import settings


def set_up_log() -> None:
    """Configure structlog and the standard library's log for this process."""
    level = logging.getLevelName(settings().log_level.upper())
    level = level if isinstance(level, int) else logging.INFO
    logging.basicConfig(level=max(level, logging.WARNING), format="%(levelname)s %(name)s %(message)s")
    # httpx writes every address it asks, and those of erasures hold a conversation id.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    pretty = settings().demo and sys.stdout.isatty()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer() if pretty else structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
