"""A request that was put aside, perhaps on another device: found again for a contact who is known, and gone on with."""

import asyncio

from rasa_sdk.events import FollowupAction

from actions.house import house
from actions.question_words import asks
from actions.task_text import asks_something, is_list
from actions.tasks import tasks
from actions.turn import Turn
from bot.cases import load_draft

#: Questions that a pasted list of parts is taken for, when it names a week or an alloy.
LISTED_IN = (
    "capacity",
    "lead_time",
    "casting_limits",
    "alloy_offered",
    "alloy_property",
    "alloy_comparison",
    "alloy_recommendation",
    "follow_up",
)


def pasted_request(turn: Turn, intent: str) -> bool:
    """Begin a quotation request with parts and their figures for which a price is asked, whatever else it was taken for."""
    if intent not in LISTED_IN or turn.tracker.get_slot("requested_slot") or not asks(turn.text, "quote_word"):
        return False
    if not is_list(turn) and not _told_wish(turn):
        return False
    answers = dict(turn.tracker.get_slot("answers") or {})
    answers.pop("quote_request", None)
    turn.set("answers", answers)
    turn.set("task", "quote_request")
    turn.events.append(FollowupAction("task_form"))
    return True


def _told_wish(turn: Turn) -> bool:
    """A statement, no question, with pieces and an alloy or a weight: «need price on 25 off gear housings, A356, 14 kg»."""
    figures = bool(turn.said("quantity")) and bool(turn.said("alloy", "weight"))
    return figures and not asks_something(turn)


async def parked(turn: Turn) -> str | None:
    """The task of the newest draft that the proven contact has open; None for a stranger."""
    if turn.identity is None:
        return None
    draft = await asyncio.to_thread(load_draft, house().own, turn.conversation, turn.identity.contact_id)
    return draft.task if draft and draft.task in tasks() and draft.fields else None


async def resume(turn: Turn) -> bool:
    """Go on with the task put aside in this conversation, or with the contact's draft. False when there is none."""
    task = turn.tracker.get_slot("task")
    if not task:
        task = await parked(turn)
        if task is None:
            return False
        turn.set("task", task)
    turn.events.append(FollowupAction("task_form"))
    return True
