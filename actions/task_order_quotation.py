"""Accepting or declining one of our quotations in the chat (task ``quotation``), and what it says.

An acceptance is registered, never an order made: a person confirms it.
"""

import asyncio
from typing import Any

from actions import task_case
from actions.capacity_reading import data_too_old
from actions.house import house
from actions.order_words import say_stranger
from actions.production.identity import Identity
from actions.production.quotations import Acceptance, Quotation, can_accept, can_decline, find_quotation, quotations_of
from actions.question_words import asks
from actions.task_service import Doubt, Stop
from actions.tasks import Answer, Answers, Task
from actions.turn import Turn
from bot.cases.intake import Wish
from bot.common.clock import today

HUMAN = {"reply": "utter_choice_human", "payload": "/human"}


async def wants(turn: Turn, task: Task) -> bool:
    """A message that names a quotation, or takes or leaves «the quotation» when the customer has an open one."""
    if turn.said("quotation_no"):
        return True
    if turn.intent == "inform" or not asks(turn.text, "our_offer"):
        return False
    if turn.intent == "price":
        return turn.identity is not None
    return _decision(turn) is not None


async def take(turn: Turn, task: Task, answers: Answers, opened: str | None) -> list[str]:
    """Number and decision, wherever they stand."""
    if turn.internal:
        return []
    taken = []
    decision = _decision(turn)
    if decision and (opened != "confirmation" or _turns(turn, answers, decision)):
        if opened == "confirmation":
            taken.append("decision")
        answers["decision"] = {"value": decision, "reply": f"utter_line_quotation_{decision}"}
    if turn.said("quotation_no"):
        answers["quotation"] = _answer(str(turn.said("quotation_no")[0]["value"]))
        taken.append("quotation")
    if turn.said("po_no"):
        answers["po"] = {"value": str(turn.said("po_no")[0]["value"]), "reply": "utter_line_order_po"}
        taken.append("po")
    return taken


async def known(turn: Turn, task: Task, answers: Answers) -> Stop | Doubt | None:
    """Find the quotation, and say at once what stands in the way of the decision."""
    identity = turn.identity
    if identity is None:
        say_stranger(turn, answers, "utter_quotation_stranger")
        return None
    if await data_too_old(turn):
        return Stop()
    if "quotation" not in answers:
        found = await asyncio.to_thread(quotations_of, house().production, identity, today())
        if len(found) != 1:
            return _which(turn, found)
        answers["quotation"] = _answer(found[0].quotation_no)
    return await _judge(turn, identity, answers)


async def read_back(turn: Turn, task: Task, answers: Answers) -> None:
    """What is accepted or declined, and that the order confirmation binds."""
    for line in await _lines(turn, answers):
        turn.say(**line)


async def submit(turn: Turn, task: Task, answers: Answers, request_id: str) -> bool:
    """Register the decision, if it still can be made."""
    identity, number = turn.identity, str(answers["quotation"]["value"])
    if identity is None:
        wish = Wish("request", {"task": "quotation", "quotation_no": number, "name": answers["name"]["value"]})
        await task_case.submit(turn, task, answers, request_id, intake=wish)
        return True
    decision = answers.get("decision", {}).get("value")
    checked = await asyncio.to_thread(_check, identity, number, decision)
    if (
        not checked.ok
        or checked.quotation is None
        or _seal(checked.quotation) != answers.get("judged", {}).get("value")
    ):
        turn.say("utter_order_changed_meanwhile")
        return False
    payload = _payload(checked.quotation) | {"customer_po": answers.get("po", {}).get("value")}
    await task_case.submit(
        turn, task, answers, request_id, kind="order" if decision == "accept" else "message",
        intake=Wish(f"{decision}_quotation", payload), lines=await _lines(turn, answers),
        after="utter_case_next" if decision == "accept" else "utter_case_next_plain",
    )  # fmt: skip
    return True


def _decision(turn: Turn) -> str | None:
    if asks(turn.text, "decline") or (turn.intent == "deny" and turn.said("quotation_no")):
        return "decline"
    return "accept" if asks(turn.text, "accept") or (turn.intent == "affirm" and turn.said("quotation_no")) else None


def _turns(turn: Turn, answers: Answers, decision: str) -> bool:
    """Whether a word at the read-back turns the decision round: then it is read back anew, whatever else was said.

    «No thanks» to «shall I send it?» turns nothing, unless the quotation is named.
    """
    if decision == answers.get("decision", {}).get("value"):
        return False
    named = bool(turn.said("quotation_no")) or asks(turn.text, "our_offer")
    return decision == "accept" or named or asks(turn.text, "decline_it")


