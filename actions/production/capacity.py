"""Room in a period, in bands: per moulding line, melt group and heat treatment. Never kilograms, never other orders."""

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine

from actions.production.calendar import ONE, WorkCalendar
from actions.production.capacity_load import DayRow, Load, WeekRow, read
from actions.production.plant import Plant
from actions.production.promise_job import Job
from actions.production.promise_schedule import NotKnownError, pieces_to_mould, plan_pours

#: How far beyond a period the next campaign is looked for, days.
CAMPAIGN_AHEAD = 60
ORDER = ("good", "limited", "full", "closed")


@dataclass(frozen=True)
class Band:
    """One line (``line.B``), melt group (``melt_group.CU-GUN``) or the heat treatment with its band.

    ``band``: good, limited, full, closed, unknown, or ``no_campaign`` with the next day the group is melted, if known.
    """

    kind: str
    code: str
    band: str
    next_day: dt.date | None = None


@dataclass(frozen=True)
class PeriodCapacity:
    """A week or another period. ``closed`` are its closed weekdays with their reasons; ``step`` how it is known."""

    first: dt.date
    last: dt.date
    step: str
    workdays: int
    closed: tuple[tuple[dt.date, str], ...]
    bands: tuple[Band, ...]
    in_frozen_zone: bool

    @property
    def all_closed(self) -> bool:
        """Whether nobody works in the whole period."""
        return self.workdays == 0

    def coded(self, band: str, *kinds: str) -> list[str]:
        """Codes with this band, of these kinds (all when none is named)."""
        return [each.code for each in self.bands if each.band == band and (not kinds or each.kind in kinds)]


def week_capacity(
    engine: Engine, plant: Plant, first: dt.date, last: dt.date, today: dt.date, melt_groups: Iterable[str] = ()
) -> PeriodCapacity:
    """The bands of a period; what lies before tomorrow is not counted. Raises SQLAlchemyError without a database.

    ``melt_groups`` are the groups asked about; without any, those of the plant's overview.
    """
    loads = read(engine, plant, min(first, today), last + CAMPAIGN_AHEAD * ONE)
    load = loads[0] if loads else Load("none", (), (), WorkCalendar(plant.closing))
    return period_capacity(load, plant, first, last, today, melt_groups)


def period_capacity(
    load: Load, plant: Plant, first: dt.date, last: dt.date, today: dt.date, melt_groups: Iterable[str] = ()
) -> PeriodCapacity:
    """As ``week_capacity``, over a load that was read before and reaches beyond the period."""
    start = max(first, today + ONE)
    days = load.calendar.workdays(start, last)
    words = _planner_words(load.weeks, start, last)
    bands = [_line(load, plant, line.id, days, words) for line in plant.moulding.lines]
    bands += [_group(load, plant, group, days, words, last) for group in (melt_groups or plant.melting.shown)]
    bands.append(_heat_treatment(load, plant, days, words))
    return PeriodCapacity(
        first, last, load.step, len(days), tuple(load.calendar.closed_weekdays(first, last)), tuple(bands),
        in_frozen_zone=last < load.calendar.add(today, plant.times.frozen_workdays),
    )  # fmt: skip


Words = dict[str | None, list[WeekRow | None]]


def _planner_words(weeks: Sequence[WeekRow], first: dt.date, last: dt.date) -> Words:
    """The planner's rows for each week of the period, by resource; None where he said nothing."""
    days = (first + ONE * number for number in range((last - first).days + 1))
    period = {(day.isocalendar().year, day.isocalendar().week) for day in days}
    said = {(row.week, row.resource_id): row for row in weeks}
    return {name: [said.get((week, name)) for week in period] for name in {row.resource_id for row in weeks}}


def _by_planner(words: Words, resource_id: str) -> str | None:
    """The band the planner set by hand for the whole period, if he did."""
    for name in (resource_id, None):
        rows = words.get(name) or [None]
        said = {("closed" if row.planner_closed else row.planner_band) if row else None for row in rows}
        if len(said) == 1 and (only := said.pop()):
            return only
    return None


