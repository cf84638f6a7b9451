"""Orders as cards: one as a timeline with its dates, several as a table."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from actions.orders.line_words import item
from actions.production.order_facts import PART_OF, Order, OrderLine, OrderSummary
from actions.production.views import OPERATIONS
from actions.turns.cards import Card, Word, table_card, term, word

#: Steps a buyer knows; another one is shown only while the order is at it.
MILESTONES = ("moulding", "pouring", "fettling", "heat_treatment", "machining", "surface", "inspection", "packing")
#: How far a line has come before and after the shop: what is done, and where it is now.
BEFORE = {"received": 0, "confirmed": 1, "planned": 2}
AFTER = {"ready_to_ship": 0, "packing": 0, "partly_shipped": 0, "shipped": 1, "delivered": 2}
#: Made, and not on its way yet.
PACKED = ("ready_to_ship", "packing")


def order_card(order: Order, language: str, today: dt.date) -> Card:
    """One order. An order of several lines shows a date a line and no timeline, for its lines are not at the same step."""
    card: Card = {"type": "order", "order_no": order.order_no, "status": term(f"status.{order.status}")}
    if len(order.lines) > 1:
        dates = [{"label": _named(line, language), "value": _date(line)} for line in order.lines]
        return card | {"title": word("order", order_no=order.order_no), "dates": dates, "steps": []}
    line = order.lines[0]
    card |= {"title": _named(line, language), "dates": _dates(line), "steps": _steps(line, today)}
    note = _note(line, today)
    return card | ({"note": note} if note else {})


def _named(line: OrderLine, language: str) -> Word:
    return word("item", item=item(line, language), qty=line.quantity)


def _date(line: OrderLine) -> Word:
    return word("date", value=line.confirmed_date) if line.confirmed_date else word("no_date")


def _dates(line: OrderLine) -> list[dict[str, Any]]:
    if line.shipments and line.closed:
        last = line.shipments[-1]
        dates = [(word("shipped_on"), word("date", value=last.shipped_on))]
        came = [("delivered_on", last.delivered_on), ("expected_on", None if last.delivered_on else last.expected_on)]
        dates += [(word(name), word("date", value=day)) for name, day in came if day]
        return [{"label": label, "value": value} for label, value in dates]
    if line.closed or line.status == "quoted":
        return []
    told: list[dict[str, Any]] = [{"label": word("ships_on"), "value": _date(line)}]
    if line.moved_later or line.moved_earlier:
        told.insert(0, {"label": word("first_date"), "value": word("date", value=line.first_date), "old": True})
    return told


def _steps(line: OrderLine, today: dt.date) -> list[dict[str, Any]]:
    """The way of a line from received to delivered; none for an offer or a cancelled order."""
    if line.status in ("quoted", "cancelled"):
        return []
    progress = line.progress()
    at = progress.code if progress else None
    shop = [code for code in OPERATIONS if _shown(line, code, at)]
    if line.status in PACKED:
        # The last step in the shop is called as the whole line is.
        shop = [code for code in shop if code != "packing"]
    codes = [*(f"status.{each}" for each in BEFORE), *(f"operation.{each}" for each in shop)]
    codes += [f"status.{line.status}"] if line.status in PACKED else []
    codes += ["status.shipped", "status.delivered"]
    if line.status in BEFORE:
        here = BEFORE[line.status]
    elif line.status in AFTER and not (line.status == "partly_shipped" and at in shop):
        here = len(BEFORE) + len(shop) + AFTER[line.status]
    else:
        here = len(BEFORE) + (shop.index(at) if at in shop else 0)
    done = line.status == "delivered"
    now = "late" if line.late(today) else "now"
    states = ["done" if done or number < here else now if number == here else "todo" for number in range(len(codes))]
    return [{"label": term(code), "state": state} for code, state in zip(codes, states, strict=True)]


def _shown(line: OrderLine, code: str, at: str | None) -> bool:
    known = any(step.code == code for step in line.steps)
    return known and (code in MILESTONES or code == at) and PART_OF.get(code) is None


def _note(line: OrderLine, today: dt.date) -> Word | None:
    """Why it is late, as far as the customer may know."""
    if not line.late(today):
        return None
    reason = line.moves[-1].shown_reason if line.moved_later else None
    if reason:
        return {"reply": "utter_order_reason", "reason": f"reason.{reason}"}
    return word("overdue") if line.overdue(today) else {"reply": "utter_order_reason_hidden"}


def orders_card(title: Word, orders: Sequence[OrderSummary], language: str, today: dt.date) -> Card:
    """The rows of a list."""
    columns = [word("column_order"), word("column_part"), word("column_status"), word("column_date")]
    return table_card(title, columns, [_row(order, language, today) for order in orders])


def _row(order: OrderSummary, language: str, today: dt.date) -> list[Word | str]:
    part = _named(order.lines[0], language) if len(order.lines) == 1 else word("lines", lines=len(order.lines))
    late = [line for line in order.lines if line.late(today)]
    if late and late[0].confirmed_date:
        date = word("overdue_on" if late[0].overdue(today) else "late_until", value=late[0].confirmed_date)
    elif order.next_date:
        date = word("day", value=order.next_date)
    else:
        date = word("no_date")
    return [order.order_no, part, term(f"status.{order.status}"), date]
