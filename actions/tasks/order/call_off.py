"""Framework agreements in an order: which one is meant, and what is left of each."""

import asyncio

from actions.form.answers import Answers, note
from actions.production.agreements import Agreement, agreements_for, agreements_of, find_agreement
from actions.production.candidates import find_part
from actions.production.identity import Identity
from actions.tasks.order.answers import OwnAgreement, OwnPart, Which, words
from actions.tasks.order.part import as_answer
from actions.turns.house import house
from actions.turns.question_words import asks
from actions.turns.turn import Turn
from bot.common.clock import today


async def note_agreement(turn: Turn, identity: Identity, answers: Answers, part: OwnPart) -> None:
    """The agreement a call-off means: the one that was named, or the only one that holds for the part.

    One that is not the customer's, or is for another part, is told and dropped: the wish goes on as an order.
    """
    named = answers.get("agreement")
    if named:
        found = await asyncio.to_thread(find_agreement, house().production, identity, str(named.value))
        if found is None or found.product_id != part.product_id:
            answers.pop("agreement")
            turn.say("utter_order_agreement_unknown", agreement=str(named.value), part=part.value)
        else:
            answers["agreement"] = _answer(found)
        return
    if not asks(words(answers), "call_off"):
        return
    fitting = await asyncio.to_thread(agreements_for, house().production, identity, part.product_id, today())
    if fitting:
        answers["agreement"] = _answer(fitting[0])
    elif "no_agreement" not in answers:
        answers["no_agreement"] = note(True)
        turn.say("utter_order_no_agreement", part=part.value)


async def by_agreement(turn: Turn, identity: Identity, answers: Answers) -> None:
    """A call-off that names no part is about what agreements hold: the only one, or those to choose from."""
    calls_off = asks(words(answers), "call_off")
    if "part" in answers or answers.value("which") or not calls_off:
        return
    found = await asyncio.to_thread(agreements_of, house().production, identity, today())
    products = list(dict.fromkeys(each.product_id for each in found))
    part = await asyncio.to_thread(find_part, house().production, identity, products[0]) if len(products) == 1 else None
    if part:
        answers["part"] = as_answer(part, None)
        answers.pop("which", None)
    elif products:
        answers["which"] = Which(products)


async def say_left(turn: Turn, identity: Identity) -> None:
    """What is left of each agreement of the customer; those that ended are named as such."""
    found = await asyncio.to_thread(agreements_of, house().production, identity, today(), True)
    if not found:
        turn.say("utter_agreement_none")
    for each in found:
        say_agreement(turn, each)


def say_agreement(turn: Turn, agreement: Agreement, until: bool = True) -> None:
    """One agreement on a line, with the time it runs unless that is not asked."""
    description = agreement.description_nb if turn.language == "nb" else agreement.description_en
    values = {
        "agreement": agreement.agreement_no, "part": agreement.customer_part_no or agreement.product_no or "",
        "description": description or agreement.description_nb or "", "left": agreement.remaining_quantity,
        "agreed": agreement.agreed_quantity,
    }  # fmt: skip
    state = agreement.state(today())
    turn.say(f"utter_agreement_{state}", **values)
    if not until:
        return
    if agreement.valid_until and state == "valid":
        turn.say("utter_agreement_until", until=agreement.valid_until, join=" ")
    elif state == "valid":
        turn.say("utter_agreement_until_notice", join=" ")


def _answer(found: Agreement) -> OwnAgreement:
    return OwnAgreement(found.agreement_no, "utter_line_order_agreement_left", left=found.remaining_quantity)


def asks_what_is_left(turn: Turn) -> bool:
    """Whether the question is what is left of an agreement, and nothing is called off."""
    return not turn.said("quantity") and asks(turn.text, "call_off") and asks(turn.text, "left")
