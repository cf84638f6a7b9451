"""Resources, one row per day with capacity, booked load and campaign, and the planner's word about some weeks."""

import datetime as dt
import random

from actions.production.demo import days
from actions.production.demo.rows import Rows, dice
from actions.production.models import WHOLE_PLANT, CalendarDay, PlannerWeek, Resource, ResourceDay
from actions.production.plant import plant

PAST_DAYS, FUTURE_DAYS = 30, 300
#: Share booked by weeks from today: near full for two weeks, 40 % ten weeks out, thinning after that.
CURVE = (0.89, 0.87, 0.81, 0.75, 0.69, 0.63, 0.57, 0.51, 0.46, 0.42, 0.40)
THINNING = 0.93
#: Two melters ill stop the plant: nothing is booked above this share.
HIGHEST = 0.9
#: id, type, unit, per day; furnaces and lines come from the plant's parameters
CELLS = (
    ("K", "core", "hour", 14.0),
    ("FETTLING", "fettling", "hour", 21.0),
    ("HT1", "heat_treatment", "load", 1.0),
    ("QA", "inspection", "hour", 7.0),
    ("CNC", "machining", "hour", 14.0),
)
#: Melting is rarely the limit in kg, moulding and fettling are.
SLACK = {"furnace": 0.85, "inspection": 0.8, "machining": 0.85, "core": 0.9}
#: Days a campaign on F1 and F3 is fixed ahead; later days are free for any group of the furnace.
CAMPAIGN_DAYS = 42


def add_load(rows: Rows, seed: int, today: dt.date) -> None:
    """Resources and their days from ``PAST_DAYS`` ago to ``FUTURE_DAYS`` ahead."""
    _add_resources(rows)
    chance = dice(seed, f"load/{today}")
    for number in range(-PAST_DAYS, FUTURE_DAYS + 1):
        day = today + days.ONE * number
        for resource in rows.all(Resource):
            _add_day(rows, chance, resource["id"], resource["type"], resource["capacity_per_day"], day, today)
    _add_planner(rows, today)


def add_calendar(rows: Rows, today: dt.date) -> None:
    """Every day that any row can name, with its ISO week."""
    for number in range(-900, 701):
        day = today + days.ONE * number
        year, week, _ = day.isocalendar()
        rows.add(CalendarDay, day=day, iso_year=year, iso_week=week)


def _add_resources(rows: Rows) -> None:
    for furnace in plant().melting.furnaces:
        rows.add(
            Resource, id=furnace.id, type="furnace", unit="kg", melt_groups="|".join(furnace.melt_groups),
            capacity_per_day=furnace.usable_kg * furnace.melts_per_day, max_single_pour_kg=furnace.usable_kg,
        )  # fmt: skip
    for line in plant().moulding.lines:
        rows.add(Resource, id=line.id, type="line", unit="mould", capacity_per_day=line.moulds_per_day)
    for name, kind, unit, per_day in CELLS:
        rows.add(Resource, id=name, type=kind, unit=unit, capacity_per_day=per_day)


def _add_day(
    rows: Rows, chance: random.Random, name: str, kind: str, per_day: float, day: dt.date, today: dt.date
) -> None:
    reason = days.closed_reason(day)
    if reason is None and kind == "furnace" and days.is_reline_day(day):
        reason = "maintenance"
    capacity = 0.0 if reason else per_day * (0.5 if days.is_half_day(day) else 1.0)
    if kind == "heat_treatment":
        capacity = float(int(capacity))
    rows.add(
        ResourceDay, resource_id=name, day=day, capacity=capacity,
        booked=_booked(chance, kind, capacity, (day - today).days), closed_reason=reason,
        melt_group=None if reason else campaign(name, day, today),
    )  # fmt: skip


def _booked(chance: random.Random, kind: str, capacity: float, ahead: int) -> float:
    """Load in the resource's unit: whole moulds where a day makes several, loads all or nothing."""
    weeks = max(0, ahead) / 7
    low = min(int(weeks), len(CURVE) - 1)
    high = min(low + 1, len(CURVE) - 1)
    share = CURVE[low] + (CURVE[high] - CURVE[low]) * (weeks - int(weeks))
    share *= float(THINNING ** max(0.0, weeks - len(CURVE) + 1)) * SLACK.get(kind, 1.0)
    drawn = min(HIGHEST, max(0.0, share + chance.uniform(-0.08, 0.05)))
    if kind == "heat_treatment":
        return HIGHEST * capacity if chance.random() < share else 0.0
    if kind == "line" and capacity >= 1:
        # Rounded by chance, so that the mean stays the drawn share.
        moulds = int(capacity * drawn + chance.random())
        return float(min(moulds, int(HIGHEST * capacity)))
    return round(capacity * drawn, 2)


def campaign(furnace: str, day: dt.date, today: dt.date) -> str | None:
    """Melt group of a furnace's campaign that day: clean before dirty, lead-free before leaded; None: not fixed."""
    week, weekday = day.isocalendar().week, day.weekday()
    even = week % 2 == 0
    if furnace == "F4":
        return "CU-AB"
    if furnace == "F2":
        wednesday = "AL-Mg" if even else "AL-SiCu"
        return (None, None, wednesday, "AL-SiCu", "AL-Cu" if even else "AL-Zn", None, None)[weekday]
    if furnace == "F5":
        thursday = "CU-Si" if even else "CU-GUN-Pbfree"
        return ("CU-PURE", "CU-BRASS", "CU-HTB", thursday, "CU-NI", None, None)[weekday]
    if (day - today).days > CAMPAIGN_DAYS:
        return None
    if furnace == "F1":
        return ("AL-SiMg-lowFe", "AL-SiMg-lowFe", "AL-SiMg", "AL-SiMg", "AL-Si", None, None)[weekday]
    if furnace == "F3":
        if week % 3 == 0 and weekday < 2:
            return "CU-SN"
        if week % 3 == 1 and weekday == 0:
            return "CU-GUN-lowPb"
        return "CU-HIPB" if week % 4 == 0 and weekday == 4 else "CU-GUN"
    return None


def _add_planner(rows: Rows, today: dt.date) -> None:
    """Two words by hand: line C stands still for its crane one week, and one week is called limited for everything."""
    for weeks, resource, closed, band in ((12, "C", True, None), (6, WHOLE_PLANT, False, "limited")):
        year, week, _ = (today + dt.timedelta(weeks=weeks)).isocalendar()
        rows.add(PlannerWeek, iso_year=year, iso_week=week, resource_id=resource, closed=closed, band=band)
