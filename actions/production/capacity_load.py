"""The plant's load as the production database knows it: one row per resource and day, or per resource and week.

Rows are read for the asked period only. A planner who closes a week or calls it full stands above every row.
"""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Engine, and_, or_, select
from sqlalchemy.exc import DBAPIError

from actions.production import views
from actions.production.calendar import ONE, WorkCalendar
from actions.production.plant import Plant

#: How SQLite and PostgreSQL say that a view is not there.
MISSING_VIEW = ("no such table: v_", 'relation "v_')


@dataclass(frozen=True)
class DayRow:
    """Capacity of a resource on a day, in its unit (kg poured, mould, load or hour)."""

    resource_id: str
    type: str
    day: dt.date
    capacity: float
    booked: float
    melt_group: str | None = None
    closed_reason: str | None = None

    @property
    def free(self) -> float:
        """What is left, never negative, nothing on a closed day."""
        return 0.0 if self.closed_reason else max(0.0, self.capacity - self.booked)


@dataclass(frozen=True)
class WeekRow:
    """Capacity of a resource in an ISO week, with the planner's word about it. ``resource_id`` None: the whole plant."""

    week: tuple[int, int]
    resource_id: str | None
    type: str | None
    unit: str | None
    capacity: float | None
    booked: float
    planner_closed: bool
    planner_band: str | None


class Load:
    """Everything free between two days. ``step`` says how it is known: ``days``, ``weeks`` or ``none``."""

    def __init__(self, step: str, rows: Iterable[DayRow], weeks: Sequence[WeekRow], calendar: WorkCalendar) -> None:
        self.step = step
        self.weeks = weeks
        self.calendar = calendar
        self._by_type: dict[str, dict[dt.date, list[DayRow]]] = {}
        self.last = dt.date.min
        words = {(week.week, week.resource_id): week for week in weeks}
        for row in rows:
            ruled = _planner_rules(row, words)
            self._by_type.setdefault(row.type, {}).setdefault(row.day, []).append(ruled)
            self.last = max(self.last, row.day)

    def knows(self, resource_type: str, resource_id: str | None = None) -> bool:
        """Whether there is any row of this type (and of this resource)."""
        days = self._by_type.get(resource_type, {})
        return any(resource_id in (None, row.resource_id) for rows in days.values() for row in rows)

    def on(self, resource_type: str, day: dt.date, resource_id: str | None = None) -> list[DayRow]:
        """The rows of a type on a day; none when nothing is known."""
        rows = self._by_type.get(resource_type, {}).get(day, [])
        return [row for row in rows if resource_id in (None, row.resource_id)]

    def free(self, resource_type: str, day: dt.date, resource_id: str | None = None) -> float:
        """What is free of a type on a day, over all resources of the type or one of them. Unknown is nothing free."""
        return sum(row.free for row in self.on(resource_type, day, resource_id))


def _planner_rules(row: DayRow, words: dict[tuple[tuple[int, int], str | None], WeekRow]) -> DayRow:
    """The row as the planner leaves it: a week he closed or called full takes nothing more."""
    year, week, _ = row.day.isocalendar()
    for resource in (row.resource_id, None):
        word = words.get(((year, week), resource))
        if word and (word.planner_closed or word.planner_band == "full"):
            return replace(row, booked=max(row.booked, row.capacity))
    return row


def read(engine: Engine, plant: Plant, first: dt.date, last: dt.date) -> list[Load]:
    """The load between two days as far as the source knows it, best first: by days, then by weeks; maybe nothing.

    A view the source left out counts as empty.
    """
    weeks = _read_weeks(engine, first, last)
    rows = _read_days(engine, first, last)
    rule = WorkCalendar(plant.closing)
    spread = list(_spread(weeks, plant, rule, first))
    loads = [Load("days", rows, weeks, WorkCalendar(plant.closing, _planned_days(rows)))] if rows else []
    return [*loads, Load("weeks", spread, weeks, rule)] if spread else loads


