"""The date of one of the contact's own parts: pour, ship, bottleneck, batches, and what is possible by a wanted date."""

import asyncio
import datetime as dt

from actions.plan.capacity_reading import HUMAN, quantity_of, wanted_of
from actions.production.calendar import public_holiday
from actions.production.catalogue import catalogue
from actions.production.limits import judge
from actions.production.plant import plant
from actions.production.promise import Promise, promise
from actions.production.promise_job import job_of_part
from actions.production.promise_parts import Part, before_series, obstacle
from actions.turns.house import house
from actions.turns.turn import Turn
from bot.common.formats import iso_week

ORDER = {"reply": "utter_capacity_choice_order", "payload": "/place_order"}


async def answer_for_part(turn: Turn, part: Part, revision: str | None, now: dt.date) -> None:
    """Say the part's date, or why a person must look first, or ask for the quantity."""
    stop = obstacle(part, revision)
    if stop:
        turn.say(
            f"utter_lead_stop_{stop}", part=part.number, revision=part.revision, asked=revision or "",
            pattern=part.pattern_revision or "",
        )  # fmt: skip
        turn.offer(HUMAN)
        return
    quantity = quantity_of(turn)
    description = part.row[f"description_{turn.language}"] or part.row["description_nb"] or ""
    if quantity is None:
        turn.say("utter_lead_how_many", part=part.number, description=description)
        return
    alloy = part.row["alloy"]
    if alloy not in catalogue():
        _say_unknown(turn)
        return
    turn.say("utter_lead_part", part=part.number, description=description, alloy=catalogue()[alloy].title)
    job = job_of_part(part.row, catalogue()[alloy])
    before = before_series(part, plant())
    found = await asyncio.to_thread(
        promise, house().production, plant(), job, quantity, now, wanted_of(turn, now), part.to, before.high
    )
    if found.refusal:
        _say_refusal(turn, part, found)
    elif found.planned_until:
        say_beyond(turn, quantity, found.planned_until)
    elif found.step == "none":
        _say_unknown(turn)
    else:
        _say_promise(turn, part, found, now)


def _say_unknown(turn: Turn) -> None:
    turn.say("utter_lead_unknown")
    turn.offer(HUMAN)


def say_beyond(turn: Turn, quantity: int, until: dt.date) -> None:
    """More than there is room for as far as the plan reaches: no date, and a person."""
    turn.say("utter_lead_beyond", qty=quantity, until=_week(until))
    turn.offer(HUMAN)


def _say_refusal(turn: Turn, part: Part, found: Promise) -> None:
    alloy = catalogue()[part.row["alloy"]]
    if found.refusal is None or found.refusal.limit is None:
        turn.say("utter_limits_not_melted", alloy=alloy.title)
    else:
        verdict = judge(plant(), alloy, found.refusal.poured_kg, poured=True)
        turn.say("utter_limits_no_poured_only", kg=round(verdict.poured_kg), alloy=alloy.title, limit=verdict.limit.kg)
    turn.offer(HUMAN)


def _say_promise(turn: Turn, part: Part, found: Promise, now: dt.date) -> None:
    _say_wanted(turn, found)
    _say_dates(turn, found)
    _say_before_series(turn, part)
    if found.bottleneck and found.step != "listed":
        resource = found.bottleneck
        turn.say("utter_lead_bottleneck", join=" ", resource=f"resource.{resource}")
    _say_closed(turn, found)
    _say_split(turn, found, now)
    if turn.first("asap") or found.in_time is False:
        turn.say("utter_lead_rush")
        turn.offer(HUMAN)
    if found.in_frozen_zone:
        turn.say("utter_lead_frozen")
    turn.say("utter_lead_provisional")
    turn.offer(ORDER)


def _say_dates(turn: Turn, found: Promise) -> None:
    values = {"qty": found.quantity, "pour": found.pour, "ship": found.ship}
    weeks = {f"{name}_week": day.isocalendar().week for name, day in values.items() if isinstance(day, dt.date)}
    if found.step == "listed":
        turn.say("utter_lead_listed", qty=found.quantity, ship=_week(found.ship))
        return
    if found.week_only:
        name = "utter_lead_exact_week" if found.step == "days" else "utter_lead_by_weeks"
        turn.say(name, qty=found.quantity, pour=_week(found.pour), ship=_week(found.ship))
        return
    turn.say("utter_lead_exact_one" if found.quantity == 1 else "utter_lead_exact", **values, **weeks)
    if found.arrive:
        turn.say("utter_lead_arrive", join=" ", arrive=found.arrive)


def _week(day: dt.date | None) -> str:
    return iso_week(day) if day else ""


def _say_wanted(turn: Turn, found: Promise) -> None:
    """Yes or no to the wanted date, and how many can be there by then."""
    if found.wanted is None or found.in_time is None:
        return
    if found.in_time:
        turn.say("utter_lead_wanted_yes", qty=found.quantity, wanted=found.wanted)
    else:
        turn.say("utter_lead_wanted_no", qty=found.quantity, wanted=found.wanted)
        if found.quantity_by_wanted:
            turn.say("utter_lead_wanted_some", join=" ", qty=found.quantity_by_wanted)
        elif found.ready_by_wanted:
            turn.say("utter_lead_wanted_ready", join=" ", qty=found.ready_by_wanted)
        else:
            turn.say("utter_lead_wanted_none", join=" ")
    holiday = public_holiday(found.wanted) or ("weekend" if found.wanted.weekday() >= 5 else None)
    if holiday:
        turn.say("utter_lead_wanted_closed", join=" ", wanted=found.wanted, reason=f"closed.{holiday}")


def _say_before_series(turn: Turn, part: Part) -> None:
    """Pattern, sample and approval counted in, at their longest."""
    before = before_series(part, plant())
    if before.high:
        name = "utter_lead_to_approve" if part.row["release_status"] == "sample" else "utter_lead_new_pattern"
        turn.say(name, low=before.low, high=before.high)


def _say_closed(turn: Turn, found: Promise) -> None:
    """Closed weekdays on the way, so that a long wait explains itself."""
    if found.ship is None:
        return
    for number, (first, last, reason) in enumerate(found.closed_stretches):
        name = "utter_capacity_closed_also" if number else "utter_lead_closed"
        if first != last:
            name = "utter_capacity_closed_from_also" if number else "utter_lead_closed_from"
        turn.say(name, join=", " if number else "\n", reason=f"closed.{reason}", first=first, last=last)


def _say_split(turn: Turn, found: Promise, now: dt.date) -> None:
    """An earlier part of the order: about half of it, when that is finished a good while before the whole."""
    if found.step != "days" or found.ready is None or found.in_time is False:
        return
    half = next((batch for batch in found.batches if batch.quantity * 2 >= found.quantity), None)
    if half is None or half.quantity == found.quantity or (found.ready - half.ready).days < 3:
        return
    if (half.ready - now).days > plant().times.exact_days:
        turn.say("utter_lead_split_week", qty=half.quantity, ready=_week(half.ready))
    else:
        turn.say("utter_lead_split", qty=half.quantity, ready=half.ready)
