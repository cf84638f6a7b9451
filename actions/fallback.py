"""Not understood: first other words, then a person. Never the same answer for ever."""

from actions.handler import Handler
from actions.starts import offer_starts
from actions.turn import Turn


class Fallback(Handler):
    """Asks once, then offers a person, then keeps to the offer."""

    intent = "fallback"

    async def answer(self, turn: Turn) -> None:
        """The first miss asks for other words; the next ones offer a person."""
        not_understood(turn)


def not_understood(turn: Turn) -> None:
    """Say so in other words each time."""
    misses = turn.count_miss()
    if misses == 1:
        turn.say("utter_not_understood")
        offer_starts(turn)
        return
    turn.say("utter_not_understood_again" if misses == 2 else "utter_not_understood_person")
    turn.offer({"reply": "utter_choice_human", "payload": "/human"})
