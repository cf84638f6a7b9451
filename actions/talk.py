"""Small talk that knows what it is about: yes to what was offered, why, help, greetings."""

from typing import Any

from rasa_sdk.events import FollowupAction

from actions.handler import Handler
from actions.tasks import task_of_intent
from actions.turn import Turn


class Talk(Handler):
    """Answers greetings, yes outside the form, and questions about the assistant itself."""

    intent = "talk"

    async def answer(self, turn: Turn) -> None:
        """One text an intent; yes looks at what was offered last."""
        if turn.intent == "affirm":
            accept_offer(turn)
        elif turn.intent == "explain":
            turn.say("utter_explain_source" if turn.subject else "utter_explain")
        elif turn.intent in ("greet", "help"):
            turn.say(f"utter_{turn.intent}" if turn.identity is None else f"utter_{turn.intent}_known")
            if not turn.tracker.get_slot("requested_slot"):
                offer_starts(turn)
        elif turn.intent == "bot_challenge":
            turn.say("utter_bot_challenge")
            turn.offer({"reply": "utter_choice_human", "payload": "/human"})


def offer_starts(turn: Turn) -> None:
    """What most people come for, as quick replies sent as typed."""
    for name in ("alloy", "capacity", "lead_time", "order", "quote"):
        turn.offer({"reply": f"utter_start_choice_{name}"})


def last_offers(turn: Turn) -> list[dict[str, Any]]:
    """The quick replies of the assistant's last message."""
    for event in reversed(turn.tracker.events):
        if event["event"] == "bot":
            return (event.get("data") or {}).get("buttons") or []
    return []


def accept_offer(turn: Turn) -> None:
    """Yes to the one thing that was offered; a question back when it is not clear what yes means."""
    commands = [offer["payload"][1:] for offer in last_offers(turn) if offer["payload"].startswith("/")]
    task = task_of_intent(commands[0]) if len(commands) == 1 else None
    if task is None:
        turn.say("utter_yes_to_what")
        offer_starts(turn)
        return
    turn.set("task", task.name)
    turn.events.append(FollowupAction("task_form"))
