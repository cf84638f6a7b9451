"""Orders named by what is cast in them: «where are my hubs?», «når kommer løpehjulene?»"""

import asyncio
import functools
from collections.abc import Sequence
from typing import Any

from actions.orders.facets import ORDERS
from actions.orders.period import month_of, past_span
from actions.orders.words import marks
from actions.production import orders
from actions.production.identity import Identity
from actions.production.order_facts import OrderLine, OrderSummary
from actions.turns.ground import THINGS
from actions.turns.house import house
from actions.turns.intents import intent
from actions.turns.pointing import named_among
from actions.turns.question_words import asks
from actions.turns.turn import Turn
from actions.turns.words import words
from bot.common.clock import today
from bot.common.spans import time_of

#: Orders already sent are looked through only so far back, and only when no open one has such a name.
RECENT = 10
#: Orders of a time that is named are looked for so far back.
LOOKED_BACK = 60
#: So many orders are looked at for one that stands still.
MOST = 12
#: Values beside which a name is that of a wish, or has been understood as something else.
OTHERWISE = (*THINGS, "quantity", "weight", "number", "week", "lead")
#: Of these anywhere in the message a wish is told.
OF_A_WISH = ("quantity", "weight")


async def find_orders_by_name(turn: Turn) -> None:
    """Add the customer's orders whose parts a question names to the entities of the message; late ones or those on hold alone where such are meant."""
    identity = turn.identity
    if identity is None or turn.slot("question") or not _may_mean_orders(turn):
        return
    if not turn.said(*THINGS) and await _find_by_time(turn, identity):
        return
    if turn.said(*OF_A_WISH):
        return
    for search in (orders.open_orders, functools.partial(orders.recent_orders, limit=RECENT)):
        found = await asyncio.to_thread(search, house().production, identity)
        shown = [{"kind": "order", "value": each.order_no, "marks": marks(each, today())} for each in found]
        for pointer in named_among(turn.text, shown):
            if _otherwise(turn, pointer.start):
                continue
            meant = {str(each["value"]) for each in pointer.things}
            meant = await _narrowed(turn.text, identity, [each for each in found if each.order_no in meant])
            turn.entities = [each for each in turn.entities if not _only_a_use(each, pointer.start, pointer.end)]
            turn.entities += [
                {"entity": "order_no", "value": each["value"], "start": pointer.start, "end": pointer.end,
                 "reference": pointer.how}
                for each in pointer.things if each["value"] in meant
            ]  # fmt: skip
            return


def _otherwise(turn: Turn, at: int) -> bool:
    """Whether the clause that a name stands in holds a value of another matter: «nobody is here after 3. And the rings?» does not."""
    clause = next((each for each in turn.reading.clauses if each.start <= at < each.end), turn.reading.whole)
    return any(clause.start <= each.get("start", -1) < clause.end for each in turn.said(*OTHERWISE))


async def _find_by_time(turn: Turn, identity: Identity) -> bool:
    """«The ones from October»: the orders placed in that time, open ones before those that have been sent. Whether there are any."""
    before = words("orders").says(turn.text, "ordered_before")
    times = [
        each
        for each in turn.said("date", "week")
        if before or words("orders").ends(turn.text[: each.get("start", 0)], "of_time")
    ]
    if len(times) != 1:
        return False
    # «From October» is a beginning elsewhere; here the whole month is meant.
    month = times[0].get("named") == "month"
    span = past_span(month_of(str(times[0]["value"])) if month else time_of(times[0]), today())
    for search in (orders.open_orders, functools.partial(orders.recent_orders, limit=LOOKED_BACK)):
        found = await asyncio.to_thread(search, house().production, identity)
        meant = [each for each in found if span.first <= each.ordered_on <= span.last]
        pieces = {int(each["value"]) for each in turn.said("quantity") if not each.get("bad")}
        meant = [each for each in meant if any(one.quantity in pieces for one in each.lines)] or meant
        if meant:
            start, end = int(times[0]["start"]), int(times[0]["end"])
            turn.entities = [each for each in turn.entities if each is not times[0]]
            turn.entities += [
                {"entity": "order_no", "value": each.order_no, "start": start, "end": end, "reference": "name"}
                for each in meant
            ]
            return True
    return False


async def _narrowed(text: str, identity: Identity, named: Sequence[OrderSummary]) -> set[str]:
    """Of several orders those that are meant: the late ones («that should have been here»), or those on hold."""
    numbers = {each.order_no for each in named}
    late = {each.order_no for each in named if each.late(today())}
    if len(named) > 1 and late and (words("orders").says(text, "meant_late", "state_late") or asks(text, "behind")):
        return late
    if len(named) > 1 and words("orders").says(text, "meant_held", "asks_waits"):
        found = await asyncio.to_thread(orders.find_orders, house().production, identity, sorted(numbers)[:MOST])
        held = {each.order_no for each in found if any(on_hold(line) for line in each.lines)}
        return held or numbers
    return numbers


def on_hold(line: OrderLine) -> bool:
    """Whether a line stands still before its next step."""
    progress = line.progress()
    return not line.closed and progress is not None and progress.state == "blocked"


def _only_a_use(entity: dict[str, Any], start: int, end: int) -> bool:
    """«The pump housings» of an order are no use that an alloy is looked for."""
    return (
        entity["entity"] == "application" and int(entity.get("start", -1)) < end and start < int(entity.get("end", 0))
    )


def _may_mean_orders(turn: Turn) -> bool:
    """Whether an order is asked about, or something is asked that no wish and no alloy is named in."""
    act = turn.reading.whole.act
    said = [each.act for each in turn.reading.clauses if each.asks]
    if any(intent(each).of_orders or each in ORDERS for each in (act, *said)):
        return True
    asked = turn.reading.whole.asks and not turn.said("alloy", "alloy_group", "property")
    # «And the rings, are they ready?» after a status, whatever else the message tells.
    return asked and (intent(act).kind != "task" or turn.before.topic in ORDERS)
