"""Turns that web starts itself: the customer has proved who they are, or a person has handed the conversation back."""

from typing import Any

from actions import task_case
from actions.starts import offer_starts
from actions.tasks import tasks
from actions.turn import Turn

#: Texts that ask a stranger who they are: the question they answered is answered again after the proof.
ASKED_WHO = ("utter_order_sign_in", "utter_lead_sign_in")


def repeat_question(turn: Turn) -> bool:
    """Put the question that a stranger got no full answer to back into the turn. False when there is none."""
    asked = _asked_as_stranger(turn)
    if asked is None:
        return False
    understood = asked.get("parse_data") or {}
    turn.text = asked.get("text") or ""
    turn.intent = (understood.get("intent") or {}).get("name") or ""
    turn.entities = understood.get("entities") or []
    return True


def _asked_as_stranger(turn: Turn) -> dict[str, Any] | None:
    asked: dict[str, Any] | None = None
    message: dict[str, Any] | None = None
    for event in turn.tracker.events:
        if event["event"] == "bot" and _asks_who(event):
            asked = message
        elif event["event"] == "user" and _answered_again(message):
            asked = None
        message = event if event["event"] == "user" else message
    return asked


def _asks_who(event: dict[str, Any]) -> bool:
    parts = (event.get("metadata") or {}).get("parts") or []
    return any(part["reply"] in ASKED_WHO for part in parts)


def _answered_again(message: dict[str, Any] | None) -> bool:
    """Whether an earlier message was a proof, after which nothing is left to answer."""
    internal = ((message or {}).get("metadata") or {}).get("internal") or {}
    return bool(internal.get("kind") == "proved")


def say_proved(turn: Turn) -> None:
    """The customer is known now (web has said so), and nothing waited for it: what can be asked."""
    turn.say("utter_proved")
    offer_starts(turn)


def say_back(turn: Turn) -> None:
    """That the assistant answers again, after whom, and in one line what was settled."""
    person, settled = (" ".join(str(turn.internal.get(name) or "").split()) for name in ("person", "settled"))
    if person:
        turn.say("utter_back", person=person)
    else:
        turn.say("utter_back_sales")
    if settled:
        turn.say("utter_back_settled", settled=settled)


def _last_task(turn: Turn) -> str:
    """The request that was in progress last: web puts the form down before it says that it has ended."""
    slots = [event for event in turn.tracker.events if event["event"] == "slot" and event.get("name") == "task"]
    return next((event["value"] for event in reversed(slots) if event["value"]), "")


async def say_handed_back(turn: Turn) -> None:
    """Without a running form: drop the request that was put aside when staff say so, and be there again."""
    say_back(turn)
    task = tasks().get(turn.tracker.get_slot("task") or _last_task(turn))
    if task and turn.internal.get("request") == "end":
        answers = dict(turn.tracker.get_slot("answers") or {})
        if answers.pop(task.name, None) is not None:
            await task_case.drop(turn, task)
            turn.set("answers", answers)
            turn.set("task", None)
            turn.say("utter_back_ended")
    turn.say("utter_back_what_else")
