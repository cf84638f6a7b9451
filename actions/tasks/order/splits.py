"""One order in several deliveries: its lots with their pieces and times, which are the total together."""

import re
from dataclasses import dataclass, field

from actions.form.answers import Answer, Answers, fact, line
from actions.form.lots import ASAP, LATER, Lot, lots, lots_of
from actions.form.shares import SHARE, total_told
from actions.form.words import find
from actions.production.promise import Batch, Promise
from actions.turns.reading import Entity
from actions.turns.turn import Turn
from bot.common.formats import iso_week
from bot.common.spans import is_span, last_day

#: The number of the lot that words of place tell is no more than so many words away from its pieces.
_PLACE = 3


@dataclass
class Split(Answer):
    """The lots of an order; ``value`` as the customer wrote them."""

    lots: list[Lot] = field(default_factory=list)


def take_split(turn: Turn, answers: Answers) -> bool:
    """Note the lots of a message whose total is told or stands, or other pieces for the first of them. Whether there were any."""
    known, total = answers.get("split"), _total(turn, answers)
    if parted := _parted(turn, total):
        answers["split"] = Split("; ".join(each["text"] for each in parted), None, lots=parted)
        answers.pop("delivery", None)
        return True
    if isinstance(known, Split) and known.lots and (pieces := _of_first(turn)):
        # «30 in the first» names no total.
        whole = total if total and total > pieces else sum(each["quantity"] for each in known.lots)
        return _renew(answers, known, [{**known.lots[0], "quantity": pieces}, *known.lots[1:]], whole)
    return False


def whole_of_lots(turn: Turn) -> int | None:
    """The pieces of all lots of a message together; None where it tells none."""
    return sum(each["quantity"] for each in _parted(turn, _total(turn, Answers()))) or None


def changes_first(turn: Turn) -> bool:
    """Whether a message tells other pieces for the first of the deliveries that stand: they are not the pieces in all."""
    stored = ((turn.slot("answers") or {}).get(turn.slot("task")) or {}).get("split") or {}
    return bool(stored.get("lots")) and _of_first(turn) is not None


def fit_split(answers: Answers) -> None:
    """Let the last lot take up another total; lots that it cannot take up are words again."""
    known, total = answers.get("split"), answers.value("quantity")
    if not isinstance(known, Split) or not known.lots or not total:
        return
    if getattr(answers["quantity"], "lots", None):
        # The lots stand for themselves; what else was said of the pieces stays with them.
        answers["quantity"] = line("quantity", int(total))
    if not _renew(answers, known, known.lots, int(total)):
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
        lines.append(fact(f"utter_order_lot_{_kind(each)}", number=number, qty=each["quantity"], when=each["delivery"]))
        batch = _batch(promise, so_far)
        if batch:
            arrive = batch.arrive or batch.ship
            lines.append(fact("utter_order_lot_earliest", arrive=iso_week(arrive), qty=each["quantity"], join=" "))
            if each["delivery"] not in (ASAP, LATER) and not each.get("since") and arrive > last_day(each["delivery"]):
                lines.append(fact("utter_order_lot_late", join=" "))
    return lines


def as_lots(answers: Answers) -> list[dict[str, object]]:
    """The lots for the production side; ``wanted`` None where no day was told."""
    known = answers.get("split")
    return [
        {
            "quantity": each["quantity"],
            "wanted": None if each["delivery"] in (ASAP, LATER) else last_day(each["delivery"]).isoformat(),
            "wanted_words": each["text"],
        }
        for each in (known.lots if isinstance(known, Split) else [])
    ]


def last_wanted(answers: Answers) -> str | None:
    """The time of the last lot, when it has one by which it is wanted."""
    known = answers.get("split")
    last = known.lots[-1] if isinstance(known, Split) and known.lots else None
    return last["delivery"] if last and last["delivery"] not in (ASAP, LATER) and not last.get("since") else None


def _renew(answers: Answers, known: Split, parted: list[Lot], total: int) -> bool:
    """Store lots that are the total together, the last one taking up the difference. False where nothing is left for it."""
    left = total - sum(each["quantity"] for each in parted[:-1])
    if left <= 0:
        return False
    lots_now: list[Lot] = [*parted[:-1], {**parted[-1], "quantity": left}]
    told = [_told(old, new) for old, new in zip(known.lots, lots_now, strict=True)]
    answers["split"] = known.but(lots=told, value="; ".join(each["text"] for each in told))
    return True


def _told(old: Lot, new: Lot) -> Lot:
    """A lot with other pieces than before, in words that tell them."""
    if old["quantity"] == new["quantity"] or new.get("rest"):
        return new
    text, count = re.subn(rf"(?<!\w){old['quantity']}(?!\w)", str(new["quantity"]), new["text"], count=1)
    return {**new, "text": text if count else f"{new['quantity']} ({new['text']})"}


def _of_first(turn: Turn) -> int | None:
    """«12 in the first»: other pieces for the first delivery."""
    for each in turn.said(SHARE, "quantity", "number"):
        behind = " ".join(turn.text[int(each.get("end", 0)) :].split()[: _PLACE + 1])
        if {"bad", "ask", "unit"} & each.keys() or not each.get("end"):
            continue
        if find(re.split(r"[.,;]", behind)[0], "in_first"):
            return int(each["value"])
    return None


def _parted(turn: Turn, total: int | None) -> list[Lot]:
    """The lots of a message: of its total, or each with pieces of its own."""
    told = sum(each["quantity"] for each in lots(turn))
    together = sum(int(each["value"]) for each in _pieces(turn))
    return next((found for each in (total, told, together) if each and (found := lots_of(turn, each))), [])


def _total(turn: Turn, answers: Answers) -> int | None:
    """The pieces in all: told in the message, or those that stand; None where every lot has its own."""
    told, stands = total_told(turn), answers.value("quantity")
    if told:
        return int(told)
    named = [each for each in _pieces(turn) if each["entity"] == "quantity"]
    largest = max((int(each["value"]) for each in named), default=0)
    if lots(turn) and not find(turn.text, "the_rest") and len(named) < len(lots(turn)) + 1:
        return None
    if stands and largest < stands and find(turn.text, "the_rest", "half"):
        return int(stands)
    return largest or None


def _pieces(turn: Turn) -> list[Entity]:
    """The numbers of a message that may count pieces."""
    marks = {"bad", "ask", "every", "role", "unit"}
    return [
        each
        for each in turn.said("quantity", "number")
        if not marks & each.keys() and each["value"] == int(each["value"])
    ]


def _kind(lot: Lot) -> str:
    """How the time of a lot is told: ``asap``, ``later``, ``week`` or ``date``."""
    time = lot["delivery"]
    if lot.get("since"):
        return "since_week" if "-W" in time and not is_span(time) else "since"
    return time if time in (ASAP, LATER) else "week" if "-W" in time and not is_span(time) else "date"


def _batch(promise: Promise | None, pieces: int) -> Batch | None:
    """The first batch by which so many pieces are there."""
    batches = promise.batches if promise else ()
    return next((each for each in batches if each.quantity >= pieces), None)
