"""Adds what the pointing words of a message mean to its entities, before anything is interpreted.

Each carries ``reference`` (how it points), so that every handler and task finds «the first» as if its number had been written.
"""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from actions.alloys.subject import ALLOY_TOPICS, asks_heavy, takes, those_named
from actions.form.task import tasks
from actions.orders.facets import ORDERS
from actions.orders.words import SEVERAL
from actions.production.calendar import monday_of
from actions.turns.ground import THINGS, Ground
from actions.turns.pointing import (
    Pointer,
    Thing,
    asks_other,
    pointed_at,
    same_asked,
    share_asked,
    spoken_of,
    then_meant,
    week_counted,
)
from actions.turns.reading import Entity
from actions.turns.turn import Turn
from bot.common.formats import iso_week, week_monday

#: What a list of a kind holds, as entities, and the question of a request that wants such a thing.
ENTITY = {"order": "order_no", "part": "part_no", "alloy": "alloy", "week": "week"}
QUESTION = {"order": "order", "part": "part", "alloy": "alloy", "week": "delivery"}
#: Words only stand for a list that was shown at most so many messages ago, and when no single thing was talked of since.
FRESH = 3
#: Questions about room and time, in which «half of it» and «by then» point at figures.
PLANNED = ("capacity", "lead_time")
#: So few signs stand between «the week after» and the feast it is counted from.
CLOSE = 6


def find_references(turn: Turn) -> None:
    """Add what the pointing words of a message mean to its entities; words that only stand for a list wait for its names."""
    _point(turn, stands_for=False)
    before = turn.before
    _find_other_alloy(turn)
    _find_pieces(turn, before)
    if turn.asks and not turn.slot("question") and asks_heavy(turn):
        turn.entities.append(_mark("property", "density", 0, len(turn.text)))
    _find_week(turn, before)
    if before.topic in PLANNED and (turn.asks or not turn.slot("question")):
        _find_then(turn, before)
        _find_share(turn, before)
    same = same_asked(turn.text)
    if same:
        turn.entities.append(_mark("same", "same", same.start(), same.end()))


def find_stand_ins(turn: Turn) -> None:
    """Add what «they» and «those» mean, where the message names nothing: «and the rings, are they ready?» means the rings."""
    _point(turn, stands_for=True)


def _point(turn: Turn, stands_for: bool) -> None:
    before = turn.before
    shown = [each for each in turn.ground.list_shown if _wanted(turn, str(each["kind"]))]
    named = [] if turn.slot("question") else _alloys_named(turn)
    talked_of = [str(each["value"]) for each in before.about("order_no")]
    asked = spoken_of(turn.text)
    own = _own_orders(before, shown, asked is not None)
    if own and (asked or not turn.slot("question")) and not named:
        shown = own
    shown = shown or _talked_of(turn, before)
    kind = str(shown[0]["kind"]) if shown else "order"
    if not turn.said(ENTITY[kind], *THINGS):
        focus = [str(each["value"]) for each in before.about(ENTITY[kind])] or talked_of
        found = _at_alloys(turn, named) if named and kind != "week" else []
        fresh = stands_for and bool(shown) and _fresh(turn, shown)
        found = found or (pointed_at(turn.text, shown, focus, fresh=fresh) if shown else [])
        found = found or (_spoken_of(asked, own, focus) if asked and own else [])
        for pointer in found or _at_recent(turn, before, talked_of):
            if _counts(turn, pointer) or _hardly_named(turn, pointer):
                continue
            turn.entities += [_entity(pointer, thing) for thing in pointer.things]


def _find_other_alloy(turn: Turn) -> None:
    """«How strong is CuSn12, and how strong the other?»: beside one that is named, the other of the two that were shown."""
    named = {str(each["value"]) for each in turn.said("alloy")}
    shown = [each for each in turn.before.list_shown if each["kind"] == "alloy"]
    if len(named) != 1 or not asks_other(turn.text):
        return
    found = [each for each in pointed_at(turn.text, shown, list(named), fresh=False) if each.how == "other"]
    turn.entities += [_entity(pointer, thing) for pointer in found for thing in pointer.things]


