"""Room in a week, a month or before a date, and when the foundry is closed: in bands, the same for everybody."""

import asyncio
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from actions.plan.capacity_reading import (
    HUMAN,
    Period,
    alloys_meant,
    data_too_old,
    offer_alloys,
    periods_of,
    problem,
    quantity_of,
    settle_weight,
    temper_of,
    weight_of,
)
from actions.plan.capacity_words import card_week, say_bands, say_stretches, say_week_line
from actions.plan.melting import say_week
from actions.production.calendar import ONE, WorkCalendar, monday_of
from actions.production.capacity import CAMPAIGN_AHEAD, Band, Fit, PeriodCapacity, fit, period_capacity
from actions.production.capacity_load import Load, read
from actions.production.catalogue import Alloy
from actions.production.limits import line_for
from actions.production.plant import Line, plant
from actions.production.promise_estimate import one_per_melt_group
from actions.production.promise_job import assumed_job, needs_furnace
from actions.turns.cards import word
from actions.turns.handler import Handler
from actions.turns.house import house
from actions.turns.question_words import asks
from actions.turns.turn import Turn
from bot.common.clock import today
from bot.common.formats import iso_week

#: Feasts and seasons that are asked about because the foundry closes, with the days around them that matter.
AROUND = {
    "easter": 14, "whitsun": 7, "ascension": 7, "holiday": 7, "christmas": 14, "new_year": 14, "summer": 45,
}  # fmt: skip
#: How far ahead an overview names closed days.
COMING_WEEKS = 12
#: How far ahead all closed days are told, when no period was named.
YEAR = dt.timedelta(days=365)
#: Names a period.
PERIODS = ("week", "date", "lead")
#: Periods answered in one message.
MOST_PERIODS = 3


@dataclass(frozen=True)
class Asked:
    """What room is wanted for: alloys (empty: not named), and pieces of a casting weight when an amount was named."""

    alloys: tuple[Alloy, ...]
    temper: str
    casting_kg: float | None = None
    quantity: int = 0
    #: Nobody said what a piece weighs.
    assumed: bool = False

    @property
    def groups(self) -> list[str]:
        """Melt groups of the alloys."""
        return [alloy.melt_group for alloy in one_per_melt_group(self.alloys)]

    def line(self, alloy: Alloy) -> Line | None:
        """The moulding line for the amount in that alloy."""
        return line_for(plant(), alloy.family, self.casting_kg or 0.0)

    def concerns(self, band: Band) -> bool:
        """Whether a band matters to what is asked: only lines that take it, heat treatment only where it may be due."""
        if band.kind == "heat_treatment":
            light = any(alloy.family == "aluminium" for alloy in self.alloys)
            return not self.alloys or needs_furnace(self.temper) or (not self.temper and light)
        if band.kind == "line" and self.casting_kg is not None:
            return band.code in {line.id for alloy in self.alloys if (line := self.line(alloy))}
        # Without an alloy only the groups melted in the period are worth a word.
        return band.kind != "melt_group" or bool(self.alloys) or band.band in ("good", "limited", "full")


def asked_of(turn: Turn) -> Asked:
    """Read what room is wanted for."""
    alloys, typical = tuple(alloys_meant(turn)), plant().estimate
    temper = temper_of(turn, alloys)
    settle_weight(turn, alloys)
    weight, quantity = weight_of(turn), quantity_of(turn)
    if not alloys or (weight is None and quantity is None):
        return Asked(alloys, temper)
    if weight is None:
        return Asked(alloys, temper, typical.weight_kg, quantity or 0, assumed=True)
    kg = weight.kg * alloys[0].yield_planning if weight.kind == "poured" else weight.kg
    if quantity:
        return Asked(alloys, temper, kg / quantity if weight.per == "total" else kg, quantity)
    of_piece = weight.per == "piece" or (line_for(plant(), alloys[0].family, kg) and weight.per != "total")
    return Asked(alloys, temper, kg if of_piece else None)


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
        if say_week(turn):
            return
        if asks(turn.text, "closing") and turn.said("week", "date"):
            await say_open_days(turn)
            return
        if not turn.said(*PERIODS) and asks(turn.text, "closing"):
            await _closed_ahead(turn, now)
            return
        periods = periods_of(turn, now)[:MOST_PERIODS]
        if periods:
            await _periods(turn, periods, now)
        else:
            await _overview(turn, now)


async def _periods(turn: Turn, periods: Sequence[Period], now: dt.date) -> None:
    longest = dt.timedelta(weeks=plant().bands.longest_range_weeks)
    periods = [replace(period, last=min(period.last, period.first + longest)) for period in periods]
    first = min(period.first for period in periods) - AROUND["christmas"] * ONE
    load = await _load(min(now, first), max(now, *(period.last for period in periods)))
    asked, room = asked_of(turn), False
    for period in periods:
        if period.named in AROUND and not period.open_start and not period.after:
            _say_closings(turn, load, period)
        else:
            room |= _say_period(turn, load, period, asked, now)
    if room:
        turn.say("utter_capacity_provisional")
        _say_wishes(turn, asked)


