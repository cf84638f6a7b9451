"""What is said about a period: its closed days, its bands, its line in an overview."""

import datetime as dt
import itertools
from collections.abc import Sequence
from typing import Any

from actions.plan.capacity_reading import HUMAN
from actions.production.capacity import Band, PeriodCapacity
from actions.turns.cards import word
from actions.turns.turn import Turn
from bot.common.formats import iso_week

#: Bands worth a line of the answer, best first.
SHOWN = ("good", "limited", "full")
#: More metals than this with the same answer are not listed one by one.
MANY = 3


def term(band: Band) -> str:
    """The term of a band's subject: ``resource.B``, ``melt_group.CU-GUN``."""
    return f"melt_group.{band.code}" if band.kind == "melt_group" else f"resource.{band.code}"


def say_stretches(turn: Turn, stretches: Sequence[tuple[dt.date, dt.date, str]]) -> None:
    """Closed days on one line: single days by name, long stretches from their first to their last day."""
    for number, (first, last, reason) in enumerate(stretches):
        name = "utter_capacity_closed" if first == last else "utter_capacity_closed_from"
        also, join = ("_also", ", ") if number else ("", "\n")
        turn.say(name + also, join=join, reason=f"closed.{reason}", first=first, last=last)


def say_bands(turn: Turn, bands: Sequence[Band]) -> None:
    """Moulding and heat treatment first, for they decide; then the metals; what stands still; what is not known."""
    shop = [each for each in bands if each.kind != "melt_group"]
    metals = [each for each in bands if each.kind == "melt_group"]
    _say_banded(turn, shop, "")
    for each in shop:
        if each.band == "closed":
            turn.say("utter_capacity_stands_still", thing=term(each))
    _say_banded(turn, metals, "_melting")
    for each in metals:
        if each.band == "no_campaign":
            _say_campaign(turn, each)
    unknown = [term(each) for each in bands if each.band == "unknown"]
    if unknown:
        turn.say("utter_capacity_unknown", things=unknown)
        turn.offer(HUMAN)


def _say_banded(turn: Turn, bands: Sequence[Band], of: str) -> None:
    """One line a band; when several metals share the only one there is, in a word."""
    found = {band: [term(each) for each in bands if each.band == band] for band in SHOWN}
    for band, things in found.items():
        if of and len(things) == len(bands) and len(things) > MANY:
            turn.say(f"utter_capacity_{band}_melting_all")
        elif things:
            turn.say(f"utter_capacity_{band}{of}", things=things)


def _say_campaign(turn: Turn, band: Band) -> None:
    if band.next_day:
        turn.say("utter_capacity_no_campaign_next", thing=term(band), day=band.next_day)
    else:
        turn.say("utter_capacity_no_campaign", thing=term(band))


def card_week(found: PeriodCapacity, bands: Sequence[Band], said: list[dict[str, Any]]) -> dict[str, Any]:
    """One week of the overview for a card: ``said`` is its line without the name of the week."""
    kinds = {each.band for each in bands if each.band in SHOWN}
    level = "closed" if found.all_closed else "unknown" if not kinds else kinds.pop() if len(kinds) == 1 else "limited"
    return {"label": word("week", value=iso_week(found.first)), "level": level, "text": {"parts": said}}


def say_week_line(turn: Turn, found: PeriodCapacity, bands: Sequence[Band]) -> None:
    """One week of the overview on one line."""
    turn.say("utter_capacity_line", week=iso_week(found.first))
    if found.all_closed:
        turn.say("utter_capacity_line_closed", join=" ")
        return
    separators = itertools.chain([" "], itertools.repeat("; "))
    for band in (*SHOWN, "no_campaign"):
        things = [term(each) for each in bands if each.band == band]
        if things:
            turn.say(f"utter_capacity_line_{band}", join=next(separators), things=things)
    if all(each.band == "unknown" for each in bands):
        turn.say("utter_capacity_line_unknown", join=" ")
    if found.closed:
        turn.say("utter_capacity_line_short", join=" ", days=found.workdays)
