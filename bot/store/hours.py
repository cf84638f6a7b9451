"""When somebody is at the sales desk: opening hours, Norwegian public holidays and closing days of data/company/desk.yml."""

import datetime as dt
import functools
from typing import Any
from zoneinfo import ZoneInfo

import holidays

from bot.common.data_file import read_yaml
from bot.common.settings import ROOT, settings

FILE = ROOT / "data" / "company" / "desk.yml"
#: A desk that is closed for longer than this has no next opening we would promise.
LONGEST_CLOSED_DAYS = 60


class HoursError(RuntimeError):
    """The opening hours cannot be used; the text says why."""


@functools.lru_cache(maxsize=1)
def desk() -> dict[str, Any]:
    """The content of data/company/desk.yml."""
    content: dict[str, Any] = read_yaml(FILE)
    return content


def is_open(moment: dt.datetime) -> bool:
    """Whether the desk is open at an aware moment."""
    span = _span(_local(moment).date())
    return span is not None and span[0] <= moment < span[1]


def next_open(moment: dt.datetime) -> dt.datetime:
    """The moment itself while the desk is open, else when it opens next. Raises HoursError when it does not."""
    day = _local(moment).date()
    for number in range(LONGEST_CLOSED_DAYS):
        span = _span(day + dt.timedelta(days=number))
        if span is not None and moment < span[1]:
            return max(moment, span[0])
    raise HoursError(f"{FILE.name}: closed for {LONGEST_CLOSED_DAYS} days")


def after(moment: dt.datetime, open_minutes: float) -> dt.datetime:
    """The moment when so many minutes of opening time have passed: a deadline. Raises HoursError."""
    left = dt.timedelta(minutes=open_minutes)
    while True:
        start = next_open(moment)
        span = _span(_local(start).date())
        assert span is not None
        if start + left <= span[1]:
            return start + left
        left -= span[1] - start
        moment = span[1]


def answered_by(moment: dt.datetime) -> dt.datetime:
    """By when a customer who begins to wait at this moment is told that a person will be there."""
    waiting = desk()["waiting"]
    if is_open(moment):
        return after(moment, waiting["usual_minutes"])
    return after(moment, waiting["minutes_after_opening"])


def _local(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(ZoneInfo(settings().time_zone))


def _span(day: dt.date) -> tuple[dt.datetime, dt.datetime] | None:
    """Opening and closing of a day, None on a closed one."""
    opening = desk()["opening"]
    hours = opening["hours"].get(day.isoweekday())
    if hours is None or f"{day:%m-%d}" in opening["closed_days"] or day in _public_holidays():
        return None
    if any(str(first) <= day.isoformat() <= str(last) for first, last in opening["closed_periods"]):
        return None
    zone = ZoneInfo(settings().time_zone)
    start, end = (dt.datetime.combine(day, dt.time.fromisoformat(text), zone) for text in hours)
    return start, end


@functools.lru_cache(maxsize=1)
def _public_holidays() -> holidays.HolidayBase:
    return holidays.country_holidays("NO")
