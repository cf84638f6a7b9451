"""The rule about several things to cast that a message lists, and what it asks beside them."""

from dataclasses import replace

from actions.dialogue.commands import Answer, Command, Fill, Start, Talk
from actions.dialogue.rules.for_clause import decide
from actions.dialogue.view import LIKELY, View, because, has
from actions.form.words import opens
from actions.turns.intents import intent
from actions.turns.reading import Clause, Reading

#: Figures that make a statement one of a list.
_FIGURES = ("quantity", "weight", "dimensions", "alloy", "alloy_group")


def list_(reading: Reading, view: View) -> tuple[Command, ...]:
    """A list of things to cast, in lines or told: read as a whole, each with its own figures; what is asked beside it is answered."""
    if not view.listed or view.at_read_back or (view.no_quotation and not view.running):
        return ()
    whole = reading.whole
    asked = [each for each in reading.clauses if each.asks or "?" in each.text]
    told = any(has(each, *_FIGURES) for each in reading.clauses if each not in asked)
    if (
        whole.asks
        and "\n" not in reading.text
        and not told
        and intent(whole.act).kind == "question"
        and whole.sure >= LIKELY
    ):
        # «Have you sent 10 housings and 20 covers?» orders nothing.
        return ()
    answers = tuple(_answers(asked, view)) if told else ()
    # «Can you do that weight in bronze?» tells nothing of the parts.
    apart = [each for each in asked if answers and opens(each.text.lstrip(), "asks")]
    left = [each for each in whole.entities if not any(one.start <= each.get("start", -1) < one.end for one in apart)]
    whole = replace(whole, entities=tuple(left))
    if view.running:
        return (Fill(because(list_), whole, prose=True), *answers)
    act = whole.act if intent(whole.act).kind == "task" else "place_order"
    # One line by itself may name a part of theirs; what the list is for, it says as a whole.
    wanted = view.claims.get((whole.start, whole.end)) or act
    if intent(wanted).of_orders and not _names_order(whole):
        # Parts with their figures, and no order that they might be of.
        wanted = "place_order"
    return (Start(because(list_), wanted, whole), *answers)


def _answers(asked: list[Clause], view: View) -> list[Command]:
    """What is asked of anything but the list itself."""
    found = [decide(each, view) for each in asked if "?" in each.text]
    return [each for each in found if isinstance(each, (Answer, Talk))]


def _names_order(clause: Clause) -> bool:
    return any(each["entity"] in ("order_no", "po_no") and not each.get("guessed") for each in clause.entities)
