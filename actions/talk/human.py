"""A person is wanted, or has to be: what is said when the conversation is handed over, and while nobody has come yet."""

from actions.turns.handler import Handler
from actions.turns.patience import say_waiting, wants_no_robot
from actions.turns.turn import Turn

#: What the customer was told before the button for a person was pressed, and why a person is needed then.
REASONS = {"utter_alloy_guarded": "safety", "utter_recommend_guarded": "safety", "utter_alloy_drinking_rule": "safety"}


class Human(Handler):
    """Asks for a person. Web adds how long it takes, or when somebody will be there and how to be reached until then."""

    intent = "human"

    async def answer(self, turn: Turn) -> None:
        """Short, and never the promise of a time: the action does not know who is there."""
        fetched = turn.hand_over(_reason(turn))
        if wants_no_robot(turn.text):
            # Whoever wants no machine is not told once more that this is one.
            turn.say("utter_human_no_robot")
        elif fetched:
            turn.say("utter_human")
        else:
            say_waiting(turn)


def _reason(turn: Turn) -> str:
    if turn.intent == "human" and not turn.text.startswith("/"):
        return "angry" if turn.angry else "asked"
    if any(reply.endswith("_unapproved") for reply in turn.last_said):
        return "unanswered"
    return next((REASONS[reply] for reply in turn.last_said if reply in REASONS), "asked")
