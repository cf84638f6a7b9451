"""Which order line of the customer's a wish is about: found by any number it is known by, asked for when several fit."""

import asyncio
import re

from actions.house import house
from actions.order_line_words import item
from actions.production import orders
from actions.production.identity import Identity
from actions.production.order_facts import Order, OrderSummary
from actions.task_answers import Problem, Reading, line
from actions.task_service import Doubt
from actions.tasks import Answers
from actions.turn import Turn

#: Orders offered to choose from.
OFFERED = 4
#: The value of ``line`` for a wish about the whole order.
ALL = "all"
_LINE = re.compile(r"\b(?:linje|line|pos(?:isjon)?|item|rad|zeile)\s*(?:nr\.?|no\.?)?\s*(\d{1,3})\b", re.I)
_WHOLE = re.compile(
    r"\b(?:hele (?:ordren|bestillingen)|alt|alle linjer|heile ordren|the whole (?:order|lot)|entire order|everything|all lines|hela ordern)\b",
    re.I,
)


def read_line(turn: Turn, requested: bool) -> Reading:
    """A line by its number, or the whole order."""
    found = _LINE.search(turn.text)
    if found:
        return line("line", int(found[1]))
    if _WHOLE.search(turn.text):
        return line("line", ALL, "utter_line_line_all")
    if requested and turn.said("number"):
        return line("line", int(turn.said("number")[0]["value"]))
    return None


async def find_line(turn: Turn, identity: Identity, answers: Answers, whole: bool) -> Order | Doubt | None:
    """The order with its line in ``answers``; what to ask; None while no order was named.

    ``whole``: without a line named the wish is about the whole order.
    """
    named = answers.get("order", {})
    if named.get("value") is None:
        return None
    found = await asyncio.to_thread(_search, identity, str(named["value"]))
    if len(found) != 1:
        return "order", await _which(turn, identity, str(named["value"]), found)
    order = await asyncio.to_thread(orders.find_order, house().production, identity, found[0])
    if order is None:
        return "order", await _which(turn, identity, str(named["value"]), [])
    answers["order"] = {**named, "value": order.order_no}
    return _line(turn, order, answers, whole) or order


def _search(identity: Identity, number: str) -> list[str]:
    engine = house().production
    wanted = re.sub(r"\s", "", number).upper()
    for guess in (wanted, f"SO-{wanted}"):
        if orders.find_order(engine, identity, guess):
            return [guess]
    for search in (orders.find_by_po, orders.find_by_part, orders.find_by_drawing):
        rows = search(engine, identity, number.split(" rev")[0])
        waiting = [row.order_no for row in rows if row.status not in orders.CLOSED]
        if rows:
            return waiting or [row.order_no for row in rows[:1]]
    return []


async def _which(turn: Turn, identity: Identity, number: str, found: list[str]) -> Problem:
    if found:
        choices = tuple({"title": each} for each in found[:OFFERED])
        return Problem("utter_order_which_found", {"count": len(found), "what": number}, choices, asks=True)
    rows = await open_orders(identity)
    return Problem(
        "utter_change_unknown", {"order_no": number}, tuple({"title": row.order_no} for row in rows), asks=True
    )


async def open_orders(identity: Identity) -> list[OrderSummary]:
    """The customer's open orders that are offered to choose from."""
    found = await asyncio.to_thread(orders.open_orders, house().production, identity)
    return found[:OFFERED]


def _line(turn: Turn, order: Order, answers: Answers, whole: bool) -> Doubt | None:
    """Settle the line, or what is wrong with it."""
    chosen = answers.get("line", {})
    if chosen and chosen.get("of", order.order_no) != order.order_no:
        answers.pop("line")
        chosen = {}
    numbers = [each.line_no for each in order.lines]
    if len(numbers) == 1 and chosen.get("value") in (None, ALL):
        answers["line"] = {"value": numbers[0], "reply": None, "of": order.order_no}
    elif chosen.get("value") is None and whole:
        answers["line"] = line("line", ALL, "utter_line_line_all", of=order.order_no)
    elif chosen.get("value") == ALL or chosen.get("value") in numbers:
        chosen["of"] = order.order_no
    elif chosen:
        return "line", Problem(
            "utter_change_no_line", {"order_no": order.order_no, "count": len(numbers)}, line_choices(turn, order)
        )
    return None


def line_choices(turn: Turn, order: Order) -> tuple[dict[str, object], ...]:
    """The lines of an order as quick replies."""
    return tuple(
        {"reply": "utter_choice_line", "number": each.line_no, "item": item(each, turn.language), "qty": each.quantity}
        for each in order.lines[:6]
    )
