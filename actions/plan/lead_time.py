"""When something not yet ordered could be here: a range for anybody, a date for a contact with a released part."""

import asyncio
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from actions.orders.words import IDENTIFY
from actions.plan.capacity_reading import (
    HUMAN,
    alloys_meant,
    data_too_old,
    dimensions_of,
    numbers_named,
    offer_alloys,
    one_part,
    problem,
    quantity_of,
    settle_weight,
    temper_of,
    temper_refused,
    wanted_days,
    weight_of,
)
from actions.plan.casting_limits import say_too_heavy, say_too_large
from actions.plan.lead_time_part import answer_for_part, say_beyond
from actions.plan.melting import say_week
from actions.production.calendar import ONE
from actions.production.capacity_load import read
from actions.production.catalogue import Alloy, catalogue
from actions.production.identity import Identity
from actions.production.limits import line_for, pour_limit
from actions.production.plant import plant
from actions.production.promise import HORIZON
from actions.production.promise_estimate import Range, estimate
from actions.production.promise_parts import Part, described, matching, named, parts_of, words_of_name
from actions.turns.handler import Handler
from actions.turns.house import house
from actions.turns.question_words import asks
from actions.turns.turn import Turn
from actions.turns.words import words
from bot.common.clock import today
from bot.common.spans import first_day, last_day, time_of

#: The common ground's name for when an order is to come (actions/dialogue/times.py); and a week.
ORDERED, WEEK = "order_time", dt.timedelta(weeks=1)
#: How a request keeps that there is no pattern yet.
NO_PATTERN = "utter_line_pattern_none"
SECTIONS = ("melting", "moulding", "scrap", "times", "shipping", "new_part", "estimate", "closing")


class LeadTime(Handler):
    """Answers ``lead_time``."""

    intent = "lead_time"
    uses = (
        "quantity", "weight", "alloy", "alloy_group", "temper", "date", "week", "lead", "asap", "part_no", "drawing_no",
        "dimensions", "number",
    )  # fmt: skip

    async def answer(self, turn: Turn) -> None:
        """The part's own date when the contact's part is known, else a range of weeks with its assumptions."""
        now = today()
        if problem(turn, now, any_date=True) or await data_too_old(turn):
            return
        if not plant().approved(*SECTIONS):
            turn.say("utter_capacity_to_check")
            turn.offer(HUMAN)
            return
        if say_week(turn) and not asks(turn.text, "asks_how_soon"):
            return
        one_part(turn, self.intent, self.uses)
        identity = turn.identity
        self._bare_number(turn, bool(identity and turn.first("part_no", "drawing_no")))
        if identity is None or not await _for_contact(turn, identity, now):
            await _range(turn, now, known=identity is not None)

    def _bare_number(self, turn: Turn, parts_known: bool) -> None:
        """A bare number answers what is missing (pieces, then the weight), else it corrects the pieces."""
        said = [entity for entity in turn.entities if entity["entity"] != "language"]
        if len(said) != 1 or said[0]["entity"] != "number" or said[0].get("ask"):
            return
        value = float(said[0]["value"])
        wants_weight = turn.first("quantity") and not turn.first("weight") and not parts_known
        if value > 0 and (wants_weight or not value.is_integer()):
            turn.remember(self.intent, self.uses, weight=[{"entity": "weight", "value": value, "per": "piece"}])
        elif value > 0:
            turn.remember(self.intent, self.uses, quantity=[{"entity": "quantity", "value": int(value)}])


async def _for_contact(turn: Turn, identity: Identity, now: dt.date) -> bool:
    """Answer from the contact's own parts. False when none is meant: then the general range answers."""
    parts = await asyncio.to_thread(parts_of, house().production, identity)
    numbers, revision = numbers_named(turn)
    weight = weight_of(turn)
    found = named(parts, numbers)
    if not numbers:
        found = matching(parts, [alloy.designation for alloy in alloys_meant(turn)], weight.kg if weight else None)
        found = found or described(parts, turn.text, turn.language)
    if numbers and not found:
        turn.say("utter_lead_part_not_found", number=numbers[0])
        turn.say("utter_lead_general")
        return False
    if len(found) > 1:
        _ask_which(turn, found)
        return True
    if not found:
        return False
    await answer_for_part(turn, found[0], revision, now)
    return True


