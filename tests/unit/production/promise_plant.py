"""A plant in view-shaped tables for the tests of promises: an empty order book whose days tests change by SQL."""

import datetime as dt
from typing import Any

from sqlalchemy import Engine, create_engine, insert, update
from sqlalchemy.pool import StaticPool

from actions.production import views
from actions.production.calendar import ONE, public_holiday

#: Effective capacity a day: id, type, unit, amount.
RESOURCES = (
    ("A", "line", "mould", 24.0),
    ("B", "line", "mould", 6.0),
    ("C", "line", "mould", 0.6),
    ("F1", "furnace", "kg", 940.0),
    ("F2", "furnace", "kg", 540.0),
    ("F3", "furnace", "kg", 1710.0),
    ("F4", "furnace", "kg", 570.0),
    ("F5", "furnace", "kg", 285.0),
    ("K", "core", "hour", 14.0),
    ("FET", "fettling", "hour", 17.85),
    ("HT1", "heat_treatment", "load", 1.0),
    ("QA", "inspection", "hour", 7.0),
    ("CNC", "machining", "hour", 14.0),
)
SUMMER = {2027: (28, 30), 2026: (28, 30)}


def closed_reason(day: dt.date) -> str | None:
    """The demo calendar: public holidays, summer, Christmas week."""
    if public_holiday(day):
        return "public_holiday"
    if (day.month, day.day) >= (12, 24):
        return "christmas"
    low, high = SUMMER.get(day.year, (0, -1))
    return "summer" if low <= day.isocalendar().week <= high else None


def day_rows(first: dt.date, last: dt.date) -> list[dict[str, Any]]:
    """One row per resource and weekday; the Wednesday before Easter is a half day."""
    rows, day = [], first
    while day <= last:
        if day.weekday() < 5:
            half = 0.5 if public_holiday(day + ONE) == "maundy_thursday" else 1.0
            reason = closed_reason(day)
            year, week, _ = day.isocalendar()
            rows += [
                {
                    "resource_id": name, "resource_type": kind, "day": day, "iso_year": year, "iso_week": week,
                    "unit": unit, "capacity": 0.0 if reason else amount * (half if kind in ("line", "furnace") else 1),
                    "booked": 0.0, "melt_group": None, "closed_reason": reason,
                }
                for name, kind, unit, amount in RESOURCES
            ]  # fmt: skip
        day += ONE
    return rows


def make_plant(first: dt.date = dt.date(2027, 2, 1), last: dt.date = dt.date(2027, 12, 31)) -> Engine:
    """An SQLite database in memory with the contract's tables and the days filled."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    views.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(views.resource_day), day_rows(first, last))
    return engine


def change_days(engine: Engine, resource: str, first: dt.date, last: dt.date, **values: Any) -> None:
    """Plain SQL on the days of a resource, as the foundry's own system would do it."""
    view = views.resource_day
    with engine.begin() as connection:
        connection.execute(
            update(view).where(view.c.resource_id == resource, view.c.day.between(first, last)).values(**values)
        )
