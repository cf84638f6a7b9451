"""Capable-to-promise: when an order could be poured and shipped, what decides it, and what is possible by a date.

It degrades in steps and names the step: ``days`` and resources, weekly figures (``weeks``), the product's ``listed``
lead time, or ``none``: a person. What no plan has room for before it ends is ``beyond``: no coarser source may make a
larger order earlier than a smaller one. Nothing here is binding before the order confirmation.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Engine

from actions.production.calendar import ONE, WorkCalendar
from actions.production.capacity_load import Load, read
from actions.production.limits import PourLimit, pour_limit
from actions.production.plant import Plant
from actions.production.promise_job import Job
from actions.production.promise_schedule import BeyondPlanError, NotKnownError, Schedule, pieces_to_mould, schedule

#: How far ahead the load is read, days.
HORIZON = 400


@dataclass(frozen=True)
class Destination:
    """Where the goods go: country code and workdays on the road, when known."""

    country: str = "NO"
    transit_workdays: int | None = None


HOME = Destination()


@dataclass(frozen=True)
class Batch:
    """Pieces so far: finished at the foundry on ``ready``; with documents, packing and buffer shipped on ``ship``."""

    ready: dt.date
    quantity: int
    ship: dt.date
    arrive: dt.date | None


@dataclass(frozen=True)
class Refusal:
    """Why it cannot be made: ``not_melted``, or ``weight`` with the figures (kg)."""

    reason: str
    poured_kg: float = 0.0
    limit: PourLimit | None = None


@dataclass(frozen=True)
class Promise:
    """An answer to "when". Dates are None where the step knows none; ``week_only`` says days would pretend too much."""

    step: str
    quantity: int
    pour: dt.date | None = None
    ready: dt.date | None = None
    ship: dt.date | None = None
    arrive: dt.date | None = None
    batches: tuple[Batch, ...] = ()
    bottleneck: str | None = None
    waits: tuple[tuple[str, int], ...] = ()
    closed_stretches: tuple[tuple[dt.date, dt.date, str], ...] = ()
    moulds: int = 0
    poured_kg: float = 0.0
    melted_kg: float = 0.0
    week_only: bool = False
    in_frozen_zone: bool = False
    refusal: Refusal | None = None
    #: With ``beyond``: the last day that is planned.
    planned_until: dt.date | None = None
    wanted: dt.date | None = field(default=None)

    @property
    def in_time(self) -> bool | None:
        """Whether all of it is there on the wanted date (arrived where the road is known, else shipped)."""
        last = self.arrive or self.ship
        return None if self.wanted is None or last is None else last <= self.wanted

    @property
    def quantity_by_wanted(self) -> int:
        """Pieces that are there on the wanted date with the usual buffer."""
        return max((b.quantity for b in self.batches if self.wanted and (b.arrive or b.ship) <= self.wanted), default=0)

    @property
    def ready_by_wanted(self) -> int:
        """Pieces finished at the foundry by the wanted date, without documents, packing and buffer."""
        return max((b.quantity for b in self.batches if self.wanted and b.ready <= self.wanted), default=0)


def refuse(job: Job, plant: Plant) -> Refusal | None:
    """The hard check before any date: can this mould be poured at all?"""
    limit = pour_limit(plant, job.melt_group)
    if limit is None:
        return Refusal("not_melted")
    if job.poured_kg_per_mould > limit.kg:
        return Refusal("weight", job.poured_kg_per_mould, limit)
    return None


def promise(
    engine: Engine, plant: Plant, job: Job, quantity: int, today: dt.date,
    wanted: dt.date | None = None, to: Destination = HOME, extra_workdays: int = 0,
) -> Promise:  # fmt: skip
    """When ``quantity`` pieces could be shipped, asked on ``today``.

    ``extra_workdays`` come before the release (pattern, sample, approval). Raises SQLAlchemyError when the database
    does not answer; a database that knows nothing gives the step ``listed`` or ``none``.
    """
    loads = read(engine, plant, today, today + HORIZON * ONE)
    return promise_over(loads, plant, job, quantity, today, wanted, to, extra_workdays)


def promise_over(
    loads: Sequence[Load], plant: Plant, job: Job, quantity: int, today: dt.date,
    wanted: dt.date | None = None, to: Destination = HOME, extra_workdays: int = 0,
) -> Promise:  # fmt: skip
    """As ``promise``, over loads that were read before, best first."""
    refusal = refuse(job, plant)
    if refusal:
        return Promise("none", quantity, refusal=refusal, wanted=wanted)
    ended: list[dt.date] = []
    for load in loads:
        try:
            found = from_load(load, plant, job, quantity, today, wanted, to, extra_workdays)
        except BeyondPlanError:
            ended.append(_latest_ship(load, plant, job, to))
            continue
        except NotKnownError:
            continue
        if found.ship and all(found.ship >= day for day in ended):
            return found
        ended.append(_latest_ship(load, plant, job, to))
    if ended:
        return Promise("beyond", quantity, planned_until=max(load.last for load in loads), wanted=wanted)
    return _listed(plant, job, quantity, today, wanted, to, extra_workdays)


def from_load(
    load: Load, plant: Plant, job: Job, quantity: int, today: dt.date,
    wanted: dt.date | None = None, to: Destination = HOME, extra_workdays: int = 0,
) -> Promise:  # fmt: skip
    """The promise over one load. Raises NotKnownError when it does not reach."""
    times, calendar = plant.times, load.calendar
    moulds = pieces_to_mould(job, quantity, plant)
    start = calendar.add(today, extra_workdays + times.release_workdays)
    plan = schedule(job, moulds, load, plant, start)
    batches = tuple(_batches(plan, job, quantity, plant, calendar, to))
    last, pour = batches[-1], plan.pours[0][0]
    waits = tuple(sorted(plan.waits.items(), key=lambda item: -item[1]))
    poured = moulds * job.poured_kg_per_mould
    return Promise(
        load.step, quantity, pour, calendar.add(last.ready, _paper_workdays(job, plant)), last.ship, last.arrive,
        batches, waits[0][0] if waits else None, waits,
        closed_stretches=tuple(calendar.closings(today, last.ship)),
        moulds=moulds, poured_kg=poured, melted_kg=poured / (1 - plant.melting.melt_loss.get(job.melt_group, 0.0)),
        week_only=load.step != "days" or (last.ship - today).days > times.exact_days,
        in_frozen_zone=pour < calendar.add(today, times.frozen_workdays), wanted=wanted,
    )  # fmt: skip


def _batches(
    plan: Schedule, job: Job, quantity: int, plant: Plant, calendar: WorkCalendar, to: Destination
) -> Iterable[Batch]:
    """Finished pieces adding up. The order counts as complete when its scrap allowance is through too."""
    done, last = 0, plan.finished[-1][0]
    for day, pieces in plan.finished:
        done += pieces
        if done >= quantity and day != last:
            continue
        ready = calendar.add(day, _paper_workdays(job, plant))
        ship = _shipping_day(calendar, plant, to, calendar.add(ready, _buffer(job, plant)))
        yield Batch(day, min(done, quantity), ship, _arrival(calendar, plant, to, ship))


def _latest_ship(load: Load, plant: Plant, job: Job, to: Destination) -> dt.date:
    """No order that fits into a plan ships later than this: the last planned day and all that takes fixed time after it."""
    calendar, times = load.calendar, plant.times
    day = calendar.after_days(load.last, times.ageing_days.get(job.temper, 0) + times.heat_treatment_cycle_days)
    fixed = times.heat_treatment_release_workdays + times.external_ndt_workdays + 1 + (job.subcontract_workdays or 0)
    return _shipping_day(
        calendar, plant, to, calendar.add(day, fixed + _paper_workdays(job, plant) + _buffer(job, plant))
    )


def _paper_workdays(job: Job, plant: Plant) -> int:
    """Marking, certificate and packing."""
    times = plant.times
    papers = times.certificate_32_workdays if job.certificate == "3.2" else times.certificate_workdays
    return papers + times.packing_workdays


def _buffer(job: Job, plant: Plant) -> int:
    return plant.times.buffer_new_pattern_workdays if job.new else plant.times.buffer_workdays


def _shipping_day(calendar: WorkCalendar, plant: Plant, to: Destination, day: dt.date) -> dt.date:
    shipping = plant.shipping
    weekdays = shipping.home_weekdays if to.country == shipping.home_country else shipping.export_weekdays
    while day.isoweekday() not in weekdays or not calendar.is_working(day):
        day += ONE
    return day


def _arrival(calendar: WorkCalendar, plant: Plant, to: Destination, ship: dt.date) -> dt.date | None:
    """Arrival by the road days known; our closed days stand in for the carrier's and the receiver's."""
    workdays = to.transit_workdays
    if workdays is None:
        workdays = plant.shipping.transit_workdays.get(to.country)
    return None if workdays is None else calendar.add(ship, workdays)


def _listed(
    plant: Plant, job: Job, quantity: int, today: dt.date, wanted: dt.date | None, to: Destination, extra: int
) -> Promise:
    """The product's listed lead time (calendar days), or nothing."""
    if not job.listed_lead_time_days:
        return Promise("none", quantity, wanted=wanted)
    calendar = WorkCalendar(plant.closing)
    ready = calendar.after_days(calendar.add(today, extra), job.listed_lead_time_days)
    ship = _shipping_day(calendar, plant, to, ready)
    found = Promise("listed", quantity, ready=ready, ship=ship, arrive=_arrival(calendar, plant, to, ship))
    return replace(found, week_only=True, wanted=wanted)
