"""Framework agreements in an order: which one is meant, and what is left of each."""

import asyncio

from actions.house import house
from actions.production.agreements import Agreement, agreements_for, agreements_of, find_agreement
from actions.production.candidates import find_part
from actions.production.identity import Identity
from actions.question_words import asks
from actions.task_order_part import as_answer
from actions.tasks import Answer, Answers
from actions.turn import Turn
from bot.common.clock import today


async def note_agreement(turn: Turn, identity: Identity, answers: Answers) -> None:
    """The agreement a call-off means: the one that was named, or the only one that holds for the part.

    One that is not the customer's, or is for another part, is told and dropped: the wish goes on as an order.
    """
    named = answers.get("agreement")
    product = answers["part"]["product_id"]
    if named:
        found = await asyncio.to_thread(find_agreement, house().production, identity, str(named["value"]))
        if found is None or found.product_id != product:
            answers.pop("agreement")
            turn.say("utter_order_agreement_unknown", agreement=str(named["value"]), part=answers["part"]["value"])
        else:
            answers["agreement"] = _answer(found)
        return
    if not asks(str(answers.get("details", {}).get("value") or ""), "call_off"):
        return
    fitting = await asyncio.to_thread(agreements_for, house().production, identity, product, today())
    if fitting:
        answers["agreement"] = _answer(fitting[0])
    elif "no_agreement" not in answers:
        answers["no_agreement"] = {"value": True, "reply": None}
        turn.say("utter_order_no_agreement", part=answers["part"]["value"])


async def by_agreement(turn: Turn, identity: Identity, answers: Answers) -> None:
    """A call-off that names no part is about what agreements hold: the only one, or those to choose from."""
    calls_off = asks(str(answers.get("details", {}).get("value") or ""), "call_off")
    if "part" in answers or answers.get("which", {}).get("value") or not calls_off:
        return
    found = await asyncio.to_thread(agreements_of, house().production, identity, today())
    products = list(dict.fromkeys(each.product_id for each in found))
    part = await asyncio.to_thread(find_part, house().production, identity, products[0]) if len(products) == 1 else None
    if part:
        answers["part"] = as_answer(part, None)
        answers.pop("which", None)
    elif products:
        answers["which"] = {"value": products, "reply": None}


async def say_left(turn: Turn, identity: Identity) -> None:
    """What is left of each agreement of the customer; those that ended are named as such."""
    found = await asyncio.to_thread(agreements_of, house().production, identity, today(), True)
    if not found:
        turn.say("utter_agreement_none")
    for each in found:
        say_agreement(turn, each)


def say_agreement(turn: Turn, agreement: Agreement) -> None:
    """One agreement on a line."""
    description = agreement.description_nb if turn.language == "nb" else agreement.description_en
    values = {
        "agreement": agreement.agreement_no, "part": agreement.customer_part_no or agreement.product_no or "",
        "description": description or agreement.description_nb or "", "left": agreement.remaining_quantity,
        "agreed": agreement.agreed_quantity,
    }  # fmt: skip
    state = agreement.state(today())
    turn.say(f"utter_agreement_{state}", **values)
    if agreement.valid_until and state == "valid":
        turn.say("utter_agreement_until", until=agreement.valid_until, join=" ")
    elif state == "valid":
        turn.say("utter_agreement_until_notice", join=" ")


def _answer(found: Agreement) -> Answer:
    return {
        "value": found.agreement_no, "reply": "utter_line_order_agreement_left", "left": found.remaining_quantity
    }  # fmt: skip
