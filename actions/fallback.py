"""Not understood: first other words, then a person. Never the same answer for ever."""

from actions.handler import Handler
from actions.starts import offer_starts
from actions.turn import Turn


class Fallback(Handler):
    """Asks once for other words, then for a person."""

    intent = "fallback"

    async def answer(self, turn: Turn) -> None:
        """The first miss asks for other words, the second in a row for a person."""
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
