"""Everything a customer has on order."""

import asyncio

from actions.handler import Handler
from actions.house import house
from actions.order_card import order_card, orders_card
from actions.order_late import say_late_ones
from actions.order_status import USES, named_in, tell_status
from actions.order_words import say_age, say_order, say_rows, say_sign_in, say_too_old, too_old
from actions.production import orders
from actions.question_words import asks
from actions.turn import Turn
from bot.common.clock import today

#: Rows in one answer; the rest is counted.
ROWS = 10


class OrderList(Handler):
    """Lists open orders by date, late ones marked. An order named in the message or picked from the list is told in full."""

    intent = "order_list"
    uses = (*USES, "number")

    async def answer(self, turn: Turn) -> None:
        """The customer's open orders; strangers are asked to sign in."""
        identity = turn.identity
        if identity is None:
            say_sign_in(turn)
            return
        if named_in(turn):
            await tell_status(turn)
            return
        engine = house().production
        as_of = await asyncio.to_thread(orders.data_as_of, engine)
        if too_old(as_of):
            say_too_old(turn, as_of)
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
        if turn.answered and found:
            say_age(turn, as_of)