def _ask_which(turn: Turn, parts: Sequence[Part]) -> None:
    turn.say("utter_lead_which_part")
    turn.show_list("part", [(part.number, words_of_name(part)) for part in parts[:6]])
    turn.offer(*({"reply": "utter_lead_choice_part", "part": part.number} for part in parts[:6]))


@dataclass(frozen=True)
class Asked:
    """What a range is for; ``assumed`` and ``wishes`` name what the customer has not said."""

    alloys: tuple[Alloy, ...]
    casting_kg: float
    quantity: int
    temper: str
    assumed: tuple[str, ...]
    missing: tuple[str, ...]


def _asked(turn: Turn) -> Asked:
    typical, alloys = plant().estimate, alloys_meant(turn)
    settle_weight(turn, alloys)
    weight, quantity = weight_of(turn), quantity_of(turn)
    kg = weight.kg if weight else None
    if kg and weight and weight.kind == "poured" and alloys:
        kg *= min(alloy.yield_planning for alloy in alloys)
    if kg and weight and weight.per == "total":
        # A total alone says nothing of one piece.
        kg = kg / quantity if quantity else None
    given = {"alloy": bool(alloys), "weight": kg is not None, "quantity": quantity is not None}
    missing = tuple(name for name, there in given.items() if not there)
    shown = [alloy for alloy in catalogue().alloys.values() if alloy.melt_group in plant().melting.shown]
    return Asked(
        tuple(alloys or shown), kg or typical.weight_kg, quantity or 1, temper_of(turn, alloys),
        tuple(f"assumed.{name}" for name in missing if name == "weight"), tuple(f"wish.{name}" for name in missing),
    )  # fmt: skip


async def _range(turn: Turn, now: dt.date, known: bool) -> None:
    asked = _asked(turn)
    if _refused(turn, asked):
        return
    loads = await asyncio.to_thread(read, house().production, plant(), now, now + HORIZON * ONE)
    found = estimate(loads, plant(), asked.alloys, asked.casting_kg, asked.quantity, asked.temper, now)
    if found is None:
        turn.say("utter_lead_unknown")
        turn.offer(HUMAN)
        return
    if found.planned_until:
        say_beyond(turn, asked.quantity, found.planned_until)
        return
    _say_range(turn, asked, found, now)
    refused = temper_refused(turn, alloys_meant(turn))
    if refused:
        turn.say("utter_lead_no_temper", alloy=asked.alloys[0].title, temper=refused)
    if turn.first("asap"):
        turn.say("utter_lead_rush")
        turn.offer(HUMAN)
    turn.say("utter_lead_provisional")
    if not known and (turn.said("part_no", "drawing_no", "order_no") or asks(turn.text, "last_time")):
        # Only who asks about a part or an order of their own has one to be shown.
        turn.say("utter_lead_sign_in", join=" ")
        turn.offer(IDENTIFY)
    if asked.missing:
        turn.say("utter_lead_tell_rest", things=asked.missing)
    if len({alloy.melt_group for alloy in alloys_meant(turn)}) > 1:
        # The range holds for all of them: which one it is, is offered and not asked.
        offer_alloys(turn, asked.alloys)


def _refused(turn: Turn, asked: Asked) -> bool:
    """Say no with the figures when no line or furnace takes the part, before any date."""
    melted = [alloy for alloy in asked.alloys if pour_limit(plant(), alloy.melt_group)]
    if not melted:
        turn.say("utter_limits_not_melted", alloy=asked.alloys[0].title)
        turn.offer(HUMAN)
        return True
    families = {alloy.family for alloy in melted}
    sizes = dimensions_of(turn)
    if sizes and not any(line_for(plant(), family, 0.0, sizes) for family in families):
        say_too_large(turn, sizes)
        return True
    return say_too_heavy(turn, melted, asked.casting_kg)


