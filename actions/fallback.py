"""Not understood: first other words, then a person. Never the same answer for ever."""

from actions.handler import Handler
from actions.talk import offer_starts
from actions.turn import Turn


class Fallback(Handler):
    """Asks once, then offers a person, then keeps to the offer."""

    intent = "fallback"

    async def answer(self, turn: Turn) -> None:
        """The first miss asks for other words; the next ones offer a person."""
        misses = int(turn.tracker.get_slot("misses") or 0) + 1 if _missed_before(turn) else 1
        turn.set("misses", misses)
        if misses == 1:
            turn.say("utter_not_understood")
            offer_starts(turn)
            return
        turn.say("utter_not_understood_again" if misses == 2 else "utter_not_understood_person")
        turn.offer({"reply": "utter_choice_human", "payload": "/human"})


def _missed_before(turn: Turn) -> bool:
    """Whether the message before this one was not understood either."""
    users = [event for event in turn.tracker.events if event["event"] == "user"]
    return len(users) > 1 and (users[-2]["parse_data"]["intent"].get("name") == "nlu_fallback")
