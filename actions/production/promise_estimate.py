"""A range of weeks for somebody who is not a known contact with a released part: typical figures, named as assumptions."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from actions.production.capacity_load import Load
from actions.production.catalogue import Alloy
from actions.production.limits import line_for
from actions.production.plant import Plant, Span
from actions.production.promise import promise_over
from actions.production.promise_job import assumed_job
from actions.production.promise_parts import new_part_span


@dataclass(frozen=True)
class Range:
    """Weeks from order to shipping with a released pattern, and the weeks a new part needs before that.

    ``planned_until`` is set when the plan ends before the order is finished: then it takes more than ``low_weeks``.
    """

    low_weeks: int
    high_weeks: int
    new_part_weeks: Span
    planned_until: dt.date | None = None


def estimate(
    loads: Sequence[Load], plant: Plant, alloys: Sequence[Alloy], casting_kg: float, quantity: int, temper: str,
    today: dt.date,
) -> Range | None:  # fmt: skip
    """The range over all these alloys, one per melt group. None when the load tells nothing or no line carries it."""
    weeks, ends = [], []
    for alloy in one_per_melt_group(alloys):
        line = line_for(plant, alloy.family, casting_kg)
        if line is None:
            continue
        job = assumed_job(plant, alloy, casting_kg, temper, line.id)
        found = promise_over(loads, plant, job, quantity, today)
        if found.planned_until:
            ends.append(found.planned_until)
        elif found.ship:
            weeks.append(math.ceil((found.ship - today).days / 7))
    if not weeks and not ends:
        return None
    span = new_part_span(plant, casting_kg)
    before = Span(low=math.ceil(span.low / 5), high=math.ceil(span.high / 5))
    if ends:
        until = min(ends)
        beyond = math.ceil((until - today).days / 7)
        return Range(min([*weeks, beyond]), beyond, before, planned_until=until)
    return Range(min(weeks), max(weeks) + plant.estimate.slack_weeks, before)


def one_per_melt_group(alloys: Sequence[Alloy]) -> list[Alloy]:
    """Of each melt group the alloy with the lowest yield: it needs most metal, so the answer is on the safe side."""
    chosen: dict[str, Alloy] = {}
    for alloy in sorted(alloys, key=lambda each: -each.yield_planning):
        chosen[alloy.melt_group] = alloy
    return list(chosen.values())
