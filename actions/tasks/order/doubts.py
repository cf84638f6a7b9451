"""What a customer should hear before an order is read back: another revision, too few pieces, too little left."""

from typing import Any

from actions.form.answers import Answers, Problem, note
from actions.form.task import Doubt
from actions.production.reorder import Assessment
from actions.tasks.order.answers import MoreParts, OwnPart
from actions.tasks.order.judge import Judged, JudgedPart

#: Doubts that are told once: who insists is taken at their word, and a person looks at it.
ONCE = ("revision_differs", "below_minimum", "agreement_short")


def of_which(answers: Answers) -> Doubt | None:
    """Pieces that were said without one of the several parts they could be for."""
    asked, several = answers.pop("of_which", None), answers.get("parts")
    if asked is None or not isinstance(several, MoreParts):
        return None
    choices = tuple(_choice(each["number"], asked.value) for each in several.each())
    return "quantity", Problem("utter_order_quantity_of_which", {}, choices, asks=True)


def _choice(number: str, quantity: int) -> dict[str, Any]:
    return {
        "reply": "utter_order_choice_pieces",
        "part": number,
        "qty": quantity,
        "payload": f"{number} {quantity} stk",
    }


def doubt(answers: Answers, noted: OwnPart, judged: Judged) -> Doubt | None:
    """The first doubt about the part that was named first, unless it was told before."""
    told, first = answers.setdefault("told", note([])), judged.first
    for reason in ONCE:
        mark = f"{reason} {noted.product_id} {noted.asked} {first.found.quantity}"
        if reason not in first.reasons or mark in told.value:
            continue
        problem = _problem(reason, first)
        if problem:
            answers["told"] = told.but(value=[*told.value, mark])
            return ("part" if reason == "revision_differs" else "quantity"), problem
    return None


def _problem(reason: str, judged: JudgedPart) -> Problem | None:
    found = judged.found
    if reason == "revision_differs":
        return _other_revision(found, judged.asked)
    if reason == "agreement_short" and judged.agreement:
        left = judged.agreement.remaining_quantity
        values = {"agreement": judged.agreement.agreement_no, "left": left, "qty": found.quantity}
        return Problem("utter_order_agreement_short", values, pieces_to_choose(left) if left else (), asks=True)
    # What stands on the shelf need not be cast.
    least = found.minimum_quantity if reason == "below_minimum" and "from_stock" not in found.notes else None
    if least and found.quantity < least:
        values = {"least": least, "qty": found.quantity}
        return Problem("utter_order_below_minimum", values, pieces_to_choose(least, found.quantity), asks=True)
    return None


def _other_revision(found: Assessment, asked: str | None) -> Problem | None:
    released, number = found.released_revision, found.part.number
    if not asked or not released:
        return None
    choices = tuple(
        {
            "reply": f"utter_order_choice_revision_{kind}",
            "part": number,
            "revision": each,
            "payload": f"{number} rev. {each}",
        }
        for kind, each in (("ours", released), ("theirs", asked))
    )
    values = {"part": number, "asked": asked, "released": released}
    return Problem("utter_order_revision_differs", values, choices, asks=True)


def pieces_to_choose(*quantities: int) -> tuple[dict[str, Any], ...]:
    """Quantities as quick replies."""
    return tuple({"reply": "utter_choice_quantity", "value": each, "payload": f"{each} stk"} for each in quantities)
