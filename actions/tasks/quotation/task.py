"""Accepting or declining one of our quotations in the chat (task ``quotation``), and what it says.

An acceptance is registered, never an order made: a person confirms it.
"""

import asyncio
from typing import Any

from actions.form import case
from actions.form.answers import Answer, Answers, fact, line, note
from actions.form.shared import EMAIL, NAME, QUOTATION
from actions.form.stranger import say_stranger
from actions.form.task import CONFIRMATION, Doubt, Stop, Task
from actions.orders.words import IDENTIFY
from actions.plan.capacity_reading import data_too_old
from actions.production.identity import Identity
from actions.production.quotations import Acceptance, Quotation, can_accept, can_decline, find_quotation, quotations_of
from actions.turns.house import house
from actions.turns.question_words import asks
from actions.turns.turn import Turn
from bot.common.clock import today
from bot.store.cases.intake import Wish

#: Letters kept of the customer's own words.
MOST_WORDS = 500
HUMAN = {"reply": "utter_choice_human", "payload": "/human"}


class Decision(Task):
    """A decision on one of our quotations."""

    name = "quotation"
    case = "order"
    questions = (QUOTATION, NAME, EMAIL)
    claims = ("place_order", "reorder", "price", "cancel_order", "order_document", "order_list", "order_status", "inform",
              "affirm", "deny")  # fmt: skip

    async def wants(self, turn: Turn) -> bool:
        """A message that names a quotation, or takes or leaves «the quotation» when the customer has an open one."""
        if turn.said("quotation_no"):
            return True
        if turn.identity is not None and asks(turn.text, "open_offers"):
            return True
        if turn.intent in ("inform", "order_list", "order_status") or not asks(turn.text, "our_offer"):
            return False
        if turn.intent == "price":
            return turn.identity is not None
        return _decision(turn) is not None

    async def take(self, turn: Turn, answers: Answers, opened: str | None) -> list[str]:
        """Number and decision, wherever they stand."""
        if turn.internal:
            return []
        taken = []
        decision = _decision(turn)
        if decision and (opened != CONFIRMATION or _turns(turn, answers, decision)):
            if opened == CONFIRMATION:
                taken.append("decision")
            answers["decision"] = line("decision", decision, f"utter_line_quotation_{decision}")
        if turn.said("quotation_no"):
            answers["quotation"] = line("quotation", str(turn.said("quotation_no")[0]["value"]))
            taken.append("quotation")
        if answers.value("decision") == "accept" and turn.identity and _changes(turn):
            answers["changes"] = line(
                "changes", " ".join(turn.text.split())[:MOST_WORDS], "utter_line_quotation_changes"
            )
            taken.append("changes")
        if turn.said("po_no"):
            answers["po"] = line("po", str(turn.said("po_no")[0]["value"]), "utter_line_order_po")
            taken.append("po")
        return taken

    def steers(self, turn: Turn) -> bool:
        """«No, decline it» at the read-back of an acceptance, and the other way round."""
        answers, decision = Answers((turn.slot("answers") or {}).get(self.name)), _decision(turn)
        return bool(decision) and turn.slot("question") == CONFIRMATION and _turns(turn, answers, str(decision))

    async def known(self, turn: Turn, answers: Answers) -> Stop | Doubt | None:
        """Find the quotation, and say at once what stands in the way of the decision."""
        identity = turn.identity
        if identity is None:
            say_stranger(turn, answers, "utter_quotation_stranger")
            return None
        if await data_too_old(turn):
            return Stop()
        if "quotation" not in answers:
            found = await asyncio.to_thread(quotations_of, house().production, identity, today())
            if not found:
                return Stop("utter_quotation_none_open", {}, (HUMAN,))
            if len(found) > 1:
                return None
            answers["quotation"] = line("quotation", found[0].quotation_no)
        return await _judge(turn, identity, answers)

    async def ask(self, turn: Turn, answers: Answers, question: str) -> bool:
        """The question for the quotation, with the open ones to choose from."""
        identity = turn.identity
        if question != "quotation":
            return False
        if identity is None:
            if not turn.asked_who:
                turn.say("utter_quotation_who")
                turn.offer(IDENTIFY)
            turn.say("utter_ask_quotation", join=" ")
            return True
        _say_open(turn, await asyncio.to_thread(quotations_of, house().production, identity, today()))
        return True

    def lines(self, answers: Answers) -> list[Answer]:
        """What is read back: what was decided; the quotation itself is told from the database, and the contact is known."""
        if "judged" not in answers:
            return super().lines(answers)
        said = ("changes", "po") if _changed(answers) else ("decision", "po")
        return [answers[name] for name in said if name in answers]

    async def read_back(self, turn: Turn, answers: Answers) -> None:
        """What is accepted or declined, and that the order confirmation binds."""
        for each in await _lines(turn, answers):
            turn.say(**each.line())

    async def submit(self, turn: Turn, answers: Answers, request_id: str) -> bool:
        """Register the decision, if it still can be made."""
        identity, number = turn.identity, str(answers.value("quotation"))
        if identity is None:
            wish = Wish("request", {"task": "quotation", "quotation_no": number, "name": answers.value("name")})
            await case.submit(turn, self, answers, request_id, intake=wish)
            return True
        decision = answers.value("decision")
        checked = await asyncio.to_thread(_check, identity, number, decision)
        if not checked.ok or checked.quotation is None or _seal(checked.quotation) != answers.value("judged"):
            turn.say("utter_order_changed_meanwhile")
            return False
        if _changed(answers):
            await self._ask_anew(turn, answers, request_id, checked.quotation)
            return True
        payload = _payload(checked.quotation) | {"customer_po": answers.value("po")}
        await case.submit(
            turn, self, answers, request_id, kind="order" if decision == "accept" else "message",
            intake=Wish(f"{decision}_quotation", payload), lines=await _lines(turn, answers),
            after="utter_case_next" if decision == "accept" else "utter_case_next_plain",
        )  # fmt: skip
        return True

    async def _ask_anew(self, turn: Turn, answers: Answers, request_id: str, found: Quotation) -> None:
        """The quotation with other terms: sales answers with a new one."""
        payload = _payload(found) | {"task": self.name, "changes": answers.value("changes")}
        await case.submit(
            turn, self, answers, request_id, kind="quote_request", intake=Wish("request", payload),
            lines=await _lines(turn, answers), after="utter_case_next_plain",
        )  # fmt: skip


