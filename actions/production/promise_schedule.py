"""The forward schedule: from free capacity to finished pieces, day by day, first come first served.

Moulds, furnace kilograms of the right melt group, core, fettling, inspection and machining hours and heat treatment
loads are finite; cooling, ageing, outside work and documents take fixed time.
"""

import datetime as dt
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from actions.production.calendar import ONE
from actions.production.capacity_load import DayRow, Load
from actions.production.plant import Furnace, Plant
from actions.production.promise_job import Job

#: Hours and kilograms are floats: what is this close to a whole counts as whole.
EPSILON = 1e-6
#: Pieces that reach a step, by day.
Flow = list[tuple[dt.date, int]]
#: What steps take: resource type, day, amount in the type's unit.
Worked = list[tuple[str, dt.date, float]]


class NotKnownError(Exception):
    """The load does not reach far enough, or says nothing about a resource the job needs."""


class BeyondPlanError(NotKnownError):
    """Everything the job needs is known, but the plan ends before it is finished."""


@dataclass
class Schedule:
    """The plan of one job: moulds poured by day, pieces finished by day, and where it waited, in days.

    ``worked`` is what the steps after pouring take: resource type, day, amount in the type's unit (hours, loads).
    """

    pours: Flow
    finished: Flow
    waits: Counter[str] = field(default_factory=Counter)
    worked: list[tuple[str, dt.date, float]] = field(default_factory=list)


def pieces_to_mould(job: Job, quantity: int, plant: Plant) -> int:
    """Moulds for a quantity with its scrap allowance."""
    scrap = plant.scrap.new_pattern if job.new else plant.scrap.repeat
    return math.ceil(quantity * (1 + scrap) / job.castings_per_mould - EPSILON)


def schedule(job: Job, moulds: int, load: Load, plant: Plant, start: dt.date) -> Schedule:
    """Plan that many moulds from a day on. Raises NotKnownError when the load cannot tell."""
    _check_known(job, load)
    waits: Counter[str] = Counter()
    pours = plan_pours(job, moulds, load, plant, start, waits=waits)
    flow = [(day, count * job.castings_per_mould) for day, count in pours]
    times, calendar = plant.times, load.calendar
    cooling = times.heavy_cooling_days if job.casting_kg > times.heavy_from_kg else times.cooling_days
    flow = [(calendar.after_days(day, cooling), pieces) for day, pieces in flow]
    worked: Worked = []
    flow = _hours(flow, job.fettling_hours_per_piece, load, "fettling", waits, worked)
    if job.heat_treated:
        flow = _heat_treatment(flow, job, load, plant, waits, worked)
    ageing = times.ageing_days.get(job.temper, 0)
    if ageing:
        flow = [(calendar.after_days(day, ageing), pieces) for day, pieces in flow]
    # Inspection is only partly planned: where the source has no hours for it, it takes its turn the same day.
    if load.knows("inspection"):
        flow = _hours(flow, times.inspection_hours_per_piece, load, "inspection", waits, worked)
    return Schedule(pours, _finish(flow, job, load, plant, waits, worked), waits, worked)


def _check_known(job: Job, load: Load) -> None:
    needed = {
        "line": True,
        "furnace": True,
        "core": job.core_hours_per_mould > 0,
        "fettling": job.fettling_hours_per_piece > 0,
        "heat_treatment": job.heat_treated,
        "machining": job.machining_hours_per_piece > 0,
    }
    lines = {"line": job.line}
    missing = [kind for kind, need in needed.items() if need and not load.knows(kind, lines.get(kind))]
    if missing:
        raise NotKnownError(f"no capacity known for {missing}")


def plan_pours(
    job: Job, moulds: int, load: Load, plant: Plant, start: dt.date,
    until: dt.date | None = None, waits: Counter[str] | None = None,
) -> Flow:  # fmt: skip
    """Moulds poured by day from ``start``: the least of line, furnace and cores on each working day.

    With ``until`` it stops there with what it has; without, it raises BeyondPlanError when the plan ends first.
    """
    waits = Counter() if waits is None else waits
    room = _Line(job, load, plant)
    cores = _Cores(job, load, start)
    pours: Flow = []
    day = start
    while moulds > 0 and day <= (until or load.last):
        if load.calendar.is_working(day):
            poured = furnace_moulds(job, load, plant, day)
            options = {job.line: room.free(day), "furnace": poured, "core": cores.free(day)}
            count = min(moulds, *options.values())
            room.use(day, count)
            cores.use(count)
            if count:
                pours.append((day, count))
            moulds -= count
            if moulds:
                waits[min(options, key=lambda name: options[name])] += 1
        day += ONE
    if moulds and until is None:
        raise BeyondPlanError("the plan ends before the last mould")
    return pours


class _Line:
    """Free moulds of the job's line. A floor mould takes the crew several days: on a slow line the work adds up."""

    def __init__(self, job: Job, load: Load, plant: Plant) -> None:
        line = plant.line(job.line)
        self.id, self.load = job.line, load
        self.slow = line is not None and line.moulds_per_day < 1
        self.begun = 0.0

    def free(self, day: dt.date) -> int:
        today = self.load.free("line", day, self.id)
        if not self.slow:
            return math.floor(today + EPSILON)
        return min(math.floor(self.begun + today + EPSILON), max(1, math.floor(today))) if today > 0 else 0

    def use(self, day: dt.date, count: int) -> None:
        if self.slow:
            self.begun = min(1.0, max(0.0, self.begun + self.load.free("line", day, self.id) - count))


