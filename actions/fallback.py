"""Not understood: first other words, then a person. Never the same answer for ever."""

from rasa_sdk.events import FollowupAction

from actions.handler import Handler
from actions.order_numbers import find_own_numbers
from actions.starts import offer_starts
from actions.turn import Turn


class Fallback(Handler):
    """Asks once for other words, then for a person."""

    intent = "fallback"

    async def answer(self, turn: Turn) -> None:
        """The first miss asks for other words, the second in a row for a person.

        A number that only the customer's own data knows («HM1180») is understood after all.
        """
        if len(turn.text.split()) <= 3:
            await find_own_numbers(turn)
        if turn.said("order_no", "part_no", "drawing_no", "po_no"):
            turn.events.append(FollowupAction("action_follow_up"))
        else:
            not_understood(turn)


def not_understood(turn: Turn) -> None:
    """Say so in other words each time."""
    if turn.count_miss() == 1:
        turn.say("utter_not_understood")
        offer_starts(turn)
    elif turn.hand_over("not_understood"):
        turn.say("utter_not_understood_again")
    else:
        turn.say("utter_not_understood_waiting")