def _say_wishes(turn: Turn, asked: Asked) -> None:
    """What would make the answer better."""
    if not asked.alloys:
        turn.say("utter_capacity_tell_more")
    else:
        missing = {"wish.weight": asked.casting_kg is None or asked.assumed, "wish.quantity": not asked.quantity}
        things = [name for name, lacks in missing.items() if lacks]
        if things:
            turn.say("utter_lead_tell_rest", things=things)


async def say_open_days(turn: Turn) -> None:
    """Whether we are closed in the feasts, weeks and days that the message names."""
    now = today()
    periods = _in_feast_week(turn, periods_of(turn, now))[:MOST_PERIODS]
    around = AROUND["christmas"] * ONE
    load = await _load(min(now, *(each.first - around for each in periods)), max(now, *(each.last for each in periods)))
    if asks(turn.text, "half_day"):
        turn.say("utter_capacity_half_day")
    for period in periods:
        if asks(turn.text, "the_whole") and not period.day:
            _say_whole(turn, load, period)
        if period.named in AROUND:
            _say_closings(turn, load, replace(period, last=period.first) if period.after else period)
            continue
        first, last = (period.day, period.day) if period.day else (period.first, period.last)
        stretches = _stretches(load, first, last, period.day)
        if stretches:
            say_stretches(turn, stretches)
        else:
            turn.say("utter_capacity_open_day" if first == last else "utter_capacity_open", first=first, last=last)


def _in_feast_week(turn: Turn, periods: Sequence[Period]) -> list[Period]:
    """A weekday beside a feast is that of its week: «all of Easter week, or is Wednesday a half day?»"""
    feast = next((each for each in periods if each.named in AROUND), None)
    dated = any(re.search(r"\d", turn.text[each["start"] : each["end"]]) for each in turn.said("date"))
    if feast is None or dated:
        return list(periods)
    found = []
    for each in periods:
        day = monday_of(feast.first) + each.day.weekday() * ONE if each.day else None
        found.append(replace(each, first=monday_of(day), day=day) if day and each is not feast else each)
    return found


def _say_whole(turn: Turn, load: Load, period: Period) -> None:
    """Whether we are closed all of a time that is named, and which days of it are worked."""
    first, last = period.first, max(period.last, monday_of(period.first) + 6 * ONE)
    worked = load.calendar.workdays(first, last)
    if worked:
        end = next((day for day in worked if load.calendar.on_or_after(day + ONE) != day + ONE), worked[-1])
        turn.say("utter_capacity_whole_no", first=worked[0], last=end)
    else:
        turn.say("utter_capacity_whole_yes")


async def _closed_ahead(turn: Turn, now: dt.date) -> None:
    """All closed weekdays of the coming year: asked when we are closed, with no feast or season named."""
    load = await _load(now, now + YEAR)
    say_stretches(turn, load.calendar.closings(now, now + YEAR))
    turn.say("utter_capacity_closed_plan")


async def _overview(turn: Turn, now: dt.date) -> None:
    weeks, asked = plant().bands.overview_weeks, asked_of(turn)
    load = await _load(now, now + dt.timedelta(weeks=max(weeks, COMING_WEEKS)))
    turn.say("utter_capacity_overview")
    shown = []
    # The week that has begun is in the fixed plan: the overview starts with the next one.
    for number in range(1, weeks + 1):
        monday = monday_of(now) + dt.timedelta(weeks=number)
        found = period_capacity(load, plant(), monday, monday + 6 * ONE, now, asked.groups)
        bands = [each for each in found.bands if asked.concerns(each) and (asked.alloys or each.kind != "melt_group")]
        said = len(turn.parts)
        say_week_line(turn, found, bands)
        shown.append(card_week(found, bands, turn.parts[said + 1 :]))
    mondays = [monday_of(now) + dt.timedelta(weeks=number) for number in range(1, weeks + 1)]
    turn.show_list("week", [(iso_week(monday), ()) for monday in mondays])
    turn.show({"type": "capacity", "title": word("capacity"), "weeks": shown})
    say_stretches(turn, load.calendar.closings(now, now + dt.timedelta(weeks=COMING_WEEKS)))
    turn.say("utter_capacity_provisional")
    _say_wishes(turn, asked)


async def _load(first: dt.date, last: dt.date) -> Load:
    """The best load there is; an empty one over the company calendar when the source knows nothing."""
    reach = last + max(CAMPAIGN_AHEAD, AROUND["summer"]) * ONE
    loads = await asyncio.to_thread(read, house().production, plant(), first, reach)
    return loads[0] if loads else Load("none", (), (), WorkCalendar(plant().closing))


