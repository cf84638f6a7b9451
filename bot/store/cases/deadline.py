"""By when a case is answered: opening time of the desk by kind of case, from data/company/desk.yml."""

import datetime as dt
from zoneinfo import ZoneInfo

from bot.common.settings import settings
from bot.store.hours import after, desk

#: A time told to a customer is a full quarter of an hour.
QUARTER = dt.timedelta(minutes=15)


def answer_by(kind: str, received: dt.datetime) -> dt.datetime:
    """When the promised opening time of this kind of case has passed. Raises KeyError for a kind without a promise."""
    hours: float = desk()["cases"]["answer_within_open_hours"][kind]
    return _full_quarter(after(received, hours * 60))


def local_text(moment: dt.datetime) -> str:
    """A moment on the foundry's clock, as texts take it."""
    return moment.astimezone(ZoneInfo(settings().time_zone)).isoformat()


def _full_quarter(moment: dt.datetime) -> dt.datetime:
    """The next full quarter of an hour; opening hours end at one, so this stays within them."""
    over = dt.timedelta(minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond)
    return moment if not over else moment - over + QUARTER
