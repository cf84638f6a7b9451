"""Not understood: first other words, then a person. Never the same answer for ever."""

from actions.turns.starts import offer_starts
from actions.turns.turn import Turn


def not_understood(turn: Turn) -> None:
    """Say so in other words each time; the second miss in a row fetches a person."""
    if turn.count_miss() == 1:
        turn.say("utter_not_understood")
        offer_starts(turn)
    elif turn.hand_over("not_understood"):
        turn.say("utter_not_understood_again")
    else:
        turn.say("utter_not_understood_waiting")