def _read_days(engine: Engine, first: dt.date, last: dt.date) -> list[DayRow]:
    view = views.resource_day.c
    query = select(
        view.resource_id, view.resource_type, view.day, view.capacity, view.booked, view.melt_group, view.closed_reason
    ).where(view.day.between(first, last))
    return [
        DayRow(row[0], row[1], row[2], row[3] or 0.0, row[4] or 0.0, row[5] or None, row[6] or None)
        for row in _rows(engine, query)
    ]


def _read_weeks(engine: Engine, first: dt.date, last: dt.date) -> list[WeekRow]:
    view = views.capacity_week.c
    low, high = first.isocalendar(), last.isocalendar()
    query = select(
        view.iso_year, view.iso_week, view.resource_id, view.resource_type, view.unit, view.capacity, view.booked,
        view.planner_closed, view.planner_band,
    ).where(
        or_(view.iso_year > low.year, and_(view.iso_year == low.year, view.iso_week >= low.week)),
        or_(view.iso_year < high.year, and_(view.iso_year == high.year, view.iso_week <= high.week)),
    )  # fmt: skip
    return [
        WeekRow((r[0], r[1]), r[2] or None, r[3], r[4], r[5], r[6] or 0.0, bool(r[7]), r[8] or None)
        for r in _rows(engine, query)
    ]


def _rows(engine: Engine, query: object) -> list[tuple]:  # type: ignore[type-arg]
    """The rows of an optional view; none when the source does not offer the view."""
    with engine.connect() as connection:
        try:
            return [tuple(row) for row in connection.execute(query)]  # type: ignore[call-overload]
        except DBAPIError as error:
            if any(words in str(error.orig) for words in MISSING_VIEW):
                return []
            raise


def _planned_days(rows: Sequence[DayRow]) -> dict[dt.date, str | None]:
    """Each day of the plan with its reason when nothing at all works on it."""
    days: dict[dt.date, str | None] = {}
    for row in rows:
        works = row.capacity > 0 and not row.closed_reason
        known = days.get(row.day, "other")
        days[row.day] = None if works or known is None else row.closed_reason or known
    return days


def _spread(weeks: Iterable[WeekRow], plant: Plant, calendar: WorkCalendar, first: dt.date) -> Iterable[DayRow]:
    """Weekly figures spread over the week's working days: good enough for a week, not for a day.

    Moulds and heat treatment loads stay whole: they are dealt out so that their sum up to each day is rounded down.
    """
    for week in weeks:
        per_unit = _units_per_hour(week, plant)
        if week.resource_id is None or week.type is None or week.capacity is None or per_unit is None:
            continue
        monday = dt.date.fromisocalendar(*week.week, 1)
        days = calendar.workdays(monday, monday + 6 * ONE)
        free = max(0.0, week.capacity - week.booked) * per_unit
        whole = week.type in ("line", "heat_treatment")
        for number, day in enumerate(days):
            upto, before = free * (number + 1) / len(days), free * number / len(days)
            share = math.floor(upto + 1e-6) - math.floor(before + 1e-6) if whole else upto - before
            if day >= first:
                yield DayRow(week.resource_id, week.type, day, share, 0.0)


def _units_per_hour(week: WeekRow, plant: Plant) -> float | None:
    """Factor from the week's unit to the unit of days: hours of a line are moulds, hours of a furnace kilograms."""
    if week.unit != "hour":
        return 1.0
    if week.type == "line":
        line = plant.line(week.resource_id or "")
        return line.moulds_per_day / line.hours_per_day if line else None
    if week.type == "furnace":
        furnace = plant.furnace(week.resource_id or "")
        return furnace.usable_kg * furnace.melts_per_day / furnace.hours_per_day if furnace else None
    # Heat treatment in hours: one load occupies the furnace for a day.
    return 1 / 24 if week.type == "heat_treatment" else 1.0
