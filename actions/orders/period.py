"""The time that a question about orders is limited to: «what comes this month», «what did we order last year»."""

import datetime as dt
from dataclasses import dataclass

from actions.production.calendar import ONE, monday_of
from actions.turns.turn import Turn
from actions.turns.words import words
from bot.common.spans import DAYS, Span, first_day, is_span, time_of

#: What is asked of the orders of a time, by the words that say it; what is not said to be past is still to come.
PAST = ("ordered", "sent")
COMING = "coming"
_YEAR, _MONTH = "year", "month"


@dataclass(frozen=True)
class Period:
    """A span of days, and what is asked of it: orders ``ordered``, goods ``sent``, or what is ``coming``."""

    span: Span
    asks: str


def period_of(turn: Turn, today: dt.date) -> Period | None:
    """The time a question names, in the past where it asks for what was done; None when it names none."""
    asked = next((each for each in PAST if words("orders").says(turn.text, each)), COMING)
    named = turn.said("date", "week")
    span = _named(time_of(named[0])) if named and named[0].get("meaning") != "by" else _told(turn.text, today)
    if span is None:
        return None
    if asked in PAST and span.first > today:
        # «What did you deliver in January» means the one that has been.
        span = past_span(str(span), today)
    return Period(span, asked)


def past_span(time: str, today: dt.date) -> Span:
    """The days of a kept time that lies back: «October» is the one that has been."""
    span = _named(time)
    return (
        span if span.first <= today else Span(_a_year_before(span.first), _a_year_before(span.last), span.of, span.part)
    )


def month_of(day: str) -> str:
    """The whole month of an ISO date, as a kept time."""
    first = dt.date.fromisoformat(day).replace(day=1)
    last = (first + dt.timedelta(days=31)).replace(day=1) - ONE
    return str(Span(first, last, _MONTH))


def asks_back(text: str) -> bool:
    """Whether it is asked what was ordered or sent."""
    return words("orders").says(text, *PAST)


def _named(time: str) -> Span:
    if is_span(time):
        return Span.load(time)
    first = first_day(time)
    return Span(first, first + dt.timedelta(days=6 if "-W" in time else 0), DAYS)


def _told(text: str, today: dt.date) -> Span | None:
    """«Last year», «i år», «forrige måned»: times that only a look back names."""
    month_end, monday = today.replace(day=1) - ONE, monday_of(today)
    spans = {
        "last_year": (dt.date(today.year - 1, 1, 1), dt.date(today.year - 1, 12, 31), _YEAR),
        "this_year": (dt.date(today.year, 1, 1), dt.date(today.year, 12, 31), _YEAR),
        "last_month": (month_end.replace(day=1), month_end, _MONTH),
        "last_week": (monday - 7 * ONE, monday - ONE, DAYS),
    }
    return next((Span(*span) for name, span in spans.items() if words("orders").says(text, name)), None)


def _a_year_before(day: dt.date) -> dt.date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
