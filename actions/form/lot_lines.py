"""How lots are read back and handed over, and the one question where they are not the whole together."""

import copy
import datetime as dt
import re
from collections.abc import Sequence

from actions.form.answers import Answer, Answers, Problem, fact
from actions.form.lots import ASAP, LATER, OPEN, Lot, Unequal
from actions.form.text import written
from actions.turns.turn import Turn
from bot.common.clock import today
from bot.common.spans import first_day, is_span, last_day

#: «The 16th», «den 16.»: a day without its month.
_DAY_ALONE = re.compile(r"\D*\d{1,2}(?:\.|st|nd|rd|th|e|:e)?", re.I)

#: Times of a lot that are no day.
NO_DAY = (ASAP, LATER, OPEN)
#: The note of lots that are not the whole together, while it is asked which is meant.
UNEQUAL = "unequal"


def lot_line(number: int, lot: Lot) -> Answer:
    """One lot as it is read back."""
    words = {"text": lot["text"]} if lot["delivery"] == OPEN else {}
    when = {"when": lot["delivery"]} if lot["delivery"] not in NO_DAY else {}
    return fact(f"utter_order_lot_{_kind(lot)}", number=number, qty=lot["quantity"], **when, **words)


def lots_as_payload(lots: list[Lot]) -> list[dict[str, object]]:
    """Lots as they are handed over; ``wanted`` None where no day was told."""
    return [
        {
            "quantity": each["quantity"],
            "wanted": None if each["delivery"] in NO_DAY else last_day(each["delivery"]).isoformat(),
            "wanted_words": each["text"],
        }
        for each in lots
    ]


def note_unequal(answers: Answers, found: Unequal) -> None:
    """Keep lots that are not the whole together until it is told which is meant."""
    answers[UNEQUAL] = Answer(None, None).but(lots=list(found.lots), told=found.told, of=found.of)


def lots_asked(answers: Answers) -> list[Lot]:
    """The lots that are not the whole together, as long as that is asked: what is told of one of them puts it right."""
    note = answers.get(UNEQUAL)
    return list(note.more["lots"]) if note else []


def settled_lots(answers: Answers) -> list[Lot] | None:
    """The lots that were asked about, where the pieces in all have become their sum; the question is settled then."""
    lots = lots_asked(answers)
    if (
        not lots
        or not answers[UNEQUAL].more.get("asked")
        or answers.value("quantity") != sum(each["quantity"] for each in lots)
    ):
        return None
    del answers[UNEQUAL]
    return lots


def ask_unequal(answers: Answers) -> Problem | None:
    """The one question where lots are not the whole together: is it the one or the other in all? Once that is told, how they are divided."""
    note = answers.get(UNEQUAL)
    if note is None:
        return None
    told, of, asked = note.more["told"], note.more["of"], note.more.get("asked", 0)
    values = {
        "pieces": [str(each["quantity"]) for each in note.more["lots"] if each["quantity"] > 0],
        "told": told,
        "of": of,
    }
    if asked > 1:
        # Who does not say is not asked for ever: sales agrees the deliveries.
        del answers[UNEQUAL]
        return None
    answers[UNEQUAL] = note.but(asked=asked + 1)
    if asked:
        return Problem("utter_lots_each", values, asks=True)
    choices = tuple({"reply": "utter_choice_quantity", "value": each, "payload": f"{each} stk"} for each in (told, of))
    return Problem("utter_lots_unequal", values, choices, asks=True)


def with_month(turn: Turn, stand: Sequence[str]) -> Turn:
    """The turn with a day that was told without its month in the month of the times that stand: «34 by the 16th» of a lot in April."""
    times = [first_day(each) for each in stand if each and each not in NO_DAY and each[:1].isdigit()]
    if not times:
        return turn
    moved = copy.copy(turn)
    moved.entities = [
        {**each, "value": _nearest(dt.date.fromisoformat(each["value"]), times[0]).isoformat()}
        if each["entity"] == "date" and "until" not in each and _DAY_ALONE.fullmatch(written(turn, each).strip())
        else each
        for each in turn.entities
    ]
    return moved


def _nearest(day: dt.date, to: dt.date) -> dt.date:
    """The day of that number in the month of another, where that month has it and it has not passed."""
    try:
        found = dt.date(to.year, to.month, day.day)
    except ValueError:
        return day
    return found if found >= today() else day


def _kind(lot: Lot) -> str:
    """How the time of a lot is told: ``asap``, ``later``, ``open``, ``week`` or ``date``, with ``since`` where it is one to begin with."""
    time = lot["delivery"]
    if lot.get("since"):
        return "since_week" if "-W" in time and not is_span(time) else "since"
    if time in NO_DAY:
        return time or "open"
    return "week" if "-W" in time and not is_span(time) else "date"