class _Cores:
    """Cores made up to the day before: they keep, so free hours since the release add up."""

    def __init__(self, job: Job, load: Load, start: dt.date) -> None:
        self.each, self.load = job.core_hours_per_mould, load
        self.used, self.made = 0, 0.0
        self.through = start - ONE
        while not load.calendar.is_working(self.through):
            self.through -= ONE
        self.made += load.free("core", self.through)

    def free(self, day: dt.date) -> int:
        if self.each <= 0:
            return 10**9
        while self.through + ONE < day:
            self.through += ONE
            self.made += self.load.free("core", self.through)
        return max(0, math.floor(self.made / self.each + EPSILON) - self.used)

    def use(self, count: int) -> None:
        self.used += count


def furnace_moulds(job: Job, load: Load, plant: Plant, day: dt.date) -> int:
    """How many moulds of the job the furnaces can pour that day, alone or tapped together into one ladle."""
    furnaces = plant.furnaces_for(job.melt_group)
    rows = {row.resource_id: row for row in load.on("furnace", day) if row.melt_group in (None, job.melt_group)}
    alone = [furnace for furnace in furnaces if furnace.usable_kg >= job.poured_kg_per_mould]
    if alone:
        return sum(_melts(furnace, rows, job.poured_kg_per_mould) for furnace in alone)
    for first, second in plant.melting.tapped_together:
        pair = [furnace for furnace in furnaces if furnace.id in (first, second)]
        together = sum(furnace.usable_kg for furnace in pair)
        if len(pair) == 2 and together >= job.poured_kg_per_mould:
            shares = [(furnace, job.poured_kg_per_mould * furnace.usable_kg / together) for furnace in pair]
            return min(_melts(furnace, rows, share) for furnace, share in shares)
    return 0


def _melts(furnace: Furnace, rows: dict[str, DayRow], poured_kg: float) -> int:
    """Moulds of that weight from one furnace: free kilograms, and whole moulds in each melt."""
    row = rows.get(furnace.id)
    if row is None or poured_kg <= 0:
        return 0
    return min(
        math.floor(row.free / poured_kg + EPSILON),
        furnace.melts_per_day * math.floor(furnace.usable_kg / poured_kg + EPSILON),
    )


def _hours(flow: Flow, each: float, load: Load, resource: str, waits: Counter[str], worked: Worked) -> Flow:
    """Work of so many hours a piece, in the order of arrival; a piece may be worked on over several days."""
    if each <= 0:
        return flow
    taken: list[tuple[dt.date, float]] = []
    served = _serve(flow, load, resource, waits, lambda free: free / each, taken)
    worked += [(resource, day, pieces * each) for day, pieces in taken]
    return served


def _heat_treatment(flow: Flow, job: Job, load: Load, plant: Plant, waits: Counter[str], worked: Worked) -> Flow:
    """Whole loads: the basket is full by weight or by volume, and a load counts whether full or not."""
    times, calendar = plant.times, load.calendar
    by_weight = times.heat_treatment_load_kg / max(job.casting_kg, EPSILON)
    by_volume = times.heat_treatment_basket_litres / job.basket_litres if job.basket_litres > 0 else by_weight
    basket = max(1, math.floor(min(by_weight, by_volume) + EPSILON))
    arriving = [(calendar.add(day, times.heat_treatment_load_workdays), pieces) for day, pieces in flow]
    taken: list[tuple[dt.date, float]] = []
    loaded = _serve(arriving, load, "heat_treatment", waits, lambda free: math.floor(free + EPSILON) * basket, taken)
    worked += [("heat_treatment", day, math.ceil(pieces / basket - EPSILON)) for day, pieces in taken]
    out = [(calendar.after_days(day, times.heat_treatment_cycle_days), pieces) for day, pieces in loaded]
    return [(calendar.add(day, times.heat_treatment_release_workdays), pieces) for day, pieces in out]


def _serve(
    flow: Flow, load: Load, resource: str, waits: Counter[str], rate: Callable[[float], float],
    taken: list[tuple[dt.date, float]],
) -> Flow:  # fmt: skip
    """Pieces leaving a finite step: each day what its free capacity serves. Raises BeyondPlanError where it ends.

    ``taken`` gets the pieces, also begun ones, that each day works on.
    """
    arrivals = dict(_merged(flow))
    total = sum(arrivals.values())
    done, arrived, worked, out = 0, 0, 0.0, []
    day = min(arrivals)
    while done < total:
        if day > load.last:
            raise BeyondPlanError(f"the plan ends before {resource}")
        arrived += arrivals.get(day, 0)
        if arrived > done and load.calendar.is_working(day):
            before, worked = worked, min(arrived, worked + rate(load.free(resource, day)))
            if worked > before:
                taken.append((day, worked - before))
            leaving = math.floor(worked + EPSILON) - done
            if leaving:
                out.append((day, leaving))
            done += leaving
            if done < arrived:
                waits[resource] += 1
        day += ONE
    return out


def _merged(flow: Flow) -> Flow:
    days: Counter[dt.date] = Counter()
    for day, pieces in flow:
        days[day] += pieces
    return sorted(days.items())


def _finish(flow: Flow, job: Job, load: Load, plant: Plant, waits: Counter[str], worked: Worked) -> Flow:
    """Outside testing, own machining, subcontractors."""
    calendar = load.calendar
    if any(method in job.ndt.upper().replace(",", " ").split() for method in plant.times.external_ndt):
        flow = [(calendar.add(day, plant.times.external_ndt_workdays), pieces) for day, pieces in flow]
    if job.machining_hours_per_piece > 0:
        flow = [(calendar.add(day, 1), pieces) for day, pieces in flow]
        flow = _hours(flow, job.machining_hours_per_piece, load, "machining", waits, worked)
    if job.subcontract_workdays:
        flow = [(calendar.add(day, job.subcontract_workdays), pieces) for day, pieces in flow]
    return _merged(flow)
