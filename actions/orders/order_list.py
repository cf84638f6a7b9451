"""Everything a customer has on order."""

import asyncio
import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Engine

from actions.orders.card import order_card, orders_card
from actions.orders.facets import BARE, asks_late_ones, goes_on
from actions.orders.late import say_late_ones
from actions.orders.period import COMING, Period, period_of
from actions.orders.status import USES, data_age, named_in, tell_late_ones, tell_status
from actions.orders.words import say_age, say_order, say_rows, say_sign_in
from actions.production import orders
from actions.production.identity import Identity
from actions.production.order_facts import OrderLine, OrderSummary
from actions.turns.handler import Handler
from actions.turns.house import house
from actions.turns.question_words import asks
from actions.turns.turn import Turn
from bot.common.clock import today

#: Rows in one answer; the rest is counted.
ROWS = 10


class OrderList(Handler):
    """Lists open orders by date, late ones marked. An order named in the message or picked from the list is told in full."""

    intent = "order_list"
    uses = (*USES, "number")

    def goes_on(self, turn: Turn) -> bool:
        """«Why?» after the list, «and next week?» after that of a time."""
        again = "period" in turn.before.facets and len(turn.text.split()) <= BARE
        return goes_on(turn) or (again and period_of(turn, today()) is not None)

    async def answer(self, turn: Turn) -> None:
        """The customer's open orders; strangers are asked to sign in."""
        identity = turn.identity
        if identity is None:
            say_sign_in(turn)
            return
        if asks_late_ones(turn):
            turn.ground.facets = []
            await tell_late_ones(turn, identity)
            return
        period = period_of(turn, today())
        if named_in(turn) or (not period and turn.intent != self.intent and goes_on(turn)):
            await tell_status(turn)
            return
        engine, as_of = house().production, await data_age(turn)
        if as_of is None:
            return
        turn.ground.facets = ["period"] if period else []
        if period:
            found = await asyncio.to_thread(_of_period, engine, identity, period)
            _say_period(turn, found, period)
            turn.remember(self.intent, (), order_no=[])
            say_age(turn, as_of)
            return
        found = await asyncio.to_thread(orders.open_orders, engine, identity)
        if len(found) == 1:
            order = await asyncio.to_thread(orders.find_order, engine, identity, found[0].order_no)
            if order:
                say_order(turn, order, today())
                turn.show(order_card(order, turn.language, today()))
        elif found and asks(turn.text, "late"):
            say_late_ones(turn, found, today())
        elif found:
            late = sum(order.late(today()) for order in found)
            head = "utter_order_list_late" if late else "utter_order_list_on_time"
            turn.say(head, count=len(found), late=late)
            say_rows(turn, found, today(), ROWS)
            turn.show(orders_card({"parts": turn.parts[:1]}, found[:ROWS], turn.language, today()))
        else:
            turn.say("utter_order_none_open")
        talked_of = [{"entity": "order_no", "value": found[0].order_no}] if len(found) == 1 else []
        turn.remember(self.intent, (), order_no=talked_of)
        if turn.answered and found:
            say_age(turn, as_of)


def _of_period(engine: Engine, identity: Identity, period: Period) -> list[OrderSummary]:
    """The orders a time is about: ordered or sent in it, or to be sent in it."""
    first, last = period.span.first, period.span.last
    if period.asks == COMING:
        # Of an order with several dates, the lines that are asked about.
        due = [replace(order, lines=_due(order, first, last)) for order in orders.open_orders(engine, identity)]
        return sorted((order for order in due if order.lines), key=orders.by_date)
    search = orders.ordered_between if period.asks == "ordered" else orders.sent_between
    return search(engine, identity, first, last)


def _due(order: OrderSummary, first: dt.date, last: dt.date) -> list[OrderLine]:
    """The lines of an order that are to be sent from one day to another."""
    return [
        line for line in order.lines if not line.closed and line.confirmed_date and first <= line.confirmed_date <= last
    ]


def _say_period(turn: Turn, found: Sequence[OrderSummary], period: Period) -> None:
    """The orders of a time, counted and listed; or that there are none."""
    some = "" if found else "_none"
    turn.say(f"utter_order_period_{period.asks}{some}", count=len(found), when=str(period.span))
    say_rows(turn, found, today(), ROWS)
