"""Small talk that knows what it is about: yes to what was offered, why, help, greetings."""

from typing import Any

from rasa_sdk.events import FollowupAction

from actions.alloy_subject import offer_person
from actions.follow_up import FollowUp
from actions.handler import Handler
from actions.starts import offer_starts
from actions.task_service import claimed
from actions.task_text import clear_yes
from actions.tasks import task_of_intent
from actions.turn import Turn


class Talk(Handler):
    """Answers greetings, thanks, yes and no outside the form, and questions about the assistant itself."""

    intent = "talk"

    async def answer(self, turn: Turn) -> None:
        """One text an intent; yes looks at what was offered last."""
        if turn.intent in ("affirm", "deny") and await claimed(turn):
            turn.events.append(FollowupAction("task_form"))
        elif (turn.intent == "affirm" and not clear_yes(turn)) or (turn.intent == "explain" and turn.said("property")):
            await FollowUp().answer(turn)
        elif turn.intent == "affirm":
            accept_offer(turn)
        elif turn.intent == "explain":
            turn.say("utter_explain_source" if turn.subject else "utter_explain")
        elif turn.intent in ("greet", "help"):
            turn.say(f"utter_{turn.intent}" if turn.identity is None else f"utter_{turn.intent}_known")
            if not turn.tracker.get_slot("requested_slot"):
                offer_starts(turn)
        elif turn.intent == "bot_challenge":
            turn.say("utter_bot_challenge")
            offer_person(turn)
        else:
            turn.say(f"utter_{turn.intent}")


def accept_offer(turn: Turn) -> None:
    """Yes to the one thing that was offered; a question back when it is not clear what yes means."""
    offered = turn.last_offered
    startable = [offer for offer in offered if _startable(offer)]
    if "utter_case_received" in turn.last_said and not offered:
        turn.say("utter_already_sent")
    elif _confirms_alloy(turn, offered):
        turn.events.append(FollowupAction(f"action_{turn.subject['intent']}"))
    elif _resumes(turn, offered):
        turn.events.append(FollowupAction("task_form"))
    elif len(startable) == 1:
        _start(turn, startable[0]["payload"])
    elif startable:
        turn.say("utter_yes_to_which")
        turn.offer(*startable)
    else:
        turn.say("utter_yes_to_what")
        offer_starts(turn)


def _startable(offer: dict[str, Any]) -> bool:
    payload = str(offer.get("payload", ""))
    return payload == "/human" or task_of_intent(payload[1:]) is not None


def _start(turn: Turn, payload: str) -> None:
    task = task_of_intent(payload[1:])
    if task:
        turn.set("task", task.name)
    turn.events.append(FollowupAction("task_form" if task else "action_human"))


def _resumes(turn: Turn, offered: list[dict[str, Any]]) -> bool:
    """Whether going on with a task that was put aside is what was offered."""
    return bool(turn.tracker.get_slot("task")) and any(each.get("reply") == "utter_choice_resume" for each in offered)


def _confirms_alloy(turn: Turn, offered: list[dict[str, Any]]) -> bool:
    """Whether yes answers «do you mean ...?»: then the alloy is what the earlier question was about."""
    meant = [each["alloy"] for each in offered if each.get("alloy")]
    if "utter_alloy_did_you_mean" not in turn.last_said or len(meant) != 1:
        return False
    known = turn.subject.get("entities") or {}
    alloys = [*known.get("alloy", []), {"entity": "alloy", "value": meant[0], "start": 0, "end": 0}]
    turn.subject = {
        "intent": turn.subject.get("intent") or "alloy_property",
        "entities": {**known, "alloy": alloys, "alloy_group": []},
    }
    turn.set("subject", turn.subject)
    return True