def _band(rows: Sequence[DayRow], plant: Plant, open_days: int) -> str:
    capacity = sum(row.capacity for row in rows if not row.closed_reason)
    if not open_days:
        return "closed"
    if not rows:
        return "unknown"
    if capacity <= 0:
        return "closed"
    share = sum(row.free for row in rows) / capacity
    if share >= plant.bands.good_from_free:
        return "good"
    return "limited" if share > plant.bands.limited_from_free else "full"


def _rows(load: Load, kind: str, days: Iterable[dt.date], resource_id: str | None = None) -> list[DayRow]:
    return list(itertools.chain.from_iterable(load.on(kind, day, resource_id) for day in days))


def _line(load: Load, plant: Plant, line_id: str, days: Sequence[dt.date], words: Words) -> Band:
    found = _by_planner(words, line_id) or _band(_rows(load, "line", days, line_id), plant, len(days))
    return Band("line", line_id, found)


def _heat_treatment(load: Load, plant: Plant, days: Sequence[dt.date], words: Words) -> Band:
    rows = _rows(load, "heat_treatment", days)
    by_hand = [_by_planner(words, name) for name in sorted({row.resource_id for row in rows})]
    return Band("heat_treatment", "heat_treatment", _best(by_hand) or _band(rows, plant, len(days)))


def _group(load: Load, plant: Plant, group: str, days: Sequence[dt.date], words: Words, last: dt.date) -> Band:
    furnaces = {furnace.id for furnace in plant.furnaces_for(group)}
    mine = [row for row in _rows(load, "furnace", days) if row.resource_id in furnaces]
    eligible = [row for row in mine if row.melt_group in (None, group) and row.capacity > 0]
    if mine and days and not eligible and any(row.capacity > 0 for row in mine):
        return Band("melt_group", group, "no_campaign", _next_campaign(load, furnaces, group, last))
    by_hand = [_by_planner(words, name) for name in sorted({row.resource_id for row in eligible})]
    return Band("melt_group", group, _best(by_hand) or _band(eligible or mine, plant, len(days)))


def _best(by_hand: Sequence[str | None]) -> str | None:
    """The best of the planner's words, when he has one for every resource."""
    words = [word for word in by_hand if word]
    return min(words, key=ORDER.index) if words and len(words) == len(by_hand) else None


def _next_campaign(load: Load, furnaces: set[str], group: str, after: dt.date) -> dt.date | None:
    day = after + ONE
    while day <= load.last:
        rows = load.on("furnace", day)
        if any(row.resource_id in furnaces and row.melt_group in (None, group) and row.free > 0 for row in rows):
            return day
        day += ONE
    return None


@dataclass(frozen=True)
class Fit:
    """How many of a wanted quantity can be poured in a period: ``yes``, ``partly``, ``no`` or ``unknown``."""

    verdict: str
    quantity: int
    possible: int = 0


def fit(load: Load, plant: Plant, job: Job, quantity: int, first: dt.date, last: dt.date, today: dt.date) -> Fit:
    """Whether a quantity fits into what is free in the period, from the earliest day a new order can be released."""
    start = max(first, load.calendar.add(today, plant.times.release_workdays))
    if not load.knows("line", job.line) or not load.knows("furnace") or last > load.last:
        return Fit("unknown", quantity)
    needed = pieces_to_mould(job, quantity, plant)
    try:
        moulds = sum(count for _, count in plan_pours(job, needed, load, plant, start, until=last))
    except NotKnownError:
        return Fit("unknown", quantity)
    possible = quantity if moulds >= needed else min(quantity - 1, moulds * job.castings_per_mould)
    return Fit("yes" if moulds >= needed else "partly" if moulds else "no", quantity, possible)
