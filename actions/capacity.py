"""Room in a week, a month or before a date, and when the foundry is closed: in bands, the same for everybody."""

import asyncio
import datetime as dt
import itertools
from collections.abc import Sequence

from actions.capacity_reading import (
    HUMAN,
    Period,
    alloys_meant,
    data_too_old,
    offer_alloys,
    periods_of,
    problem,
    quantity_of,
    temper_of,
    weight_of,
)
from actions.handler import Handler
from actions.house import house
from actions.production.calendar import ONE, WorkCalendar, monday_of
from actions.production.capacity import CAMPAIGN_AHEAD, Band, Fit, PeriodCapacity, fit, period_capacity
from actions.production.capacity_load import Load, read
from actions.production.catalogue import Alloy
from actions.production.limits import line_for
from actions.production.plant import plant
from actions.production.promise_estimate import one_per_melt_group
from actions.production.promise_job import assumed_job
from actions.turn import Turn
from bot.common.clock import today
from bot.common.formats import iso_week

#: Days before and after a feast or season within which its closing days lie.
AROUND = {"summer": 45}
AROUND_OTHERS = 14
#: How far ahead an overview names closed days.
COMING_WEEKS = 12
#: Bands worth a line of the answer, best first.
SHOWN = ("good", "limited", "full")


class Capacity(Handler):
    """Answers ``capacity``: bands per line, melt group and heat treatment, and closed days with their reasons."""

    intent = "capacity"
    uses = ("week", "date", "alloy", "alloy_group", "temper", "weight", "quantity", "lead")

    async def answer(self, turn: Turn) -> None:
        """Bands of the named period, or of the coming weeks."""
        now = today()
        if problem(turn, now) or await data_too_old(turn):
            return
        if not plant().approved("bands", "closing", "melting", "moulding"):
            turn.say("utter_capacity_to_check")
            turn.offer(HUMAN)
            return
        periods = periods_of(turn, now)
        if periods:
            await self._periods(turn, periods, now)
        else:
            await self._overview(turn, now)

    async def _periods(self, turn: Turn, periods: Sequence[Period], now: dt.date) -> None:
        longest = dt.timedelta(weeks=plant().bands.longest_range_weeks)
        last = max(min(period.last, period.first + longest) for period in periods)
        first = min(period.first for period in periods) - AROUND_OTHERS * ONE
        load = await _load(min(now, first), max(last, now))
        for period in periods[:3]:
            if period.named and not period.open_start:
                _say_closings(turn, load, period)
                continue
            _say_period(turn, load, period, now)
        if not any(period.named and not period.open_start for period in periods):
            turn.say("utter_capacity_provisional")
            if not alloys_meant(turn):
                turn.say("utter_capacity_tell_more")

    async def _overview(self, turn: Turn, now: dt.date) -> None:
        weeks = plant().bands.overview_weeks
        load = await _load(now, now + dt.timedelta(weeks=weeks + 14))
        groups = [alloy.melt_group for alloy in one_per_melt_group(alloys_meant(turn))]
        turn.say("utter_capacity_overview")
        # The week that has begun is in the fixed plan: the overview starts with the next one.
        for number in range(1, weeks + 1):
            monday = monday_of(now) + dt.timedelta(weeks=number)
            found = period_capacity(load, plant(), monday, monday + 6 * ONE, now, groups)
            _say_week_line(turn, found, bool(groups))
        _say_stretches(turn, load.calendar.closings(now, now + dt.timedelta(weeks=COMING_WEEKS)))
        turn.say("utter_capacity_provisional")
        turn.say("utter_capacity_tell_more", join=" ")


async def _load(first: dt.date, last: dt.date) -> Load:
    """The best load there is; an empty one over the company calendar when the source knows nothing."""
    reach = last + (CAMPAIGN_AHEAD + AROUND["summer"]) * ONE
    loads = await asyncio.to_thread(read, house().production, plant(), first, reach)
    return loads[0] if loads else Load("none", (), (), WorkCalendar(plant().closing))


def _say_period(turn: Turn, load: Load, period: Period, now: dt.date) -> None:
    alloys = alloys_meant(turn)
    groups = [alloy.melt_group for alloy in one_per_melt_group(alloys)]
    found = period_capacity(load, plant(), period.first, period.last, now, groups)
    _say_head(turn, period, found)
    _say_closed(turn, load, found)
    if found.all_closed:
        _say_next_open(turn, load, found, now)
        return
    if load.step == "none" or not [band for band in found.bands if band.band != "unknown"]:
        turn.say("utter_capacity_not_known")
        turn.offer(HUMAN)
        return
    _say_bands(turn, found, bool(groups))
    if found.in_frozen_zone:
        turn.say("utter_capacity_frozen")
        turn.offer(HUMAN)
    _say_fit(turn, load, period, alloys, now)
    if len(groups) > 1:
        offer_alloys(turn, alloys)


def _say_head(turn: Turn, period: Period, found: PeriodCapacity) -> None:
    if period.open_start:
        turn.say("utter_capacity_until", last=found.last)
    elif iso_week(found.first) == iso_week(found.last):
        turn.say("utter_capacity_week", week=iso_week(found.first), first=found.first, last=found.first + 4 * ONE)
    else:
        turn.say("utter_capacity_range", first=found.first, last=found.last)


def _say_closed(turn: Turn, load: Load, found: PeriodCapacity) -> None:
    if found.all_closed and not found.closed:
        turn.say("utter_capacity_over", join=" ")
        return
    _say_stretches(turn, load.calendar.closings(found.first, found.last))