def _say_period(turn: Turn, load: Load, period: Period, asked: Asked, now: dt.date) -> bool:
    """One period in bands. True when something was said about room."""
    found = period_capacity(load, plant(), period.first, period.last, now, asked.groups)
    _say_head(turn, period, found)
    _say_closed(turn, load, period, found)
    if found.all_closed:
        turn.say("utter_capacity_opens", day=load.calendar.on_or_after(max(found.last, now) + ONE))
        return False
    bands = [each for each in found.bands if asked.concerns(each)]
    if all(each.band == "unknown" for each in bands):
        turn.say("utter_capacity_not_known")
        turn.offer(HUMAN)
        return False
    if found.in_frozen_zone:
        # Whatever the bands leave: nobody but the planner can promise it.
        turn.say("utter_capacity_frozen")
        turn.offer(HUMAN)
    else:
        _say_fit(turn, load, period, asked, now)
    _say_room(turn, bands, period.first)
    if len(asked.groups) > 1:
        offer_alloys(turn, asked.alloys)
    return True


def _say_room(turn: Turn, bands: Sequence[Band], first: dt.date) -> None:
    """The bands of a period; that the same holds, where all of them were told of one before."""
    before = len(turn.parts)
    say_bands(turn, bands)
    said = turn.parts[before:]
    told = [each for each in said if any(each == other for other in turn.parts[:before])]
    if said and len(told) == len(said):
        turn.take_out(said)
        turn.say("utter_capacity_same")
        return
    for each in told:
        # A line that stands under another period is said under this one too.
        each["period"] = first.isoformat()


def _say_head(turn: Turn, period: Period, found: PeriodCapacity) -> None:
    if period.open_start:
        turn.say("utter_capacity_until", last=found.last)
    elif iso_week(found.first) == iso_week(found.last):
        turn.say("utter_capacity_week", week=iso_week(found.first), first=found.first, last=found.first + 4 * ONE)
    else:
        turn.say("utter_capacity_range", first=found.first, last=found.last)


def _say_closed(turn: Turn, load: Load, period: Period, found: PeriodCapacity) -> None:
    """The closed days of the period; a day at the weekend only when it was asked about."""
    stretches = _stretches(load, found.first, found.last, period.day)
    if found.all_closed and not stretches:
        turn.say("utter_capacity_over", join=" ")
    say_stretches(turn, stretches)


def _stretches(load: Load, first: dt.date, last: dt.date, day: dt.date | None) -> list[tuple[dt.date, dt.date, str]]:
    """Closed weekdays of a period, and the one day that was asked about also when it is at the weekend."""
    found = list(load.calendar.closings(first, last))
    if day and day.weekday() >= 5:
        reason = load.calendar.closed_reason(day)
        found += [(day, day, reason)] if reason else []
    return found


def _say_fit(turn: Turn, load: Load, period: Period, asked: Asked, now: dt.date) -> None:
    """When alloy and amount are named: whether it fits, for a typical part and a released pattern."""
    if asked.casting_kg is None or not asked.quantity:
        return
    found = [_fit_of(load, period, asked, alloy, now) for alloy in one_per_melt_group(asked.alloys)]
    if None in found:
        turn.say("utter_capacity_fit_too_heavy", weight=asked.casting_kg)
        turn.offer(HUMAN)
        return
    verdicts = {each.verdict for each in found if each}
    verdict = verdicts.pop() if len(verdicts) == 1 else "depends"
    turn.say(f"utter_capacity_fit_{verdict}", qty=asked.quantity)
    basis = "utter_capacity_fit_assumed" if asked.assumed else "utter_capacity_fit_given"
    turn.say(basis, join=" ", weight=asked.casting_kg)
    if verdict != "yes":
        turn.offer(HUMAN)


def _fit_of(load: Load, period: Period, asked: Asked, alloy: Alloy, now: dt.date) -> Fit | None:
    line = asked.line(alloy)
    if line is None or asked.casting_kg is None:
        return None
    job = assumed_job(plant(), alloy, asked.casting_kg, asked.temper, line.id)
    return fit(load, plant(), job, asked.quantity, period.first, period.last, now)


def _say_closings(turn: Turn, load: Load, period: Period) -> None:
    """When the foundry is closed around a feast or in a season, and when it opens again."""
    around = AROUND[period.named or ""] * ONE
    found = load.calendar.closings(period.first - around, period.last + around)
    if period.named == "summer":
        found = [each for each in found if each[2] == "summer"]
    if not found:
        turn.say("utter_capacity_not_known")
        turn.offer(HUMAN)
        return
    say_stretches(turn, found)
    opens = load.calendar.on_or_after(found[-1][1])
    turn.say("utter_capacity_opens", day=opens)
    turn.say("utter_capacity_closed_plan")
    turn.offer({"reply": "utter_capacity_choice_week", "number": opens.isocalendar().week})
