"""What an order takes of each resource and day: the shares a hold keeps while the order waits for its confirmation.

Only where the plan knows days; weekly figures and listed lead times keep nothing. Units are those of the resource:
moulds, kilograms poured, hours, loads.
"""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Sequence

from actions.production.calendar import ONE
from actions.production.capacity_load import Load
from actions.production.order_intake import Share
from actions.production.plant import Plant
from actions.production.promise_job import Job
from actions.production.promise_schedule import EPSILON, NotKnownError, pieces_to_mould, schedule

#: Shares smaller than this are noise of decimal hours.
SMALLEST = 1e-4
#: Cores may be made, and a floor mould begun, so many days before the pour.
LONGEST_BACK = 60


def hold_shares(
    loads: Sequence[Load], plant: Plant, job: Job, quantity: int, today: dt.date, extra_workdays: int = 0
) -> tuple[Share, ...]:
    """The shares of ``quantity`` pieces asked for today, as ``promise`` plans them; empty when days are not known."""
    load = next((each for each in loads if each.step == "days"), None)
    if load is None:
        return ()
    start = load.calendar.add(today, extra_workdays + plant.times.release_workdays)
    try:
        plan = schedule(job, pieces_to_mould(job, quantity, plant), load, plant, start)
    except NotKnownError:
        return ()
    taken = _Taken(load)
    for day, moulds in plan.pours:
        taken.backward("line", day, float(moulds), job.line)
        _pour(taken, job, plant, day, moulds)
        if job.core_hours_per_mould > 0:
            taken.backward("core", day - ONE, moulds * job.core_hours_per_mould)
    for resource_type, day, amount in plan.worked:
        taken.spread(resource_type, day, amount)
    return taken.shares()


class _Taken:
    """Amounts by resource and day, never more than was free."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self.amounts: dict[tuple[str, dt.date], float] = defaultdict(float)

    def left(self, resource_type: str, day: dt.date, resource_id: str) -> float:
        return self.load.free(resource_type, day, resource_id) - self.amounts[resource_id, day]

    def take(self, resource_type: str, day: dt.date, resource_id: str, wanted: float) -> float:
        """Take what is there of what is wanted; returns how much."""
        got = max(0.0, min(wanted, self.left(resource_type, day, resource_id)))
        self.amounts[resource_id, day] += got
        return got

    def spread(self, resource_type: str, day: dt.date, wanted: float, resource_id: str | None = None) -> float:
        """Over the resources of the type on that day; returns what is still wanted."""
        for row in self.load.on(resource_type, day, resource_id):
            wanted -= self.take(resource_type, day, row.resource_id, wanted)
        return wanted

    def backward(self, resource_type: str, day: dt.date, wanted: float, resource_id: str | None = None) -> None:
        """From that day back: work that was begun earlier and keeps."""
        for number in range(LONGEST_BACK):
            wanted = self.spread(resource_type, day - number * ONE, wanted, resource_id)
            if wanted <= SMALLEST:
                return

    def shares(self) -> tuple[Share, ...]:
        found = sorted(self.amounts.items(), key=lambda item: (item[0][1], item[0][0]))
        return tuple(Share(name, day, round(amount, 6)) for (name, day), amount in found if amount > SMALLEST)


def _pour(taken: _Taken, job: Job, plant: Plant, day: dt.date, moulds: int) -> None:
    """Kilograms from the furnaces of the melt group: whole moulds from each, or one ladle out of two."""
    rows = [row for row in taken.load.on("furnace", day) if row.melt_group in (None, job.melt_group)]
    names = {row.resource_id for row in rows}
    furnaces = [furnace for furnace in plant.furnaces_for(job.melt_group) if furnace.id in names]
    left = moulds
    for furnace in furnaces:
        if furnace.usable_kg >= job.poured_kg_per_mould:
            fitting = math.floor(taken.left("furnace", day, furnace.id) / job.poured_kg_per_mould + EPSILON)
            count = max(0, min(left, fitting))
            taken.take("furnace", day, furnace.id, count * job.poured_kg_per_mould)
            left -= count
    if left == moulds:
        for pair in plant.melting.tapped_together:
            both = [furnace for furnace in furnaces if furnace.id in pair]
            for furnace in both:
                share = furnace.usable_kg / sum(each.usable_kg for each in both)
                taken.take("furnace", day, furnace.id, moulds * job.poured_kg_per_mould * share)