def _changes(turn: Turn) -> bool:
    """Whether an acceptance wants something else than was offered: other pieces, another day, or a condition in words."""
    return bool(turn.said("quantity", "date", "week", "lead", "certificate", "alloy")) or asks(turn.text, "but")


def _changed(answers: Answers) -> bool:
    """Whether what is accepted is not what was offered: that is a wish for another quotation and no acceptance."""
    return answers.value("decision") == "accept" and "changes" in answers


def _decision(turn: Turn) -> str | None:
    if asks(turn.text, "decline") or (turn.intent == "deny" and turn.said("quotation_no")):
        return "decline"
    return "accept" if asks(turn.text, "accept") or (turn.intent == "affirm" and turn.said("quotation_no")) else None


def _turns(turn: Turn, answers: Answers, decision: str) -> bool:
    """Whether a word at the read-back turns the decision round: then it is read back anew, whatever else was said.

    «No thanks» to «shall I send it?» turns nothing, unless the quotation is named.
    """
    if decision == answers.value("decision"):
        return False
    named = bool(turn.said("quotation_no")) or asks(turn.text, "our_offer")
    return decision == "accept" or named or asks(turn.text, "decline_it")


def _check(identity: Identity, number: str, decision: str | None) -> Acceptance:
    check = can_decline if decision == "decline" else can_accept
    return check(house().production, identity, number, today())


async def _judge(turn: Turn, identity: Identity, answers: Answers) -> Stop | None:
    number, decision = str(answers.value("quotation")), answers.value("decision")
    found = await asyncio.to_thread(find_quotation, house().production, identity, number, today())
    if found is None:
        return Stop("utter_quotation_unknown", {"quotation": number}, (HUMAN,))
    answers["quotation"] = line("quotation", found.quotation_no)
    turn.remember("quotation", (), quotation_no=[{"entity": "quotation_no", "value": found.quotation_no}])
    checked = await asyncio.to_thread(_check, identity, number, decision)
    if decision and checked.ok:
        answers["judged"] = note(_seal(found))
        return None
    for each in facts(turn, found):
        turn.say(**each.line())
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


def _say_open(turn: Turn, found: list[Quotation]) -> None:
    turn.say("utter_quotation_which")
    for each in found:
        for one in facts(turn, each):
            turn.say(**one.line())
    turn.offer(*({"title": each.quotation_no} for each in found))


def _fetches(code: str) -> str | None:
    return "other" if code == "credit_hold" else None


def _until(found: Quotation) -> dict[str, Any]:
    return (
        {"until": found.valid_until.isoformat()}
        if found.valid_until and found.state == "expired"
        else {"until": today().isoformat()}
    )


def facts(turn: Turn, found: Quotation) -> list[Answer]:
    """What the quotation says: part, pieces, price and how long it holds."""
    name = (found.description_nb if turn.language == "nb" else found.description_en) or found.description_nb or ""
    part = found.customer_part_no or found.product_no or ""
    lines = [
        fact("utter_quotation_part", quotation=found.quotation_no, part=part, name=name, qty=found.quantity or 0),
    ]
    joined = {"join": " "} if found.price_minor is not None else {}
    if found.price_minor is not None and found.currency:
        lines.append(fact("utter_quotation_price", price=[found.price_minor, found.currency]))
        if found.total_minor is not None:
            lines.append(fact("utter_quotation_total", total=[found.total_minor, found.currency], join=" "))
    if found.valid_until and found.state == "open":
        lines.append(fact("utter_quotation_valid", until=found.valid_until.isoformat(), **joined))
    return lines


async def _lines(turn: Turn, answers: Answers) -> list[Answer]:
    """What was offered, and what binds."""
    identity, number = turn.identity, str(answers.value("quotation"))
    found = await asyncio.to_thread(find_quotation, house().production, identity, number, today()) if identity else None
    told = facts(turn, found) if found else []
    if _changed(answers):
        return [*told, fact("utter_quotation_as_request")]
    accepted = answers.value("decision") == "accept"
    return [*told, *([fact("utter_order_not_binding")] if accepted else [])]


def _seal(found: Quotation) -> list[Any]:
    """What the customer says yes to."""
    return [found.quotation_no, found.quantity, found.price_minor, found.currency, found.state]


def _payload(found: Quotation) -> dict[str, Any]:
    return {
        "quotation_no": found.quotation_no, "product_id": found.product_id, "quantity": found.quantity,
        "currency": found.currency, "price_minor": found.price_minor, "total_minor": found.total_minor,
        "valid_until": found.valid_until.isoformat() if found.valid_until else None,
    }  # fmt: skip
