"""One order in several deliveries: its lots with their pieces and times, which are the total together."""

from dataclasses import dataclass, field

from actions.form.answers import Answer, Answers, fact, line
from actions.form.lines import items
from actions.form.lot_lines import (
    NO_DAY,
    UNEQUAL,
    lot_line,
    lots_as_payload,
    lots_asked,
    note_unequal,
    settled_lots,
    with_month,
)
from actions.form.lots import Division, Lot, Unequal, divided, with_pieces
from actions.form.shares import total_told
from actions.production.promise import Batch, Promise
from actions.turns.turn import Turn
from bot.common.formats import iso_week
from bot.common.spans import last_day


@dataclass
class Split(Answer):
    """The lots of an order; ``value`` as the customer wrote them."""

    lots: list[Lot] = field(default_factory=list)


def take_split(turn: Turn, answers: Answers) -> Division | None:
    """Note the division that a message tells of the order, or what it puts right of the lots that stand; None where it tells none.

    The pieces in all stay, unless the message tells those too. Lots that are not the whole wait for an answer.
    """
    if "parts" in answers or turn.said("order_no") or items(turn):
        return None
    known, told = answers.get("split"), total_told(turn)
    total = told or answers.value("quantity")
    stand = known.lots if isinstance(known, Split) else lots_asked(answers)
    turn = with_month(turn, [each["delivery"] for each in stand] or [str(answers.value("delivery") or "")])
    found = divided(turn.text, turn.entities, int(total) if total else None, stand)
    if isinstance(found, Unequal):
        note_unequal(answers, found)
    elif found:
        answers.pop(UNEQUAL, None)
        put_lots(answers, found.lots)
        whole = sum(each["quantity"] for each in found.lots)
        if answers.value("quantity") != whole:
            answers["quantity"] = line("quantity", whole)
    return found


def put_lots(answers: Answers, lots: list[Lot]) -> None:
    """Let these be the lots of the order: no day holds for all of it."""
    answers["split"] = Split("; ".join(each["text"] for each in lots), None, lots=lots)
    answers.pop("delivery", None)


def fit_split(answers: Answers) -> None:
    """Let the last lot take up another total; lots that it cannot take up are words again."""
    if lots := settled_lots(answers):
        put_lots(answers, lots)
    known, total = answers.get("split"), answers.value("quantity")
    if not isinstance(known, Split) or not known.lots or not total:
        return
    if getattr(answers["quantity"], "lots", None):
        # The lots stand for themselves; what else was said of the pieces stays with them.
        answers["quantity"] = line("quantity", int(total))
    left = int(total) - sum(each["quantity"] for each in known.lots[:-1])
    if left > 0:
        put_lots(answers, [*known.lots[:-1], with_pieces(known.lots[-1], left)])
    else:
        answers["split"] = Answer(known.value, "utter_line_order_split")


def split_lines(answers: Answers, promise: Promise | None) -> list[Answer]:
    """The lots as they are read back, each with the earliest day that the plan has for it."""
    known = answers.get("split")
    if not isinstance(known, Split) or not known.lots:
        return []
    lines: list[Answer] = []
    so_far = 0
    for number, each in enumerate(known.lots, 1):
        so_far += each["quantity"]
        lines.append(lot_line(number, each))
        batch = _batch(promise, so_far)
        if batch:
            arrive = batch.arrive or batch.ship
            lines.append(fact("utter_order_lot_earliest", arrive=iso_week(arrive), qty=each["quantity"], join=" "))
            if each["delivery"] not in NO_DAY and not each.get("since") and arrive > last_day(each["delivery"]):
                lines.append(fact("utter_order_lot_late", join=" "))
    return lines


def as_lots(answers: Answers) -> list[dict[str, object]]:
    """The lots for the production side."""
    known = answers.get("split")
    return lots_as_payload(known.lots if isinstance(known, Split) else [])


def last_wanted(answers: Answers) -> str | None:
    """The time of the last lot, when it has one by which it is wanted."""
    known = answers.get("split")
    last = known.lots[-1] if isinstance(known, Split) and known.lots else None
    return last["delivery"] if last and last["delivery"] not in NO_DAY and not last.get("since") else None


def _batch(promise: Promise | None, pieces: int) -> Batch | None:
    """The first batch by which so many pieces are there."""
    batches = promise.batches if promise else ()
    return next((each for each in batches if each.quantity >= pieces), None)
