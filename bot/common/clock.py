"""The one clock. ``SMELT_TODAY`` moves the date for all four processes, for tests and demos."""

import datetime as dt
from zoneinfo import ZoneInfo

from bot.common.settings import settings


def now() -> dt.datetime:
    """The present moment in the foundry's time zone; its date follows ``SMELT_TODAY`` when that is set."""
    moment = dt.datetime.now(ZoneInfo(settings().time_zone))
    moved = settings().today
    return moment if moved is None else moment.replace(year=moved.year, month=moved.month, day=moved.day)


def today() -> dt.date:
    """The foundry's date today."""
    return now().date()


def utcnow() -> dt.datetime:
    """The real moment, aware, in UTC: for receipts, expiry and audit, which no demo may move."""
    return dt.datetime.now(dt.UTC)
