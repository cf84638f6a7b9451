"""What a stranger hears in a request: once, what they may do here, and the way to be known."""

from actions.form.answers import Answers, note
from actions.orders.words import IDENTIFY
from actions.turns.turn import Turn


def say_stranger(turn: Turn, answers: Answers, reply: str) -> None:
    """Once in a request: what a stranger may do here, and the way to be known."""
    if "told" not in answers:
        answers["told"] = note([])
        turn.say(reply)
        turn.offer(IDENTIFY)