def _say_stretches(turn: Turn, stretches: Sequence[tuple[dt.date, dt.date, str]]) -> None:
    """Closed days on one line: single days by name, long stretches from their first to their last day."""
    for number, (first, last, reason) in enumerate(stretches):
        name = "utter_capacity_closed" if first == last else "utter_capacity_closed_from"
        also, join = ("_also", ", ") if number else ("", "\n")
        turn.say(name + also, join=join, reason=f"closed.{reason}", first=first, last=last)


def _say_next_open(turn: Turn, load: Load, found: PeriodCapacity, now: dt.date) -> None:
    turn.say("utter_capacity_opens", day=load.calendar.on_or_after(max(found.last, now) + ONE))


def _say_bands(turn: Turn, found: PeriodCapacity, groups_named: bool) -> None:
    for band in SHOWN:
        things = [_term(each) for each in found.bands if each.band == band]
        if things:
            turn.say(f"utter_capacity_{band}", things=things)
    for each in found.bands:
        if each.band == "closed" and each.kind != "melt_group":
            turn.say("utter_capacity_stands_still", thing=_term(each))
        if each.band == "no_campaign" and groups_named:
            _say_campaign(turn, each)
    unknown = [_term(each) for each in found.bands if each.band == "unknown" and (groups_named or each.kind == "line")]
    if unknown:
        turn.say("utter_capacity_unknown", things=unknown)
        turn.offer(HUMAN)


def _say_campaign(turn: Turn, band: Band) -> None:
    if band.next_day:
        turn.say("utter_capacity_no_campaign_next", thing=_term(band), day=band.next_day)
    else:
        turn.say("utter_capacity_no_campaign", thing=_term(band))


def _term(band: Band) -> str:
    """The term of a band's subject: ``resource.B``, ``melt_group.CU-GUN``."""
    return f"melt_group.{band.code}" if band.kind == "melt_group" else f"resource.{band.code}"


def _say_fit(turn: Turn, load: Load, period: Period, alloys: Sequence[Alloy], now: dt.date) -> None:
    """When alloy and amount are named: whether it fits, for a typical part and a released pattern."""
    if not alloys:
        return
    amount = _amount(turn, alloys)
    if amount is None:
        return
    casting_kg, quantity, assumed = amount
    found = [_fit_of(turn, load, period, alloy, casting_kg, quantity, now) for alloy in one_per_melt_group(alloys)]
    if None in found:
        turn.say("utter_capacity_fit_too_heavy", weight=casting_kg)
        turn.offer(HUMAN)
        return
    verdicts = {each.verdict for each in found if each}
    verdict = verdicts.pop() if len(verdicts) == 1 else "depends"
    turn.say(f"utter_capacity_fit_{verdict}", qty=quantity, weight=casting_kg)
    turn.say("utter_capacity_fit_assumed" if assumed else "utter_capacity_fit_given", join=" ", weight=casting_kg)
    if verdict != "yes":
        turn.offer(HUMAN)


def _amount(turn: Turn, alloys: Sequence[Alloy]) -> tuple[float, int, bool] | None:
    """Casting weight, pieces, and whether one of them is assumed. None when no amount was named."""
    weight, quantity, typical = weight_of(turn), quantity_of(turn), plant().estimate
    if weight is None:
        return (typical.weight_kg, quantity, True) if quantity else None
    kg = weight.kg * alloys[0].yield_planning if weight.kind == "poured" else weight.kg
    if quantity:
        return (kg / quantity if weight.per == "total" else kg), quantity, False
    if weight.per == "piece" or (line_for(plant(), alloys[0].family, kg) and weight.per != "total"):
        return kg, typical.quantity, True
    return typical.weight_kg, max(1, round(kg / typical.weight_kg)), True


def _fit_of(
    turn: Turn, load: Load, period: Period, alloy: Alloy, casting_kg: float, quantity: int, now: dt.date
) -> Fit | None:
    line = line_for(plant(), alloy.family, casting_kg)
    if line is None:
        return None
    job = assumed_job(plant(), alloy, casting_kg, temper_of(turn), line.id)
    return fit(load, plant(), job, quantity, period.first, period.last, now)


def _say_week_line(turn: Turn, found: PeriodCapacity, groups_named: bool) -> None:
    """One week of the overview on one line."""
    turn.say("utter_capacity_line", week=iso_week(found.first))
    if found.all_closed:
        turn.say("utter_capacity_line_closed", join=" ")
        return
    kinds = ("line", "melt_group") if groups_named else ("line", "heat_treatment")
    parts = [
        (band, [_term(each) for each in found.bands if each.band == band and each.kind in kinds]) for band in SHOWN
    ]
    separators = itertools.chain([" "], itertools.repeat("; "))
    for band, things in parts:
        if things:
            turn.say(f"utter_capacity_line_{band}", join=next(separators), things=things)
    if not any(things for _, things in parts):
        turn.say("utter_capacity_line_unknown", join=" ")
    if found.closed:
        turn.say("utter_capacity_line_short", join=" ", days=found.workdays)


def _say_closings(turn: Turn, load: Load, period: Period) -> None:
    """When the foundry is closed around a feast or in a season, and when it opens again."""
    around = AROUND.get(period.named or "", AROUND_OTHERS) * ONE
    found = load.calendar.closings(period.first - around, period.last + around)
    if period.named == "summer":
        found = [each for each in found if each[2] == "summer"]
    if not found:
        turn.say("utter_capacity_not_known")
        turn.offer(HUMAN)
        return
    _say_stretches(turn, found)
    turn.say("utter_capacity_opens", day=load.calendar.on_or_after(found[-1][1]))
    turn.say("utter_capacity_closed_plan")
