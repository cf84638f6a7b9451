"""Changes, cancellations and stops by the physical state of the order: what is free, what costs, until when, what not any more.

Nothing is changed here. What was read back is judged once more when it is sent, and a person can still refuse it.
"""

import asyncio
from typing import Any

from actions import task_case
from actions.house import house
from actions.order_words import IDENTIFY
from actions.production.changes import all_changes
from actions.production.identity import Identity
from actions.production.order_facts import Order
from actions.production.plant import plant
from actions.question_words import asks
from actions.task_answers import silent
from actions.task_change_judging import Judged, judge, refused
from actions.task_change_words import ROWS, say_overview, say_state, say_want
from actions.task_line_choice import ALL, find_line, line_choices, open_orders
from actions.task_service import Doubt, Stop
from actions.tasks import Answers, Task
from actions.turn import Turn
from bot.cases.intake import Wish
from bot.common.clock import today

JUDGED = "judged"


async def wants(turn: Turn, task: Task) -> bool:
    """A wish to stop what is being made, whatever question it was taken for: the planner must hear of it."""
    return bool(asks(turn.text, "stop_making") and turn.said("order_no", "po_no"))


async def known(turn: Turn, task: Task, answers: Answers) -> Stop | Doubt | None:
    """Find the line, judge the wish, and end what is no longer possible with its reason."""
    identity = turn.identity
    if identity is None:
        _as_stranger(turn, task, answers)
        return None
    for question in ("line", "change"):
        if answers.get(question, {}).get("stranger"):
            answers.pop(question)
    found = await find_line(turn, identity, answers, whole=task.name == "cancel_order")
    if not isinstance(found, Order):
        return found
    if task.name == "change_order" and "change" not in answers and "line" in answers and asks(turn.text, "latest"):
        return await _tell_latest(turn, identity, found, answers)
    if "line" not in answers or (task.name == "change_order" and "change" not in answers):
        return None
    judged = await _judge(turn, identity, found, task, answers)
    answers[JUDGED] = {"value": [each.facts for each in judged], "reply": None}
    return refused(found, judged)


def _as_stranger(turn: Turn, task: Task, answers: Answers) -> None:
    """The wish is written down unproven; who proves who they are hears what is possible."""
    for question in ("line", "change"):
        if question in task.questions:
            answers.setdefault(question, silent() | {"stranger": True})
    if not turn.tracker.get_slot("requested_slot"):
        turn.say("utter_change_stranger")
        turn.offer(IDENTIFY)


async def _judge(turn: Turn, identity: Identity, order: Order, task: Task, answers: Answers) -> list[Judged]:
    wants = _wants(turn, task, answers)
    chosen = answers["line"]["value"]
    numbers = [each.line_no for each in order.lines if chosen in (ALL, each.line_no)]
    return await asyncio.to_thread(judge, house().production, identity, order, numbers, wants, today(), plant())


def _wants(turn: Turn, task: Task, answers: Answers) -> list[dict[str, Any]]:
    if task.name == "change_order":
        return list(answers["change"].get("wants") or [])
    details = str(answers.get("details", {}).get("value") or "")
    return [{"kind": "stop" if asks(details, "stop") else "cancel"}]


async def _tell_latest(turn: Turn, identity: Identity, order: Order, answers: Answers) -> Stop | None:
    """«What is the latest I can change it?»: every change with its moment."""
    number = answers["line"]["value"]
    if number == ALL:
        return None
    changes = await asyncio.to_thread(
        all_changes, house().production, identity, order.order_no, number, today(), plant()
    )
    topics = [topic for topic in ROWS if asks(turn.text, topic)]
    say_state(turn, order, number, changes[0])
    say_overview(turn, changes, topics)
    return Stop("utter_change_overview_end")


async def ask(turn: Turn, task: Task, answers: Answers, question: str) -> bool:
    """Order and line are asked with what there is to choose from."""
    identity = turn.identity
    if question == "change":
        turn.say("utter_ask_change")
        for name in ("quantity", "date", "hold"):
            turn.offer({"reply": f"utter_choice_change_{name}"})
        return True
    if identity is None or question not in ("order", "line"):
        return False
    turn.say(f"utter_ask_{question}")
    if question == "order":
        turn.offer(*({"title": row.order_no} for row in await open_orders(identity)))
        return True
    found = await find_line(turn, identity, answers, whole=False)
    if isinstance(found, Order):
        turn.offer(*line_choices(turn, found))
    return True


async def read_back(turn: Turn, task: Task, answers: Answers) -> None:
    """State, cost and latest moment of each change, and that nothing is done yet."""
    for part in _lines(turn, answers):
        turn.say(**part)
    if JUDGED in answers:
        turn.say("utter_change_not_done")


def _lines(turn: Turn, answers: Answers) -> list[dict[str, Any]]:
    parts: list[dict[str, Any]] = []
    for facts in (answers.get(JUDGED) or {}).get("value") or []:
        parts += say_want(facts)
    return parts


async def submit(turn: Turn, task: Task, answers: Answers, request_id: str) -> bool:
    """Judge again; when nothing has changed, store the wish, the urgent ones first in line."""
    identity = turn.identity
    before = (answers.get(JUDGED) or {}).get("value")
    if identity is None or before is None:
        wish = Wish("request", {"task": task.name, "order": answers.get("order", {}).get("value")})
        await task_case.submit(turn, task, answers, request_id, intake=wish)
        return True
    stop = await known(turn, task, answers)
    after = (answers.get(JUDGED) or {}).get("value")
    if stop is not None or after != before:
        turn.say("utter_change_moved_on")
        return False
    kind = _kind(task, after or [])
    payload = {"task": task.name, "order": answers["order"]["value"], "wants": after}
    await task_case.submit(turn, task, answers, request_id, intake=Wish(kind, payload), lines=_lines(turn, answers))
    if kind == "stop" or any(facts.get("urgent") for facts in after or []):
        turn.say("utter_change_planner_first")
        turn.hand_over("other")
    return True


def _kind(task: Task, judged: list[dict[str, Any]]) -> str:
    """A stop goes before everything else; a contact without the right to order can only ask."""
    if any("no_right_to_order" in facts["reasons"] for facts in judged):
        return "request"
    if any(facts.get("urgent") for facts in judged):
        return "stop"
    return "cancel" if task.name == "cancel_order" else "change"
