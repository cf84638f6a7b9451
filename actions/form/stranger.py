"""What a stranger hears in a request: once, what they may do here, and the way to be known.

Who has told number and address already hears that the request goes on after the code, which web sends beside this answer.
"""

from actions.form.answers import Answers, note
from actions.form.task import Task
from actions.orders.words import IDENTIFY
from actions.turns.turn import Turn

#: Said where the code is all that is missing: the question of the request waits for it.
WAITS = "utter_wish_waits"
#: Texts that have a wording for who has told the number.
ADDRESS_ONLY = {
    "utter_change_stranger": "utter_change_stranger_email",
    "utter_document_stranger": "utter_document_stranger_email",
}


def say_stranger(turn: Turn, answers: Answers, reply: str) -> None:
    """Once in a request: what a stranger may do here, and the way to be known."""
    if "told" not in answers:
        answers["told"] = note([])
        say_who(turn, reply)


def waits(turn: Turn, task: Task) -> bool:
    """Whether a request waits for the code that web sends with this answer: nothing more is asked beside it."""
    if not turn.proving or task.question("order") is None:
        return False
    # The address that the request itself asked for is its answer, and it goes on.
    told = bool(turn.said("email")) and turn.slot("question") != "email"
    return told or any(each["reply"] == WAITS for each in turn.parts)


def say_who(turn: Turn, reply: str) -> None:
    """What a stranger may do here, or, where they have told all that a code needs, that the request waits for it.

    Whose number is told already is asked for the address alone.
    """
    named = [str(each["value"]) for each in turn.ground.about("order_no")]
    if turn.proving:
        turn.say(WAITS)
    elif turn.told_for_proof == {"reference"} and named and reply in ADDRESS_ONLY:
        turn.say(ADDRESS_ONLY[reply], numbers=named)
    else:
        turn.say(reply)
    turn.offer(IDENTIFY)