def _alloys_named(turn: Turn) -> list[dict[str, Any]]:
    """The alloys that the customer named one after another: «both» and «the first» mean those, whatever was proposed beside."""
    return [{"kind": "alloy", "value": each, "marks": [], "turn": turn.before.turn} for each in those_named(turn)]


def _at_alloys(turn: Turn, named: Sequence[Thing]) -> list[Pointer]:
    return pointed_at(turn.text, named, [str(each["value"]) for each in turn.before.about("alloy")])


def _hardly_named(turn: Turn, pointer: Pointer) -> bool:
    """Whether a name is only that of one of several lines of an order that was shown: all of the customer's orders are looked through."""
    return (
        pointer.how == "name" and not turn.slot("question") and all(SEVERAL in each["marks"] for each in pointer.things)
    )


def _counts(turn: Turn, pointer: Pointer) -> bool:
    """«Twelve of them» points at pieces of an alloy, and not at several alloys."""
    several = pointer.how in ("they", "all") and {str(each["kind"]) for each in pointer.things} == {"alloy"}
    return several and bool(turn.said("quantity")) and not turn.asks


def _find_pieces(turn: Turn, before: Ground) -> None:
    """«Put me down for fifteen» after an answer on alloys: a bare number beside a word of taking is pieces."""
    numbers = [each for each in turn.said("number") if not each.get("unit") and not each.get("ask")]
    free = (
        before.topic in ALLOY_TOPICS
        and not turn.slot("question")
        and not turn.said("quantity")
        and "?" not in turn.text
    )
    if not free or len(numbers) != 1 or not takes(turn.text):
        return
    value = float(numbers[0]["value"])
    if value >= 1 and value.is_integer():
        pieces = {**numbers[0], "entity": "quantity", "value": int(value)}
        turn.entities = [pieces if each is numbers[0] else each for each in turn.entities]


def _wanted(turn: Turn, kind: str) -> bool:
    """In the midst of a request, words point only at what it asks for."""
    if not turn.slot("question"):
        return True
    task = tasks().get(turn.slot("task") or "")
    return task is not None and task.question(QUESTION[kind]) is not None


def _talked_of(turn: Turn, before: Ground) -> list[dict[str, Any]]:
    """Several orders talked of are a list too."""
    found = before.about("order_no")
    if len(found) < 2 or turn.slot("question"):
        return []
    at = before.since("order_no")
    return [{"kind": "order", "value": str(each["value"]), "marks": [], "turn": at} for each in found]


def _own_orders(before: Ground, shown: Sequence[Thing], asked: bool) -> list[dict[str, Any]]:
    """The orders that the customer named one after another since a list was shown, which «the first» and «the other» then mean.

    ``asked``: the words point at what the customer said («the one I asked about»), so that one is enough, and no list of ours counts.
    """
    since = int(shown[0].get("turn") or 0) + 1 if shown and not asked else 0
    named = before.named_lately("order_no", since)
    if len(named) < (1 if asked else 2):
        return []
    at = before.since("order_no") or before.turn
    return [{"kind": "order", "value": each, "marks": [], "turn": at} for each in named]


def _spoken_of(found: re.Match[str], own: Sequence[Thing], focus: Sequence[str]) -> list[Pointer]:
    """Of what the customer named, that which was not answered last; all of it where all was."""
    others = tuple(each for each in own if each["value"] not in focus)
    return [Pointer(found.start(), found.end(), "spoken_of", others or tuple(own))]


def _at_recent(turn: Turn, before: Ground, talked_of: Sequence[str]) -> list[Pointer]:
    """«The one before», «the other»: of orders talked of one after another, where no list tells it."""
    recent = list(reversed(before.recent("order_no")))
    if len(recent) <= 1 or turn.slot("question") or before.topic not in ORDERS:
        return []
    things = [{"kind": "order", "value": each, "marks": [], "turn": 0} for each in recent]
    return [each for each in pointed_at(turn.text, things, talked_of, fresh=False) if each.how in ("previous", "other")]


