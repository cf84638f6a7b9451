"""Working days of the foundry: what the plan says, and beyond the plan the holidays and the company calendar."""

import datetime as dt
from collections.abc import Mapping

from dateutil.easter import easter  # type: ignore[import-untyped]

from actions.production.plant import Closing

ONE = dt.timedelta(days=1)
#: Norwegian public holidays: days from Easter Sunday, and fixed (month, day).
MOVABLE = {
    "maundy_thursday": -3,
    "good_friday": -2,
    "easter_sunday": 0,
    "easter_monday": 1,
    "ascension": 39,
    "whit_sunday": 49,
    "whit_monday": 50,
}
FIXED = {
    "new_year": (1, 1),
    "labour_day": (5, 1),
    "constitution_day": (5, 17),
    "christmas_day": (12, 25),
    "boxing_day": (12, 26),
}


def public_holiday(day: dt.date) -> str | None:
    """Code of the Norwegian public holiday on that day, Gregorian Easter; the fixed day wins when two meet."""
    for code, (month, number) in FIXED.items():
        if (day.month, day.day) == (month, number):
            return code
    since_easter = (day - easter(day.year)).days
    return next((code for code, offset in MOVABLE.items() if offset == since_easter), None)


def monday_of(day: dt.date) -> dt.date:
    """The Monday of a day's ISO week."""
    return day - ONE * day.weekday()


def days_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """All days from the first to the last, both included."""
    return [first + ONE * number for number in range((last - first).days + 1)]


class WorkCalendar:
    """Which days the foundry works.

    ``planned`` maps days the plan knows to the reason they are closed (``None``: a working day). Days the plan does
    not reach follow ``closing`` and the public holidays.
    """

    def __init__(self, closing: Closing, planned: Mapping[dt.date, str | None] | None = None) -> None:
        self.closing = closing
        self.planned = planned or {}

    def closed_reason(self, day: dt.date) -> str | None:
        """Code of the reason a day is closed, ``None`` on a working day. A public holiday is named as such."""
        if day in self.planned:
            found = self.planned[day]
            return None if found is None else self._name(day, found)
        return self._by_rule(day)

    def _name(self, day: dt.date, reason: str) -> str:
        rule = self._by_rule(day)
        if public_holiday(day) or reason not in self.closing.reasons or reason == "public_holiday":
            return rule or "other"
        return reason

    def _by_rule(self, day: dt.date) -> str | None:
        holiday = public_holiday(day)
        if holiday:
            return holiday
        if day.weekday() >= 5:
            return "weekend"
        if f"{day:%m-%d}" in self.closing.days:
            return "christmas"
        return "summer" if day.isocalendar().week in self.closing.summer_weeks else None

    def is_working(self, day: dt.date) -> bool:
        """Whether the foundry works that day."""
        return self.closed_reason(day) is None

    def on_or_after(self, day: dt.date) -> dt.date:
        """The first working day from that day on."""
        while not self.is_working(day):
            day += ONE
        return day

    def add(self, day: dt.date, workdays: int) -> dt.date:
        """The day that many working days later; with 0 the day itself."""
        for _ in range(workdays):
            day = self.on_or_after(day + ONE)
        return day

    def after_days(self, day: dt.date, days: int) -> dt.date:
        """The first working day once that many calendar days have passed."""
        return self.on_or_after(day + ONE * days)

    def workdays(self, first: dt.date, last: dt.date) -> list[dt.date]:
        """The working days from the first to the last day, both included."""
        return [day for day in days_between(first, last) if self.is_working(day)]

    def closed_weekdays(self, first: dt.date, last: dt.date) -> list[tuple[dt.date, str]]:
        """The days from Monday to Friday that are closed, each with its reason code."""
        days = [(day, self.closed_reason(day)) for day in days_between(first, last) if day.weekday() < 5]
        return [(day, reason) for day, reason in days if reason]

    def closings(self, first: dt.date, last: dt.date) -> list[tuple[dt.date, dt.date, str]]:
        """Closed stretches: first day, last day, reason. A stretch goes on over a weekend."""
        found: list[tuple[dt.date, dt.date, str]] = []
        for day, reason in self.closed_weekdays(first, last):
            if found and found[-1][2] == reason and not self.workdays(found[-1][1], day):
                found[-1] = (found[-1][0], day, reason)
            else:
                found.append((day, day, reason))
        return found
