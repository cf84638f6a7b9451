"""A complaint: registered with what is known of the line, and a person's from the first word. Nothing is admitted or promised."""

import asyncio
from typing import Any

from actions import task_case
from actions.house import house
from actions.order_words import IDENTIFY
from actions.production.claims import DEFECTS, check_claim
from actions.production.identity import Identity
from actions.production.order_facts import Order
from actions.question_words import asks
from actions.task_answers import silent
from actions.task_line_choice import find_line, line_choices
from actions.task_service import Doubt
from actions.tasks import Answers, Task
from actions.turn import Turn
from bot.cases.intake import Wish
from bot.common.clock import today

ASKED_ALWAYS = ("name", "email")


async def known(turn: Turn, task: Task, answers: Answers) -> Doubt | None:
    """Find the line it is about. What does not fit stops nothing: it is registered, and people see it."""
    if not turn.tracker.get_slot("requested_slot") and not turn.answered:
        turn.say("utter_start_complaint")
        if turn.identity is None:
            turn.offer(IDENTIFY)
    if answers.get("photos", {}).get("pending") and not answers["photos"].get("told"):
        answers["photos"]["told"] = True
        turn.say("utter_complaint_attach")
    identity = turn.identity
    if identity is None:
        answers.setdefault("line", silent() | {"stranger": True})
        return None
    if answers.get("line", {}).get("stranger"):
        answers.pop("line")
    return await _find(turn, identity, answers)


async def _find(turn: Turn, identity: Identity, answers: Answers) -> Doubt | None:
    order = answers.get("order", {})
    if order.get("value") is None or order.get("unknown_here"):
        if order:
            answers.setdefault("line", silent())
        return None
    found = await find_line(turn, identity, answers, whole=False)
    if isinstance(found, Order) or found is None:
        return None
    question, problem = found
    if question == "order" and problem.reply == "utter_change_unknown":
        answers["order"]["unknown_here"] = True
        answers["line"] = silent()
        turn.say("utter_complaint_order_unknown", order_no=str(order["value"]))
        return None
    return question, problem


async def ask(turn: Turn, task: Task, answers: Answers, question: str) -> bool:
    """The question with what most people answer."""
    if question == "details":
        return False
    turn.say(f"utter_ask_{'claim_' if question == 'order' else ''}{question}")
    if question == "line" and turn.identity is not None:
        found = await find_line(turn, turn.identity, answers, whole=False)
        if isinstance(found, Order):
            turn.offer(*line_choices(turn, found))
    if question == "photos":
        turn.offer(
            {"reply": "utter_choice_photos", "payload": "/affirm"},
            {"reply": "utter_choice_no_photos", "payload": "/deny"},
        )
    if question not in ("email", "name", "photos"):
        turn.offer({"reply": "utter_choice_dont_know"})
    return True


def missing(task: Task, answers: Answers) -> list[str]:
    """What is still to come, apart from how to reach the customer."""
    return [name for name in task.questions if name not in ASKED_ALWAYS and task.is_open(name, answers)]


async def submit(turn: Turn, task: Task, answers: Answers, request_id: str) -> None:
    """The case, and the claim in the production system with what our data says about the line."""
    payload = {
        name: answer["value"] for name, answer in answers.items() if name not in ASKED_ALWAYS and answer.get("value") is not None
    }  # fmt: skip
    payload["defects"] = [
        defect for defect in DEFECTS if defect != "other" and asks(str(payload.get("details", "")), f"defect_{defect}")
    ]
    payload["production_stopped"] = answers.get("remedy", {}).get("stopped")
    if turn.identity is not None:
        payload["check"] = await _check(turn.identity, answers)
    await task_case.submit(turn, task, answers, request_id, intake=Wish("claim", payload), after="utter_complaint_next")
    turn.say("utter_complaint_keep")


async def _check(identity: Identity, answers: Answers) -> dict[str, Any] | None:
    """What the customer's data says about what was named; for staff, never for the chat."""
    order, number = answers.get("order", {}).get("value"), answers.get("line", {}).get("value")
    if not order:
        return None
    some, heats = answers.get("affected", {}).get("value"), answers.get("found", {}).get("heats") or []
    checked = await asyncio.to_thread(
        check_claim, house().production, identity, str(order), today(), line_no=number if isinstance(number, int) else None,
        heat_no=heats[0] if heats else None, quantity=some if isinstance(some, int) else None,
    )  # fmt: skip
    return {
        "doubts": list(checked.doubts), "heats": list(checked.heats), "days_since_delivery": checked.days_since_delivery,
        "delivered_on": checked.delivered_on.isoformat() if checked.delivered_on else None,
    }  # fmt: skip
