"""What is said about orders, whole or as rows of a list, and about the age of what is known."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from actions.orders.line_words import item, say_line, week
from actions.orders.part_names import names_alike
from actions.production.order_facts import Order, OrderLine, OrderSummary
from actions.turns.turn import ASKS_WHO, Turn
from actions.turns.words import words
from bot.common.clock import now
from bot.common.settings import settings

#: A nightly transfer may run late; older data is called by its time.
OLD = dt.timedelta(hours=30)
#: Nobody should hear about an order from data older than this.
TOO_OLD = dt.timedelta(days=7)
LINES_TOLD = 5
#: The mark of an order with several lines; no word.
SEVERAL = "2+"
#: Web answers this one: it asks for a number and an address, and sends a code.
IDENTIFY = {"reply": "utter_choice_identify", "payload": "/identify"}


def too_old(as_of: dt.datetime | None) -> bool:
    """Whether a person should answer instead. Unknown age is too old: nobody could say what the answer is worth."""
    return as_of is None or now() - as_of > TOO_OLD


def say_sign_in(turn: Turn) -> None:
    """The same words for a stranger whatever was asked about: they tell nothing about what exists. What was told is not asked for."""
    named = [str(each["value"]) for each in turn.ground.about("order_no")]
    if any(part["reply"] in ASKS_WHO for part in turn.parts):
        pass
    elif turn.told_for_proof == {"reference"} and named:
        turn.say("utter_order_sign_in_email", numbers=named)
    elif turn.told_for_proof == {"email"}:
        turn.say("utter_order_sign_in_number")
    else:
        turn.say("utter_order_sign_in")
    turn.offer(IDENTIFY, {"reply": "utter_choice_human", "payload": "/human"})


def say_unknown(turn: Turn, number: str) -> None:
    """No order of the firm has this number; of a colleague's it is said whose orders can be seen, and who can look."""
    turn.say("utter_order_unknown", order_no=number)
    if words("orders").says(turn.reading.text, "colleague"):
        turn.say("utter_order_colleague")
        turn.offer({"reply": "utter_choice_human", "payload": "/human"})


def say_too_old(turn: Turn, as_of: dt.datetime | None) -> None:
    """Old data goes to a person."""
    turn.say("utter_order_data_too_old", as_of=str((as_of or now()).date()))
    turn.hand_over("old_data")


def say_age(turn: Turn, as_of: dt.datetime | None) -> None:
    """Says from when the data is, when that is not about now."""
    if as_of is not None and now() - as_of > OLD:
        local = as_of.astimezone(ZoneInfo(settings().time_zone))
        turn.say("utter_order_data_age", as_of=str(local.date()), time=f"{local:%H:%M}")


def say_order(turn: Turn, order: Order, today: dt.date) -> None:
    """Everything a buyer asks about one order."""
    if len(order.lines) == 1:
        line = order.lines[0]
        turn.say("utter_order_head", order_no=order.order_no, **_named(turn, line))
        _say_references(turn, order, line)
        say_line(turn, line, today)
        return
    turn.say("utter_order_head_lines", order_no=order.order_no, lines=len(order.lines), status=f"status.{order.status}")
    if order.customer_po:
        turn.say("utter_order_po", po=order.customer_po, join=" ")
    # What is still to come is what is asked about.
    lines = sorted(order.lines, key=lambda line: (line.closed, line.line_no))
    for line in lines[:LINES_TOLD]:
        turn.say("utter_order_line", line_no=line.line_no, **_named(turn, line))
        say_line(turn, line, today)
    if len(lines) > LINES_TOLD:
        turn.say("utter_order_more_lines", count=len(lines) - LINES_TOLD)


def _named(turn: Turn, line: OrderLine) -> dict[str, Any]:
    return {"item": item(line, turn.language), "qty": line.quantity}


def _say_references(turn: Turn, order: Order, line: OrderLine) -> None:
    if line.drawing_no and line.revision:
        turn.say("utter_order_drawing_revision", drawing=line.drawing_no, revision=line.revision, join=" ")
    elif line.drawing_no:
        turn.say("utter_order_drawing", drawing=line.drawing_no, join=" ")
    if order.customer_po:
        turn.say("utter_order_po", po=order.customer_po, join=" ")


def say_rows(turn: Turn, orders: Sequence[OrderSummary], today: dt.date, most: int) -> None:
    """A line for each order, at most so many, with quick replies of the first numbers."""
    for order in orders[:most]:
        say_order_row(turn, order, today)
    show_orders(turn, orders[:most], today)
    if len(orders) > most:
        turn.say("utter_order_more", count=len(orders) - most)
    turn.offer(*({"title": order.order_no} for order in orders[:5]))


def show_orders(turn: Turn, orders: Sequence[OrderSummary], today: dt.date) -> None:
    """Remember several orders that were told, with the words of their names in every language and whether they are late."""
    if len(orders) > 1:
        turn.show_list("order", [(order.order_no, marks(order, today)) for order in orders])


def marks(order: OrderSummary, today: dt.date) -> list[str]:
    """By what words point at an order: those of the names of its parts, in every language read, and ``late``."""
    names = [name for line in order.lines for name in (line.description_nb, line.description_en) if name]
    others = [other for name in names for other in names_alike(name)]
    words = [word for name in (*names, *others) for word in re.findall(r"[^\W\d_]+", name.casefold())]
    return [
        *dict.fromkeys(words),
        *([SEVERAL] if len(order.lines) > 1 else []),
        *(["late"] if order.late(today) else []),
    ]


def say_order_row(turn: Turn, order: OrderSummary, today: dt.date) -> None:
    """One order on one line: what, status, next date or delay."""
    status = f"status.{order.status}"
    if len(order.lines) == 1:
        turn.say("utter_order_row", order_no=order.order_no, status=status, **_named(turn, order.lines[0]))
    else:
        turn.say("utter_order_row_lines", order_no=order.order_no, lines=len(order.lines), status=status)
    late = [line for line in order.lines if line.late(today)]
    if late:
        _say_late(turn, late[0], today)
    elif order.next_date:
        turn.say("utter_order_row_date", date=str(order.next_date), week=week(order.next_date), join=" ")
    elif any(not line.closed and line.status != "quoted" for line in order.lines):
        turn.say("utter_order_row_no_date", join=" ")


def _say_late(turn: Turn, line: OrderLine, today: dt.date) -> None:
    date = str(line.confirmed_date)
    if line.overdue(today):
        turn.say("utter_order_row_overdue", date=date, join=" ")
    elif line.confirmed_date:
        old = str(line.first_date)
        turn.say("utter_order_row_late", old=old, date=date, week=week(line.confirmed_date), join=" ")
