"""The invented foundry's working days: Norwegian public holidays and the closings that custom adds."""

import datetime as dt
import functools

import holidays

ONE = dt.timedelta(days=1)
SUMMER_WEEKS = (28, 29, 30)


@functools.lru_cache(maxsize=8)
def _public(year: int) -> frozenset[dt.date]:
    # Maundy Thursday to Whit Monday, 1 and 17 May, Christmas, New Year. Sundays are weekend anyway.
    return frozenset(holidays.country_holidays("NO", years=year))


def is_public_holiday(day: dt.date) -> bool:
    """Whether the law closes the foundry that day."""
    return day in _public(day.year)


@functools.lru_cache(maxsize=4096)
def closed_reason(day: dt.date) -> str | None:
    """Code of the reason a day is closed, as ``v_resource_day.closed_reason``; None on a working day."""
    if day.weekday() >= 5:
        return "weekend"
    if is_public_holiday(day):
        return "public_holiday"
    if day.month == 12 and (day.day == 24 or day.day >= 27):
        return "christmas"
    if day.isocalendar().week in SUMMER_WEEKS:
        return "summer"
    return "between_days" if _between(day) else None


def _between(day: dt.date) -> bool:
    """A single working day between a holiday and a weekend (inneklemt dag), outside Easter week."""
    friday = day.weekday() == 4 and is_public_holiday(day - ONE)
    monday = day.weekday() == 0 and is_public_holiday(day + ONE)
    return friday or monday


def is_open(day: dt.date) -> bool:
    """Whether the foundry works that day."""
    return closed_reason(day) is None


def is_half_day(day: dt.date) -> bool:
    """The Wednesday before Easter: work ends at noon."""
    return day.weekday() == 2 and is_open(day) and is_public_holiday(day + ONE) and is_public_holiday(day + 5 * ONE)


def is_reline_day(day: dt.date) -> bool:
    """The first day after the summer closing: furnaces were relined, the first pour is the day after."""
    return day.isocalendar().week == SUMMER_WEEKS[-1] + 1 and day.weekday() == 0


def open_on_or_after(day: dt.date) -> dt.date:
    """The first working day from that day on."""
    while not is_open(day):
        day += ONE
    return day


def shift(day: dt.date, workdays: int) -> dt.date:
    """The working day so many working days later (or earlier, when negative); 0 is the day itself or the next open one."""
    step = ONE if workdays >= 0 else -ONE
    day = open_on_or_after(day)
    for _ in range(abs(workdays)):
        day += step
        while not is_open(day):
            day += step
    return day


def workdays_between(first: dt.date, last: dt.date) -> int:
    """Working days from the first day on, before the last one; 0 when the last is not later."""
    return sum(is_open(first + ONE * number) for number in range((last - first).days))