def _say_range(turn: Turn, asked: Asked, found: Range, now: dt.date) -> None:
    said = words("limits")
    begins = bool(turn.said("date", "week")) and said.says(turn.text, "begins") and not said.says(turn.text, "finished")
    wanted = [] if begins else wanted_days(turn, now)
    asks_by = bool(turn.said("date", "week", "lead"))
    samples = said.says(turn.reading.text, "asks_samples")
    if samples:
        # When the first ones of a new part are there was asked: that comes first.
        _say_samples(turn, found)
    if asks_by and not samples:
        # Whether it can be done by then is what was asked: that comes first.
        _say_chances(turn, found, wanted, now)
    _say_weeks(turn, asked, found)
    if not samples:
        _say_ordered(turn, found)
    if begins:
        # «Could you start this month?» wants nothing finished by then.
        turn.say("utter_lead_begins", low=found.low_weeks, high=found.high_weeks)
    if not asks_by and not samples:
        _say_chances(turn, found, wanted, now)
    turn.say("utter_lead_assumes")
    if not samples:
        span = found.new_part_weeks
        turn.say("utter_lead_new_part", join=" ", low=span.low, high=span.high)


def _say_chances(turn: Turn, found: Range, wanted: Sequence[dt.date], now: dt.date) -> None:
    """Whether it can be done by each day that may be meant: said once, of the earliest or latest, where it is the same."""
    weeks = _pattern_weeks(turn, found)
    chances = {day: _chance(weeks, (day - now).days) for day in wanted}
    if len(set(chances.values())) == 1:
        by = wanted[0] if chances[wanted[0]] == "in_time" else wanted[-1]
        chances = {by: chances[by]}
    for day, chance in chances.items():
        turn.say(f"utter_lead_range_{chance}", wanted=day)


def _say_samples(turn: Turn, found: Range) -> None:
    """When the first samples of a new part are there, and that the series comes on top of that."""
    span, ordered = found.new_part_weeks, next(iter(turn.ground.about(ORDERED)), None)
    turn.say("utter_lead_samples", low=span.low, high=span.high)
    if ordered:
        time = time_of(ordered)
        first, last = first_day(time) + span.low * WEEK, last_day(time) + span.high * WEEK
        turn.say("utter_lead_samples_ordered", join=" ", at=time, first=first, last=last)
    turn.say("utter_lead_samples_series", join=" ")


def _say_ordered(turn: Turn, found: Range) -> None:
    """When it would be finished, where it was told when the order comes."""
    ordered = next(iter(turn.ground.about(ORDERED)), None)
    if ordered:
        time = time_of(ordered)
        first, last = first_day(time) + found.low_weeks * WEEK, last_day(time) + found.high_weeks * WEEK
        turn.say("utter_lead_ordered", at=time, first=first, last=last)


def _pattern_weeks(turn: Turn, found: Range) -> tuple[int, int]:
    """The weeks from order: with those for a new pattern, where the request says that there is none."""
    answers = (turn.slot("answers") or {}).get(turn.slot("task")) or {}
    if (answers.get("pattern") or {}).get("reply") != NO_PATTERN:
        return found.low_weeks, found.high_weeks
    span = found.new_part_weeks
    return found.low_weeks + span.low, found.high_weeks + span.high


def _say_weeks(turn: Turn, asked: Asked, found: Range) -> None:
    values = {"low": found.low_weeks, "high": found.high_weeks, "qty": asked.quantity, "weight": asked.casting_kg}
    group = (
        next(iter(turn.about("alloy_group")), None)
        if len(asked.alloys) > 1 and "wish.alloy" not in asked.missing
        else None
    )
    # Nobody named a number of pieces: none is reckoned with.
    few = "_few" if "wish.quantity" in asked.missing else ""
    if len(asked.alloys) == 1:
        turn.say(f"utter_lead_range{few}", alloy=asked.alloys[0].title, **values)
    elif group:
        turn.say(f"utter_lead_range_group{few}", group=f"alloy_group.{group['value']}", **values)
    else:
        turn.say(f"utter_lead_range_any{few}", **values)
    if asked.assumed:
        turn.say("utter_lead_assumed", join=" ", things=asked.assumed)


def _chance(weeks: tuple[int, int], days: int) -> str:
    """How a wanted date stands to the range."""
    low, high = weeks
    if days >= high * 7:
        return "in_time"
    return "tight" if days >= low * 7 else "late"
