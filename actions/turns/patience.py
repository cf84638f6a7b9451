"""People whose patience is tried: who has lost it is met calmly, who waits for a person is told that one was asked for."""

import re

from actions.turns.intents import intent
from actions.turns.question_words import asks
from actions.turns.reading import BESIDE
from actions.turns.turn import Turn
from actions.turns.words import words

#: What «is anybody there?» is taken for, and how many words it has.
VAGUE = ("courtesy", "outside", "value", "about")
FEW_WORDS = range(2, 9)
#: Whoever wants no machine says so in few words.
DENIES = 14
#: Below this, what such a message is taken for is a guess.
UNSURE = 0.6


def calm(turn: Turn) -> None:
    """A calm word before the answer to somebody who has lost patience."""
    turn.say_first("utter_angry" if turn.hand_over("angry") else "utter_angry_waiting")


def asks_for_anybody(turn: Turn) -> bool:
    """«Is anyone coming?» or «still waiting», said while a person is waited for."""
    count = len(turn.text.split())
    # «Hello??» prods; «hello» only greets.
    few = count in FEW_WORDS or (count == 1 and "?" in turn.text)
    if not turn.waiting or not few or has_values(turn) or words("waiting").says(turn.text, "nobody"):
        return False
    vague = intent(turn.intent).kind in VAGUE or turn.confidence < UNSURE
    waits = words("waiting").says(turn.text, "waits") and not words("waiting").says(turn.text, "will_wait")
    return (vague and asks(turn.text, "anybody")) or waits


def wants_no_robot(text: str) -> bool:
    """«I don't talk to robots»: a machine is named behind a denial, or a person that is none."""
    known = words("waiting")
    denied = rf"(?<!\w)(?:{known.pattern('denies')})(?:\W+\w+){{0,5}}?\W+(?:{known.pattern('robot')})"
    return known.says(text, "no_robot") or (len(text.split()) <= DENIES and re.search(denied, text, re.I) is not None)


def say_waiting(turn: Turn) -> None:
    """That a person was asked for and has not come, in other words when it was said just now."""
    again = "utter_human_waiting" in turn.last_said
    turn.say("utter_human_waiting_again" if again else "utter_human_waiting")


def has_values(turn: Turn) -> bool:
    """Whether anything but words about the talk itself was found in the message."""
    return any(entity["entity"] not in BESIDE for entity in turn.entities)