def _fresh(turn: Turn, shown: Sequence[Thing]) -> bool:
    at = int(shown[0].get("turn") or 0)
    since = turn.before.since(ENTITY[str(shown[0]["kind"])]) or 0
    return turn.ground.turn - at <= FRESH and since <= at


def _entity(found: Pointer, thing: Thing) -> Entity:
    return {**_mark(ENTITY[str(thing["kind"])], thing["value"], found.start, found.end), "reference": found.how}


def _mark(name: str, value: Any, start: int, end: int) -> Entity:
    return {"entity": name, "value": value, "start": start, "end": end, "reference": name}


# ---------------------------------------------------------------- weeks


def _find_week(turn: Turn, before: Ground) -> None:
    """«The week after»: counted from the one talked of."""
    known = before.about("week") or before.about("date")
    found = week_counted(turn.text) or _weeks_shifted(turn, before)
    feast = next((each for each in turn.said("date") if found and 0 <= each["start"] - found[2] <= CLOSE), None)
    if found and feast and feast.get("named") and found[0] > 0 and feast.get("meaning") in ("from", "after"):
        # «The week after Easter» is that week, and not all that comes after Easter.
        monday = _monday(feast, later=True)
        turn.entities = [each for each in turn.entities if each is not feast]
        turn.entities.append({"entity": "week", "value": iso_week(monday), "start": found[1], "end": feast["end"]})
        return
    if not found or not known or turn.said("week", "date") or (turn.slot("question") and not turn.asks):
        return
    step, start, end = found
    monday = _monday(known[-1] if step > 0 else known[0], step > 0)
    turn.entities.append(_mark("week", iso_week(monday + dt.timedelta(weeks=step)), start, end))


def _weeks_shifted(turn: Turn, before: Ground) -> tuple[int, int, int] | None:
    """«And a week later?» after an answer on capacity, where nothing is to be moved."""
    said = turn.said("shift")
    if len(said) != 1 or before.topic != "capacity" or turn.slot("question") or int(said[0]["value"]) % 7:
        return None
    weeks = int(said[0]["value"]) // 7 * (1 if said[0].get("way") == "later" else -1)
    turn.entities = [each for each in turn.entities if each is not said[0]]
    return weeks, said[0]["start"], said[0]["end"]


def _monday(entity: Entity, later: bool) -> dt.date:
    value = str((later and entity.get("until")) or entity["value"])
    day = week_monday(value) if "-W" in value else dt.date.fromisoformat(value)
    return monday_of(day)


# ---------------------------------------------------------------- figures


def _find_then(turn: Turn, before: Ground) -> None:
    """«By then»: by the time talked of, which every question then has as if it had been written."""
    found = then_meant(turn.text)
    known = next((before.about(kind)[0] for kind in ("week", "date", "lead") if before.about(kind)), None)
    if found and known and not turn.said("week", "date", "lead"):
        pointed = _mark(str(known["entity"]), known["value"], found.start(), found.end())
        turn.entities.append({**known, **pointed, "meaning": known.get("meaning") or "by", "reference": "then"})


def _find_share(turn: Turn, before: Ground) -> None:
    """«Half of it»: so much of the pieces talked of, or of the weight where no pieces were."""
    found = share_asked(turn.text)
    kind = next((each for each in ("quantity", "weight") if before.about(each)), None)
    if not found or not kind or turn.said("quantity", "weight"):
        return
    share, start, end = found
    if any(each.get("start", 0) < end and start < each.get("end", 0) for each in turn.entities):
        return
    value = float(before.about(kind)[0]["value"]) * share
    pointed = _mark(kind, max(1, round(value)) if kind == "quantity" else value, start, end)
    whole = {"per": "total"} if kind == "weight" else {}
    turn.entities.append({**pointed, **whole, "reference": "share"})
