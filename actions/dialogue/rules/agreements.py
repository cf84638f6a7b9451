"""Rules about framework agreements, finished pieces and quotations of ours."""

from actions.dialogue.commands import Command, Talk
from actions.dialogue.rules.seen import BARE, CLOSING, musing
from actions.dialogue.view import View, because, has
from actions.form.words import find
from actions.tasks.price.agreement import AGREEMENT, STOCK, asked_of_agreement, asked_of_stock
from actions.tasks.quotation.validity import QUOTED, asked_whether_holds
from actions.turns.intents import intent
from actions.turns.reading import Clause, Reading
from actions.turns.words import words

#: Figures and metals that tell of something new.
_NEW = ("alloy", "alloy_group", "weight", "dimensions", "foreign_material")


def of_agreements(reading: Reading, view: View) -> tuple[Command, ...]:
    """Nothing but questions about a framework agreement, in several clauses: one answer."""
    asking = [each for each in reading.clauses if each.asks]
    told = [each for each in reading.clauses if not each.asks and intent(each.act).kind != "courtesy"]
    if len(reading.clauses) < 2 or not asking or has(reading.whole, "quantity"):
        return ()
    of_it = all(asked_of_agreement(each, AGREEMENT) for each in asking)
    beside = all(has(each, "agreement_no") or each.words <= BARE for each in told)
    named = of_it and beside and asked_of_agreement(reading.whole, view.topic)
    return (Talk(because(of_agreements), AGREEMENT, reading.whole),) if named else ()


def holds(reading: Reading, view: View) -> tuple[Command, ...]:
    """Whether a quotation of ours, or the price in it, still holds is asked without its number."""
    whole = reading.whole
    asked = whole.asks and view.signed_in and not view.running and not has(whole, "quantity", "weight", "alloy")
    wanted = asked and len(reading.clauses) <= BARE and asked_whether_holds(whole, view.topic)
    return (Talk(because(holds), QUOTED, whole),) if wanted else ()


def of_agreement(clause: Clause, view: View) -> Command | None:
    """What is left of a framework agreement, its price and time, whether an order goes on it, or whether finished pieces lie about: told, and nothing is ordered."""
    asked = clause.asks or "?" in clause.text or find(clause.text, "wants_to_know") is not None
    # «Does SO-30406 come off it» asks without a mark.
    asked = asked or (view.topic == AGREEMENT and has(clause, "order_no") and clause.words <= CLOSING)
    if not asked or musing(clause, view):
        return None
    # «Can we call off 50» wants them; «if we take 200, what is left» only supposes.
    wants = has(clause, "quantity") and not words("agreements").says(clause.text, "after", "price")
    if not wants and asked_of_agreement(clause, view.topic):
        return Talk(because(of_agreement), AGREEMENT, clause)
    of_part = (
        has(clause, "part_no", "order_no", "agreement_no")
        or view.of_a_part
        or any(each.tag == "part" for each in clause.told)
    )
    stock = not view.running and asked_of_stock(clause.text) and not has(clause, *_NEW) and (of_part or view.signed_in)
    return Talk(because(of_agreement), STOCK, clause) if stock else None
