"""Which order line of the customer's a wish is about: found by any number it is known by, asked for when several fit."""

import asyncio
import re
from dataclasses import dataclass

from actions.form.answers import Answer, Answers, Problem, Reading
from actions.form.question import Question
from actions.form.task import Doubt
from actions.form.text import asks_something
from actions.orders.line_words import item
from actions.production import orders
from actions.production.identity import Identity
from actions.production.order_facts import Order, OrderSummary
from actions.tasks.change.lines import Mention, named, numbered
from actions.turns.house import house
from actions.turns.turn import Turn
from actions.turns.words import words

#: Orders offered to choose from.
OFFERED = 4
#: The value of ``line`` for a wish about the whole order.
ALL = "all"
#: Words that name a line: «flensene», «the smaller cover».
FEW_WORDS = 4


@dataclass
class LineAnswer(Answer):
    """A line number, several of them, or ``ALL``; words until the order's lines are known.

    ``of``: the order it belongs to; ``stranger``: not asked, as nobody may hear of the lines.
    """

    of: str | None = None
    stranger: bool = False

    @property
    def numbers(self) -> list[int] | None:
        """The lines by number; None for the whole order and for words."""
        if isinstance(self.value, list):
            return [int(each) for each in self.value]
        return [self.value] if isinstance(self.value, int) else None


def lines_answer(numbers: list[int], of: str | None = None) -> LineAnswer:
    """One line, or several."""
    if len(numbers) == 1:
        return LineAnswer(numbers[0], "utter_line_line", of=of)
    return LineAnswer(sorted(numbers), "utter_line_lines", of=of)


def read_line(turn: Turn, requested: bool) -> Reading:
    """Lines by their numbers, or the whole order; words that may name one when it was asked."""
    found = numbered(turn.text)
    numbers = list(dict.fromkeys(number for each in found for number in each.lines))
    if numbers:
        return lines_answer(numbers)
    if found or (requested and words("change").says(turn.text, "whole_short")):
        return LineAnswer(ALL, "utter_line_line_all")
    if not requested:
        return None
    if turn.said("number"):
        value = float(turn.said("number")[0]["value"])
        return LineAnswer(int(value), "utter_line_line") if value.is_integer() else None
    text = " ".join(turn.text.split())
    named_so = (
        0 < len(text.split()) <= FEW_WORDS
        and not asks_something(turn)
        and turn.intent not in ("affirm", "deny", "thanks")
    )
    return LineAnswer(text, "utter_line_line_text") if named_so else None


LINE = Question("line", read_line)


async def find_line(turn: Turn, identity: Identity, answers: Answers, whole: bool) -> Order | Doubt | None:
    """The order with its line in ``answers``; what to ask; None while no order was named.

    ``whole``: without a line named the wish is about the whole order.
    """
    named = answers.get("order")
    if named is None or named.value is None:
        return None
    number = str(named.value)
    found = await asyncio.to_thread(_search, identity, number)
    if len(found) != 1:
        return "order", await _which(identity, number, found)
    order = await asyncio.to_thread(orders.find_order, house().production, identity, found[0])
    if order is None:
        return "order", await _which(identity, number, [])
    answers["order"] = named.but(value=order.order_no)
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


async def _which(identity: Identity, number: str, found: list[str]) -> Problem:
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
    given = answers.get("line")
    chosen = given if isinstance(given, LineAnswer) and given.of in (None, order.order_no) else None
    if given is not None and chosen is None:
        answers.pop("line")
    if chosen is None or (isinstance(chosen.value, str) and chosen.value != ALL):
        words_of_it = chosen.value if chosen else turn.text
        numbers = _by_name(named(str(words_of_it), order))
        chosen = lines_answer(numbers) if numbers else chosen
    value, there = (chosen.value if chosen else None), [each.line_no for each in order.lines]
    if len(there) == 1 and (value is None or isinstance(value, str)):
        # Nobody was asked for the only line: words that were taken for one name it, or nothing.
        answers["line"] = LineAnswer(there[0], of=order.order_no)
    elif value is None and whole:
        answers["line"] = LineAnswer(ALL, "utter_line_line_all", vague=True, of=order.order_no)
    elif chosen and (value == ALL or (chosen.numbers and set(chosen.numbers) <= set(there))):
        answers["line"] = chosen.but(of=order.order_no)
    elif chosen and isinstance(value, str):
        return "line", Problem("utter_again_line", {}, line_choices(turn, order), asks=True)
    elif chosen:
        values = {"order_no": order.order_no, "count": len(there)}
        reply = "utter_change_no_line" if len(there) > 1 else "utter_change_one_line"
        return "line", Problem(reply, values, line_choices(turn, order), asks=True)
    return None


def _by_name(mentions: list[Mention]) -> list[int]:
    return sorted({number for each in mentions for number in each.lines})


def line_choices(turn: Turn, order: Order) -> tuple[dict[str, object], ...]:
    """The lines of an order as quick replies."""
    return tuple(
        {"reply": "utter_choice_line", "number": each.line_no, "item": item(each, turn.language), "qty": each.quantity}
        for each in order.lines[:6]
    )
