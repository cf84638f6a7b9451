"""A bare value or a question with its subject left out («og i T6?»): answered as the question it belongs to."""

from rasa_sdk.events import FollowupAction

from actions.fallback import not_understood
from actions.handler import Handler
from actions.internal import repeat_question, say_handed_back, say_proved
from actions.order_numbers import find_own_numbers
from actions.starts import offer_starts
from actions.task_resume import resume
from actions.task_service import claimed
from actions.turn import Turn

#: What a bare value asks when nothing was talked of: the first kind of value that is there decides.
BY_VALUE = (
    ("order_no", "order_status"),
    ("po_no", "order_status"),
    ("week", "capacity"),
    ("bad_week", "capacity"),
    ("foreign_material", "alloy_offered"),
    ("unknown_alloy", "alloy_offered"),
    ("alloy_group", "alloy_property"),
    ("property", "alloy_property"),
)


class FollowUp(Handler):
    """Finds the handler of the earlier question and lets it answer with the new value."""

    intent = "follow_up"

    async def answer(self, turn: Turn) -> None:
        """Resume a task, answer as the earlier question, or ask what the value is for."""
        if turn.internal and not await self._asked_by_web(turn):
            return
        if turn.said("resume") and await resume(turn):
            return
        await find_own_numbers(turn)
        if await claimed(turn):
            turn.events.append(FollowupAction("task_form"))
            return
        handler = handlers().get(self._question(turn))
        if handler is None:
            self._ask(turn)
            return
        turn.remember(handler.intent, handler.uses)
        await handler.answer(turn)

    async def _asked_by_web(self, turn: Turn) -> bool:
        """A turn of web's own. True when an earlier question of the customer is to be answered now."""
        if turn.internal.get("kind") == "file":
            turn.events.append(FollowupAction("task_form"))
        elif turn.internal.get("kind") == "proved":
            if repeat_question(turn):
                return True
            say_proved(turn)
        elif turn.internal.get("request") == "continue" and turn.tracker.get_slot("task"):
            turn.events.append(FollowupAction("task_form"))
        else:
            await say_handed_back(turn)
        return False

    def _question(self, turn: Turn) -> str:
        if turn.intent in handlers():
            return turn.intent
        earlier = turn.subject.get("intent")
        names = {entity["entity"] for entity in turn.entities} - {"language"}
        by_value = next((intent for name, intent in BY_VALUE if name in names), "")
        if earlier in handlers() and names & set(handlers()[earlier].uses):
            return str(earlier)
        if by_value:
            return by_value
        if "application" in names:
            return "alloy_property" if turn.about("alloy") else "alloy_recommendation"
        if {"quantity", "weight"} <= names or ({"quantity", "alloy"} <= names):
            return "lead_time"
        return ""

    def _ask(self, turn: Turn) -> None:
        named = turn.said("alloy")
        if named:
            turn.remember("alloy_property", ("alloy", "temper"))
            name = turn.text[named[0]["start"] : named[0]["end"]]
            turn.say("utter_what_about_alloy", name=name)
            for choice in ("strength", "uses", "lead_time"):
                turn.offer({"reply": f"utter_choice_alloy_{choice}", "name": name})
            return
        if {entity["entity"] for entity in turn.entities} <= {"language"}:
            not_understood(turn)
            return
        turn.say("utter_what_about")
        offer_starts(turn)


def handlers() -> dict[str, Handler]:
    """All question handlers by intent."""
    return {cls.intent: cls() for cls in Handler.__subclasses__() if cls.uses}
