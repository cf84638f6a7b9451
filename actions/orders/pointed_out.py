"""Which of the customer's orders words point out, without a number: «the delivered one», «the pump housings that are late»."""

import asyncio
from collections.abc import Sequence

from actions.orders.words import marks
from actions.production import orders
from actions.production.identity import Identity
from actions.production.order_facts import OrderSummary
from actions.turns.house import house
from actions.turns.pointing import named_among
from actions.turns.words import words
from bot.common.clock import today

#: So many of the newest orders are looked among.
AMONG = 30
#: Words of a state (``state_<name>`` in data/words/orders.yml), and the status of the orders that are in it.
STATES = {
    "delivered": ("delivered",),
    "shipped": ("shipped", "delivered", "partly_shipped"),
    "making": ("in_production",),
}  # fmt: skip


async def pointed_out(identity: Identity, text: str) -> list[OrderSummary]:
    """The orders that a text points out by state and part; none where it says nothing of them, or it fits none."""
    rows = await asyncio.to_thread(orders.recent_orders, house().production, identity, limit=AMONG)
    kept = _in_state(_named(rows, text), text)
    return kept if len(kept) < len(rows) else []


def points_out(text: str) -> bool:
    """Whether a text names a state of orders."""
    return any(words("orders").says(text, f"state_{state}") for state in (*STATES, "late"))


def _named(rows: Sequence[OrderSummary], text: str) -> list[OrderSummary]:
    shown = [{"kind": "order", "value": each.order_no, "marks": marks(each, today())} for each in rows]
    meant = {str(thing["value"]) for pointer in named_among(text, shown) for thing in pointer.things}
    return [each for each in rows if each.order_no in meant] if meant else list(rows)


def _in_state(rows: Sequence[OrderSummary], text: str) -> list[OrderSummary]:
    known = words("orders")
    state = next((state for state in STATES if known.says(text, f"state_{state}")), None)
    kept = [each for each in rows if state is None or each.status in STATES[state]]
    return [each for each in kept if each.late(today())] if known.says(text, "state_late") else kept
