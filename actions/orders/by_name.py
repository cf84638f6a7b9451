"""Orders named by what is cast in them: «where are my hubs?», «når kommer løpehjulene?»"""

import asyncio
import functools

from actions.orders.facets import ORDERS
from actions.orders.words import marks
from actions.production import orders
from actions.turns.ground import THINGS
from actions.turns.house import house
from actions.turns.intents import intent
from actions.turns.pointing import named_among
from actions.turns.turn import Turn
from bot.common.clock import today

#: Orders already sent are looked through only so far back, and only when no open one has such a name.
RECENT = 10
#: Values beside which a name is that of a wish, or has been understood as something else.
OTHERWISE = (*THINGS, "quantity", "weight", "number", "week", "lead")


async def find_orders_by_name(turn: Turn) -> None:
    """Add the customer's orders whose parts a question names to the entities of the message."""
    identity = turn.identity
    if identity is None or turn.slot("question") or turn.said(*OTHERWISE) or not _may_mean_orders(turn):
        return
    for search in (orders.open_orders, functools.partial(orders.recent_orders, limit=RECENT)):
        found = await asyncio.to_thread(search, house().production, identity)
        shown = [{"kind": "order", "value": each.order_no, "marks": marks(each, today())} for each in found]
        for pointer in named_among(turn.text, shown):
            turn.entities += [
                {"entity": "order_no", "value": each["value"], "start": pointer.start, "end": pointer.end,
                 "reference": pointer.how}
                for each in pointer.things
            ]  # fmt: skip
            return


def _may_mean_orders(turn: Turn) -> bool:
    """Whether an order is asked about, or something is asked that no wish and no alloy is named in."""
    act = turn.reading.whole.act
    if intent(act).of_orders or act in ORDERS:
        return True
    return turn.reading.whole.asks and intent(act).kind != "task" and not turn.said("alloy", "alloy_group", "property")
