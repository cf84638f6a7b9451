"""A time that is a stretch of days and not one day: «i juni 2027», «end of May», «Q2», «uke 12-14».

An answer keeps it as text, as it keeps an ISO date or an ISO week: ``2027-05-24/2027-05-31/month/late``. ``Formats`` shows
it as it was said; whoever compares it with the plan takes its last day.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

#: What is an interval of plain days or of weeks, and has no name.
DAYS, WEEKS = "days", "weeks"
_TO_FRIDAY = dt.timedelta(days=4)
#: Meanings of a time that name its one end: «from June».
_ENDS = ("before", "from", "after")


@dataclass(frozen=True, slots=True)
class Span:
    """The days from ``first`` to ``last``: of a month, a quarter, a season; ``part`` says which part of it."""

    first: dt.date
    last: dt.date
    of: str = DAYS
    part: str = ""

    @property
    def deadline(self) -> dt.date:
        """The last Monday to Friday of it."""
        return max(self.first, self.last - max(0, self.last.weekday() - 4) * dt.timedelta(days=1))

    def __str__(self) -> str:
        return "/".join((self.first.isoformat(), self.last.isoformat(), self.of, self.part)).rstrip("/")

    @classmethod
    def load(cls, text: str) -> Self:
        """The span of its text. Raises ValueError for anything else."""
        first, last, *more = text.split("/", 3)
        return cls(dt.date.fromisoformat(first), dt.date.fromisoformat(last), *more)


def is_span(value: object) -> bool:
    """Whether a kept time is a span, and no single day or week."""
    return isinstance(value, str) and "/" in value


def time_of(entity: Mapping[str, Any]) -> str:
    """A ``date`` or ``week`` entity as an answer keeps it: the day, the week, or the span that was meant."""
    value, until = str(entity["value"]), entity.get("until")
    if not until or until == value or entity.get("meaning") in _ENDS:
        return value
    of = WEEKS if entity["entity"] == "week" else entity.get("named") or DAYS
    return str(Span(first_day(value), last_day(str(until)), of, entity.get("part") or ""))


def by_when(time: str) -> str:
    """What the production side is told of a kept time: the day or the week itself, of a span its last day."""
    return last_day(time).isoformat() if is_span(time) else time


def last_day(time: str) -> dt.date:
    """The last day of a kept time: of a week its Friday, of a span its last weekday. Raises ValueError when it is no time."""
    if is_span(time):
        return Span.load(time).deadline
    return first_day(time) + (_TO_FRIDAY if "-W" in time else dt.timedelta())


def first_day(time: str) -> dt.date:
    """The first day of a kept time: of a week its Monday. Raises ValueError when it is no time."""
    if is_span(time):
        return Span.load(time).first
    return dt.date.fromisoformat(time)
