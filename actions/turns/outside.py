"""What we do not do, told by the words of a message: each with an answer that says what we do instead."""

from actions.turns.question_words import asks
from actions.turns.turn import Turn

#: What is asked for most that we do not do, by its words; each answer says what we do instead.
TOPICS = {
    "outside_process": "utter_out_of_scope_process",
    "outside_printing": "utter_out_of_scope_printing",
    "outside_fabrication": "utter_out_of_scope_fabrication",
    "outside_jobs": "utter_out_of_scope_jobs",
    "outside_selling": "utter_out_of_scope_selling",
    "outside_scrap": "utter_out_of_scope_scrap",
}


def outside(turn: Turn) -> str | None:
    """The answer to something we do not do, when the message asks for it by name."""
    return next((text for topic, text in TOPICS.items() if asks(turn.text, topic)), None)
