"""What is said when somebody asks why things are late and several orders are open: the late ones, each with its reason."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from actions.orders.line_words import NO_APOLOGY, item, say_sorry, week
from actions.orders.words import say_order_row, show_orders
from actions.production.order_facts import OrderLine, OrderSummary
from actions.turns.turn import Turn

#: Late lines in one answer; the rest is counted.
ROWS = 8
#: Order numbers offered.
OFFERED = 5


def say_late_ones(turn: Turn, orders: Sequence[OrderSummary], today: dt.date) -> None:
    """Every late line with old date, new date and reason; without any, that all are on time, and what is next."""
    late = [order for order in orders if order.late(today)]
    if not late:
        turn.say("utter_order_none_late", count=len(orders))
        say_order_row(turn, orders[0], today)
        turn.offer({"title": orders[0].order_no})
        return
    turn.say(
        "utter_order_late_head" if len(late) > 1 else "utter_order_late_head_one", late=len(late), count=len(orders)
    )
    show_orders(turn, late, today)
    lines = [(order, line) for order in late for line in order.lines if line.late(today)]
    for order, line in lines[:ROWS]:
        _say_late_line(turn, order, line, today)
    if len(lines) > ROWS:
        turn.say("utter_order_more", count=len(lines) - ROWS)
    if any(_ours(line) for _, line in lines):
        say_sorry(turn, "\n")
    turn.offer(*({"title": order.order_no} for order in late[:OFFERED]))
    if any(_reason(line) is None for _, line in lines):
        turn.offer({"reply": "utter_choice_human", "payload": "/human"})


def _say_late_line(turn: Turn, order: OrderSummary, line: OrderLine, today: dt.date) -> None:
    values: dict[str, Any] = {"item": item(line, turn.language), "qty": line.quantity}
    if len(order.lines) == 1:
        turn.say("utter_order_late_row", order_no=order.order_no, **values)
    else:
        turn.say("utter_order_late_row_line", order_no=order.order_no, line_no=line.line_no, **values)
    if line.overdue(today):
        turn.say("utter_order_late_overdue", join=" ", date=str(line.confirmed_date))
    elif line.confirmed_date:
        turn.say(
            "utter_order_late_moved", join=" ", old=str(line.first_date), date=str(line.confirmed_date),
            week=week(line.confirmed_date),
        )  # fmt: skip
    reason = _reason(line)
    if reason:
        turn.say("utter_order_reason", join=" ", reason=f"reason.{reason}")
    elif line.moved_later:
        turn.say("utter_order_late_hidden", join=" ")


def _reason(line: OrderLine) -> str | None:
    return line.moves[-1].shown_reason if line.moved_later else None


def _ours(line: OrderLine) -> bool:
    return _reason(line) not in NO_APOLOGY
