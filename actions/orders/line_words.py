"""What is said about one line of an order: where it is, when it comes, whether it is late, what was sent."""

import datetime as dt
from typing import Any

from actions.production.order_facts import OrderLine, Shipment
from actions.turns.turn import Turn

#: Reasons that are nobody's fault here: stated, without an apology.
NO_APOLOGY = ("DOC", "HOL")
#: Shipments told one by one.
SHIPMENTS_TOLD = 3


def week(day: dt.date) -> int:
    """ISO week number."""
    return day.isocalendar().week


def item(line: OrderLine, language: str) -> str:
    """The name of the part as the customer knows it, in the language of the answer where the source has one."""
    described = line.description_nb if language == "nb" else line.description_en
    names = (described, line.description_nb, line.description_en, line.customer_part_no, line.product_no)
    return next((name for name in names if name), line.product_id)


def say_line(turn: Turn, line: OrderLine, today: dt.date) -> None:
    """Status, shipments and date of one line. Starts a new line of the message."""
    _say_status(turn, line)
    if line.shipments and line.status in ("partly_shipped", "shipped", "delivered"):
        say_shipments(turn, line)
    if not line.closed and line.status != "quoted":
        _say_date(turn, line, today)


def _say_status(turn: Turn, line: OrderLine) -> None:
    counts = {
        "total": line.quantity, "shipped": line.shipped_quantity, "rest": line.rest, "finished": line.finished_quantity
    }  # fmt: skip
    progress = line.progress()
    if progress and progress.state == "blocked" and line.status in ("planned", "in_production"):
        turn.say("utter_order_step_blocked", operation=f"operation.{progress.code}")
    elif line.status == "in_production":
        _say_step(turn, line)
    else:
        turn.say(f"utter_order_{line.status}", **counts)
    if line.status == "partly_shipped":
        _say_rest(turn, line)
    unshipped = line.finished_quantity - line.shipped_quantity
    if line.status in ("in_production", "partly_shipped") and 0 < unshipped < line.rest:
        turn.say("utter_order_finished", finished=unshipped, join=" ")


def _say_step(turn: Turn, line: OrderLine) -> None:
    progress = line.progress()
    if progress is None:
        turn.say("utter_order_in_production")
        return
    values: dict[str, Any] = {"operation": f"operation.{progress.code}"}
    if progress.state != "started":
        turn.say("utter_order_step_next", **values)
    elif progress.done_quantity:
        turn.say("utter_order_step_pieces", done=progress.done_quantity, total=line.quantity, **values)
    else:
        turn.say("utter_order_step_started", **values)


def _say_rest(turn: Turn, line: OrderLine) -> None:
    progress = line.progress()
    if progress is None or progress.code == "release":
        return
    operation = f"operation.{progress.code}"
    if progress.state == "blocked":
        turn.say("utter_order_step_blocked", operation=operation, join=" ")
    elif progress.done_quantity > line.shipped_quantity:
        done = progress.done_quantity
        turn.say("utter_order_rest_pieces", operation=operation, done=done, total=line.quantity, join=" ")
    else:
        turn.say("utter_order_rest_step", operation=operation, join=" ")


def say_shipments(turn: Turn, line: OrderLine) -> None:
    """The latest shipments, newest last, each on its own line."""
    earlier = len(line.shipments) - SHIPMENTS_TOLD
    for shipment in line.shipments[-SHIPMENTS_TOLD:]:
        _say_shipment(turn, shipment)
    if earlier > 0:
        turn.say("utter_order_earlier_shipments", count=earlier)


def _say_shipment(turn: Turn, shipment: Shipment) -> None:
    values: dict[str, Any] = {"qty": shipment.quantity, "shipped_on": str(shipment.shipped_on)}
    if shipment.carrier:
        turn.say("utter_order_shipment_carrier", carrier=shipment.carrier, **values)
    else:
        turn.say("utter_order_shipment", **values)
    if shipment.delivered_on:
        turn.say("utter_order_arrived", delivered=str(shipment.delivered_on), join=" ")
        return
    if shipment.expected_on:
        turn.say("utter_order_expected", expected=str(shipment.expected_on), join=" ")
    if shipment.tracking_no and shipment.tracking_url:
        turn.say("utter_order_tracking_url", tracking=shipment.tracking_no, url=shipment.tracking_url, join=" ")
    elif shipment.tracking_no:
        turn.say("utter_order_tracking", tracking=shipment.tracking_no, join=" ")


def _say_date(turn: Turn, line: OrderLine, today: dt.date) -> None:
    if line.confirmed_date is None:
        _say_no_date(turn, line)
        return
    values: dict[str, Any] = {"date": str(line.confirmed_date), "week": week(line.confirmed_date)}
    some_sent = line.status == "partly_shipped"
    if line.overdue(today) and line.moved_later:
        turn.say("utter_order_overdue_moved", old=str(line.first_date), **values)
    elif line.overdue(today):
        turn.say("utter_order_overdue", **values)
    elif line.moved_later:
        turn.say("utter_order_rest_moved" if some_sent else "utter_order_moved", old=str(line.first_date), **values)
    elif line.moved_earlier:
        turn.say("utter_order_moved_earlier", old=str(line.first_date), **values)
    else:
        turn.say("utter_order_rest_date" if some_sent else "utter_order_date", rest=line.rest, **values)
    if line.late(today):
        _say_why(turn, line)


def _say_no_date(turn: Turn, line: OrderLine) -> None:
    # "Received" has said so already.
    if line.status != "received":
        turn.say("utter_order_no_date")
    if line.wanted_date:
        turn.say("utter_order_wanted", date=str(line.wanted_date), join=" ")


def _say_why(turn: Turn, line: OrderLine) -> None:
    """The visible reason of the latest move, and an apology where the delay is ours."""
    reason = line.moves[-1].shown_reason if line.moved_later else None
    if reason:
        turn.say("utter_order_reason", reason=f"reason.{reason}", join=" ")
    elif line.moved_later:
        turn.say("utter_order_reason_hidden", join=" ")
    if reason not in NO_APOLOGY:
        say_sorry(turn)
    if reason is None:
        turn.offer({"reply": "utter_choice_human", "payload": "/human"})


def say_sorry(turn: Turn, join: str = " ") -> None:
    """An apology, once in a conversation: repeated, it is none."""
    if turn.ground.first_time("sorry"):
        turn.say("utter_order_sorry", join=join)
