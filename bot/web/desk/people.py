"""Names of customers for the desk's lists, and everything about one: read from production, never waited for long."""

import asyncio
import time
from collections.abc import Callable, Collection
from typing import Any, ParamSpec, TypeVar

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from actions.production.contacts import Contact, contacts_of, named
from actions.production.identity import Identity
from actions.production.order_facts import OrderSummary
from actions.production.orders import open_orders
from bot.common.clock import today
from bot.common.replies import replies
from bot.store.models import Conversation

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
log = structlog.get_logger("desk")
#: A list is not kept waiting by production; a panel a little.
LIST_SECONDS, PANEL_SECONDS = 0.7, 2.5
#: Names change seldom.
KEPT_SECONDS, MOST_KEPT = 300.0, 5000
MOST_ORDERS = 50
NOTHING: dict[str, Any] = {"known": True, "contact": None, "company": None, "orders": []}


class ProductionAway(RuntimeError):
    """Production did not answer in time."""


class People:
    """What production knows of contacts, remembered for a while."""

    def __init__(self, production: Engine) -> None:
        self.production = production
        self._known: dict[str, tuple[float, Contact | None]] = {}

    async def names(self, contact_ids: Collection[str | None]) -> dict[str, Contact]:
        """Those of the contacts that are known; the others are away or gone."""
        now = time.monotonic()
        wanted = {one for one in contact_ids if one}
        asked = {one for one in wanted if one not in self._known or self._known[one][0] < now - KEPT_SECONDS}
        if asked:
            try:
                found = await _ask(LIST_SECONDS, contacts_of, self.production, asked)
            except ProductionAway:
                found = {}
            else:
                self._remember({one: (now, found.get(one)) for one in asked})
        return {one: known for one in wanted if (known := self._known.get(one, (0.0, None))[1]) is not None}

    async def find(self, words: str) -> tuple[str, ...]:
        """Ids of contacts by name, customer or address."""
        try:
            return tuple(await _ask(LIST_SECONDS, named, self.production, words))
        except ProductionAway:
            return ()

    async def panel(self, row: Conversation, language: str) -> dict[str, Any] | None:
        """Who the customer is and what they have ordered; None for a stranger."""
        if row.contact_id is None or row.customer_id is None:
            return None
        try:
            found = await _ask(PANEL_SECONDS, contacts_of, self.production, [row.contact_id])
            identity = Identity(row.contact_id, row.customer_id, row.proved or "sign_in")
            orders = await _ask(PANEL_SECONDS, open_orders, self.production, identity)
        except ProductionAway:
            return {**NOTHING, "unavailable": True, "proved": row.proved}
        known = found.get(row.contact_id)
        if known is None:
            return {**NOTHING, "gone": True, "proved": row.proved}
        return {
            **_who(known), "proved": row.proved,
            "orders": [_order(one, language) for one in orders[:MOST_ORDERS]], "more_orders": len(orders) > MOST_ORDERS,
        }  # fmt: skip

    def _remember(self, found: dict[str, tuple[float, Contact | None]]) -> None:
        if len(self._known) + len(found) > MOST_KEPT:
            self._known.clear()
        self._known |= found


async def _ask(
    seconds: float, work: Callable[Arguments, Result], *arguments: Arguments.args, **names: Arguments.kwargs
) -> Result:
    """Ask production in a thread. Raises ProductionAway."""
    try:
        return await asyncio.wait_for(asyncio.to_thread(work, *arguments, **names), seconds)
    except (SQLAlchemyError, TimeoutError) as error:
        log.warning("production away", error=type(error).__name__)
        raise ProductionAway from error


def _who(known: Contact) -> dict[str, Any]:
    return {
        "known": True,
        "contact": {
            "id": known.contact_id, "name": known.name, "role": known.role, "email": known.email, "phone": known.phone,
            "may_order": known.may_order, "may_see_prices": known.may_see_prices,
        },
        "company": {
            "name": known.customer_name, "customer_no": known.customer_no, "country": known.country,
            "language": known.language,
        },
    }  # fmt: skip


def _order(order: OrderSummary, language: str) -> dict[str, Any]:
    term = f"status.{order.status}"
    return {
        "order_no": order.order_no, "po": order.customer_po, "status": order.status,
        "status_text": replies().terms[language].get(term, order.status),
        "date": order.next_date.isoformat() if order.next_date else None, "late": order.late(today()),
    }  # fmt: skip