def _answer(number: str) -> Answer:
    return {"value": number, "reply": "utter_line_quotation"}


def _check(identity: Identity, number: str, decision: str | None) -> Acceptance:
    check = can_decline if decision == "decline" else can_accept
    return check(house().production, identity, number, today())


async def _judge(turn: Turn, identity: Identity, answers: Answers) -> Stop | None:
    number, decision = str(answers["quotation"]["value"]), answers.get("decision", {}).get("value")
    found = await asyncio.to_thread(find_quotation, house().production, identity, number, today())
    if found is None:
        return Stop("utter_quotation_unknown", {"quotation": number}, (HUMAN,))
    answers["quotation"] = _answer(found.quotation_no)
    checked = await asyncio.to_thread(_check, identity, number, decision)
    if decision and checked.ok:
        answers["judged"] = {"value": _seal(found), "reply": None}
        return None
    for line in _facts(turn, found):
        turn.say(**line)
    if not checked.ok and checked.code not in ("no_right_to_prices",):
        return Stop(f"utter_quotation_{checked.code}", _until(found), (HUMAN,), hand_over=_fetches(checked.code))
    if not checked.ok:
        return Stop("utter_quotation_no_right_to_prices", {}, (HUMAN,))
    return _open(found)


def _open(found: Quotation) -> Stop:
    """Nothing was decided: both ways are offered."""
    choices = tuple(
        {"reply": f"utter_quotation_choice_{decision}", "quotation": found.quotation_no}
        for decision in ("accept", "decline")
    )
    return Stop("utter_quotation_what", {}, choices)


def _which(turn: Turn, found: list[Quotation]) -> Stop:
    if not found:
        return Stop("utter_quotation_none_open", {}, (HUMAN,))
    turn.say("utter_quotation_which")
    for each in found:
        for line in _facts(turn, each):
            turn.say(**line)
    return Stop("", choices=tuple({"title": each.quotation_no} for each in found))


def _fetches(code: str) -> str | None:
    return "other" if code == "credit_hold" else None


def _until(found: Quotation) -> dict[str, Any]:
    return (
        {"until": found.valid_until.isoformat()}
        if found.valid_until and found.state == "expired"
        else {"until": today().isoformat()}
    )


def _facts(turn: Turn, found: Quotation) -> list[Answer]:
    """What the quotation says: part, pieces, price and how long it holds."""
    name = (found.description_nb if turn.language == "nb" else found.description_en) or found.description_nb or ""
    part = found.customer_part_no or found.product_no or ""
    lines: list[Answer] = [
        {
            "reply": "utter_quotation_part",
            "quotation": found.quotation_no,
            "part": part,
            "name": name,
            "qty": found.quantity or 0,
        }
    ]
    joined = {"join": " "} if found.price_minor is not None else {}
    if found.price_minor is not None and found.currency:
        lines.append({"reply": "utter_quotation_price", "price": [found.price_minor, found.currency]})
        if found.total_minor is not None:
            lines.append({"reply": "utter_quotation_total", "total": [found.total_minor, found.currency], "join": " "})
    if found.valid_until and found.state == "open":
        lines.append({"reply": "utter_quotation_valid", "until": found.valid_until.isoformat(), **joined})
    return lines


async def _lines(turn: Turn, answers: Answers) -> list[Answer]:
    notes = [answers[name] for name in ("decision", "po") if name in answers]
    identity = turn.identity
    number = str(answers["quotation"]["value"])
    found = await asyncio.to_thread(find_quotation, house().production, identity, number, today()) if identity else None
    facts = _facts(turn, found) if found else []
    accepted = answers.get("decision", {}).get("value") == "accept"
    return [*notes, *facts, *([{"reply": "utter_order_not_binding"}] if accepted else [])]


def _seal(found: Quotation) -> list[Any]:
    """What the customer says yes to."""
    return [found.quotation_no, found.quantity, found.price_minor, found.currency, found.state]


def _payload(found: Quotation) -> dict[str, Any]:
    return {
        "quotation_no": found.quotation_no, "product_id": found.product_id, "quantity": found.quantity,
        "currency": found.currency, "price_minor": found.price_minor, "total_minor": found.total_minor,
        "valid_until": found.valid_until.isoformat() if found.valid_until else None,
    }  # fmt: skip
